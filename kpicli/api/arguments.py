"""What a program passes in, as kpi reads what people type: a day, a period, a number."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from operator import index
from typing import SupportsIndex

from kpicli.environment import Moment, day_given, moment
from kpicli.errors import KpiError
from kpicli.model.number import Mark, show_number
from kpicli.text import safe

Day = date | str
Label = str | int | date
Value = Decimal | SupportsIndex | str

_LONGEST = 40
"""Digits on one side of the decimal mark, beyond which no number is written out."""


def moment_of(as_of: Day | None) -> Moment:
    """The end of a day, else now; raises `KpiError` for what is no day."""
    return moment(None if as_of is None else day_given("as_of", str(as_of)))


def label(period: Label | None) -> str | None:
    """As it is typed: `2026-11`, `last`, a year, a day."""
    return None if period is None else str(period)


def ids(kpis: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several."""
    return (kpis,) if isinstance(kpis, str) else tuple(kpis)


def number_text(value: Value, mark: Mark) -> str:
    """A number as it is typed where that is the decimal mark; text is typed already.

    Raises `KpiError` for a float, whose digits are not those that were meant, and for whatever else
    is no number.
    """
    if isinstance(value, str):
        return value
    number = value if isinstance(value, Decimal) else Decimal(_whole(value))
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or max(abs(exponent), abs(number.adjusted())) > _LONGEST:
        message = f"{safe(str(number)[:40])} is not a number kpi can store"
        raise KpiError(message, hint="give plain digits, at most 18 before the decimal mark")
    return show_number(number, mark)


def _whole(value: SupportsIndex) -> int:
    if isinstance(value, float):
        hint = f"give text or a Decimal with the digits that are meant: '{value!s}'"
        raise KpiError(f"{value!s} is a binary float, and kpi keeps exact decimals", hint=hint)
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        kind = type(value).__name__
        raise KpiError(f"a {kind} is not a number kpi can store", hint="give an int or a Decimal")
    return index(value)
