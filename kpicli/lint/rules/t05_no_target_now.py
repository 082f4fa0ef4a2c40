"""There are targets, and none of them is in force now.

A schedule holds from its first entry on, a climb from its start. Before that the KPI is shown
without a colour, although somebody thinks that it has a target. An entry governs the own periods
that start on or after it: one from July on does not govern the year of a yearly KPI.

As of: 2026-11-05

Bad sample:
    [kpis.monthly_revenue]
    # without target
    source = "accounting system, report 12"
    rollup = "sum"
    targets = { "2027-01" = "550,000 kr" }

Good:
    [kpis.monthly_revenue]
    targets = { "2026-01" = "500,000 kr", "2027-01" = "550,000 kr" }
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.effective_target import effective_target
from kpicli.lint.assignment import assignment
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with a schedule or a climb that begins after the own period under way."""
    for kpi in active_kpis(scorecard):
        now = kpi.period_of(scorecard.clock.today)
        if not kpi.all_targets or effective_target(kpi, now).target:
            continue
        key, first = ("targets", kpi.targets.entries[0][0]) if kpi.targets else ("start", kpi.start)
        yield Finding(
            path=("kpis", kpi.id, key),
            message=f"{kpi.name} has no target for {now}: the first one applies from {first} on",
            hint=_hint(scorecard, kpi, now),
        )


def _hint(scorecard: Scorecard, kpi: Kpi, now: Period) -> str:
    """The schedule with an entry for now, which has the number of the first one."""
    if kpi.targets is None:
        return f"begin the climb in an earlier period than {kpi.start}"
    first, target = kpi.targets.entries[0]
    text = target.show(scorecard.definitions.decimal.value)
    entries = assignment("targets", {str(now): text, str(first): text})
    return f"begin with the current one: {entries}"
