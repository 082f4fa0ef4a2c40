"""The target was never met.

What has been missed as long as anybody remembers moves no one: nobody believes in it any more. Set
the next step, one that can be reached, and the end of the way later. Found where a target was in
force in twelve closed periods or more, the same or others, and not one met it.
What was before the latest 36 periods is not looked at.

As of: 2026-11-05

Bad sample:
    [kpis.visitors]
    name = "Visitors"
    owner = "Head of Marketing"
    definition = "People who come to the shop"
    source = "counter at the door"
    levers = ["the shop window"]
    rollup = "sum"
    target = "1,000 visitors"

Log:
    visitors from 2025-11: 930 958 932 960 931 957 933 961 930 958 932 959

Good:
    [kpis.visitors]
    baseline = "915 visitors"
    start = "2025-11"
    by = "2027-11"
"""

from collections.abc import Iterator

from kpicli.analysis.observations import never_moves
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.stats.control_limits import FEWEST_FOR_LIMITS
from kpicli.text import plural

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI with periods enough, and a target that was met in none of them."""
    for kpi in active_kpis(context):
        past = context.observations(kpi)
        aimed = [moment for moment in past if moment.target]
        is_met = any(moment.is_met for moment in aimed)
        if len(aimed) < FEWEST_FOR_LIMITS or is_met or never_moves(kpi, past):
            continue
        count = plural(len(aimed), kpi.frequency.noun)
        yield Finding(
            path=("kpis", kpi.id, "targets" if kpi.targets else "target"),
            message=f"{kpi.name} has not met its target in any of {count}: "
            "nobody believes in it any more",
            hint="set a target within reach, and climb: baseline, start, target and by",
        )
