"""What drives a KPI: by its log, as far as its formula looks back."""

from kpicli.analysis.bottleneck import drivers_to_target
from kpicli.analysis.drivers import Drivers, drivers_of_change, formula_inputs, period_to_explain
from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.evaluation.compare import Against
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import full_lookback
from kpicli.evaluation.selection import period_in_view
from kpicli.model.kpi import Kpi
from kpicli.model.notation.period import named_period
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.services.load import Loaded, load_board
from kpicli.store.definitions.read import DefinitionsFile

_TARGET = "target"
AGAINST = (*(word.value for word in Against), _TARGET)


class DriversQuery(NamedTuple):
    """A period, else the latest with an actual; what it is held against; how many formulas deep."""

    period: str | None = None
    against: str = Against.PREVIOUS.value
    depth: int | None = None


def drivers_of_kpi(
    file: DefinitionsFile, moment: Moment, kpi: Kpi, query: DriversQuery
) -> tuple[Loaded, Drivers]:
    """What was loaded, and how much each input of its formula makes of its change, or of its gap.

    Raises `KpiError` where it has no formula.
    """
    word = choice("--against", query.against, AGAINST)
    if not kpi.formula:
        message = f"{kpi.id} has no formula, so no inputs drive it"
        raise KpiError(message, hint=f"kpi explain {kpi.id} shows how it was judged")
    formula_inputs(file.definitions, kpi, query.depth)
    lookback = full_lookback(file.definitions, file.definitions.with_inputs(kpi))
    loaded = load_board(file, moment, lookback)
    earlier = None if word == _TARGET else Against(word)
    return loaded, _drivers(loaded.scorecard, kpi, query, earlier)


def _drivers(scorecard: Ledger, kpi: Kpi, query: DriversQuery, against: Against | None) -> Drivers:
    if query.period is None:
        chosen_period = period_to_explain(scorecard, kpi, against)
    else:
        today = scorecard.clock.today
        named = named_period(query.period, kpi.frequency, today, calendar=kpi.calendar)
        chosen_period = period_in_view(kpi, named, today)
    if against is None:
        return drivers_to_target(scorecard, kpi, chosen_period, query.depth)
    return drivers_of_change(scorecard, kpi, chosen_period, against, query.depth)
