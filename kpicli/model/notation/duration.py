"""Lengths of time: `90 min`, `2h30m`, `1:30`, `0:05:30`; records converted into a unit, or not."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from kpicli.errors import NotationError
from kpicli.model.number import Mark, Number, read_number, to_decimal
from kpicli.model.record import LogLine, Record
from kpicli.model.unit import is_same_unit
from kpicli.plugins import split, words
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue

_SECONDS = {
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
}
_CONCEPTS = {"milliseconds": "ms", "seconds": "s", "minutes": "min", "hours": "h", "days": "d"}
_PART = r"([0-9][0-9.,]*) ?([^\W\d_]+)\.? ?"
_CLOCK = (
    r"(?:([0-9]{1,5}) days?,? )?([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]{1,9})?))?"
    r" ?(?P<unit>[^\W\d_]*)\.?"
)
_PARTS = r"(?:[0-9][0-9.,]* ?[^\W\d_]+\.? ?){2,}"
_ISO_8601 = (
    r"P(?:(?P<d>[0-9]{1,5})D)?"
    r"(?:T(?:(?P<h>[0-9]{1,6})H)?(?:(?P<min>[0-9]{1,9})M)?(?:(?P<s>[0-9]{1,9}(?:[.,][0-9]{1,9})?)S)?)?"
)
_HOURS_AND_MINUTES = r"^([0-9]+ ?h ?[0-5][0-9])$"
_DIGITS_FIRST = "-−0123456789., "
"""What may stand in front of the first unit; of more than one part is what has digits after it."""
_HOURS_FIRST = frozenset({"h", "d"})
MINUTES_IN_PARTS = "m"  # minutes, where hours or seconds stand beside it: `2h30m`


def duration_unit(unit: str) -> str:
    """`ms`, `s`, `min`, `h` or `d` for a unit of time in any spelling; nothing for another."""
    return unit if unit in _SECONDS else _spellings().get(unit.casefold(), "")


@cache
def _spellings() -> dict[str, str]:
    return {
        word: _CONCEPTS[concept]
        for durations in words("durations").values()
        for concept, text in durations.items()
        if concept in _CONCEPTS
        for word in split(text)
    }


def convert(number: Number, unit: str, own: str) -> Fraction | None:
    """The number of one unit of time in another; nothing where either is none."""
    old, new = duration_unit(unit), duration_unit(own)
    return Fraction(number) * _SECONDS[old] / _SECONDS[new] if old and new else None


def read_duration(text: str, mark: Mark, own: str) -> tuple[Decimal, str] | None:
    """The number and the unit of a text in more than one part; nothing where it is not one.

    It is in the unit `own` where that is one of time, else in the first that is named. What no
    decimal of 12 places can say is rounded half up there. Raises `NotationError` for a clock
    where no unit is known.
    """
    if ":" not in text and not any(map(str.isdigit, text.lstrip(_DIGITS_FIRST))):
        return None
    sign, bare = re.fullmatch(r"([-−]?) ?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    bare = re.sub(_HOURS_AND_MINUTES, r"\1m", bare)
    length = _on_clock(bare, own) or _in_iso_8601(bare) or _in_parts(bare, mark)
    if length is None or (sign and ":" in bare and "day" in bare):
        return None  # `-1 day, 22:00:00` of Python is two hours
    seconds, first = length
    unit = own if duration_unit(own) else first
    number = to_decimal(seconds / _SECONDS[duration_unit(unit)])
    return (number.copy_negate() if sign and number else number), unit


def _in_parts(text: str, mark: Mark) -> tuple[Fraction, str] | None:
    """Seconds, and the first unit: two parts or more, each of a shorter unit than the last."""
    if not re.fullmatch(_PARTS, text):
        return None
    seconds, units = Fraction(0), list[str]()
    for match in re.finditer(_PART, text):
        unit = "min" if match[2] == MINUTES_IN_PARTS else match[2]
        symbol = duration_unit(unit)
        if not symbol or (units and _SECONDS[symbol] >= _SECONDS[duration_unit(units[-1])]):
            return None
        seconds += Fraction(read_number(match[1], mark)) * _SECONDS[symbol]
        units.append(unit)
    return seconds, units[0]


def _on_clock(text: str, own: str) -> tuple[Fraction, str] | None:
    match = re.fullmatch(_CLOCK, text)
    if match is None or (match["unit"] and not duration_unit(match["unit"])):
        return None
    days, first, second, third = int(match[1] or 0), int(match[2]), int(match[3]), match[4]
    unit = duration_unit(match["unit"]) if match["unit"] else duration_unit(own)
    if third:
        seconds = days * 86400 + first * 3600 + second * 60 + Fraction(third.replace(",", "."))
        return seconds, match["unit"] or unit or "h"
    if match[1] or (not unit and own):
        return None
    if not unit:
        message = f"'{safe(text)}' is ambiguous: {first} h {second} min or {first} min {second} s?"
        raise NotationError(message, hint=f"write {first}h{second}m or {first} min {second} s")
    size = 60 if unit in _HOURS_FIRST else 1
    return Fraction((first * 60 + second) * size), match["unit"] or own


def _in_iso_8601(text: str) -> tuple[Fraction, str] | None:
    """Seconds and the first unit of `P1DT2H30M`."""
    match = re.fullmatch(_ISO_8601, text)
    parts = match.groupdict().items() if match else ()
    lengths = {
        unit: Fraction(part.replace(",", ".")) * _SECONDS[unit] for unit, part in parts if part
    }
    return (sum(lengths.values(), Fraction(0)), next(iter(lengths))) if lengths else None


def in_unit(record: Record, unit: str) -> Record:
    """The record in another unit, where it can be; else as it is."""
    own = "%" if record.unit.startswith("% ") else record.unit  # `% uptime` could once be recorded
    if record.value is None or is_same_unit(own, unit):
        return record._replace(unit=unit)
    number = convert(record.value, record.unit, unit)
    if number is None:
        return record
    value = to_decimal(number)
    exact = None if value == number else number
    return record._replace(value=value, unit=unit, exact=exact)


def unit_issue(line: LogLine, unit: str) -> "LogIssue":
    """That a line is in another unit than its KPI is in today."""
    from kpicli.model.log_issue import IssueKind, LogIssue

    own = f"in {safe(unit)}" if unit else "without a unit"
    message = f"recorded in {safe(line.unit)}, defined {own}"
    return LogIssue(IssueKind.UNIT, line.file, line.number, message)
