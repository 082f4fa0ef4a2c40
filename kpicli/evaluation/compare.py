"""An actual beside that of the period before or of a year ago: whole by whole, or equal parts."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kpicli.evaluation.actual import Known, actual_of
from kpicli.evaluation.evaluate import Evaluation, is_favourable
from kpicli.model.formula import Lag
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, Series
from kpicli.model.schema_types import Word
from kpicli.model.scorecard import Scorecard

_DAY = timedelta(days=1)


class Against(Word):
    """Which earlier period of the same length."""

    PREVIOUS = "previous"
    YEAR = "year"

    def of(self, period: Period) -> Period:
        """That period."""
        return period.shift(-1) if self is Against.PREVIOUS else period.last_year()


class PeriodComparison(NamedTuple):
    """The earlier actual and the change since, in the unit; without them the reason why."""

    period: Period
    actual: Number | None = None
    change: Fraction | None = None
    is_favourable: bool | None = None
    reason: str = ""


def compare_periods(scorecard: Scorecard, one: Evaluation, against: Against) -> PeriodComparison:
    """An evaluated actual, and the earlier one; of an open period only by equal parts."""
    other = against.of(one.period)
    if one.actual is None:
        return PeriodComparison(other, reason=one.reason)
    earlier = earlier_actual(scorecard, one.kpi, one.period, other)
    if isinstance(earlier, Missing):
        return PeriodComparison(other, reason=earlier.reason)
    change = Fraction(one.actual) - Fraction(earlier.number)
    return PeriodComparison(
        other, earlier.number, change, is_favourable(one.kpi, one.target, change)
    )


def earlier_actual(
    scorecard: Scorecard, kpi: Kpi, period: Period, other: Period
) -> Actual | Missing:
    """The actual of another period, as far into it as the period itself has been measured."""
    then = as_far(scorecard, kpi, period, other)
    return then if isinstance(then, Missing) else actual_of(then, kpi, other)


def as_far(scorecard: Scorecard, kpi: Kpi, period: Period, other: Period) -> Scorecard | Missing:
    """The scorecard in which another period is known as far as the period itself is now.

    Each input is cut where its own records end, so that equal parts meet.
    """
    known: Known = {}
    now, today = actual_of(scorecard, kpi, period, known), scorecard.clock.today
    if period.is_closed(today) or isinstance(now, Missing):
        return scorecard
    series = dict(scorecard.series)
    for part in _current(scorecard, kpi):
        own = actual_of(scorecard, part, period, known)
        day = now.measured_to if isinstance(own, Missing) else own.measured_to
        found = _cut(scorecard.series_of(part), part, (day, period), other)
        if isinstance(found, Missing):
            return found
        series[part.id] = found
    then = _same_place(today + _DAY, period, other) or other.end
    return Scorecard(scorecard.definitions, series, scorecard.clock._replace(today=then - _DAY))


def _current(scorecard: Scorecard, kpi: Kpi) -> list[Kpi]:
    """What it is made of in the same period: itself, or in the end those inputs without a lag."""
    found: dict[str, Kpi] = {}
    waiting = [kpi]
    while waiting:
        one = waiting.pop()
        found[one.id] = one
        steps = one.formula.inputs if one.formula else ()
        named = [scorecard.definitions.kpis[step.id] for step in steps if step.lag is Lag.NONE]
        waiting += [each for each in named if each.id not in found]
    return [one for one in found.values() if not one.formula]


def _cut(known: Series, kpi: Kpi, now: tuple[date, Period], other: Period) -> Series | Missing:
    """What had been measured when another period was as far as the period is now.

    What is not summed, and stands for the whole of both, is as good as it stands.
    """
    day, period = now
    if kpi.rollup is not Rollup.SUM and _stand(known, period, other):
        return known
    end = _same_place(day, period, other)
    if end is None:
        return Missing(f"{other} has no such day as {day - _DAY} is in {period}")
    for at in known.records:
        if at.start < end < at.end and other.contains(at) and _stand(known, at):
            return Missing(f"{kpi.id} is recorded for the whole of {at}, not for parts of it")
    records = {at: record for at, record in known.records.items() if at.end <= end}
    return Series(records, {at: one for at, one in known.damaged.items() if at.start < end})


def _stand(known: Series, *periods: Period) -> bool:
    """Whether an actual was recorded for the whole of each."""
    records = [known.records.get(period) for period in periods]
    return all(record and record.value is not None for record in records)


def _same_place(day: date, period: Period, other: Period) -> date | None:
    """The day as far into another period of the same length; not every month is as long."""
    if period.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return other.start + (day - period.start)
    months = (day.year - period.start.year) * 12 + day.month - period.start.month
    month = other.start.year * 12 + other.start.month - 1 + months
    year, month = month // 12, month % 12 + 1
    if day.day > monthrange(year, month)[1] + 1:
        return None
    return date(year, month, 1) + (day.day - 1) * _DAY
