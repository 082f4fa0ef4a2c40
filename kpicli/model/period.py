"""A period: a day, ISO week, month, quarter or year; half-open, start inclusive."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from kpicli.errors import NotationError
from kpicli.model.schema_types import Notation, Word
from kpicli.text import safe

FIRST_YEAR, LAST_YEAR = 1900, 2999
_DAY = timedelta(days=1)


class Frequency(Word):
    """How often: the length of a KPI's own periods, shortest first."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def noun(self) -> str:
        """`day`, `week`, `month`, `quarter`, `year`."""
        return _NOUNS[self]

    @property
    def rank(self) -> int:
        """0 for the shortest."""
        return _ORDER.index(self)

    @property
    def season(self) -> int:
        """How many of them make up what comes back: a week of days, a year of longer ones."""
        return _SEASONS[self]

    def fits_into(self, longer: "Frequency") -> bool:
        """Whether such periods fill a longer one (or an equal one) without a rest."""
        return self is longer or (self.rank < longer.rank and self is not Frequency.WEEKLY)


_ORDER = tuple(Frequency)
_NOUNS = dict(zip(_ORDER, ("day", "week", "month", "quarter", "year"), strict=True))
_SEASONS = dict(zip(_ORDER, (7, 52, 12, 4, 1), strict=True))
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
_LABEL = re.compile(r"([0-9]{4})(?:-W([0-9]{2})|-Q([0-9])|-([0-9]{2})(?:-([0-9]{2}))?)?")
RELATIVE = ("today", "yesterday", "current", "last")
"""What may stand for a label, and is as long as the KPI's own period or a day."""

_FORMS = "2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026"


class _Period(NamedTuple):
    start: date
    frequency: Frequency


class Period(Notation, _Period):
    """One period; `start` is its first day. Ordered by start."""

    __slots__ = ()
    SHAPE = str
    PATTERN = (
        "^(?:19|2[0-9])[0-9]{2}(?:-W(?:0[1-9]|[1-4][0-9]|5[0-3])|-Q[1-4]"
        "|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$"
    )

    def __str__(self) -> str:
        return _label(self)

    @property
    def end(self) -> date:
        """The first day after it."""
        return _shifted(self.start, self.frequency, 1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def shift(self, count: int) -> "Period":
        """The period that many of its own length later, or earlier."""
        return Period(_shifted(self.start, self.frequency, count), self.frequency)

    def since(self, earlier: "Period") -> int:
        """How many periods of this length lie between the start of another and this one's."""
        if self.frequency in _MONTHS:
            months = (self.start.year - earlier.start.year) * 12
            return (months + self.start.month - earlier.start.month) // _MONTHS[self.frequency]
        return (self.start - earlier.start).days // self.days

    def last_year(self) -> "Period":
        """The same period a year before: 29 February's is the 28th, week 53's is week 52."""
        if self.frequency in _MONTHS:
            return self.shift(-12 // _MONTHS[self.frequency])
        if self.frequency is Frequency.WEEKLY:
            year, week, _ = self.start.isocalendar()
            weeks = date(year - 1, 12, 28).isocalendar().week
            return Period(date.fromisocalendar(year - 1, min(week, weeks), 1), self.frequency)
        is_leap_day = (self.start.month, self.start.day) == (2, 29)
        day = self.start.replace(day=28) if is_leap_day else self.start
        return Period(day.replace(year=day.year - 1), self.frequency)

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


@cache
def read_period(text: str) -> Period:
    """The period of a label such as `2026-11`; raises `NotationError` with the valid range."""
    found = _LABEL.fullmatch(text)
    if found is None:
        raise NotationError(f"'{safe(text[:40])}' is no period", hint=f"write {_FORMS}")
    parts = [None if part is None else int(part) for part in found.groups()]
    _within(text, f"years run from {FIRST_YEAR} to {LAST_YEAR}", parts[0], LAST_YEAR, FIRST_YEAR)
    return _parsed(text, parts)


def named_period(text: str, frequency: Frequency, today: date) -> Period:
    """A label, or `today`, `yesterday`, `current` (the own period under way) or `last` (closed)."""
    match text:
        case "today":
            return Period(today, Frequency.DAILY)
        case "yesterday":
            return Period(today - _DAY, Frequency.DAILY)
        case "current":
            return period_of(today, frequency)
        case "last":
            return period_of(today, frequency).shift(-1)
    return read_period(text)


def _parsed(text: str, parts: list[int | None]) -> Period:
    year, week, quarter, month, day = parts[0] or 0, *parts[1:]
    if week is not None:
        weeks = date(year, 12, 28).isocalendar().week
        _within(text, f"{year} has {weeks} ISO weeks", week, weeks)
        return Period(date.fromisocalendar(year, week, 1), Frequency.WEEKLY)
    if quarter is not None:
        _within(text, "quarters run from Q1 to Q4", quarter, 4)
        return Period(date(year, quarter * 3 - 2, 1), Frequency.QUARTERLY)
    if month is None:
        return Period(date(year, 1, 1), Frequency.YEARLY)
    _within(text, "months run from 01 to 12", month, 12)
    whole = Period(date(year, month, 1), Frequency.MONTHLY)
    if day is None:
        return whole
    _within(text, f"{whole} has {whole.days} days", day, whole.days)
    return Period(date(year, month, day), Frequency.DAILY)


def _within(text: str, rule: str, number: int | None, most: int, least: int = 1) -> None:
    if number is None or not least <= number <= most:
        raise NotationError(f"'{text}': {rule}", hint=f"write {_FORMS}")


@cache
def period_of(day: date, frequency: Frequency) -> Period:
    """The period of that length that a day lies in."""
    match frequency:
        case Frequency.DAILY:
            return Period(day, frequency)
        case Frequency.WEEKLY:
            return Period(day - timedelta(days=day.weekday()), frequency)
    months = _MONTHS[frequency]
    return Period(date(day.year, (day.month - 1) // months * months + 1, 1), frequency)


@cache
def _shifted(start: date, frequency: Frequency, count: int) -> date:
    if frequency in _MONTHS:
        month = start.year * 12 + start.month - 1 + count * _MONTHS[frequency]
        return date(month // 12, month % 12 + 1, 1)
    return start + count * _DAY * (7 if frequency is Frequency.WEEKLY else 1)


@cache
def _label(period: Period) -> str:
    start = period.start
    match period.frequency:
        case Frequency.DAILY:
            return start.isoformat()
        case Frequency.WEEKLY:
            year, week, _ = start.isocalendar()
            return f"{year}-W{week:02}"
        case Frequency.MONTHLY:
            return f"{start.year}-{start.month:02}"
        case Frequency.QUARTERLY:
            return f"{start.year}-Q{(start.month + 2) // 3}"
    return str(start.year)
