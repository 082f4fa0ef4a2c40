"""The target is out of reach for the work as it is done now.

A number varies between its natural limits without a cause; what lies beyond them is not reached by
trying harder: it takes a change of how the work is done. Found where the target in force now lies
beyond the limit of an XmR chart over twelve closed periods or more, none of the latest twelve would
have met it, and nothing moves there. It moves where the latest eight all lie on that side of the
mean, or one of them beyond the limit.

As of: 2026-11-05

Bad sample:
    [kpis.machines]
    name = "Machines assembled"
    owner = "Plant Manager"
    definition = "Machines that passed the final test"
    source = "test protocol"
    levers = ["a second test stand"]
    rollup = "sum"
    target = "90 machines"
    tolerance = "20 machines"

Log:
    machines from 2025-07: 91 70 72 71 73 70 72 74 71 72 70 73 71 72 74 70

Good:
    [kpis.machines]
    # without tolerance
    baseline = "70 machines"
    start = "2026-06"
    by = "2028-06"
"""

from collections.abc import Iterator
from fractions import Fraction

from kpicli.analysis.observations import current_target, kpi_zone, never_moves, observed_numbers
from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.evaluate import Zone
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.number import to_decimal
from kpicli.model.quantity import Quantity
from kpicli.stats.control_limits import FEWEST_FOR_LIMITS, ControlLimits, is_moving_towards

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI whose target of now lies beyond its limits, unmet and with nothing on the way."""
    for kpi in active_kpis(context):
        limits, target = context.limits(kpi), current_target(context, kpi)
        if limits is None or target is None:
            continue
        past = context.observations(kpi)
        zone = kpi_zone(kpi, target)
        if never_moves(kpi, past) or not _is_out_of_reach(zone, limits, observed_numbers(past)):
            continue
        decimal, edges = context.definitions.decimal, (limits.low, limits.high)
        places = max(target.places, context.decimals(kpi))
        while any(zone.meets(Fraction(to_decimal(edge, places))) for edge in edges):
            places += 1
        low, high = (Quantity(edge, kpi.unit, decimal.value, places) for edge in edges)
        edge = target.show(decimal.value, places)
        yield Finding(
            path=("kpis", kpi.id, "targets" if kpi.targets else "target"),
            message=f"{kpi.name} varies from {low} to {high} without a cause, "
            f"and {edge} lies beyond",
            hint="change how the work is done and list it in levers, or climb there step by step",
        )


def _is_out_of_reach(zone: Zone, limits: ControlLimits, values: list[Fraction]) -> bool:
    edge = _beyond(zone, limits)
    if edge is None or any(map(zone.meets, values[-FEWEST_FOR_LIMITS:])):
        return False
    return not is_moving_towards(values, limits, edge)


def _beyond(zone: Zone, limits: ControlLimits) -> Fraction | None:
    """The nearer edge of a target that is met beyond one of the limits only."""
    if zone.low is not None and zone.low > limits.high:
        return zone.low
    return zone.high if zone.high is not None and zone.high < limits.low else None
