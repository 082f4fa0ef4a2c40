"""What is expected of one KPI: the forecast of its own periods to come, or why there is none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from kpicli.analysis.control_chart import since_rebase
from kpicli.analysis.nowcast import PeriodPrediction, nowcast
from kpicli.analysis.observations import Observations, current_target, kpi_zone, observed_numbers
from kpicli.analysis.pace import pace
from kpicli.evaluation.ledger import Ledger
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.model.target import Target
from kpicli.model.unit import CURRENCIES, PERCENT
from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import floats
from kpicli.stats.predictive_distribution import FEWEST, PredictiveDistribution

AHEAD: Mapping[Frequency, int] = dict(zip(Frequency, (31, 13, 12, 8, 3), strict=True))
"""Own periods to come that are looked at, and never more than there are values."""

KnownSeries = tuple[tuple[float | None, ...], int, int, float | None, float | None]
"""All that a distribution follows from: values, season, horizon and bounds."""
Predict = Callable[[KnownSeries], PredictiveDistribution | None]

_LATE = 3  # so many closed periods may have no actual yet; of days a week
_WHOLE = 100.0
_DAY = timedelta(days=1)


class ForecastPeriod(NamedTuple):
    """One own period to come: what is expected, and what 80 and 95 percent of outcomes lie in.

    Of a period under way for all of which there is an actual nothing more is predicted.
    """

    period: Period
    point: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float
    prediction: PeriodPrediction | None = None


class KpiForecast(NamedTuple):
    """The periods to come, or the reason why there are none, and the distribution of them all."""

    steps: tuple[ForecastPeriod, ...] = ()
    reason: str = ""
    distribution: PredictiveDistribution | None = None


def kpi_forecast(ledger: Ledger, kpi: Kpi, history: Observations, predict: Predict) -> KpiForecast:
    """The forecast from the closed own periods that have an actual, since the latest known change.

    It begins with the first period after the latest actual. It ends a year of months on, two of
    quarters, three of years, a quarter of weeks or a month of days, or with the deadline of a climb
    where that is later; never further than the values reach back, nor after the KPI is retired.
    """
    recent = since_rebase(kpi, history)
    current = kpi.period_of(ledger.clock.today)
    is_cut = len(recent) < len(history)
    if reason := _why_not(ledger, kpi, recent, is_cut=is_cut):
        return KpiForecast(reason=reason)
    last = recent[-1].period
    count = _last(kpi, current, len(recent)).since(last)
    if count < 1:
        return KpiForecast(reason=f"kept until {kpi.until}")
    values = _with_gaps(recent)
    low, high = _bounds(kpi, values, current_target(ledger, kpi))
    distribution = predict((values, kpi.frequency.season, count, low, high))
    if distribution is None:
        return KpiForecast(reason=_too_few(len(recent), kpi, is_cut=is_cut))
    earlier = [observation.period for observation in recent]
    steps = [
        _forecast_period(
            ledger, kpi, last.shift(step + 1), PeriodPrediction(distribution, step), earlier
        )
        for step in range(count)
    ]
    return KpiForecast(tuple(steps), "", distribution)


def _forecast_period(
    ledger: Ledger,
    kpi: Kpi,
    period: Period,
    prediction: PeriodPrediction,
    earlier: Sequence[Period],
) -> ForecastPeriod:
    """Of the period under way, by what is known of it and expected of the rest."""
    today = ledger.clock.today
    updated: PeriodPrediction | None = prediction
    if period.has_begun(today) and not period.is_closed(today):
        actual = ledger.actual(kpi, period)
        if isinstance(actual, Actual):
            only = prediction.distribution.only(prediction.step)
            updated = nowcast(kpi, actual, only, pace(ledger, kpi, actual, earlier))
    expected = updated or prediction
    intervals = (*expected.interval(80), *expected.interval(95))
    return ForecastPeriod(period, expected.point, *intervals, updated)


def _why_not(ledger: Ledger, kpi: Kpi, history: Observations, *, is_cut: bool) -> str:
    current = kpi.period_of(ledger.clock.today)
    if kpi.is_retired(current):
        return f"kept until {kpi.until}"
    if len(history) < FEWEST:
        return _too_few(len(history), kpi, is_cut=is_cut)
    last = history[-1].period
    most = kpi.frequency.season if kpi.frequency is Frequency.DAILY else _LATE
    since = map(last.shift, range(1, current.since(last)))
    if sum(not ledger.is_skipped(kpi, period) for period in since) > most:
        return f"nothing recorded since {last}"
    return ""


def _too_few(count: int, kpi: Kpi, *, is_cut: bool) -> str:
    """`is_cut` says that there are more from before a known change."""
    since = f" since the change in {kpi.rebase[-1]}" if is_cut else ""
    return f"{count} of the {FEWEST} {kpi.frequency.noun}s that it takes{since}"


def _last(kpi: Kpi, current: Period, known: int) -> Period:
    """The last period that is looked at, where so many have an actual."""
    last = current.shift(min(AHEAD[kpi.frequency], known) - 1)
    if kpi.by and last < kpi.by < current.shift(known):
        last = kpi.by
    return min(last, kpi.period_of(kpi.until.end - _DAY)) if kpi.until else last


def _with_gaps(history: Observations) -> tuple[float | None, ...]:
    """One number for each period from the first to the last, nothing for a gap."""
    first = history[0].period
    numbers: list[float | None] = [None] * (history[-1].period.since(first) + 1)
    for observation, number in zip(history, floats(observed_numbers(history)), strict=True):
        numbers[observation.period.since(first)] = number
    return tuple(numbers)


def _bounds(
    kpi: Kpi, numbers: Sequence[float | None], target: Target | None
) -> tuple[float | None, float | None]:
    """What it cannot be: a count is never below zero, and no share is that or over a whole.

    A count is known by its values, all of them whole and none below zero. A percentage is a share
    where no actual and no target lies outside 0 to 100, but for one that compares two periods:
    growth can do that some day.
    """
    edges = (
        [float(edge) for edge in (target.number, target.high) if edge is not None] if target else []
    )
    values = [*edges, *(number for number in numbers if number is not None)]
    is_change = kpi.formula is not None and any(step.is_earlier for step in kpi.formula.inputs)
    if min(values) < 0 or is_change:
        return None, None
    if kpi.unit == PERCENT and max(values) <= _WHOLE:
        return 0.0, _WHOLE
    is_count = kpi.unit not in CURRENCIES and all(value.is_integer() for value in values)
    return (0.0 if is_count else None), None


class TargetOdds(NamedTuple):
    """Of one period to come: the target in force, and the chances to meet it and to be off it.

    Both are from 0 to 1; what they leave is the chance to be at risk.
    """

    period: Period
    target: Target
    met: float
    off: float


def target_odds(kpi: Kpi, step: ForecastPeriod, target: Target | None) -> TargetOdds | None:
    """The odds of a period to come, where it has a target and something is predicted."""
    prediction = step.prediction
    if target is None or prediction is None:
        return None
    zone = kpi_zone(kpi, target)
    low, high, at_risk_low, at_risk_high = zone.edges
    met = prediction.within(low, high, is_strict=zone.is_strict)
    off = 1 - max(met, prediction.within(at_risk_low, at_risk_high, is_strict=False))
    return TargetOdds(step.period, target, met, off)
