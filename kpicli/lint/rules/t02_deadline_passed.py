"""The period in which the target was due is past.

A climb that is over is no plan. Say what comes next, or that the KPI has done its work; as long as
neither is written, the old end goes on as the target, and nobody chose it. It is found once the
period's actual is due too, so after `grace`.

As of: 2026-11-05

Bad sample:
    [kpis.new_customers]
    name = "New customers"
    definition = "Customers that paid their first invoice"
    levers = ["more demonstrations a week"]
    rollup = "sum"
    baseline = "40 customers"
    start = "2026-01"
    target = "60 customers"
    by = "2026-06"

Good:
    [kpis.new_customers]
    baseline = "60 customers"
    start = "2026-06"
    target = "80 customers"
    by = "2026-12"
"""

from collections.abc import Iterator
from datetime import timedelta

from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import assignment
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each climb whose last period is past, and its grace too."""
    for kpi in active_kpis(scorecard):
        due = scorecard.clock.today - timedelta(days=kpi.grace)
        if kpi.by and kpi.by.is_closed(due):
            yield Finding(
                path=("kpis", kpi.id, "by"),
                message=f"{kpi.name} was to reach its target in {kpi.by}, which is past",
                hint="set the next baseline, start, target and by, or "
                f"{assignment('until', str(kpi.by))} if it is done",
            )
