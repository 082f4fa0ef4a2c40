"""A period: a day, ISO week, month, quarter or year; half-open, start inclusive."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import assert_never

from kpicli.errors import NotationError
from kpicli.model.calendar import LAST_YEAR, PLAIN, Calendar
from kpicli.model.frequency import Frequency, label_fields
from kpicli.model.schema_types import Notation
from kpicli.noun import NamedTuple
from kpicli.text import comma_list, safe

FISCAL = "FY"  # what the label of a fiscal quarter or year begins with
_MONTH = Frequency.MONTHLY
_YEAR_PATTERN = "(?:19|2[0-9])[0-9]{2}"
_THURSDAY = timedelta(days=3)


def forms(calendar: Calendar = PLAIN) -> str:
    """A label of each length, as they are written in a calendar."""
    prefix = FISCAL if calendar.is_fiscal else ""
    return f"2026-11-22, 2026-W47, 2026-11, {prefix}2026-Q4 or {prefix}2026"


class _Period(NamedTuple):
    start: date
    frequency: Frequency
    calendar: Calendar = PLAIN


class Period(Notation, _Period):
    """One period; `start` is its first day. Ordered by start.

    The calendar of a quarter or a year is its board's, of anything shorter always the plain one.
    """

    __slots__ = ()
    SHAPE = str
    PATTERN = (
        f"^(?:{_YEAR_PATTERN}(?:{'|'.join(each.pattern for each in Frequency)})|{FISCAL}"
        f"{_YEAR_PATTERN}(?:{'|'.join(each.pattern for each in Frequency if each.is_fiscal)}))$"
    )

    def __str__(self) -> str:
        return _label(self)

    @property
    def length(self) -> tuple[Frequency, Calendar]:
        """What periods have in common that follow each other."""
        return self.frequency, self.calendar

    @property
    def end(self) -> date:
        """The first day after it."""
        return _shifted(self, 1).start

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def shift(self, count: int) -> "Period":
        """The period that many of its own length later, or earlier."""
        return _shifted(self, count)

    def since(self, earlier: "Period") -> int:
        """How many periods of this length lie between the start of another and this one's."""
        if self.frequency.unit == "months":
            months = (self.start.year - earlier.start.year) * 12
            return (months + self.start.month - earlier.start.month) // self.frequency.length
        return (self.start - earlier.start).days // self.days

    def last_year(self) -> "Period":
        """A year before: of 29 February the 28th, of week 53 week 52 where there are no more."""
        start, frequency, calendar = self
        match frequency.unit:
            case "days":
                day = 28 if (start.month, start.day) == (2, 29) else start.day
                return Period(date(start.year - 1, start.month, day), frequency)
            case "weeks":
                year, number = calendar.number(start, frequency)
                number = min(number, calendar.periods_in(year - 1, frequency))
                return Period(calendar.start(year - 1, number, frequency), frequency)
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
        """Whether the other lies whole within it; a week lies in the ISO year of its Thursday."""
        if other.frequency.unit == "weeks" and self.is_filled_by(other):
            return self.start <= other.start + _THURSDAY < self.end
        return self.start <= other.start and other.end <= self.end

    def is_filled_by(self, other: "Period") -> bool:
        """Whether periods like the other, or equal ones, fill such periods without a rest."""
        return other.calendar == self.calendar.of(other.frequency) and self.calendar.fills(
            other.frequency, self.frequency
        )

    @cache  # noqa: B019 - periods are kept in any case
    def parts(self, frequency: Frequency) -> tuple["Period", ...]:
        """The shorter periods that fill it, in order."""
        is_of_weeks = frequency.unit == "weeks" and self.calendar.fills(frequency, self.frequency)
        lag = _THURSDAY * is_of_weeks
        parts = [period_of(self.start + lag, frequency, self.calendar)]
        while (part := parts[-1].shift(1)).start + lag < self.end:
            parts.append(part)
        return (*parts,)


_same = cache(Period)  # equal ones are one object, which is found in half the time


@cache
def recorded_period(text: str, calendar: Calendar = PLAIN) -> Period:
    """The period of a label in a log, which may be older than the calendar of its board.

    Raises `NotationError` with the valid range. Fiscal labels of a board without fiscal years are
    periods of no calendar that it has; they are taken to begin as late as they may.
    """
    is_fiscal = text.startswith(FISCAL)
    own = calendar if calendar.is_fiscal is is_fiscal else Calendar(1, is_fiscal)
    frequency, fields = label_fields(text.removeprefix(FISCAL))
    if frequency and (frequency.is_fiscal or not is_fiscal):
        return dated_period(text, frequency, own, **fields)
    raise NotationError(f"'{safe(text[:40])}' is not a period", hint=f"write {forms(calendar)}")


@cache
def read_period(text: str, calendar: Calendar = PLAIN) -> Period:
    """The period of a label such as `2026-11`, or `FY2026-Q1` where years are fiscal.

    Raises `NotationError` with the valid range, or with the label in the board's own calendar.
    """
    period = recorded_period(text, calendar)
    require_calendar(period, calendar)
    return period


def require_calendar(period: Period, calendar: Calendar) -> None:
    """Raise `NotationError` for a quarter or year that is none of that calendar."""
    start, frequency, other = period
    if other == calendar.of(frequency):
        return
    year, number = other.number(start, frequency)
    same = Period(calendar.start(max(year, calendar.first_year), number, frequency), *period[1:])
    same = same._replace(calendar=calendar)
    if not calendar.is_fiscal:
        hint = f'write {same}, or say in which month years start: year_starts = "04" at the top'
        raise NotationError(f"'{period}' is fiscal, and the years of this board are not", hint=hint)
    fiscal = period_of(start, frequency, calendar)
    hint = f"write {same}, which starts in {period_of(same.start, _MONTH)}"
    if fiscal.start == start and fiscal != same:
        hint += f"; the days of {period} are {fiscal}"
    month = f"{calendar.first_month:02}"
    message = f"'{period}' is a calendar {frequency.noun}, and years here start in month {month}"
    raise NotationError(message, hint=hint)


def dated_period(
    text: str, frequency: Frequency, calendar: Calendar, *, year: int, **fields: int
) -> Period:
    """The period of a length by its year and number, or its year, month and day.

    Raises `NotationError` with the valid range; `text` is what was typed.
    """
    own = calendar.of(frequency)
    first = own.first_year
    _check(text, f"years run from {first} to {LAST_YEAR}", year, LAST_YEAR, first)
    if frequency.unit == "days":
        month, day = fields["month"], fields["day"]
        _check(text, "months run from 01 to 12", month, 12)
        whole = Period(date(year, month, 1), _MONTH)
        _check(text, f"{whole} has {whole.days} days", day, whole.days)
        return _same(date(year, month, day), frequency)
    number, count = fields.get("number", 1), own.periods_in(year, frequency)
    _check(text, _numbers(year, count, frequency), number, count)
    return _same(own.start(year, number, frequency), frequency, own)


def _numbers(year: int, count: int, frequency: Frequency) -> str:
    """Which periods of that length a year has, as people number them."""
    if frequency.unit == "weeks":
        return f"{year} has {count} ISO weeks"
    form = frequency.label.partition("-")[2]
    return f"{frequency.noun}s run from {form.format(number=1)} to {form.format(number=count)}"


def _check(text: str, rule: str, number: int, most: int, least: int = 1) -> None:
    if not least <= number <= most:
        raise NotationError(f"'{safe(text)}': {rule}", hint=f"write {forms()}")


@cache
def period_of(day: date, frequency: Frequency, calendar: Calendar = PLAIN) -> Period:
    """The period of that length that a day lies in."""
    own = calendar.of(frequency)
    return _same(own.first_day(day, frequency), frequency, own)


def period_with(part: Period, frequency: Frequency, calendar: Calendar = PLAIN) -> Period:
    """The longer period that one lies in; the year of a week is that of its Thursday."""
    is_week_of_year = part.frequency.unit == "weeks" and calendar.fills(part.frequency, frequency)
    return period_of(part.start + _THURSDAY * is_week_of_year, frequency, calendar)


@cache
def _shifted(period: Period, count: int) -> Period:
    return _same(period.calendar.shift(period.start, period.frequency, count), *period.length)


@cache
def _label(period: Period) -> str:
    start, frequency, calendar = period
    year, number = calendar.number(start, frequency)
    label = frequency.label.format(year=year, number=number, month=start.month, day=start.day)
    return f"{FISCAL}{label}" if calendar.is_fiscal else label


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
