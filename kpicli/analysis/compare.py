"""An actual beside that of the period before or of a year ago: whole by whole, or equal parts."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeVar

from kpicli.analysis.derive import actual_of
from kpicli.analysis.evaluate import Evaluation, is_favourable
from kpicli.model.actual import Actual, Missing, Series
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Frequency, Period
from kpicli.model.scorecard import Scorecard
from kpicli.model.word import Word

T = TypeVar("T")


class Against(Word):
    """Which earlier period of the same length."""

    PREVIOUS = "previous"
    YEAR = "year"

    def of(self, period: Period) -> Period:
        """That period."""
        return period.shift(-1) if self is Against.PREVIOUS else period.last_year()


class Comparison(NamedTuple):
    """The earlier actual and the change since, in the unit; without them the reason why."""

    period: Period
    actual: Number | None = None
    change: Fraction | None = None
    is_favourable: bool | None = None
    reason: str = ""


def compared(scorecard: Scorecard, one: Evaluation, against: Against) -> Comparison:
    """An evaluated actual, and the earlier one; of an open period only by equal parts."""
    other = against.of(one.period)
    if one.actual is None:
        return Comparison(other, reason=one.reason)
    earlier = earlier_actual(scorecard, one.kpi, one.period, other)
    if isinstance(earlier, Missing):
        return Comparison(other, reason=earlier.reason)
    change = Fraction(one.actual) - Fraction(earlier.number)
    return Comparison(other, earlier.number, change, is_favourable(one.kpi, one.target, change))


def earlier_actual(
    scorecard: Scorecard, kpi: Kpi, period: Period, other: Period
) -> Actual | Missing:
    """The actual of another period, as far into it as the period itself has been measured."""
    then = as_far(scorecard, kpi, period, other)
    return then if isinstance(then, Missing) else actual_of(then, kpi, other)


def as_far(scorecard: Scorecard, kpi: Kpi, period: Period, other: Period) -> Scorecard | Missing:
    """The scorecard in which another period is known as far as the period itself is now."""
    now = actual_of(scorecard, kpi, period)
    if period.is_closed(scorecard.clock.today) or isinstance(now, Missing):
        return scorecard
    end = _same_place(now.measured_to, period, other)
    if end is None:
        return Missing(f"{other} has no such day as {now.measured_to} is in {period}")
    return _as_far_as(scorecard, kpi, other, end)


def _same_place(day: date, period: Period, other: Period) -> date | None:
    """The day that is as far into another period of the same length; not every month has it."""
    if day >= period.end:
        return other.end
    if period.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return other.start + (day - period.start)
    months = (day.year - period.start.year) * 12 + day.month - period.start.month
    month = other.start.year * 12 + other.start.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, day.day) if day.day <= monthrange(year, month)[1] else None


def _as_far_as(scorecard: Scorecard, kpi: Kpi, other: Period, end: date) -> Scorecard | Missing:
    """The scorecard as if it were that day, and nothing had been measured from then on."""
    series: dict[str, Series] = {}
    for part in scorecard.definitions.made_of(kpi):
        known = scorecard.series_of(part)
        for at, record in known.records.items():
            if record.value is not None and at.start < end < at.end and other.contains(at):
                return Missing(f"{part.id} is recorded for the whole of {at}, not for parts of it")
        series[part.id] = Series(_until(known.records, end), _until(known.damaged, end))
    return Scorecard(scorecard.definitions, series, scorecard.clock._replace(today=end))


def _until(known: Mapping[Period, T], end: date) -> dict[Period, T]:
    return {at: one for at, one in known.items() if at.end <= end}
