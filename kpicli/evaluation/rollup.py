"""How a period is made of shorter ones: the actual that stands for it, or why there is none."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, pairwise
from math import lcm
from operator import attrgetter

from kpicli.model.calendar import Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number, decimal_places, shown_places
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual, Missing, Record, Series, not_applicable, nothing_recorded
from kpicli.model.scorecard import Clock, Scorecard
from kpicli.noun import NamedTuple

_DAY = timedelta(days=1)


def total(numbers: Sequence[Number]) -> Fraction:
    """The exact sum, in whole numbers of one denominator: a tenth of the time fractions take."""
    ratios = [number.as_integer_ratio() for number in numbers]
    scale = lcm(*(below for _, below in ratios))
    return Fraction(sum(above * (scale // below) for above, below in ratios), scale)


def mean(numbers: Sequence[Number]) -> Fraction:
    """The exact mean, each number with the same weight."""
    return total(numbers) / len(numbers)


_CHOOSE: Mapping[Rollup, Callable[[Sequence[Actual]], Actual]] = {
    Rollup.LAST: lambda parts: parts[-1],
    Rollup.MIN: lambda parts: min(parts, key=attrgetter("number")),
    Rollup.MAX: lambda parts: max(parts, key=attrgetter("number")),
}


def roll_up(
    parts: Sequence[Actual], period: Period, rollup: Rollup, skipped: Iterable[Period] = ()
) -> Actual:
    """One actual for a period out of those of its parts, in order of time.

    `skipped` are parts in which there is nothing to measure.
    """
    measured_to = max(part.measured_to for part in parts)
    passed_over = all_skipped(parts, skipped)
    if len(parts) == 1 or rollup in _CHOOSE:
        part = parts[0] if len(parts) == 1 else _CHOOSE[rollup](parts)
        return part._replace(period=period, measured_to=measured_to, skipped=passed_over)
    numbers = [part.number for part in parts]
    is_mean = rollup is Rollup.MEAN
    return Actual(
        mean(numbers) if is_mean else total(numbers),
        period,
        measured_to,
        max(part.decimals for part in parts),
        most_decimals(parts, is_quotient=is_mean),
        passed_over,
    )


def all_skipped(parts: Iterable[Actual], skipped: Iterable[Period] = ()) -> tuple[Period, ...]:
    """Every period that the parts pass over, in order, and those that are passed over beside."""
    return tuple(sorted({*skipped, *(period for part in parts for period in part.skipped)}))


def most_decimals(parts: Collection[Actual], *, is_quotient: bool) -> int:
    """Decimals that are enough for a number that is made of others."""
    most = max((part.most_decimals for part in parts), default=0)
    typed = max((part.decimals for part in parts), default=0)
    return max(most, typed + 1) if is_quotient else most


class Derivation(NamedTuple):
    """An actual, or why there is none, and how that came about.

    `inputs` are the KPIs and periods that it was made of, `records` those that were read for it,
    what was taken back among them, and `parts` the actuals that were rolled up.
    """

    actual: Actual | Missing
    inputs: tuple[tuple[Kpi, Period], ...] = ()
    records: tuple[Record, ...] = ()
    parts: tuple[Actual, ...] = ()
    is_formula: bool = False


def record_derivation(scorecard: Scorecard, kpi: Kpi, period: Period) -> Derivation:
    """What was recorded for an own period: for the whole of it, else for its parts."""
    series = scorecard.series_of(kpi)
    if period in series.damaged:
        return Derivation(_damaged(series, period))
    whole = series.records.get(period)
    records: tuple[Record, ...] = (whole,) if whole else ()
    if whole and whole.skip:
        return Derivation(not_applicable(period), (), records)
    if whole and whole.number is not None:
        return Derivation(_actual_of(kpi, whole, whole.number, scorecard.clock), (), records)
    if kpi.rollup is None:
        valued = (part for part in series.valued_periods if part.frequency is not period.frequency)
        has_parts = any(is_part(part, period) for part in valued)
        reason = f"no rollup says how {period} is made of its parts" if has_parts else ""
        missing = Missing(reason) if reason else nothing_recorded(period)
        return Derivation(missing, (), records)
    records += tuple(counting_records(series, period))
    parts = tuple(
        _actual_of(kpi, record, record.number, scorecard.clock)
        for record in records
        if record.number is not None
    )
    if not parts and sum(record.period.days for record in records if record.skip) == period.days:
        return Derivation(not_applicable(period), (), records)
    return Derivation(_of_parts(series, period, kpi.rollup, parts), (), records, parts)


def _of_parts(
    series: Series, period: Period, rollup: Rollup, parts: Sequence[Actual]
) -> Actual | Missing:
    for part in sorted(part for part in series.damaged if is_part(part, period)):
        if not any(actual.period.contains(part) for actual in parts):
            return _damaged(series, part)
    for actual, after in pairwise(parts):
        if after.period.start < actual.period.end:
            pair = f"{actual.period} and {after.period}"
            return Missing(f"{pair} overlap, and neither is a part of the other", is_fault=True)
    return roll_up(parts, period, rollup) if parts else nothing_recorded(period)


def _damaged(series: Series, period: Period) -> Missing:
    issue = series.damaged[period]
    return Missing(issue.reason, is_fault=True, is_damage=issue.kind.is_damage)


def _actual_of(kpi: Kpi, record: Record, value: Number, clock: Clock) -> Actual:
    """In an open period it covers the days to the one on which it was recorded."""
    end = record.period.end
    if clock.today < end:
        end = min(clock.day_of(record.at) + _DAY, end)
    decimals = shown_places(value, kpi.unit)
    number = value if decimals == decimal_places(value) else Fraction(value)
    return Actual(number, record.period, end, decimals, decimals)


def is_part(part: Period, period: Period) -> bool:
    """Whether it is shorter and of a kind that fills the period."""
    return part != period and period.is_filled_by(part) and period.contains(part)


def counting_records(series: Series, period: Period) -> list[Record]:
    """The records for parts of a period, but those within a longer one that has an actual.

    Days at its edges may lie in a week that is counted into the year beside it.
    """
    inside = [record for part, record in _inside(series, period) if part not in series.damaged]
    if not inside:
        return inside
    inside.sort(key=_length)
    longer = [week for week in _weeks_beside(period) if stands(series, week)]
    counting: list[Record] = []
    for _, as_long in groupby(inside, _length):
        free = [
            record for record in as_long if not any(each.contains(record.period) for each in longer)
        ]
        counting += free
        longer += [record.period for record in free if record.is_standing]
    return sorted(counting, key=lambda record: record.period)


def _length(record: Record) -> int:
    """For an order in which the longest come first."""
    return -record.period.frequency.rank


def _weeks_beside(period: Period) -> Iterator[Period]:
    """The weeks at the edges of an ISO year that are counted into the one beside it."""
    for day in (period.start, period.end - _DAY):
        week = period_of(day, Frequency.WEEKLY)
        if period.is_filled_by(week) and not period.contains(week):
            yield week


def stands(series: Series, period: Period) -> bool:
    """Whether an actual was recorded for the whole of a period, or that it is skipped."""
    record = series.records.get(period)
    return record is not None and record.is_standing


def _inside(series: Series, period: Period) -> Iterator[tuple[Period, Record]]:
    """The records for parts of a period: looked up part by part where there are fewer of these."""
    if period.frequency is Frequency.DAILY:
        return
    if len(series.records) <= period.days:
        yield from ((at, series.records[at]) for at in series.records if is_part(at, period))
        return
    for frequency in Frequency:
        if frequency is not period.frequency and period.calendar.fills(frequency, period.frequency):
            for part in period.parts(frequency):
                if part in series.records:
                    yield part, series.records[part]


def unfilled_reason(kpi: Kpi, period: Period) -> str:
    """Why a longer period is not made of own ones: `weeks do not fill a month`."""
    kind = "fiscal " if period.calendar.is_fiscal else ""
    return f"{kpi.frequency.noun}s do not fill a {kind}{period.frequency.noun}"


def own_periods(scorecard: Scorecard, kpi: Kpi) -> list[Period]:
    """The own periods of which something is recorded, damage included, newest first."""
    series = scorecard.series_of(kpi)
    periods = (*series.standing_periods,)
    if series.damaged:
        periods = (*{*periods, *series.damaged},)
    own = [*_newest_first(periods, (kpi.frequency, kpi.calendar.of(kpi.frequency)))]
    if not kpi.rollup or len(own) == len(periods):
        return own
    of_parts = {
        kpi.period_with(period)
        for period in periods
        if kpi.has_calendar_of(period) and kpi.calendar.fills(period.frequency, kpi.frequency)
    }
    return sorted(of_parts.union(own), reverse=True)


@lru_cache(maxsize=16)
def _newest_first(
    periods: tuple[Period, ...], length: tuple[Frequency, Calendar]
) -> tuple[Period, ...]:
    """Those of a length: many KPIs have the same."""
    return (*sorted((period for period in periods if period[1:] == length), reverse=True),)
