"""How a period is made of shorter ones: the actual that stands for it, or why there is none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual, Missing, Record, Series
from kpicli.model.scorecard import Scorecard

_DAY = timedelta(days=1)


def total(numbers: Sequence[Number]) -> Fraction:
    """The exact sum."""
    return sum((Fraction(number) for number in numbers), Fraction(0))


def _exact(number: Number) -> Fraction:
    return Fraction(number)


def mean(numbers: Sequence[Number]) -> Fraction:
    """The exact mean, each number with the same weight."""
    return total(numbers) / len(numbers)


_COMBINE: Mapping[Rollup, Callable[[Sequence[Number]], Number]] = {
    Rollup.SUM: total,
    Rollup.MEAN: mean,
    Rollup.LAST: lambda numbers: numbers[-1],
    Rollup.MIN: lambda numbers: min(numbers, key=_exact),
    Rollup.MAX: lambda numbers: max(numbers, key=_exact),
}


def roll_up(parts: Sequence[Actual], period: Period, rollup: Rollup) -> Actual:
    """One actual for a period out of those of its parts, in order of time."""
    numbers = [part.number for part in parts]
    number = numbers[0] if len(numbers) == 1 else _COMBINE[rollup](numbers)
    return Actual(number, period, max(part.measured_to for part in parts))


def recorded_actual(scorecard: Scorecard, kpi: Kpi, period: Period) -> Actual | Missing:
    """What was recorded for an own period: for the whole of it, else for its parts."""
    series = scorecard.series_of(kpi)
    if period in series.damaged:
        return _hidden(series, period)
    whole = series.records.get(period)
    if whole and whole.value is not None:
        return Actual(whole.value, period, _measured_to(whole, scorecard))
    nothing = Missing(f"nothing recorded for {period}")
    if kpi.rollup is None:
        if any(is_part(at, period) for at, one in series.records.items() if one.value is not None):
            return Missing(f"no rollup says how {period} is made of its parts")
        return nothing
    parts = standing_parts(series, period, scorecard)
    for at in sorted(at for at in series.damaged if is_part(at, period)):
        if not any(part.period.contains(at) for part in parts):
            return _hidden(series, at)
    return roll_up(parts, period, kpi.rollup) if parts else nothing


def _hidden(series: Series, period: Period) -> Missing:
    place = series.damaged[period].place
    return Missing(f"damaged: {place}", is_fault=True, is_damage=True)


def _measured_to(record: Record, scorecard: Scorecard) -> date:
    """A record of an open period covers the days to the one on which it was made."""
    if record.period.is_closed(scorecard.clock.today):
        return record.period.end
    return min(scorecard.clock.day_of(record.at) + _DAY, record.period.end)


def is_part(part: Period, period: Period) -> bool:
    """Whether it is shorter and of a kind that fills the period."""
    return part != period and period.contains(part) and part.frequency.fits_into(period.frequency)


def standing_parts(series: Series, period: Period, scorecard: Scorecard) -> list[Actual]:
    """The longest standing records inside a period; what lies within one of them is replaced."""
    inside = [record for at, record in _inside(series, period) if at not in series.damaged]
    inside.sort(key=lambda record: -record.period.frequency.rank)
    chosen: list[Actual] = []
    for record in inside:
        is_replaced = any(longer.period.contains(record.period) for longer in chosen)
        if record.value is not None and not is_replaced:
            end = _measured_to(record, scorecard)
            chosen.append(Actual(record.value, record.period, end))
    return sorted(chosen, key=lambda part: part.period.start)


def _inside(series: Series, period: Period) -> Iterator[tuple[Period, Record]]:
    """The records for parts of a period: looked up part by part where there are fewer of these."""
    if period.frequency is Frequency.DAILY:
        return
    if len(series.records) <= period.days:
        yield from ((at, record) for at, record in series.records.items() if is_part(at, period))
        return
    for frequency in Frequency:
        if frequency is not period.frequency and frequency.fits_into(period.frequency):
            for part in period.parts(frequency):
                if part in series.records:
                    yield part, series.records[part]


def own_periods(scorecard: Scorecard, kpi: Kpi) -> list[Period]:
    """The own periods of which anything is known, damage included, newest first."""
    series = scorecard.series_of(kpi)
    standing = [at for at, record in series.records.items() if record.value is not None]
    fitting = {
        period_of(at.start, kpi.frequency)
        for at in [*standing, *series.damaged]
        if at.frequency is kpi.frequency or (kpi.rollup and at.frequency.fits_into(kpi.frequency))
    }
    return sorted(fitting, reverse=True)
