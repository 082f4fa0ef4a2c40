"""What a drawing is made of: points, slopes, steps and areas as the path data of SVG."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import isnan
from typing import NamedTuple

PLACE = 10
"""Units across a place; a page stretches or squeezes them, as it does those down."""

_Point = tuple[float, float]


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
        return min(max(share, 0.0), 1.0) * self.height

    def middles(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """A point in the middle of each place, those between two gaps together."""
        return [
            [((place + 0.5) * PLACE, self.y(value)) for place, value in run]
            for run in _runs(values)
        ]

    def levels(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """Both ends of a level in each place, those between two gaps together."""
        return [
            [
                (side * PLACE, y)
                for place, y in ((place, self.y(value)) for place, value in run)
                for side in (place, place + 1)
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
    return "".join(f"M{x:.0f} {y:.0f}h0" for run in runs for x, y in run)


def area_path(lows: Iterable[Sequence[_Point]], highs: Iterable[Sequence[_Point]]) -> str:
    """Between two edges, run by run."""
    return "".join(
        f"{_path([*_simplified(high), *_simplified(low)[::-1]])}Z"
        for low, high in zip(lows, highs, strict=True)
    )


def _simplified(run: Sequence[_Point]) -> list[_Point]:
    """Without the points on a level between their neighbours, and those that are there twice."""
    inner = (
        point
        for before, point, after in zip(run, run[1:], run[2:], strict=False)
        if not before[1] == point[1] == after[1]
    )
    return [point for point, _ in groupby([*run[:1], *inner, *run[1:][-1:]])]


def _path(run: Sequence[_Point]) -> str:
    """From the first point through the others, a level or a riser by where it ends alone."""
    text = f"M{run[0][0]:.0f} {run[0][1]:.0f}"
    for (x, y), (to_x, to_y) in pairwise(run):
        if to_y == y:
            text += f"H{to_x:.0f}"
        elif to_x == x:
            text += f"V{to_y:.0f}"
        else:
            text += f"L{to_x:.0f} {to_y:.0f}"
    return text
