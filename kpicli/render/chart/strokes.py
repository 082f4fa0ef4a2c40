"""How each role of a plot is drawn: lines between points, steps, and areas."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor

from kpicli.noun import NamedTuple
from kpicli.render.chart.dots import DotGrid
from kpicli.views.parts.plot import Band, Line, Plot, Role, Values

_WITH_POINTS = {Role.ACTUAL, Role.FORECAST}  # lines whose points are seen where cells are dots
_SPARSE = {Role.TOLERANCE}  # areas of which every other cell is filled
_DASHES = {Role.LIMITS: (1, 2), Role.MEAN: (2, 4), Role.FORECAST: (3, 6)}  # dots drawn of how many
_SOLID = (1, 1)


class PlotArea(NamedTuple):
    """A plot's places and heights in the dots of a grid."""

    places: int
    low: float
    high: float
    grid: DotGrid

    @property
    def has_points(self) -> bool:
        """Whether points keep apart; where a cell is a dot they are all there is."""
        return self.grid.pen.is_coarse or 2 * self.places <= 3 * self.grid.columns

    def start(self, place: int) -> int:
        """Where a place begins."""
        return place * self.grid.across // self.places

    def middle(self, place: int) -> int:
        """Where a place has its point."""
        return (2 * place + 1) * self.grid.across // (2 * self.places)

    def place(self, x: float) -> float:
        """Which place's middle that is, and what share of the way to the next."""
        return x * self.places / self.grid.across - 0.5

    def height(self, value: float) -> int:
        """How far below the top; what lies outside the scale is at its edge."""
        last = self.grid.down - 1
        if self.high <= self.low:
            return last // 2
        share = (self.high - value) / (self.high - self.low)
        return round(min(max(share, 0.0), 1.0) * last)


def paint(plot: Plot, area: PlotArea) -> None:
    """All that a plot has, the most important last."""
    for part in plot.in_drawing_order():
        if isinstance(part, Line):
            draw = _steps if part.is_stepped else _slopes
            draw(part.values, part.role, area)
        else:
            _area(part, area)
    if 0 < plot.measured_count < area.places:
        area.grid.rule(area.start(plot.measured_count) // area.grid.pen.across)
    for event in plot.events:
        area.grid.rule(area.middle(event.place) // area.grid.pen.across)


def _steps(values: Values, role: Role, area: PlotArea) -> None:
    """Level over the whole of each place, with risers between those that are not dashed."""
    dash, cycle = _DASHES.get(role, _SOLID)
    before: int | None = None
    for place, value in enumerate(values):
        level = None if value is None else area.height(value)
        if level is not None:
            start = area.start(place)
            if before is not None and role not in _DASHES:
                for y in range(min(level, before), max(level, before)):
                    area.grid.dot(start, y, role)
            for x in range(start, area.start(place + 1)):
                if x % cycle < dash:
                    area.grid.dot(x, level, role)
        before = level


def _slopes(values: Values, role: Role, area: PlotArea) -> None:
    """Straight from each point to the next, nothing across a gap; then the points themselves."""
    dash, cycle = _DASHES.get(role, _SOLID)
    points = [
        None if value is None else (area.middle(place), area.height(value))
        for place, value in enumerate(values)
    ]
    if not (role in _WITH_POINTS and area.grid.pen.is_coarse):
        for point, following in pairwise(points):
            if point and following:
                for step, (x, y) in enumerate(_line_dots(point, following), start=point[0]):
                    if step % cycle < dash:
                        area.grid.dot(x, y, role)
    for before, point, after in zip([None, *points], points, [*points[1:], None], strict=False):
        if point and ((role in _WITH_POINTS and area.has_points) or not (before or after)):
            area.grid.point(*point, role)


def _line_dots(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The dots from one to the other, without a hole."""
    (x, y), (to_x, to_y) = start, end
    steps = max(abs(to_x - x), abs(to_y - y), 1)
    for step in range(steps + 1):
        yield x + round(step / steps * (to_x - x)), y + round(step / steps * (to_y - y))


def _area(band: Band, area: PlotArea) -> None:
    """Every cell whose middle lies between the edges, and in each column one at least."""
    grid, down = area.grid, area.grid.pen.down
    for column in _columns(band, area):
        place = area.place((column + 0.5) * grid.pen.across)
        low, high = (
            _value_at(edge, place, is_stepped=band.is_stepped) for edge in (band.lows, band.highs)
        )
        if low is not None and high is not None:
            for row in _rows(area.height(high), area.height(low), down):
                is_blank = band.role in _SPARSE and (column + row) % 2 == 0
                grid.fill(column, row, band.role, is_blank=is_blank)


def _columns(band: Band, area: PlotArea) -> range:
    """From the first place that has edges to the last: all of both, or from middle to middle."""
    places = [place for place, low in enumerate(band.lows) if low is not None]
    if not places:
        return range(0)
    first, last, across = places[0], places[-1], area.grid.pen.across
    if band.is_stepped or first == last:
        return range(area.start(first) // across, -(-area.start(last + 1) // across))
    return range(area.middle(first) // across, area.middle(last) // across + 1)


def _value_at(values: Values, place: float, *, is_stepped: bool) -> float | None:
    """The value there: of the nearest place, or on the way from one place to the next."""
    before = floor(place)
    nearest = min(max(floor(place + 0.5), 0), len(values) - 1)
    if is_stepped or not 0 <= before < len(values) - 1:
        return values[nearest]
    start, end = values[before], values[before + 1]
    if start is None or end is None:
        return values[nearest]
    return start + (end - start) * (place - before)


def _rows(top: int, bottom: int, down: int) -> range:
    """The rows of that many dots whose middles lie there, or the one that is nearest."""
    middle = (down - 1) / 2
    first, last = ceil((top - middle) / down), floor((bottom - middle) / down)
    nearest = (top + bottom) // (2 * down)
    return range(first, last + 1) if first <= last else range(nearest, nearest + 1)
