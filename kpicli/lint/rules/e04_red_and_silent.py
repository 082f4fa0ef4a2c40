"""Off target four times running, and nobody has written why.

A red number that nobody explains is one that nobody looks at. Found where the latest four closed
periods that have an actual follow each other, are all off target, and nothing says why. A note on
the KPI or with one of their records will do, and so will an event that lies in one of them; for a
formula also a note on any of its inputs.

As of: 2026-11-05

Bad sample:
    [kpis.complaints]
    name = "Complaints"
    owner = "Head of Service"
    definition = "Complaints that were received in writing"
    source = "case system"
    levers = ["call every customer back"]
    rollup = "sum"
    target = "<=20 complaints"

Log:
    complaints from 2026-05: 28 19 31 33 35 32

Good:

Log:
    complaints from 2026-05: 28 19 31 33
    {"kpi":"complaints","period":"2026-09","value":35,"at":"2026-10-02T08:00:00Z","note":"two ill"}
    complaints from 2026-10: 32
"""

from collections.abc import Iterator

from kpicli.analysis.observations import Observations, are_consecutive, has_note
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.status import Status

SEVERITY, READS_RECORDS = Severity.WARNING, True
_RUNNING = 4


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI whose latest four periods are red, without a gap and without a word."""
    for kpi in active_kpis(context):
        latest = context.observations(kpi)[-_RUNNING:]
        if _is_red(context, kpi, latest) and not any(
            has_note(context, kpi, moment.period) for moment in latest
        ):
            yield Finding(
                path=("kpis", kpi.id),
                message=f"{kpi.name} has been off target for {_RUNNING} {kpi.frequency.noun}s, "
                "and no note says why",
                hint=f"kpi note {kpi.id} --period {latest[-1].period} 'why, and what is done'",
            )


def _is_red(context: LintContext, kpi: Kpi, latest: Observations) -> bool:
    is_red = all(moment.status is Status.OFF_TARGET for moment in latest)
    return len(latest) == _RUNNING and is_red and are_consecutive(context, kpi, latest)
