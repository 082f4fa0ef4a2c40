"""A name says what is done, and not what comes of it.

Whoever posts, trains or launches has done it once the number is reached, whether or not it helped
anybody. Count what it was for; what is done is a lever, or stands under the outcome.

Bad sample:
    [kpis.instagram]
    name = "Post 30 times on Instagram"
    owner = "Head of Marketing"
    definition = "Posts that we put on Instagram in the month"
    source = "Instagram"
    target = "30 posts"

Good:
    # without [kpis.instagram]
    [kpis.instagram_orders]
    name = "Orders from Instagram"
    goal = "growth"
    owner = "Head of Marketing"
    definition = "Paid orders that began with a click on Instagram"
    source = "web analytics"
    levers = ["post 30 times a month", "answer comments"]
    frequency = "monthly"
    target = "60 orders"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import assignment, beginning
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI that is an activity; one that supports another is a step on the way to that."""
    for kpi in active_kpis(context):
        if context.root_cause(kpi) is not RootCause.ACTIVITY:
            continue
        lever = assignment("levers", [beginning(kpi.name)])
        yield Finding(
            path=("kpis", kpi.id, "name") if "name" in kpi.keys else ("kpis", kpi.id),
            message=f"{kpi.name} counts what is done, and it may be done without any effect",
            hint=f"count what it is for, and make it a lever there: {lever}",
        )
