"""How each role of a plot is drawn: lines between points, steps, and areas."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from kpicli.render.chart.dots import DotGrid
from kpicli.views.parts.plot import Band, Line, Plot, Role, Values

_BEHIND = (Role.TOLERANCE, Role.POSSIBLE, Role.LIKELY, Role.LIMITS, Role.MEAN)
_ORDER = (*_BEHIND, Role.FORECAST, Role.TARGET, Role.ACTUAL)
"""The least important first: what comes later has the say where two meet."""
_POINTED = {Role.ACTUAL, Role.FORECAST}
"""Lines whose points are seen, and are all that is drawn where a cell is a dot."""
_SPARSE = {Role.TOLERANCE}
"""Areas of which every other cell is filled."""
_OUTLINED = {Role.LIMITS}
"""Bands of which the edges are drawn; the others are filled."""
_DASHES = {Role.LIMITS: (1, 2), Role.MEAN: (2, 4), Role.FORECAST: (3, 6)}
"""How many dots are drawn of how many."""
_SOLID = (1, 1)


class PlotArea(NamedTuple):
    """A plot's places and heights in the dots of a ground."""

    places: int
    low: float
    high: float
    ground: DotGrid

    def left(self, place: int) -> int:
        """Where a place begins."""
        return place * self.ground.across // self.places

    def middle(self, place: int) -> int:
        """Where a place has its point."""
        return (2 * place + 1) * self.ground.across // (2 * self.places)

    def place(self, x: float) -> float:
        """Which place's middle that is, and what share of the way to the next."""
        return x * self.places / self.ground.across - 0.5

    def height(self, value: float) -> int:
        """How far below the top; what lies outside the scale is at its edge."""
        last = self.ground.down - 1
        if self.high <= self.low:
            return last // 2
        share = (self.high - value) / (self.high - self.low)
        return round(min(max(share, 0.0), 1.0) * last)


def paint(plot: Plot, stage: PlotArea) -> None:
    """All that a plot has, the most important last."""
    for role in _ORDER:
        for band in plot.bands:
            if band.role is role:
                _band(band, stage)
        for line in plot.lines:
            if line.role is role:
                _line(line, stage)
    if 0 < plot.known < stage.places:
        stage.ground.rule(stage.left(plot.known) // stage.ground.pen.across)


def _band(band: Band, stage: PlotArea) -> None:
    if band.role in _OUTLINED:
        _steps(band.lows, band.role, stage)
        _steps(band.highs, band.role, stage)
    else:
        _area(band, stage)


def _line(line: Line, stage: PlotArea) -> None:
    if line.is_stepped:
        _steps(line.values, line.role, stage)
    else:
        _slopes(line.values, line.role, stage)


def _steps(values: Values, role: Role, stage: PlotArea) -> None:
    """Level over the whole of each place, with risers between those that are not dashed."""
    drawn, of = _DASHES.get(role, _SOLID)
    before: int | None = None
    for place, value in enumerate(values):
        level = None if value is None else stage.height(value)
        if level is not None:
            start = stage.left(place)
            if before is not None and role not in _DASHES:
                for y in range(min(level, before), max(level, before)):
                    stage.ground.dot(start, y, role)
            for x in range(start, stage.left(place + 1)):
                if x % of < drawn:
                    stage.ground.dot(x, level, role)
        before = level


def _slopes(values: Values, role: Role, stage: PlotArea) -> None:
    """Straight from each point to the next, nothing across a gap; then the points themselves."""
    drawn, of = _DASHES.get(role, _SOLID)
    points = [
        None if value is None else (stage.middle(place), stage.height(value))
        for place, value in enumerate(values)
    ]
    if not (role in _POINTED and stage.ground.pen.is_coarse):
        for one, other in pairwise(points):
            if one and other:
                for step, (x, y) in enumerate(_between(one, other), start=one[0]):
                    if step % of < drawn:
                        stage.ground.dot(x, y, role)
    for before, point, after in zip([None, *points], points, [*points[1:], None], strict=False):
        if point and (role in _POINTED or not (before or after)):
            stage.ground.point(*point, role)


def _between(one: tuple[int, int], other: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots from one to the other, without a hole."""
    (x, y), (to_x, to_y) = one, other
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        yield x + round(step / steps * (to_x - x)), y + round(step / steps * (to_y - y))


def _area(band: Band, stage: PlotArea) -> None:
    """Every cell whose middle lies between the edges, and in each column one at least."""
    ground, down = stage.ground, stage.ground.pen.down
    for column in _columns(band, stage):
        place = stage.place((column + 0.5) * ground.pen.across)
        low, high = (_at(edge, place, is_stepped=band.is_stepped) for edge in band[1:3])
        if low is not None and high is not None:
            for row in _rows(stage.height(high), stage.height(low), down):
                is_bare = band.role in _SPARSE and (column + row) % 2 == 0
                ground.fill(column, row, band.role, is_bare=is_bare)


def _columns(band: Band, stage: PlotArea) -> range:
    """From the first place that has edges to the last: all of both, or from middle to middle."""
    known = [place for place, low in enumerate(band.lows) if low is not None]
    if not known:
        return range(0)
    first, last, across = known[0], known[-1], stage.ground.pen.across
    if band.is_stepped or first == last:
        return range(stage.left(first) // across, -(-stage.left(last + 1) // across))
    return range(stage.middle(first) // across, stage.middle(last) // across + 1)


def _at(values: Values, place: float, *, is_stepped: bool) -> float | None:
    """The value there: of the nearest place, or on the way from one place to the next."""
    before = floor(place)
    nearest = min(max(floor(place + 0.5), 0), len(values) - 1)
    if is_stepped or not 0 <= before < len(values) - 1:
        return values[nearest]
    one, other = values[before], values[before + 1]
    if one is None or other is None:
        return values[nearest]
    return one + (other - one) * (place - before)


def _rows(top: int, bottom: int, down: int) -> range:
    """The rows of that many dots whose middles lie there, or the one that is nearest."""
    middle = (down - 1) / 2
    first, last = ceil((top - middle) / down), floor((bottom - middle) / down)
    nearest = (top + bottom) // (2 * down)
    return range(first, last + 1) if first <= last else range(nearest, nearest + 1)
