"""Nothing says where the number comes from.

When whoever knows the report is away, the next month is missing or comes from another one. It is
advice: the number is right today, and the source is one line.

Bad sample:
    [kpis.monthly_revenue]
    # without source

Good:
    [kpis.monthly_revenue]
    source = "accounting system, report 12"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.placeholder import leads_nowhere
from kpicli.lint.assignment import beginning
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ADVICE


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI that is recorded, and does not name its source; a formula is its own."""
    for kpi in active_kpis(scorecard):
        text = (kpi.source or "").strip()
        if kpi.formula or not leads_nowhere(text, kpi.name):
            continue
        lack = f"no source but '{beginning(text, 30)}'" if text else "no source"
        yield Finding(
            path=("kpis", kpi.id, "source") if text else ("kpis", kpi.id),
            message=f"{kpi.name} has {lack}, so only one person may know where it comes from",
            hint='name the system, and the report or query: source = "accounting, report 12"',
            default='source = "…"',
        )
