"""What is expected of one KPI: the forecast of its own periods to come, or why there is none."""

from datetime import timedelta
from typing import NamedTuple

from kpicli.analysis.control_chart import since_rebase
from kpicli.analysis.nowcast import PeriodPrediction, nowcast
from kpicli.analysis.observations import (
    Observation,
    Observations,
    current_target,
    observations,
    zone_of_target,
)
from kpicli.evaluation.actual import Known, actual_of
from kpicli.evaluation.effective_target import effective_target
from kpicli.model.formula import Lag
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.quantity import CURRENCIES, PERCENT
from kpicli.model.record import Actual
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target
from kpicli.stats.forecast import FEWEST, predictive_distribution
from kpicli.stats.predictive_distribution import PredictiveDistribution

AHEAD, FURTHEST = 12, 120
_FURTHER = {Frequency.DAILY: 400, Frequency.WEEKLY: 160}
"""Own periods to come: twelve, or as many as there are to a deadline, but no more than these."""

_LATE = 3
"""So many closed periods may have no actual yet; of days a week."""

_WHOLE = 100.0
_DAY = timedelta(days=1)


class ForecastPeriod(NamedTuple):
    """One own period to come: what is expected, and what 80 and 95 percent of outcomes lie in."""

    period: Period
    point: float
    low_80: float
    high_80: float
    low_95: float
    high_95: float


class KpiForecast(NamedTuple):
    """The periods to come, or the reason why there are none, and the outlook that they are of.

    The chances go by step; of a period under way for all of which an actual stands there are none.
    """

    steps: tuple[ForecastPeriod, ...] = ()
    reason: str = ""
    outlook: PredictiveDistribution | None = None
    chances: tuple[PeriodPrediction | None, ...] = ()


def kpi_forecast(
    scorecard: Scorecard, kpi: Kpi, known: Known | None = None, whole: Observations | None = None
) -> KpiForecast:
    """The forecast from the closed own periods that have an actual, since the latest known change.

    It begins with the first period after the latest actual, and ends with the twelfth that has not
    closed, or with the deadline of a climb where that is later; never after the KPI is retired.
    `whole` is the past, where it is known.
    """
    whole = observations(scorecard, kpi, known) if whole is None else whole
    moments = since_rebase(kpi, whole)
    current = period_of(scorecard.clock.today, kpi.frequency)
    is_cut = len(moments) < len(whole)
    if reason := _why_not(kpi, moments, current, is_cut=is_cut):
        return KpiForecast(reason=reason)
    last = moments[-1].period
    count = _last(kpi, current).since(last)
    if count < 1:
        return KpiForecast(reason=f"kept until {kpi.until}")
    low, high = _bounds(kpi, moments, current_target(scorecard, kpi))
    values = [None if one is None else float(one.number) for one in _without_leaps(moments)]
    found = predictive_distribution(values, kpi.frequency.season, count, low=low, high=high)
    if found is None:
        return KpiForecast(reason=_too_few(len(moments), kpi, is_cut=is_cut))
    periods = [last.shift(step + 1) for step in range(count)]
    chances = [
        _chances(scorecard, kpi, period, PeriodPrediction(found, step), known)
        for step, period in enumerate(periods)
    ]
    steps = [
        _expected(period, known_part or PeriodPrediction(found, step))
        for step, (period, known_part) in enumerate(zip(periods, chances, strict=True))
    ]
    return KpiForecast(tuple(steps), "", found, tuple(chances))


def _chances(
    scorecard: Scorecard, kpi: Kpi, period: Period, ahead: PeriodPrediction, known: Known | None
) -> PeriodPrediction | None:
    """Of the period under way, by what is known of it and expected of the rest."""
    today = scorecard.clock.today
    if period.has_begun(today) and not period.is_closed(today):
        actual = actual_of(scorecard, kpi, period, known)
        if isinstance(actual, Actual):
            return nowcast(kpi, actual, ahead.outlook.only(ahead.step))
    return ahead


def _expected(period: Period, chances: PeriodPrediction) -> ForecastPeriod:
    return ForecastPeriod(period, chances.point, *chances.interval(80), *chances.interval(95))


def _why_not(kpi: Kpi, moments: Observations, current: Period, *, is_cut: bool) -> str:
    if kpi.is_retired(current):
        return f"kept until {kpi.until}"
    if len(moments) < FEWEST:
        return _too_few(len(moments), kpi, is_cut=is_cut)
    last = moments[-1].period
    most = kpi.frequency.season if kpi.frequency is Frequency.DAILY else _LATE
    if current.since(last) - 1 > most:
        return f"nothing recorded since {last}"
    return ""


def _too_few(count: int, kpi: Kpi, *, is_cut: bool) -> str:
    """`is_cut` says that there are more from before a known change."""
    since = f" since the change in {kpi.rebase[-1]}" if is_cut else ""
    return f"{count} of the {FEWEST} {kpi.frequency.noun}s that it takes{since}"


def _last(kpi: Kpi, current: Period) -> Period:
    """The last period that is looked at."""
    last = current.shift(AHEAD - 1)
    if kpi.by and kpi.by > last:
        last = min(kpi.by, current.shift(_FURTHER.get(kpi.frequency, FURTHEST) - 1))
    return min(last, period_of(kpi.until.end - _DAY, kpi.frequency)) if kpi.until else last


def _without_leaps(moments: Observations) -> list[Observation | None]:
    """One for each period from the first to the last, nothing for a gap."""
    first = moments[0].period
    found: list[Observation | None] = [None] * (moments[-1].period.since(first) + 1)
    for one in moments:
        found[one.period.since(first)] = one
    return found


def _bounds(
    kpi: Kpi, moments: Observations, target: Target | None
) -> tuple[float | None, float | None]:
    """What it cannot be: a count is never below zero, and no share is that or over a whole.

    A count is known by its values, all of them whole and none below zero. A percentage is a share
    where no actual and no target lies outside 0 to 100, but for one that compares two periods:
    growth can do that some day.
    """
    edges = (
        [float(edge) for edge in (target.number, target.high) if edge is not None] if target else []
    )
    values = [*edges, *(float(one.number) for one in moments)]
    is_change = kpi.formula is not None and any(
        step.lag is not Lag.NONE for step in kpi.formula.inputs
    )
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


def target_odds(
    scorecard: Scorecard, kpi: Kpi, found: KpiForecast, *, most: int | None = None
) -> tuple[TargetOdds, ...]:
    """The chances in every period to come that has a target, the one under way first.

    Periods that have closed without an actual have none, nor has one under way for the whole of
    which an actual stands. With `most`, only so many from the one under way on are looked at.
    """
    today = scorecard.clock.today
    pairs = zip(found.steps, found.chances, strict=True)
    to_come = [pair for pair in pairs if not pair[0].period.is_closed(today)]
    told = []
    for step, chances in to_come[:most]:
        target = effective_target(kpi, step.period).target
        if target is not None and chances is not None:
            told.append(_odds(kpi, step.period, target, chances))
    return tuple(told)


def _odds(kpi: Kpi, period: Period, target: Target, chances: PeriodPrediction) -> TargetOdds:
    zone = zone_of_target(kpi, target)
    met = chances.within(zone.low, zone.high, is_strict=zone.is_strict)
    low = None if zone.low is None else zone.low - zone.margin(zone.low)
    high = None if zone.high is None else zone.high + zone.margin(zone.high)
    return TargetOdds(period, target, met, 1 - max(met, chances.within(low, high, is_strict=False)))
