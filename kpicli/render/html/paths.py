"""What a drawing is made of: points, slopes, steps and areas as the path data of SVG."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import isnan

from kpicli.noun import NamedTuple

PLACE = 10
"""Units across a place; a page stretches or squeezes them, as it does those down."""

_Point = tuple[int, float]


class ScaledFrame(NamedTuple):
    """How many places there are beside each other, and the heights between which all is drawn."""

    places: int
    low: float
    high: float
    height: int

    @property
    def width(self) -> int:
        """Units from the left of the first place to the right of the last."""
        return self.places * PLACE

    def y(self, value: float) -> float:
        """How far below the top; what lies outside the scale is at its edge."""
        if self.high <= self.low:
            return self.height / 2
        share = (self.high - value) / (self.high - self.low)
        return (0.0 if share < 0 else 1.0 if share > 1 else share) * self.height

    def middles(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """A point in the middle of each place, those between two gaps together."""
        return [
            [(place * PLACE + PLACE // 2, self.y(value)) for place, value in run]
            for run in _runs(values)
        ]

    def levels(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """Both ends of a level in each place, those between two gaps together."""
        return [
            [
                point
                for place, value in run
                for y in (self.y(value),)
                for point in ((place * PLACE, y), (place * PLACE + PLACE, y))
            ]
            for run in _runs(values)
        ]


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """The places that have a value, with it, those that follow each other together."""
    points = [
        (place, value)
        for place, value in enumerate(values)
        if value is not None and not isnan(value)
    ]
    for _, run in groupby(enumerate(points), key=lambda item: item[1][0] - item[0]):
        yield [point for _, point in run]


def line_path(runs: Iterable[Sequence[_Point]]) -> str:
    """Through the points of each run; a point alone is a dot where line ends are round."""
    return "".join(_path(run) + ("h0" if len(run) == 1 else "") for run in map(_simplified, runs))


def dots_path(runs: Iterable[Sequence[_Point]]) -> str:
    """A dot at each point, where line ends are round."""
    return "".join(f"M{x} {y:.0f}h0" for run in runs for x, y in run)


def area_path(lows: Iterable[Sequence[_Point]], highs: Iterable[Sequence[_Point]]) -> str:
    """Between two edges, run by run."""
    return "".join(
        f"{_path([*_simplified(high), *_simplified(low)[::-1]])}Z"
        for low, high in zip(lows, highs, strict=True)
    )


def _simplified(run: Sequence[_Point]) -> list[_Point]:
    """Without the points on a level between their neighbours, and those that are there twice."""
    if len({y for _, y in run}) == 1:  # as most levels are
        return [*run[:1], *run[1:][-1:]]
    inner = (
        point
        for before, point, after in zip(run, run[1:], run[2:], strict=False)
        if not before[1] == point[1] == after[1]
    )
    return [point for point, _ in groupby([*run[:1], *inner, *run[1:][-1:]])]


def _path(run: Sequence[_Point]) -> str:
    """From the first point through the others, a level or a riser by where it ends alone."""
    x, y = run[0]
    text = f"M{x} {y:.0f}"
    for to_x, to_y in run[1:]:
        if to_y == y:
            text += f"H{to_x}"
        elif to_x == x:
            text += f"V{to_y:.0f}"
        else:
            text += f"L{to_x} {to_y:.0f}"
        x, y = to_x, to_y
    return text
