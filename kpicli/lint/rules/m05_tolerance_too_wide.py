"""A tolerance is wider than the room that the measure has.

At 99.95% with 10% tolerated, a service that is down for two days a month is still merely at risk:
red is never reached. A share can't go far beyond a target near its end, and on the way from a
baseline the start itself must not be good enough.

Bad sample:
    [kpis.uptime]
    name = "Uptime"
    owner = "Head of Operations"
    definition = "Minutes in which the shop answered, as a share of all minutes"
    source = "monitoring"
    levers = ["second data centre"]
    target = "99.95%"
    tolerance = "10%"

Good:
    [kpis.uptime]
    tolerance = "0.05 pp"
"""

from collections.abc import Iterator
from fractions import Fraction

from kpicli.evaluation.active import active_kpis
from kpicli.language.currency import is_money
from kpicli.language.direction import may_be_negative
from kpicli.language.share import is_no_share
from kpicli.lint.root_cause import impossible_target
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import show_number, to_decimal
from kpicli.model.quantity import with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Direction, Target, Tolerance
from kpicli.model.unit import PERCENT, POINTS
from kpicli.noun import NamedTuple

SEVERITY = Severity.WARNING
_WHOLE = 100
_WIDE = 10  # at 100% there is no room at all: so many points off, and more, are too many


class _Headroom(NamedTuple):
    """A tolerance that is wider than the room for it, and where that room is."""

    tolerance: Fraction
    room: Fraction
    reason: str


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI whose written tolerance leaves the share, or reaches back to the baseline."""
    for kpi in active_kpis(scorecard):
        room = _headroom(kpi)
        if room is None:
            continue
        part = room.room / 2 or room.tolerance / 10
        numbers = (room.tolerance, room.room, part)
        wide, rest, part_text = (_text(scorecard, kpi, number) for number in numbers)
        yield Finding(
            path=("kpis", kpi.id, "tolerance"),
            message=f"{kpi.name} has a tolerance of {wide}, but {room.reason} is only {rest}",
            hint=f'use a part of that: tolerance = "{part_text}"',
        )


def _text(scorecard: Scorecard, kpi: Kpi, number: Fraction) -> str:
    text = show_number(to_decimal(number), scorecard.definitions.decimal.value)
    return with_unit(text, POINTS if kpi.unit == PERCENT else kpi.unit)


def _headroom(kpi: Kpi) -> _Headroom | None:
    """The room of the first target for which the written tolerance is too wide, if there is one."""
    if kpi.tolerance is None or not kpi.tolerance.number or impossible_target(kpi):
        return None
    rooms = (_too_little(kpi, kpi.tolerance, target) for target in kpi.all_targets)
    return next(filter(None, rooms), None)


def _too_little(kpi: Kpi, tolerance: Tolerance, target: Target) -> _Headroom | None:
    low, high = _edges(kpi, target)
    edge = high if target.direction is not Direction.LOWER else low
    width = Fraction(tolerance.number) * (abs(edge) / 100 if tolerance.is_relative else 1)
    if target.high is None and kpi.baseline is not None:
        way = abs(low - Fraction(kpi.baseline.number))
        if way and width >= way:
            return _Headroom(width, way, "the way from its baseline")
    if is_no_share(kpi):
        return _below_nothing(kpi, width, low)
    rooms = []
    if target.direction is not Direction.LOWER:
        rooms.append((100 - high, "the room up to 100%"))
    if target.direction is not Direction.HIGHER:
        rooms.append((low, "the room down to 0%"))
    if target.direction is Direction.LOWER and low < _WHOLE:
        rooms.append((_WHOLE - low, "the room up to 100%"))
    if target.direction is Direction.HIGHER and low > 0:
        rooms.append((low, "the room down to 0%"))
    for room, reason in rooms:
        if room < width and (room > 0 or width >= _WIDE):
            return _Headroom(width, room, reason)
    return None


def _below_nothing(kpi: Kpi, width: Fraction, low: Fraction) -> _Headroom | None:
    """The way down to nothing, of what is counted: a tolerance as long is never left."""
    is_count = kpi.unit != PERCENT and not is_money(kpi.unit) and not may_be_negative(kpi.name)
    is_at_least = all(target.direction is Direction.HIGHER for target in kpi.all_targets)
    if not is_count or not is_at_least or not 0 < low <= width:
        return None
    return _Headroom(width, low, "the way down to nothing")


def _edges(kpi: Kpi, target: Target) -> tuple[Fraction, Fraction]:
    low = Fraction(target.number)
    if target.is_relative and kpi.baseline is not None:
        start = Fraction(kpi.baseline.number)
        low = start + abs(start) * low / 100
    return low, low if target.high is None else Fraction(target.high)
