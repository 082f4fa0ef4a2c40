"""What the history of each KPI says, each worked out once in a run."""

from kpicli.analysis.control_chart import ControlChart, control_chart, since_rebase
from kpicli.analysis.kpi_forecast import (
    ForecastPeriod,
    KnownSeries,
    KpiForecast,
    TargetOdds,
    kpi_forecast,
    target_odds,
)
from kpicli.analysis.observations import Observations, observations, observed_numbers
from kpicli.analysis.trend import Trend, recent_actuals, trend
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.memo import once
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.stats.control_limits import ControlLimits, control_limits
from kpicli.stats.predictive_distribution import MOST, PredictiveDistribution

_NEWS_LASTS = 2  # own periods: one, and the next until it is recorded


class AnalysisLedger(Ledger):
    """A ledger that looks at more than one period: `AnalysisLedger.of(ledger)`."""

    @once
    def observations(self, kpi: Kpi) -> Observations:
        """Its latest closed own periods that have an actual, oldest first."""
        return observations(self, kpi)

    @once
    def trend(self, kpi: Kpi, period: Period) -> Trend:
        """Where it goes, up to a period."""
        evaluation = self.evaluate(kpi, period)
        return trend(kpi, evaluation.target, recent_actuals(self, evaluation), period.frequency)

    @once
    def chart(self, kpi: Kpi) -> ControlChart:
        """The control chart of its observations; those of long ago tell no news."""
        chart = control_chart(kpi, self.observations(kpi))
        if not chart.telling or self._is_recent(kpi, chart.telling[-1].last):
            return chart
        stale = tuple(signal._replace(is_stale=True) for signal in chart.signals)
        return chart._replace(signals=stale)

    def _is_recent(self, kpi: Kpi, period: Period) -> bool:
        """Whether it is one of the last two closed own periods, or came in during that under way.

        Of two, so that no signal is over, and new again, between a month's end and its record.
        """
        current = kpi.period_of(self.clock.today)
        return current.since(period) <= _NEWS_LASTS or any(
            period.contains(record.period) and self.clock.day_of(record.at) >= current.start
            for part in self.definitions.with_inputs(kpi)
            for record in self.series_of(part).records.values()
        )

    @once
    def limits(self, kpi: Kpi) -> ControlLimits | None:
        """Its control limits since the latest known change, where there are enough values."""
        return control_limits(observed_numbers(since_rebase(kpi, self.observations(kpi))))

    @once
    def forecast(self, kpi: Kpi) -> KpiForecast:
        """The forecast of its own periods to come."""
        past = observations(self, kpi, MOST[kpi.frequency.season])
        return kpi_forecast(self, kpi, past, self.predict)

    def predict(self, series: KnownSeries) -> PredictiveDistribution | None:
        """What is expected after some values, by these alone: kept under no KPI, the latest last.

        `cli/board_memory` puts there what an earlier run worked out.
        """
        answers, (values, season, horizon, low, high) = self.answers[""], series
        answer: PredictiveDistribution | None = answers.pop(series, None)
        if answer is None:
            from kpicli.stats.forecast import predictive_distribution

            answer = predictive_distribution(values, season, horizon, low=low, high=high)
        answers[series] = answer
        return answer

    def odds(self, kpi: Kpi, step: ForecastPeriod) -> TargetOdds | None:
        """How likely a period to come meets its target; none of one that has closed."""
        if step.period.is_closed(self.clock.today):
            return None
        return target_odds(kpi, step, self.target(kpi, step.period).target)
