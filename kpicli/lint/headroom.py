"""The room that a KPI has beside its target, against how much of it is tolerated."""

from fractions import Fraction

from kpicli.language.currency import is_money
from kpicli.language.direction import may_be_negative
from kpicli.language.share import is_no_share
from kpicli.lint.root_cause import impossible_target
from kpicli.model.kpi import Kpi
from kpicli.model.target import Direction, Target, Tolerance
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple

_WHOLE = 100
_WIDE = 10
"""At 100% there is no room at all: so many points off, and more, are too many all the same."""


class Headroom(NamedTuple):
    """A tolerance that is wider than the room for it, and where that room is."""

    tolerance: Fraction
    room: Fraction
    reason: str

    @property
    def numbers(self) -> tuple[Fraction, Fraction, Fraction]:
        """The tolerance, the room, and a part of that to begin with."""
        return self.tolerance, self.room, self.room / 2 if self.room else self.tolerance / 10


def headroom(kpi: Kpi) -> Headroom | None:
    """The room of the first target for which the written tolerance is too wide, if there is one."""
    if kpi.tolerance is None or not kpi.tolerance.number or impossible_target(kpi):
        return None
    rooms = (_too_little(kpi, kpi.tolerance, target) for target in kpi.all_targets)
    return next(filter(None, rooms), None)


def _too_little(kpi: Kpi, tolerance: Tolerance, target: Target) -> Headroom | None:
    low, high = _edges(kpi, target)
    edge = high if target.direction is not Direction.LOWER else low
    width = Fraction(tolerance.number) * (abs(edge) / 100 if tolerance.is_relative else 1)
    if target.high is None and kpi.baseline is not None:
        way = abs(low - Fraction(kpi.baseline.number))
        if way and width >= way:
            return Headroom(width, way, "the way from its baseline")
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
            return Headroom(width, room, reason)
    return None


def _below_nothing(kpi: Kpi, width: Fraction, low: Fraction) -> Headroom | None:
    """The way down to nothing, of what is counted: a tolerance as long is never left."""
    is_count = kpi.unit != PERCENT and not is_money(kpi.unit) and not may_be_negative(kpi.name)
    is_at_least = all(target.direction is Direction.HIGHER for target in kpi.all_targets)
    if not is_count or not is_at_least or not 0 < low <= width:
        return None
    return Headroom(width, low, "the way down to nothing")


def _edges(kpi: Kpi, target: Target) -> tuple[Fraction, Fraction]:
    low = Fraction(target.number)
    if target.is_relative and kpi.baseline is not None:
        start = Fraction(kpi.baseline.number)
        low = start + abs(start) * low / 100
    return low, low if target.high is None else Fraction(target.high)
