"""A period: a day, ISO week, month, quarter or year; half-open, start inclusive."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple, assert_never

from kpicli.errors import NotationError
from kpicli.model.calendar import FIRST_YEAR, LAST_YEAR, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.schema_types import Notation
from kpicli.text import comma_list, safe

CALENDAR = Calendar()
FORMS = "2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026"


class _Period(NamedTuple):
    start: date
    frequency: Frequency


class Period(Notation, _Period):
    """One period; `start` is its first day. Ordered by start."""

    __slots__ = ()
    SHAPE = str
    PATTERN = f"^(?:19|2[0-9])[0-9]{{2}}(?:{'|'.join(each.pattern for each in Frequency)})$"

    def __str__(self) -> str:
        return _label(self)

    @property
    def end(self) -> date:
        """The first day after it."""
        return _shift(self.start, self.frequency, 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def shift(self, count: int) -> "Period":
        """The period that many of its own length later, or earlier."""
        return Period(_shift(self.start, self.frequency, count), self.frequency)

    def since(self, earlier: "Period") -> int:
        """How many periods of this length lie between the start of another and this one's."""
        if self.frequency.unit == "months":
            months = (self.start.year - earlier.start.year) * 12
            return (months + self.start.month - earlier.start.month) // self.frequency.length
        return (self.start - earlier.start).days // self.days

    def last_year(self) -> "Period":
        """A year before: of 29 February the 28th, of week 53 week 52 where there are no more."""
        start, frequency = self.start, self.frequency
        match frequency.unit:
            case "days":
                day = 28 if (start.month, start.day) == (2, 29) else start.day
                return Period(date(start.year - 1, start.month, day), frequency)
            case "weeks":
                year, number = CALENDAR.number(start, frequency)
                number = min(number, CALENDAR.periods_in(year - 1, frequency))
                return Period(CALENDAR.start(year - 1, number, frequency), frequency)
            case "months":
                return self.shift(-12 // frequency.length)
            case _:
                assert_never(frequency.unit)

    def is_closed(self, today: date) -> bool:
        """Whether the day is past its end."""
        return today >= self.end

    def has_begun(self, today: date) -> bool:
        """Whether the day is in it or past it."""
        return today >= self.start

    def contains(self, other: "Period") -> bool:
        """Whether the other lies whole within it."""
        return self.start <= other.start and other.end <= self.end

    def parts(self, frequency: Frequency) -> Iterator["Period"]:
        """The shorter periods that fill it, in order."""
        part = period_of(self.start, frequency)
        while part.start < self.end:
            yield part
            part = part.shift(1)


class _Digits(str):
    """A field of a label that formats as the pattern of its digits: `02` as two of them."""

    __slots__ = ()

    def __format__(self, width: str) -> str:
        return f"(?P<{str.__str__(self)}>[0-9]{{{width.removeprefix('0') or 1}}})"


_FIELDS = {field: _Digits(field) for field in ("year", "number", "month", "day")}
_LABELS = {each: re.compile(each.label.format(**_FIELDS)) for each in Frequency}


@cache
def read_period(text: str) -> Period:
    """The period of a label such as `2026-11`; raises `NotationError` with the valid range."""
    for frequency, pattern in _LABELS.items():
        if match := pattern.fullmatch(text):
            fields = {field: int(digits) for field, digits in match.groupdict().items()}
            return dated_period(text, frequency, **fields)
    raise NotationError(f"'{safe(text[:40])}' is not a period", hint=f"write {FORMS}")


def dated_period(
    text: str, frequency: Frequency, *, year: int, number: int = 1, month: int = 1, day: int = 1
) -> Period:
    """The period of a length by its year and number, or its year, month and day.

    Raises `NotationError` with the valid range; `text` is what was typed.
    """
    _check(text, f"years run from {FIRST_YEAR} to {LAST_YEAR}", year, LAST_YEAR, FIRST_YEAR)
    if frequency.unit == "days":
        _check(text, "months run from 01 to 12", month, 12)
        whole = Period(date(year, month, 1), Frequency.MONTHLY)
        _check(text, f"{whole} has {whole.days} days", day, whole.days)
        return Period(date(year, month, day), frequency)
    count = CALENDAR.periods_in(year, frequency)
    _check(text, _numbers(year, count, frequency), number, count)
    return Period(CALENDAR.start(year, number, frequency), frequency)


def _numbers(year: int, count: int, frequency: Frequency) -> str:
    """Which periods of that length a year has, as people number them."""
    if frequency.unit == "weeks":
        return f"{year} has {count} ISO weeks"
    form = frequency.label.partition("-")[2]
    return f"{frequency.noun}s run from {form.format(number=1)} to {form.format(number=count)}"


def _check(text: str, rule: str, number: int, most: int, least: int = 1) -> None:
    if not least <= number <= most:
        raise NotationError(f"'{safe(text)}': {rule}", hint=f"write {FORMS}")


@cache
def period_of(day: date, frequency: Frequency) -> Period:
    """The period of that length that a day lies in."""
    return Period(CALENDAR.first_day(day, frequency), frequency)


@cache
def _shift(start: date, frequency: Frequency, count: int) -> date:
    return CALENDAR.shift(start, frequency, count)


@cache
def _label(period: Period) -> str:
    start, frequency = period
    year, number = CALENDAR.number(start, frequency)
    return frequency.label.format(year=year, number=number, month=start.month, day=start.day)


def period_list(periods: Iterable[Period], most: int | None = None) -> str:
    """`2026-07 to 2026-09 and 2026-11`: periods in order of time, three in a row as one run.

    With `most` only so many are named, the latest ones, a run counting as one.
    """
    runs: list[list[Period]] = []
    for period in periods:
        if runs and runs[-1][-1].shift(1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    texts = [
        text
        for run in runs
        for text in (map(str, run) if len(run) < 3 else [f"{run[0]} to {run[-1]}"])
    ]
    if most and len(texts) > most:
        texts = [f"{len(texts) - most} earlier", *texts[-most:]]
    return comma_list(texts)
