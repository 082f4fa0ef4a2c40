"""What to do first where there is nothing yet to show."""

from collections.abc import Iterable, Sequence
from datetime import date

from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural

NO_KPIS = "no KPIs yet: kpi add"


def first_step(scorecard: Scorecard, parts: Iterable[Kpi]) -> list[str]:
    """The command that records the first number of a KPI, of whose parts none has any."""
    recorded = [part for part in parts if not part.formula]
    if not recorded or any(scorecard.series_of(part).records for part in recorded):
        return []
    return [f"nothing recorded yet: kpi record {recorded[0].id} VALUE"]


def later_text(count: int, period: Period, as_of: date) -> str:
    """How many records an answer as of a day leaves out, and how to see them."""
    verb = "was" if count == 1 else "were"
    return (
        f"{plural(count, 'record')} {verb} made after {as_of}: "
        f"--period {period} without --as-of shows the latest"
    )


def all_overdue_text(kpis: Sequence[Kpi]) -> str:
    """The command that ends it where not one KPI is up to date."""
    if len(kpis) == 1:
        return f"{kpis[0].id} is overdue: kpi record {kpis[0].id} VALUE"
    return "all are overdue: kpi record asks for each"
