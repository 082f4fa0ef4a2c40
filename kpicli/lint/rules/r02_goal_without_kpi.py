"""A goal has no KPI.

Nothing will show whether it comes closer, so it is an intention. Measure it, or take it out.

Bad sample:
    [goals.climate]
    name = "Halve our emissions"

Good:
    [kpis.fuel_burnt]
    name = "Fuel burnt"
    goal = "climate"
    owner = "Fleet Manager"
    definition = "Diesel filled into our own vans"
    source = "fuel cards"
    levers = ["routes", "electric vans"]
    frequency = "monthly"
    target = "<4,000 litres"
"""

from collections.abc import Iterator

from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each goal that no KPI names; a retired one names it still, and shows how it ended."""
    served = {kpi.goal for kpi in scorecard.definitions.kpis.values()}
    for id, goal in scorecard.definitions.goals.items():
        if id not in served:
            yield Finding(
                path=("goals", id),
                message=f"no KPI serves the goal {goal.name}, so nothing shows how close it is",
                hint=f'give the KPI that shows it goal = "{id}", or remove the goal',
            )
