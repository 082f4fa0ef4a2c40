"""How a period is made of shorter ones: the actual that stands for it, or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from kpicli.model.actual import Actual, Missing, Record, Series
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard

_DAY = timedelta(days=1)


def total(numbers: Sequence[Number]) -> Fraction:
    """The exact sum."""
    return sum((Fraction(number) for number in numbers), Fraction(0))


def mean(numbers: Sequence[Number]) -> Fraction:
    """The exact mean, each number with the same weight."""
    return total(numbers) / len(numbers)


def _last(numbers: Sequence[Number]) -> Number:
    return numbers[-1]


_COMBINE: Mapping[Rollup, Callable[[Sequence[Number]], Number]] = {
    Rollup.SUM: total,
    Rollup.MEAN: mean,
    Rollup.LAST: _last,
    Rollup.MIN: lambda numbers: min(numbers, key=Fraction),
    Rollup.MAX: lambda numbers: max(numbers, key=Fraction),
}


def combine(parts: Sequence[Actual], period: Period, rollup: Rollup) -> Actual:
    """One actual for a period out of those of its parts, in order of time."""
    numbers = [part.number for part in parts]
    number = numbers[0] if len(numbers) == 1 else _COMBINE[rollup](numbers)
    return Actual(number, period, max(part.measured_to for part in parts))


def recorded(scorecard: Scorecard, kpi: Kpi, period: Period) -> Actual | Missing:
    """What was recorded for an own period: for the whole of it, else for its parts."""
    series = scorecard.series_of(kpi)
    hidden = [at for at in series.damaged if at == period or (kpi.rollup and period.contains(at))]
    if hidden:
        return Missing(f"damaged: {series.damaged[min(hidden)].place}")
    whole = series.records.get(period)
    if whole and whole.value is not None:
        return Actual(whole.value, period, _measured_to(whole, scorecard))
    parts = _parts(series, period, scorecard) if kpi.rollup else []
    if not parts or kpi.rollup is None:
        return Missing(f"nothing recorded for {period}")
    return combine(parts, period, kpi.rollup)


def _measured_to(record: Record, scorecard: Scorecard) -> date:
    """A whole-period record covers the days to the one on which it was made."""
    made = scorecard.clock.day_of(record.at) + _DAY
    return min(made, record.period.end)


def _parts(series: Series, period: Period, scorecard: Scorecard) -> list[Actual]:
    """The longest standing records inside a period; what lies within one of them is replaced."""
    inside = [
        record
        for record in series.records.values()
        if record.value is not None
        and record.period.frequency.fits_into(period.frequency)
        and record.period != period
        and period.contains(record.period)
    ]
    inside.sort(key=lambda record: (-record.period.frequency.rank, record.period.start))
    chosen: list[Actual] = []
    for record in inside:
        if record.value is not None and not any(
            longer.period.contains(record.period) for longer in chosen
        ):
            chosen.append(Actual(record.value, record.period, record.period.end))
    return sorted(chosen, key=lambda part: part.period.start)


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
