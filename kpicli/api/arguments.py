"""What a program passes in, as people type it: a day, a period, ids, a number."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import wraps
from operator import index
from types import UnionType
from typing import ParamSpec, SupportsIndex, TypeVar

from kpicli.environment import Moment, day_given, moment
from kpicli.errors import KpiError
from kpicli.model.number import Mark, show_number
from kpicli.text import safe

P = ParamSpec("P")
T = TypeVar("T")
Day = date | str
Label = str | int | date
Value = Decimal | SupportsIndex | str
_READ_AS_TEXT = frozenset({"kpis", "value", "period", "as_of", "within"})
"""Arguments of many types, which what reads them holds against their notation."""
_LONGEST = 40  # digits on one side of the decimal mark, beyond which no number is written out


def moment_of(as_of: Day | None) -> Moment:
    """The end of a day, else now; raises `KpiError` for what is no day."""
    return moment(None if as_of is None else day_given("as_of", str(as_of)))


def label(period: Label | float | None) -> str | None:
    """As it is typed: `2026-11`, `last`, a year, a day; raises `KpiError` for a float.

    2026.10 is the same float as 2026.1.
    """
    if isinstance(period, float):
        require_type("period", period, Label)
    return None if period is None else str(period)


def ids(kpis: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several; raises `KpiError` for what is no text."""
    texts = (kpis,) if isinstance(kpis, str) or not isinstance(kpis, Iterable) else tuple(kpis)
    for each in texts:
        require_type("kpis", each, str)
    return texts


def require_type(name: str, value: object, kinds: type | UnionType) -> None:
    """Raise `KpiError` for an argument of another type."""
    if not isinstance(value, kinds):
        wanted = getattr(kinds, "__name__", str(kinds).replace("datetime.date", "date"))
        raise KpiError(f"{name} cannot be a {type(value).__name__}", hint=f"give {wanted}")


def type_checked(method: Callable[P, T]) -> Callable[P, T]:
    """Have a method refuse an argument of another type than it says, before it does anything."""
    kinds, code = method.__annotations__, method.__code__

    @wraps(method)
    def call(*arguments: P.args, **named: P.kwargs) -> T:
        for name, value in {
            **dict(zip(code.co_varnames, arguments, strict=False)),
            **named,
        }.items():
            if name in kinds and name not in _READ_AS_TEXT:
                require_type(name, value, kinds[name])
        return method(*arguments, **named)

    return call


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
