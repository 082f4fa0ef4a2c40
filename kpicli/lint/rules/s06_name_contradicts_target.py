"""A name asks for the other way than the target.

Reduce churn, at least 5%: either the name is wrong or the sign, and until somebody looks, green is
bad news. One of the two has to change. A name that repeats the number of its target, Raise
occupancy to 75%, will contradict it as soon as it moves: that is advice.

Bad sample:
    [kpis.churn]
    name = "Reduce churn"
    definition = "Customers lost in the month, as a share of those at its start"
    source = "customer register"
    levers = ["onboarding"]
    target = ">=5%"

Good:
    [kpis.churn]
    name = "Churn"
    target = "<=5%"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.direction import direction_in_name
from kpicli.language.limit_in_name import limit_in_name, target_in_name
from kpicli.lint.assignment import assignment
from kpicli.lint.root_cause import contradicts_name
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import Mark
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Direction

SEVERITY = Severity.ERROR
READS_WORDS = True
_REPEATS = 'says "{}" in its name, which will be wrong when the target moves'


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI whose name says less and whose target more, or gives another number."""
    for kpi in active_kpis(scorecard):
        contradiction = _contradiction(kpi)
        repeated = "" if contradiction else target_in_name(kpi)
        if not contradiction and not repeated:
            continue
        keys = ("target", "targets") if contradiction else ()
        key = next((key for key in keys if key in kpi.keys), "name")
        yield Finding(
            path=("kpis", kpi.id, key),
            message=f"{kpi.name} {contradiction or _REPEATS.format(repeated)}",
            hint=_hint(kpi, scorecard.definitions.decimal.value),
            severity=SEVERITY if contradiction else Severity.ADVICE,
        )


def _contradiction(kpi: Kpi) -> str:
    if contradicts_name(kpi):
        words = ("more", "less") if direction_in_name(kpi) is Direction.HIGHER else ("less", "more")
        return "asks by its name for {}, and by its target for {}".format(*words)
    limit = limit_in_name(kpi)
    return f"says {limit} in its name, and its target says something else" if limit else ""


def _hint(kpi: Kpi, mark: Mark) -> str:
    if not contradicts_name(kpi) or not kpi.target:
        return "write the number once, in the target, and leave it out of the name"
    direction = direction_in_name(kpi)
    if "direction" in kpi.keys and kpi.target.is_bare:
        key = assignment("direction", str(direction))
        return f"turn the direction around, {key}, or name it without more or less"
    sign = ">=" if direction is Direction.HIGHER else "<="
    number = kpi.target._replace(is_bare=True, is_relative=False).show(mark).lstrip("<>≤≥+-−")
    key = assignment("target", f"{sign}{number}")
    return f"turn the sign around, {key}, or name it without more or less"
