"""What a database, a workbook or a program answers, each cell as it would be typed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto

from kpicli.environment import local_day
from kpicli.errors import KpiError
from kpicli.model.number import MOST_AFTER, MOST_BEFORE, decimal_places, to_decimal
from kpicli.noun import NamedTuple
from kpicli.sources._grid import Typed
from kpicli.text import safe

MOST_ROWS = 100_000  # more than any range of periods has
_UNNAMED = frozenset({"", "?column?"})  # what a column is called to which a query gives no name
_SHORT = 13  # characters of a number with no more digits than a spreadsheet or kpi keeps


class Shown(Enum):
    """What a number is to a reader, beside a plain number or a day."""

    PERCENT = auto()
    MONTH = auto()
    YEAR = auto()


BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"}  # codes that have a number and stand in no file
_UNIT = re.compile(r'"([^"]*)"|\\(.)|\[\$([^-\]]*)[^\]]*\]|([$€£¥])')
_SCALED = re.compile(r"[0#?],+(?![0#?])")  # thousands that it leaves out, as a `k` behind it says
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Texts, escaped characters, colours and places: what stands in a code and says nothing."""


def shown(code: str) -> Shown | str | None:
    """What a format makes of a number, or the unit that it puts beside it; nothing else."""
    first = code.split(";", maxsplit=1)[0]
    bare = _LITERAL.sub("", first).lower()
    if "%" in bare:
        return Shown.PERCENT
    letters = set(bare)
    if not letters & set("dhmsy") or "general" in bare:
        said = 2 if _SCALED.search(bare) else 0  # of scaled ones symbols, but no text: `0,,"M€"`
        units = ("".join(filter(None, parts[said:])) for parts in _UNIT.findall(first))
        return " ".join(" ".join(units).split())
    if "y" not in letters or letters & set("dhs"):
        return None
    return Shown.MONTH if "m" in letters else Shown.YEAR


def text_of_cell(value: object, kind: Shown | str | None = None, digits: int | None = None) -> str:
    """`10.4%` for 0.104 that is shown so, `2026-10` for the day that a month is written as.

    A float has so many `digits`, else its shortest ones, and at most 12 after the point, rounded
    half up; an exact number keeps its zeros. An instant is its local date, and nothing is empty.
    """
    if type(value) is float and kind is None:
        text = repr(value)
        if len(text) <= _SHORT and "e" not in text:
            return Typed(text.removesuffix(".0") if value else "0")
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        number = _number(value, kind, digits)
        if type(kind) is str and isinstance(number, Typed):
            number.unit = kind
        return number
    if isinstance(value, date):
        return _day(value, kind)
    return _clock(value, digits) if isinstance(value, time | timedelta) else str(value)


def _number(value: float | Decimal, kind: Shown | str | None, digits: int | None) -> str:
    is_exact = not isinstance(value, float)
    number = (
        Decimal(value) if is_exact else Decimal(f"{value:.{digits}g}" if digits else repr(value))
    )
    if not number.is_finite() or number.adjusted() > MOST_BEFORE:
        return str(value)
    if kind is Shown.PERCENT:
        return Typed(f"{_rounded(number.scaleb(2))}%")
    if is_exact and decimal_places(number) <= MOST_AFTER:
        return Typed(f"{number:f}")
    return Typed(_rounded(number))


def _rounded(number: Decimal) -> str:
    """At most 12 decimals, and no zeros at their end."""
    if number.adjusted() < -MOST_AFTER - 1:
        return "0"
    return f"{to_decimal(number, MOST_AFTER):f}".rstrip("0").rstrip(".")


def _day(value: date, kind: Shown | str | None) -> str:
    day = value
    if isinstance(value, datetime):
        day = local_day(value.isoformat()) if value.tzinfo else value.date()
    if kind is Shown.YEAR:
        return f"{day.year}"
    return f"{day:%Y-%m}" if kind is Shown.MONTH else day.isoformat()


def _clock(value: time | timedelta, digits: int | None) -> str:
    """Hours, minutes and seconds, as a duration is typed; a spreadsheet knows no microseconds."""
    if isinstance(value, time):
        hours, seconds = value.hour, 60 * value.minute + value.second
        value = timedelta(0, seconds, value.microsecond, hours=hours)
    exact = round(abs(Decimal(value // timedelta(microseconds=1)) / 10**6), 3 if digits else 6)
    minutes, rest = divmod(exact, 60)
    sign, whole = "-" if value < timedelta() else "", int(minutes)
    zero = "0" if rest < 10 else ""
    return Typed(f"{sign}{whole // 60}:{whole % 60:02}:{zero}{rest.normalize():f}")


class Answer(NamedTuple):
    """Columns by name, and rows with a cell for each: a text, or nothing for NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


Query = Callable[[str, Mapping[str, object]], Answer]  # asks a database, with values bound


def answer_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Answer:
    """The answer of a database; raises `KpiError` for a name of two columns, or too many rows."""
    names = [name for name in columns if name not in _UNNAMED]
    for name in names:
        if names.count(name) > 1:
            hint = "give each a name of its own: sum(amount) as revenue"
            raise KpiError(f"answers two columns called '{safe(name[:40])}'", hint=hint)
    lines: list[tuple[str | None, ...]] = []
    for row in rows:
        if len(lines) == MOST_ROWS:
            hint = "group it by period"
            raise KpiError(f"the query answers more than {MOST_ROWS:,} rows", hint=hint)
        lines.append(tuple(None if cell is None else text_of_cell(cell) for cell in row))
    return Answer(tuple(columns), tuple(lines))
