"""Nobody answers for a KPI.

When it turns red, everybody waits for somebody else. An owner is one person or one role who will
be asked, and who can do something about it.

Bad sample:
    [kpis.monthly_revenue]
    # without owner

Good:
    [kpis.monthly_revenue]
    owner = "Head of Sales"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI without an owner, be it a supporting one: its parent's may be far away."""
    for kpi in active_kpis(context):
        if kpi.owner:
            continue
        owner = assignment("owner", context.likely_owner(kpi))
        yield Finding(
            path=("kpis", kpi.id),
            message=f"{kpi.name} has no owner, so nobody is asked when it is off target",
            hint=f"name one person or role: {owner}",
            default=owner,
        )
