"""What the flags say of the definition of a KPI; each is called as its key is."""

from typing import Annotated, Any

from kpicli.catalogue.draft import Table
from kpicli.cli.options import Text, flag
from kpicli.environment import moment
from kpicli.errors import KpiError, NotationError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions
from kpicli.model.notation.period import written_period
from kpicli.noun import NamedTuple
from kpicli.views.words.adding import items

_PERIODS = {"start", "by"}


class DefinitionOptions(NamedTuple):
    """What is given of its definition; a flag is called as the key is."""

    name: Annotated[Text, flag("NAME", "What people read.")] = None
    goal: Annotated[Text, flag("GOAL", "Id or name; a new one is added with it.")] = None
    area: Annotated[Text, flag("AREA", "sales, marketing, product …")] = None
    owner: Annotated[Text, flag("OWNER", "Who is responsible for it.")] = None
    definition: Annotated[Text, flag("TEXT", "What is counted.")] = None
    source: Annotated[Text, flag("TEXT", "Where the numbers come from.")] = None
    unit: Annotated[Text, flag("UNIT", "Its unit, or the currency of its amounts.")] = None
    direction: Annotated[Text, flag("WAY", "higher or lower: which way is better.")] = None
    frequency: Annotated[Text, flag("LENGTH", "daily, weekly, monthly, quarterly or yearly.")] = (
        None
    )
    target: Annotated[Text, flag("TARGET", 'Such as ">=500,000 kr", "<3%" or "40..60%".')] = None
    baseline: Annotated[Text, flag("VALUE", "What a target such as +20% starts from.")] = None
    start: Annotated[Text, flag("PERIOD", "In which period the baseline was measured.")] = None
    by: Annotated[Text, flag("PERIOD", "By when the target is reached, step by step.")] = None
    tolerance: Annotated[Text, flag("SIZE", "How far off target is still at risk.")] = None
    rollup: Annotated[
        Text, flag("HOW", "sum, mean, last, min or max: longer periods of shorter ones.")
    ] = None
    formula: Annotated[
        Text, flag("FORMULA", "What it is computed from: 100 * orders / visits.")
    ] = None
    levers: Annotated[Text, flag("TEXT", "What can be done to move it, commas between.")] = None
    supports: Annotated[Text, flag("KPI", "The KPI that it supports.")] = None

    def table(self, definitions: Definitions, *, is_recorded: bool) -> Table:
        """Those that were given; what is recorded itself has no formula."""
        if is_recorded and self.formula:
            message = "--recorded and --formula exclude each other"
            raise KpiError(message, hint="what is computed is not recorded")
        table: dict[str, Any] = {
            key: value for key, value in self._asdict().items() if value is not None
        }
        table |= {key: _period(key, table[key], definitions) for key in _PERIODS & table.keys()}
        if self.levers is not None:
            table["levers"] = items(self.levers)
        if parent := definitions.kpi_named(self.supports or ""):
            table["supports"] = parent.id
        return {**table, "formula": ""} if is_recorded else table


def _period(key: str, text: str, definitions: Definitions) -> str:
    """A period as definitions have it, out of any notation with one reading."""
    today = moment(None).clock.today
    try:
        return str(written_period(text, Frequency.MONTHLY, today, None, definitions.calendar))
    except NotationError as error:
        raise KpiError(f"--{key} {error.message}", hint=error.hint) from None
