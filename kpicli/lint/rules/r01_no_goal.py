"""A top-level KPI serves no goal.

A number that nobody needs for anything still costs time every month. The goal says what it is for,
and when it can go. A KPI that stands under another serves that one's goal.

Bad sample:
    # without [goals.growth]
    [kpis.monthly_revenue]
    # without goal

Good:
    [goals.growth]
    name = "Grow the business"
    [kpis.monthly_revenue]
    goal = "growth"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import top_level_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each top-level KPI without a goal."""
    goals = " or ".join(f'"{id}"' for id in list(scorecard.definitions.goals)[:5])
    hint = (
        f"name the one that it serves: goal = {goals}"
        if goals
        else 'write the goal down, [goals.growth] with its name, and goal = "growth" here'
    )
    default = f'goal = "{next(iter(scorecard.definitions.goals))}"' if goals else ""
    for kpi in top_level_kpis(scorecard):
        if kpi.goal is None:
            message = f"{kpi.name} serves no goal, so nobody can tell what it is measured for"
            yield Finding(("kpis", kpi.id), message, hint, default=default)
