"""A tolerance is a share of a target that is zero.

Ten percent of nothing is nothing, so there is no yellow: one step off and the KPI is red. Say how
many still count as at risk, or that none do.

Bad sample:
    [kpis.accidents]
    name = "Accidents"
    owner = "Plant Manager"
    definition = "Injuries at work that led to absence"
    source = "accident book"
    levers = ["guards on machines"]
    target = "<=0"
    tolerance = "10%"

Good:
    [kpis.accidents]
    tolerance = "1"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import show_number
from kpicli.model.quantity import with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT, POINTS

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with a zero target for which a tolerance in percent was written.

    Where none was written nobody is misled, and 0% says that none is meant.
    """
    for kpi in active_kpis(scorecard):
        tolerance = kpi.tolerance
        if not (tolerance and tolerance.is_relative and tolerance.number and _has_zero(kpi)):
            continue
        share = show_number(tolerance.number, scorecard.definitions.decimal.value)
        size = with_unit("1", POINTS if kpi.unit == PERCENT else kpi.unit)
        yield Finding(
            path=("kpis", kpi.id, "tolerance"),
            message=f"{kpi.name} has target 0, and {share}% of 0 is 0: it is never at risk",
            hint=f'write how far off is still at risk: tolerance = "{size}", or "0%" if nothing is',
        )


def _has_zero(kpi: Kpi) -> bool:
    """Whether it is ever held against zero; a range that begins there is not."""
    return any(
        target.number == 0 and not target.high and not target.is_relative
        for target in kpi.all_targets
    )
