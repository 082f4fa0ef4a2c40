"""Two KPIs have one name, or nearly.

Sooner or later a number is recorded for the wrong one, and a meeting quotes two figures for what
sounds like one thing. Say in the name what sets them apart, or keep one.

Bad:
    [defaults]
    goal = "growth"
    owner = "Head of Sales"
    definition = "Invoiced sales divided by paid orders"
    source = "accounting system"
    levers = ["bundles"]
    frequency = "monthly"
    target = "800 kr"
    [goals.growth]
    name = "Grow the business"
    [kpis.aov]
    name = "AOV"
    [kpis.basket]
    name = "Average order value"

Good:
    # without [kpis.aov]
    # without [kpis.basket]
    [kpis.aov_shop]
    name = "Average order value, shop"
    definition = "Invoiced sales of the shop divided by its paid orders"
    [kpis.aov_phone]
    name = "Average order value, telephone"
    definition = "Invoiced sales by telephone divided by its paid orders"
    target = "900 kr"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.similar_names import same_names
from kpicli.lint.assignment import assignment, beginning
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI whose name an earlier one has, but for case, spaces, abbreviations or a slip."""
    kpis = {kpi.id: kpi for kpi in active_kpis(scorecard)}
    for id, earlier_id in same_names({kpi.id: kpi.name for kpi in kpis.values()}):
        kpi, earlier = kpis[id], kpis[earlier_id]
        name = assignment("name", f"{beginning(kpi.name)}, online")
        yield Finding(
            path=("kpis", kpi.id, "name") if "name" in kpi.keys else ("kpis", kpi.id),
            message=f"{kpi.name} is easily confused with {earlier.name}, the name of {earlier.id}",
            hint=f"say what sets it apart, as in {name}, or keep one",
        )
