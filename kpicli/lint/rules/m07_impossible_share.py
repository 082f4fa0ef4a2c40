"""A target is for a share above 100%, or below 0%.

A part is never more than its whole: no month will ever meet it. Either the number is wrong, or it
is no share and its definition should say so.

Bad sample:
    [kpis.attendance]
    name = "Attendance"
    owner = "Headmistress"
    definition = "Lessons attended, as a share of all lessons given"
    source = "register"
    levers = ["call home on day one"]
    target = "105%"

Good:
    [kpis.attendance]
    target = "92%"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import target_key
from kpicli.lint.root_cause import impossible_target
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ERROR


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each share of a whole with a target that it can't have."""
    for kpi in active_kpis(scorecard):
        target = impossible_target(kpi)
        if target is None:
            continue
        text = target.show(scorecard.definitions.decimal.value)
        yield Finding(
            path=("kpis", kpi.id, target_key(kpi)),
            message=f"{kpi.name} has target {text}, but a share of a whole is from 0% to 100%",
            hint="correct the number, or say in the definition what it is compared with",
        )
