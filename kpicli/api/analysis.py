"""What the history of one KPI says, as rows: what is expected of it, and what drives it."""

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.profile import profile
from kpicli.api.rows import Contribution, Expected, Rows, rows
from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.kpi import Kpi
from kpicli.services.drivers import DriversQuery, drivers_of_kpi
from kpicli.services.load import load_board
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.drivers import drivers_view
from kpicli.views.kpi_detail import forecast_view

_CHARTED_PERIODS = 24
"""Of its own periods that a forecast is told with, as `kpi show` charts them."""


def forecast_rows(file: DefinitionsFile, moment: Moment, kpi: Kpi) -> Rows[Expected]:
    """The periods to come; raises `KpiError` with the reason where nothing can be said of them."""
    parts = [part.id for part in file.definitions.with_inputs(kpi)]
    reach = full_lookback(file.definitions, parts)
    loaded = load_board(file, moment.clock, moment.until, reach)
    kpi_profile = profile(AnalysisLedger.of(loaded.scorecard), kpi, _CHARTED_PERIODS)
    if kpi_profile.forecast.reason:
        message = f"{kpi.id}: no forecast: {kpi_profile.forecast.reason}"
        raise KpiError(message, hint=f"kpi show {kpi.id} says what is known of it")
    view = forecast_view(loaded.scorecard, kpi_profile, loaded.warnings)
    return rows(Expected, view, "forecast")


def driver_rows(
    file: DefinitionsFile, moment: Moment, kpi: Kpi, query: DriversQuery
) -> Rows[Contribution]:
    """What each input of its formula did to it; raises `KpiError` where it has none."""
    answer = drivers_of_kpi(file, moment.clock, moment.until, kpi, query)
    loaded = answer.loaded
    view = drivers_view(loaded.scorecard, answer.drivers, query.against, loaded.warnings)
    return rows(Contribution, view, "drivers")
