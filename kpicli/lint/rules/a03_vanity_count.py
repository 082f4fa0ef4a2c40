"""A count only ever grows, whatever is done.

Followers, views and everybody who ever registered look better every month, so the number asks
nobody to do anything. Divide it by something, or count those who act.

Bad sample:
    [kpis.followers]
    name = "Instagram followers"
    owner = "Head of Marketing"
    definition = "Accounts that follow ours at the end of the month"
    source = "Instagram"
    levers = ["reels"]
    target = "12,000 followers"

Good:
    # without [kpis.followers]
    [kpis.orders_per_follower]
    name = "Orders per thousand followers"
    goal = "growth"
    owner = "Head of Marketing"
    definition = "Orders from Instagram divided by its followers, in thousands"
    source = "Instagram, web shop"
    levers = ["reels"]
    frequency = "monthly"
    target = "4 orders"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.vanity_metric import is_count, is_vanity, ratio_inputs
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each count that only grows, by its words or by its records, and that no ratio uses."""
    divided = ratio_inputs(context.definitions)
    for kpi in active_kpis(context):
        if kpi.id not in divided and _only_grows(context, kpi):
            yield Finding(
                path=("kpis", kpi.id, "name") if "name" in kpi.keys else ("kpis", kpi.id),
                message=f"{kpi.name} can hardly fall, so it looks good whatever is done",
                hint="count those who act on it in the period, or divide it: a share, or per visit",
            )


def _only_grows(context: LintContext, kpi: Kpi) -> bool:
    is_part = kpi.supports and not kpi.all_targets
    if kpi.formula or is_part or context.root_cause(kpi) is RootCause.ACTIVITY:
        return False
    is_running_total = kpi.id in context.rising and is_count(kpi.name, kpi.unit)
    return is_running_total or is_vanity(kpi.name, kpi.definition or "", kpi.unit)
