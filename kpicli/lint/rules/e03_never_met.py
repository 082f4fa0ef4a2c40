"""The target was never met.

What has been missed as long as anybody remembers moves no one: nobody believes in it any more. Set
the next step, one that can be reached, and the end of the way later. Found where a target was in
force in twelve closed periods or more, the same or others, and not one met it.
What was before the latest 36 periods is not looked at.

As of: 2026-11-05

Bad:
    [goals.growth]
    name = "Grow the business"

    [kpis.visitors]
    name = "Visitors"
    goal = "growth"
    owner = "Head of Marketing"
    definition = "People who come to the shop"
    source = "counter at the door"
    levers = ["the shop window"]
    frequency = "monthly"
    rollup = "sum"
    target = "1,000 visitors"

Log:
    {"kpi":"visitors","period":"2025-11","value":930,"at":"2025-12-02T08:00:00Z"}
    {"kpi":"visitors","period":"2025-12","value":958,"at":"2026-01-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-01","value":932,"at":"2026-02-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-02","value":960,"at":"2026-03-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-03","value":931,"at":"2026-04-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-04","value":957,"at":"2026-05-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-05","value":933,"at":"2026-06-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-06","value":961,"at":"2026-07-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-07","value":930,"at":"2026-08-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-08","value":958,"at":"2026-09-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-09","value":932,"at":"2026-10-02T08:00:00Z"}
    {"kpi":"visitors","period":"2026-10","value":959,"at":"2026-11-02T08:00:00Z"}

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
