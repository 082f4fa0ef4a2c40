"""What the history of each KPI says, each worked out once in a run."""

from kpicli.analysis.control_chart import ControlChart, control_chart, since_rebase
from kpicli.analysis.kpi_forecast import KpiForecast, TargetOdds, kpi_forecast, target_odds
from kpicli.analysis.observations import Observations, observations, observed_numbers
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import FORECAST_PERIODS
from kpicli.evaluation.memo import once
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.stats.control_limits import ControlLimits, control_limits


class AnalysisLedger(Ledger):
    """A ledger that looks at more than one period: `AnalysisLedger.of(ledger)`."""

    @once
    def observations(self, kpi: Kpi) -> Observations:
        """Its closed own periods that have an actual, oldest first."""
        return observations(self, kpi)

    @once
    def chart(self, kpi: Kpi) -> ControlChart:
        """The control chart of its observations."""
        return control_chart(kpi, self.observations(kpi))

    @once
    def limits(self, kpi: Kpi) -> ControlLimits | None:
        """Its control limits since the latest known change, where there are enough values."""
        return control_limits(observed_numbers(since_rebase(kpi, self.observations(kpi))))

    @once
    def forecast(self, kpi: Kpi) -> KpiForecast:
        """The forecast of its own periods to come."""
        return kpi_forecast(self, kpi, observations(self, kpi, FORECAST_PERIODS[kpi.frequency]))

    @once
    def odds(self, kpi: Kpi, period: Period) -> TargetOdds | None:
        """How likely a period to come meets its target; none of one that has closed."""
        if period.is_closed(self.clock.today):
            return None
        steps = (step for step in self.forecast(kpi).steps if step.period == period)
        step = next(steps, None)
        return step and target_odds(kpi, step, self.target(kpi, period).target)
