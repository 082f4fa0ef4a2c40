"""What a drawing is made of: points, slopes, steps and areas as the path data of SVG."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kpicli.noun import NamedTuple

PLACE = 10  # units across a place; a page stretches or squeezes them, as it does those down
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
        _, low, high, height = self
        if high <= low:
            return height / 2
        share = (high - value) / (high - low)
        return (0.0 if share < 0 else 1.0 if share > 1 else share) * height

    def middles(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """A point in the middle of each place, those between two gaps together."""
        return [
            [(place * PLACE + PLACE // 2, self.y(value)) for place, value in run]
            for run in _runs(values)
        ]

    def levels(self, values: Sequence[float | None]) -> list[list[_Point]]:
        """Both ends of each level, which goes on as long as the value; those between two gaps."""
        levels: list[list[_Point]] = []
        place, is_gap = 0, True
        for value, same in groupby(values):
            start, place = place, place + len([*same])
            is_next, is_gap = not is_gap, value is None or value != value  # noqa: PLR0124 - as below
            if value is not None and not is_gap:
                y = self.y(value)
                levels += [] if is_next else [[]]
                levels[-1] += [(start * PLACE, y), (place * PLACE, y)]
        return levels


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The places that have a value, with it, those that follow each other together."""
    runs: list[list[tuple[int, float]]] = []
    last = -2
    for place, value in enumerate(values):
        if value is not None and value == value:  # noqa: PLR0124 - no number is not itself
            if place - 1 != last:
                runs.append([])
            runs[-1].append((place, value))
            last = place
    return runs


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
    """Without the points on a level between their neighbours."""
    points: list[_Point] = []
    last = before = None
    for point in run:
        y = point[1]
        if before == last == y:
            points[-1] = point
        else:
            points.append(point)
        before, last = last, y
    return points


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
