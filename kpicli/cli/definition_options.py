"""What the flags say of the definition of a KPI; each is called as its key is."""

from typing import Annotated, NamedTuple

from typer import Option

from kpicli.catalogue.draft import Table
from kpicli.model.kpi import Definitions


class DefinitionOptions(NamedTuple):
    """What is given of its definition; a flag is called as the key is."""

    name: Annotated[str | None, Option(metavar="NAME", help="What people read.")] = None
    goal: Annotated[
        str | None, Option(metavar="GOAL", help="Id or name; a new one is added with it.")
    ] = None
    area: Annotated[str | None, Option(metavar="AREA", help="sales, marketing, product …")] = None
    owner: Annotated[str | None, Option(metavar="OWNER", help="Who is responsible for it.")] = None
    definition: Annotated[str | None, Option(metavar="TEXT", help="What is counted.")] = None
    source: Annotated[str | None, Option(metavar="TEXT", help="Where the numbers come from.")] = (
        None
    )
    unit: Annotated[
        str | None, Option(metavar="UNIT", help="Its unit, or the currency of its amounts.")
    ] = None
    direction: Annotated[
        str | None, Option(metavar="WAY", help="higher or lower: which way is better.")
    ] = None
    frequency: Annotated[
        str | None, Option(metavar="LENGTH", help="daily, weekly, monthly, quarterly or yearly.")
    ] = None
    target: Annotated[
        str | None, Option(metavar="TARGET", help='Such as ">=500,000 kr", "<3%" or "40..60%".')
    ] = None
    baseline: Annotated[
        str | None, Option(metavar="VALUE", help="What a target such as +20% starts from.")
    ] = None
    tolerance: Annotated[
        str | None, Option(metavar="SIZE", help="How far off target is still at risk.")
    ] = None
    supports: Annotated[
        str | None,
        Option(metavar="KPI", help="The KPI that it supports."),
    ] = None

    def table(self, definitions: Definitions, *, is_recorded: bool) -> Table:
        """Those that were given; what is recorded itself has no formula."""
        table = {key: value for key, value in self._asdict().items() if value is not None}
        if parent := definitions.kpi_named(self.supports or ""):
            table["supports"] = parent.id
        return {**table, "formula": ""} if is_recorded else table
