"""More than five KPIs stand at the top.

What is steered by ten numbers is steered by none: while one is looked at, nine are not. Keep the
few that would make you act today, and let the others stand under the one that they explain.

Bad:
    [defaults]
    goal = "growth"
    owner = "Head of Sales"
    source = "web shop"
    levers = ["campaigns", "checkout"]
    frequency = "monthly"
    [goals.growth]
    name = "Grow the business"
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns"
    target = "500,000 kr"
    [kpis.orders]
    definition = "Paid orders"
    target = 600
    [kpis.order_value]
    definition = "Revenue divided by orders"
    target = "800 kr"
    [kpis.visits]
    definition = "Visits to the shop, staff left out"
    target = "20,000"
    [kpis.conversion_rate]
    definition = "Share of visits that end in an order"
    target = "3%"
    [kpis.cart_abandonment]
    definition = "Share of filled carts that are not paid"
    target = "<60%"

Good:
    [kpis.orders]
    # without target
    supports = "monthly_revenue"
    [kpis.visits]
    # without target
    supports = "orders"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import top_level_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ADVICE


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """The first KPI that is one too many, for the whole board."""
    kpis, most = list(top_level_kpis(scorecard)), scorecard.definitions.check_settings.top_level
    if len(kpis) > most:
        yield Finding(
            path=("kpis", kpis[most].id),
            message=f"{len(kpis)} KPIs are at the top: more than {most} can't all come first",
            hint=f'put some under the KPI that they explain, as in supports = "{kpis[0].id}"',
            about="",
        )
