"""Nothing says what can be done to move a KPI.

Then red is bad luck, and the meeting about it ends with a sigh. Write down what may be tried, or
let the KPIs that drive it stand beneath it. It is advice: who knows the levers may still find
them.

Bad sample:
    [kpis.monthly_revenue]
    # without levers

Good:
    [kpis.monthly_revenue]
    levers = ["prices", "campaigns"]
"""

from collections.abc import Iterator

from kpicli.evaluation.active import top_level_kpis
from kpicli.language.placeholder import leads_nowhere
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ADVICE


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each top-level KPI without levers, formula, or anything that supports it."""
    supported = {kpi.supports for kpi in scorecard.definitions.kpis.values()}
    for kpi in top_level_kpis(scorecard):
        levers = [lever for lever in kpi.levers if not leads_nowhere(lever, kpi.name)]
        if kpi.formula or kpi.id in supported or levers:
            continue
        yield Finding(
            path=("kpis", kpi.id),
            message=f"{kpi.name} has no levers, so nothing says what to do when it is off target",
            hint='list what can be done: levers = ["…", "…"], or what drives it beneath it',
            default='levers = ["…"]',
        )
