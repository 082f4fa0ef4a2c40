"""A tolerance is wider than the room that the measure has.

At 99.95% with 10% tolerated, a service that is down for two days a month is still merely at risk:
red is never reached. A share can't go far beyond a target near its end, and on the way from a
baseline the start itself must not be good enough.

Bad:
    [goals.trust]
    name = "A service that people rely on"

    [kpis.uptime]
    name = "Uptime"
    goal = "trust"
    owner = "Head of Operations"
    definition = "Minutes in which the shop answered, as a share of all minutes"
    source = "monitoring"
    levers = ["second data centre"]
    frequency = "monthly"
    target = "99.95%"
    tolerance = "10%"

Good:
    [kpis.uptime]
    tolerance = "0.05 pp"
"""

from collections.abc import Iterator
from fractions import Fraction

from kpicli.evaluation.active import active_kpis
from kpicli.lint.headroom import headroom
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import show_number, to_decimal
from kpicli.model.quantity import with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT, POINTS

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI whose written tolerance leaves the share, or reaches back to the baseline."""
    for kpi in active_kpis(scorecard):
        room = headroom(kpi)
        if room is None:
            continue
        wide, rest, part = (_text(scorecard, kpi, number) for number in room.numbers)
        yield Finding(
            path=("kpis", kpi.id, "tolerance"),
            message=f"{kpi.name} has a tolerance of {wide}, but {room.reason} is only {rest}",
            hint=f'use a part of that: tolerance = "{part}"',
        )


def _text(scorecard: Scorecard, kpi: Kpi, number: Fraction) -> str:
    text = show_number(to_decimal(number), scorecard.definitions.decimal.value)
    return with_unit(text, POINTS if kpi.unit == PERCENT else kpi.unit)
