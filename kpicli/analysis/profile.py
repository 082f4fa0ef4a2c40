"""All that is known of one KPI: how it stands, its latest periods, its limits and its trend."""

from collections.abc import Mapping

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.control_chart import ControlChart
from kpicli.analysis.kpi_forecast import KpiForecast, TargetOdds
from kpicli.analysis.observations import Observations
from kpicli.analysis.trend import Trend
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import ControlLimits


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


def profile(ledger: AnalysisLedger, kpi: Kpi, count: int) -> Profile:
    """That of a KPI with so many of its latest periods."""
    latest, observations, chart = ledger.latest(kpi), ledger.observations(kpi), ledger.chart(kpi)
    forecast = ledger.forecast(kpi)
    odds = (ledger.odds(kpi, step) for step in forecast.steps)
    return Profile(
        latest,
        tuple(ledger.evaluate(kpi, period) for period in latest_periods(ledger, kpi, count)),
        observations,
        chart,
        _limits_by_period(kpi, observations, chart),
        ledger.trend(kpi, latest.period),
        forecast,
        tuple(filter(None, odds)),
    )


def latest_periods(ledger: Ledger, kpi: Kpi, count: int) -> list[Period]:
    """So many own periods back from the last of which something is known, newest first."""
    known_periods = ledger.known_periods(kpi, kpi.frequency)
    if not known_periods:
        return []
    last, first = known_periods[0], known_periods[-1]
    return [last.shift(-back) for back in range(min(last.since(first) + 1, count))]


def _limits_by_period(
    kpi: Kpi, history: Observations, chart: ControlChart
) -> dict[Period, ControlLimits]:
    """The limits at every observation; a gap has those that were in force before it."""
    if not history:
        return {}
    pairs = zip(history, chart.limits, strict=True)
    observed = {observation.period: limits for observation, limits in pairs if limits}
    limits: ControlLimits | None = None
    by_period: dict[Period, ControlLimits] = {}
    first, last = history[0].period, history[-1].period
    for period in map(first.shift, range(last.since(first) + 1)):
        limits = observed.get(period, None if period in kpi.rebase else limits)
        if limits:
            by_period[period] = limits
    return by_period


def standing_records(ledger: Ledger, kpi: Kpi, period: Period) -> list[Record]:
    """The record that stands for the whole of an own period, or else those of its parts."""
    series = ledger.series_of(kpi)
    whole = None if kpi.formula or series.damaged else series.records.get(period)
    if whole and whole.is_standing:
        return [whole]
    records = () if kpi.formula else ledger.derivation(kpi, period).records
    return [record for record in records if record.is_standing]
