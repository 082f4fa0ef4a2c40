"""The status changes by chance.

Every number varies a little without a cause, between its natural limits. Where the target lies
between them and the tolerance is narrower than half their distance, green turns red and back
although nothing has changed, and people are praised and blamed for chance. The limits are those of
an XmR chart over at least twelve closed periods; the tolerance counts as a width at the target in
force now.

As of: 2026-11-05

Bad sample:
    [kpis.answer_time]
    name = "Time to first answer"
    owner = "Head of Service"
    definition = "Mean hours from a case's arrival to its first answer"
    source = "case system"
    levers = ["one person on duty"]
    rollup = "mean"
    target = "<=10 hours"

Log:
    answer_time from 2025-11: 8.2 11.6 7.4 12.1 8.8 9.9 7.1 12.3 8.0 11.2 7.7 10.9

Good:
    [kpis.answer_time]
    tolerance = "10 hours"
"""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from kpicli.analysis.observations import Observations, current_target, kpi_zone
from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.evaluate import Zone
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.quantity import Quantity
from kpicli.model.schema_types import DecimalMark
from kpicli.model.unit import PERCENT, POINTS
from kpicli.stats.control_limits import ControlLimits

SEVERITY, READS_RECORDS = Severity.ADVICE, True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI with an edge of its target inside its limits, and with more than one colour."""
    for kpi in active_kpis(context):
        limits, target = context.limits(kpi), current_target(context, kpi)
        if limits is None or target is None:
            continue
        zone = kpi_zone(kpi, target)
        if not _is_crossed(zone, limits) or not _changes(context.observations(kpi), zone):
            continue
        places = max(target.places, context.decimals(kpi))
        half = _in_unit(limits.half_width, kpi, places, context.definitions.decimal)
        tolerance = assignment("tolerance", _advice(zone, limits, half))
        yield Finding(
            path=("kpis", kpi.id, "tolerance"),
            message=f"{kpi.name} varies by {half} without a cause, more than its tolerance: "
            "its status changes by chance",
            hint=f"write {tolerance} or more, or look at longer periods, where chance evens out",
        )


def _is_crossed(zone: Zone, limits: ControlLimits) -> bool:
    """Whether an edge lies inside the limits, with less tolerance than they need."""
    edges = [edge for edge in (zone.low, zone.high) if edge is not None]
    return any(
        limits.low < edge < limits.high and limits.half_width > zone.margin(edge) for edge in edges
    )


def _changes(past: Observations, zone: Zone) -> bool:
    """Whether the target of now would have given it more than one colour."""
    first = zone.status(past[0].number) if past else None
    return any(zone.status(moment.number) is not first for moment in past)


def _advice(zone: Zone, limits: ControlLimits, half: Quantity) -> str:
    """The width as the tolerance is: in percent of the target, or absolute."""
    edges = [abs(edge) for edge in (zone.low, zone.high) if edge]
    if half.unit == POINTS or not zone.tolerance.is_relative or not edges:
        return str(half)
    return f"{ceil(100 * limits.half_width / min(edges))}%"


def _in_unit(width: Fraction, kpi: Kpi, places: int, decimal: DecimalMark) -> Quantity:
    """A width with so many decimals, rounded up, so that as a tolerance it is enough."""
    scale = 10**places
    unit = POINTS if kpi.unit == PERCENT else kpi.unit
    return Quantity(Fraction(ceil(width * scale), scale), unit, decimal.value, places)
