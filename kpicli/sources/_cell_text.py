"""The cell of a workbook as text, as it would be typed: digits with a point, ISO dates."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kpicli.model.number import MOST_AFTER, MOST_BEFORE, to_decimal
from kpicli.sources._grid import Typed
from kpicli.sources._number_formats import Shown

_SIGNIFICANT = 15
"""Digits that a spreadsheet keeps, and shows of 0.30000000000000004."""


_SHORT = 13
"""Characters of a number that has no more digits than a spreadsheet keeps, nor than kpi does."""


def text_of_cell(value: object, kind: Shown | None = None) -> str:
    """`10.4%` for 0.104 that is shown so, `2026-10` for the day that a month is written as."""
    if type(value) is float and kind is None:
        text = repr(value)
        if len(text) <= _SHORT and "e" not in text:
            return Typed(text.removesuffix(".0"))
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value, kind)
    if isinstance(value, date):
        return _day(value.date() if isinstance(value, datetime) else value, kind)
    return _clock(value) if isinstance(value, time | timedelta) else ""


def _number(value: float, kind: Shown | None) -> str:
    number = Decimal(format(value, f".{_SIGNIFICANT}g"))
    if not number.is_finite() or number.adjusted() > MOST_BEFORE:
        return str(value)
    if kind is Shown.PERCENT:
        return Typed(f"{_rounded(number.scaleb(2))}%")
    return Typed(_rounded(number))


def _rounded(number: Decimal) -> str:
    """At most 12 decimals, and no zeros at their end."""
    text = f"{to_decimal(number, MOST_AFTER):f}"
    return text.rstrip("0").rstrip(".")


def _day(day: date, kind: Shown | None) -> str:
    if kind is Shown.YEAR:
        return f"{day.year}"
    return f"{day:%Y-%m}" if kind is Shown.MONTH else day.isoformat()


def _clock(value: time | timedelta) -> str:
    """Hours, minutes and seconds, as a duration is typed."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    hours, rest = divmod(abs(seconds), 3600)
    return Typed(f"{sign}{hours}:{rest // 60:02}:{rest % 60:02}")
