"""All that is known of one KPI: how it stands, its latest periods, its limits and its trend."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kpicli.analysis.control_chart import ControlChart, ControlLimits, control_chart
from kpicli.analysis.kpi_forecast import KpiForecast, TargetOdds, kpi_forecast, target_odds
from kpicli.analysis.observations import Observations, observations
from kpicli.analysis.trend import Trend, recent_actuals, trend
from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.evaluation.latest import known_periods, latest_evaluation
from kpicli.evaluation.rollup import standing_parts
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard

if TYPE_CHECKING:
    from kpicli.evaluation.actual import Known


class Profile(NamedTuple):
    """One KPI on one day.

    `latest` is the period that a board shows of it. `periods` are its own ones from the first to
    the last of which something is known, newest first and gaps included, the latest of them. The
    limits go by period, as far as the `past` reaches.
    """

    latest: Evaluation
    periods: tuple[Evaluation, ...]
    observations: Observations
    chart: ControlChart
    limits: Mapping[Period, ControlLimits]
    trend: Trend
    forecast: KpiForecast
    odds: tuple[TargetOdds, ...]

    @property
    def kpi(self) -> Kpi:
        """Whose it is."""
        return self.latest.kpi


def profile(scorecard: Scorecard, kpi: Kpi, count: int) -> Profile:
    """That of a KPI with so many of its latest periods."""
    known: Known = {}
    latest = latest_evaluation(scorecard, kpi)
    moments = observations(scorecard, kpi, known)
    found = control_chart(kpi, moments)
    actuals = [
        None if number is None else Fraction(number)
        for number in recent_actuals(scorecard, latest, known)
    ]
    to_come = kpi_forecast(scorecard, kpi, known, moments)
    return Profile(
        latest,
        tuple(evaluate(scorecard, kpi, period) for period in latest_periods(scorecard, kpi, count)),
        moments,
        found,
        _by_period(kpi, moments, found),
        trend(kpi, latest.target, actuals),
        to_come,
        target_odds(scorecard, kpi, to_come),
    )


def latest_periods(scorecard: Scorecard, kpi: Kpi, count: int) -> list[Period]:
    """So many own periods back from the last of which something is known, newest first."""
    known = known_periods(scorecard, kpi, kpi.frequency)
    if not known:
        return []
    last, first = known[0], known[-1]
    every = (last.shift(-back) for back in range(last.since(first) + 1))
    return list(islice(every, count))


def _by_period(kpi: Kpi, moments: Observations, found: ControlChart) -> dict[Period, ControlLimits]:
    """The limits at every moment; a gap between two has those that were in force before it."""
    known = {
        moment.period: each for moment, each in zip(moments, found.limits, strict=True) if each
    }
    held: ControlLimits | None = None
    by_period: dict[Period, ControlLimits] = {}
    for back in range(moments[-1].period.since(moments[0].period) if moments else -1, -1, -1):
        period = moments[-1].period.shift(-back)
        held = known.get(period, None if period in kpi.rebase else held)
        if held:
            by_period[period] = held
    return by_period


def standing_records(scorecard: Scorecard, kpi: Kpi, period: Period) -> list[Record]:
    """The record that stands for the whole of an own period, or else those of its parts."""
    series = scorecard.series_of(kpi)
    if period in series.damaged:
        return []
    whole = series.records.get(period)
    if whole and whole.value is not None:
        return [whole]
    parts = standing_parts(series, period, scorecard) if kpi.rollup else []
    return [series.records[part.period] for part in parts]
