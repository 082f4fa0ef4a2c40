"""An owner is everyone, or nobody yet.

What belongs to all is done by none: each waits for the others, and each was right to. Name one
person or role; the others may help. Of a department, a board or two people it is advice.

Bad sample:
    [kpis.monthly_revenue]
    owner = "The whole team"

Good:
    [kpis.monthly_revenue]
    owner = "Head of Sales"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.owner import is_group, is_nobody
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI whose owner is no one person or role."""
    for kpi in active_kpis(context):
        is_everyone = kpi.owner is not None and is_nobody(kpi.owner)
        if not kpi.owner or not (is_everyone or is_group(kpi.owner)):
            continue
        owner = assignment("owner", context.likely_owner(kpi))
        yield Finding(
            path=("kpis", kpi.id, "owner"),
            message=f"{kpi.name} belongs to {kpi.owner}, so nobody is the one who is asked",
            severity=SEVERITY if is_everyone else Severity.ADVICE,
            hint=f"name one person or role: {owner}",
            default=owner,
        )
