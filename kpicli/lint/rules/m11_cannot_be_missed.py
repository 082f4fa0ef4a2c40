"""A target that no value can miss.

At least none, at most all of it: every month is green, so the colour says nothing. Write where it
would begin to worry somebody.

Bad sample:
    [kpis.homes]
    name = "Empty homes let again"
    owner = "Head of Housing"
    definition = "Homes that stood empty for six months and have a tenant now"
    source = "rent ledger"
    levers = ["grants for repairs"]
    target = ">=0 homes"

Good:
    [kpis.homes]
    target = ">=12 homes"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.lint.root_cause import unmissable_target
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each count of which nothing is asked, and each share that may be anything up to 100%."""
    for kpi in active_kpis(scorecard):
        target = unmissable_target(kpi)
        if target is None:
            continue
        text = target.show(scorecard.definitions.decimal.value)
        yield Finding(
            path=("kpis", kpi.id, "target"),
            message=f"{kpi.name} has target {text}, which every possible value meets",
            hint="write where it would begin to worry you, or turn the sign around",
        )
