"""An actual beside that of the period before or of a year ago: whole by whole, or equal parts."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from kpicli.evaluation.evaluate import Evaluation, is_favourable
from kpicli.evaluation.ledger import Ledger
from kpicli.model.calendar import PLAIN
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, Series, nothing_recorded
from kpicli.model.schema_types import Word
from kpicli.noun import NamedTuple

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


def compare_periods(ledger: Ledger, evaluation: Evaluation, against: Against) -> PeriodComparison:
    """An evaluated actual, and the earlier one; of an open period only by equal parts."""
    earlier_period = against.of(evaluation.period)
    if evaluation.actual is None:
        return PeriodComparison(earlier_period, reason=evaluation.reason)
    earlier = earlier_actual(ledger, evaluation.kpi, evaluation.period, earlier_period)
    if isinstance(earlier, Missing):
        return PeriodComparison(earlier_period, reason=earlier.reason)
    change = Fraction(evaluation.actual) - Fraction(earlier.number)
    is_good = is_favourable(evaluation.kpi, evaluation.target, change)
    return PeriodComparison(earlier_period, earlier.number, change, is_good)


def earlier_actual(
    ledger: Ledger, kpi: Kpi, period: Period, earlier_period: Period
) -> Actual | Missing:
    """The actual of another period, as far into it as the period itself has been measured.

    Where there is one, but none so far into it, the reason says up to which day that is.
    """
    point = ledger_at_same_point(ledger, kpi, period, earlier_period)
    earlier = point if isinstance(point, Missing) else point.actual(kpi, earlier_period)
    actual, whole = ledger.actual(kpi, period), ledger.actual(kpi, earlier_period)
    if not (isinstance(actual, Actual) and isinstance(whole, Actual)):
        return earlier
    if isinstance(earlier, Missing) and earlier.gaps and not earlier.is_fault:
        end = _same_day(actual.measured_to, period, earlier_period, kpi) or earlier_period.end
        return earlier._replace(reason=f"{earlier.reason} up to {end - _DAY}")
    return earlier


def ledger_at_same_point(
    ledger: Ledger, kpi: Kpi, period: Period, earlier_period: Period
) -> Ledger | Missing:
    """The ledger of the day on which another period was as far as the period itself is now.

    Each input is cut where its own records end, so that equal parts meet.
    """
    actual, today = ledger.actual(kpi, period), ledger.clock.today
    if kpi.is_closed(period, today) or isinstance(actual, Missing):
        return ledger
    series = dict(ledger.series)
    for part in _inputs_of_period(ledger, kpi):
        own = ledger.actual(part, period)
        end = actual.measured_to if isinstance(own, Missing) else own.measured_to
        earlier = _cut(ledger.series_of(part), part, (end, period), earlier_period)
        if isinstance(earlier, Missing):
            is_input = part is not kpi and bool(earlier.gaps)
            reason = f"{part.id}: {earlier.reason}" if is_input else earlier.reason
            return earlier._replace(reason=reason)
        series[part.id] = earlier
    end = _same_day(today + _DAY, period, earlier_period, kpi) or earlier_period.end
    return Ledger(ledger.definitions, series, ledger.clock._replace(today=end - _DAY))


def _inputs_of_period(ledger: Ledger, kpi: Kpi) -> list[Kpi]:
    """What it is made of in the same period: itself, or in the end inputs that are not earlier."""
    parts: dict[str, Kpi] = {}
    waiting = [kpi]
    while waiting:
        part = waiting.pop()
        parts[part.id] = part
        steps = part.formula.inputs if part.formula else ()
        inputs = [ledger.definitions.kpis[step.id] for step in steps if not step.is_earlier]
        waiting += [each for each in inputs if each.id not in parts]
    return [part for part in parts.values() if not part.formula]


def _cut(
    series: Series, kpi: Kpi, now: tuple[date, Period], earlier_period: Period
) -> Series | Missing:
    """What had been measured when another period was as far as the period is now.

    What is not summed, and stands for the whole of both, is as good as it stands: the periods
    themselves, or the own ones under way. Of a sum a part may have come to nothing by then, where
    it is recorded in parts.
    """
    day, period = now
    if kpi.rollup is not Rollup.SUM and _stand(series, period, earlier_period):
        return series
    own = kpi.period_of(day - _DAY)
    start = _same_day(own.start, period, earlier_period, kpi)
    if start and kpi.rollup is not Rollup.SUM and _stand(series, own, kpi.period_of(start)):
        day = own.end
    end = _same_day(day, period, earlier_period, kpi)
    if end is None:
        return Missing(f"{earlier_period} has no day that matches {day - _DAY}")
    for part in series.records:
        if part.start < end < part.end and earlier_period.contains(part) and _stand(series, part):
            return Missing(f"{kpi.id} is recorded for the whole of {part}, not for parts of it")
    records = {part: record for part, record in series.records.items() if part.end <= end}
    other = kpi.period_of(end - _DAY)
    kept = series.records if kpi.rollup is Rollup.SUM else records
    parts = [part for part, record in kept.items() if record.is_standing]
    if other != earlier_period and not _has_part(series, parts, other):
        owns = earlier_period.parts(kpi.frequency)
        gaps = (own for own in owns if not _has_part(series, parts, own))
        return nothing_recorded(next(gaps, other))
    return Series(
        records, {part: damage for part, damage in series.damaged.items() if part.start < end}
    )


def _has_part(series: Series, parts: Iterable[Period], own: Period) -> bool:
    return any(map(own.contains, parts)) or own in series.damaged


def _stand(series: Series, *periods: Period) -> bool:
    records = [series.records.get(period) for period in periods]
    return all(record and record.value is not None for record in records)


def _same_day(day: date, period: Period, earlier_period: Period, kpi: Kpi) -> date | None:
    """The day as far into another period of the same length; not every month is as long.

    A year of weeks is as far as the same number of weeks; not every year has week 53.
    """
    if period.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return earlier_period.start + (day - period.start)
    if kpi.frequency is Frequency.WEEKLY:
        first, *_ = period.parts(kpi.frequency)
        earlier_first, *_, earlier_last = earlier_period.parts(kpi.frequency)
        same = earlier_first.start + (day - first.start)
        return same if same <= earlier_last.end else None
    months = (day.year - period.start.year) * 12 + day.month - period.start.month
    month = earlier_period.start.year * 12 + earlier_period.start.month - 1 + months
    begin = date(month // 12, month % 12 + 1, 1)
    same = begin + (day.day - 1) * _DAY
    return same if same <= PLAIN.shift(begin, Frequency.MONTHLY, 1) else None
