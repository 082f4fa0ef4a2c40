"""A target without a sign means at least, and less would be better.

Ten complaints, written bare, is met by eleven: green on every bad month. The sign says which way
is better.

Bad:
    [goals.loyalty]
    name = "Keep our customers"

    [kpis.complaints]
    name = "Complaints"
    goal = "loyalty"
    owner = "Head of Support"
    definition = "Complaints received in the month, by mail or telephone"
    source = "helpdesk"
    levers = ["better packaging"]
    frequency = "monthly"
    target = "10 complaints"

Good:
    [goals.loyalty]
    name = "Keep our customers"

    [kpis.complaints]
    name = "Complaints"
    goal = "loyalty"
    owner = "Head of Support"
    definition = "Complaints received in the month, by mail or telephone"
    source = "helpdesk"
    levers = ["better packaging"]
    frequency = "monthly"
    target = "<=10 complaints"
"""

from collections.abc import Iterator

from kpicli.analysis.kept import kept
from kpicli.analysis.roots import is_direction_doubtful
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with a bare target and no direction, of which less is usually better."""
    for kpi in kept(scorecard):
        if not is_direction_doubtful(kpi):
            continue
        bare = next(target for target in kpi.all_targets if target.is_bare).show(
            scorecard.definitions.decimal.value
        )
        key = "target" if kpi.target else "targets"
        yield Finding(
            path=("kpis", kpi.id, key),
            message=f"{kpi.name} has target {bare}, which means at least, and less seems better",
            hint=f'write the sign: {key} = "<={bare}", or ">={bare}" if more is meant',
            kpi=kpi.id,
        )
