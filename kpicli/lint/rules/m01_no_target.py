"""A top-level KPI has no target.

Without one, no number is good or bad, and nothing ever turns red. A KPI that stands under another
explains it, and needs none.

Bad sample:
    [kpis.monthly_revenue]
    # without target
    unit = "kr"

Good:
    [kpis.monthly_revenue]
    # without unit
    target = "500,000 kr"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import top_level_kpis
from kpicli.language.direction import is_less_better
from kpicli.lint.assignment import assignment
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.quantity import with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Direction
from kpicli.model.unit import PERCENT

SEVERITY = Severity.ERROR


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each top-level KPI with neither a target nor a schedule of targets."""
    with_target = [kpi for kpi in top_level_kpis(scorecard) if kpi.all_targets]
    for kpi in top_level_kpis(scorecard):
        if kpi.all_targets:
            continue
        yield Finding(
            path=("kpis", kpi.id),
            message=f"{kpi.name} has no target, so no value is good or bad",
            hint=_hint(kpi, with_target),
        )


def _hint(kpi: Kpi, with_target: list[Kpi]) -> str:
    is_lower = kpi.direction is None and is_less_better(kpi)
    sign = "<=" if kpi.direction is Direction.LOWER or is_lower else ">="
    number = with_unit("10" if kpi.unit == PERCENT and sign == "<=" else "90", kpi.unit)
    target = f"write your own number for what is good enough: {assignment('target', sign + number)}"
    under = f', or supports = "{with_target[0].id}" if it explains that one' if with_target else ""
    return target + under
