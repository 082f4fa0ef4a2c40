"""More than seven KPIs are beneath one.

They are to explain it, and nobody keeps eight explanations in mind. Group them under a few that
stand between, or keep those that moved it last year.

Bad:
    [defaults]
    owner = "Head of Sales"
    definition = "Invoiced sales excluding VAT and returns"
    source = "accounting system"
    frequency = "monthly"
    unit = "kr"
    [goals.growth]
    name = "Grow the business"
    [kpis.monthly_revenue]
    name = "Monthly Revenue"
    goal = "growth"
    target = "500,000 kr"
    [kpis.sales_oslo]
    supports = "monthly_revenue"
    [kpis.sales_bergen]
    supports = "monthly_revenue"
    [kpis.sales_malmo]
    supports = "monthly_revenue"
    [kpis.sales_lund]
    supports = "monthly_revenue"
    [kpis.sales_aarhus]
    supports = "monthly_revenue"
    [kpis.sales_odense]
    supports = "monthly_revenue"
    [kpis.sales_kiel]
    supports = "monthly_revenue"
    [kpis.sales_bremen]
    supports = "monthly_revenue"

Good:
    # without [kpis.sales_aarhus]
    # without [kpis.sales_bremen]
"""

from collections import defaultdict
from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with too many directly beneath it, at the first that is one too many."""
    children_by_parent = defaultdict(list)
    for kpi in active_kpis(scorecard):
        if kpi.supports:
            children_by_parent[kpi.supports].append(kpi)
    for id, children in children_by_parent.items():
        most = scorecard.definitions.check_settings.beneath
        if len(children) > most:
            parent = scorecard.definitions.kpis[id]
            yield Finding(
                path=("kpis", children[most].id, "supports"),
                message=f"{len(children)} KPIs are beneath {parent.name}, more than {most}",
                hint=f'put some under another of them, as in supports = "{children[0].id}"',
                about=id,
            )
