"""What to do first where there is nothing yet to show."""

from collections.abc import Iterable, Sequence

from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard

NO_KPIS = "no KPIs yet: kpi add"


def first_step(scorecard: Scorecard, parts: Iterable[Kpi]) -> list[str]:
    """The command that records the first number of a KPI, of whose parts none has any."""
    recorded = [part for part in parts if not part.formula]
    if not recorded or any(scorecard.series_of(part).records for part in recorded):
        return []
    return [f"nothing recorded yet: kpi record {recorded[0].id} VALUE"]


def all_overdue_text(kpis: Sequence[Kpi]) -> str:
    """The command that ends it where not one KPI is up to date."""
    if len(kpis) == 1:
        return f"{kpis[0].id} is overdue: kpi record {kpis[0].id} VALUE"
    return "all are overdue: kpi record asks for each"
