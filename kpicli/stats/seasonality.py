"""What a season adds to a series: found by the data, and shrunk by what they cannot tell."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

SEASONS_NEEDED = 2.5
"""So many have to be known before one is told from a trend."""

SMALLEST_FACTOR = 0.01
"""A factor below it says that a season takes nearly all away: then it is better added."""


CONTRADICTION_FACTOR = 6
"""So many times the usual difference between two seasons is no chance any more."""


class Season(NamedTuple):
    """What each place in a season adds to a level, or by what it multiplies it; of none nothing."""

    indices: tuple[float, ...] = ()
    is_factor: bool = False

    def at(self, place: int) -> float:
        """The index of a place, counted from the first value."""
        neutral = 1.0 if self.is_factor else 0.0
        return self.indices[place % len(self.indices)] if self.indices else neutral

    def taken_off(self, values: Sequence[float]) -> list[float]:
        """The values without it."""
        if not self.indices:
            return list(values)
        if self.is_factor:
            return [value / self.at(place) for place, value in enumerate(values)]
        return [value - self.at(place) for place, value in enumerate(values)]

    @property
    def is_growth(self) -> bool:
        """Whether a percentage of the level is as much at every place."""
        return self.is_factor or not self.indices

    def widened(self, place: int) -> float:
        """By how much a difference is wider at a place."""
        return self.at(place) if self.is_factor else 1.0

    def put_on(self, value: float, place: int) -> float:
        """A value without it as it is at a place."""
        return value * self.at(place) if self.is_factor else value + self.at(place)


def season_of(values: Sequence[float], length: int) -> Season:
    """The season of a series without gaps, two and a half of them at least; else none.

    Classical decomposition: what stands beside a centred moving average, averaged place by place;
    a factor where all values are above zero. Each index is then shrunk towards no season by the
    share of the differences that its own scatter explains (James & Stein 1961, as Miller &
    Williams, International Journal of Forecasting 19, 2003, page 669, use it): a test that says
    seasonal or not is not needed, since of noise next to nothing is left.
    """
    if length < 2 or len(values) < SEASONS_NEEDED * length:
        return Season()
    if min(values) > 0:
        factors = _indices(values, length, is_factor=True)
        if min(factors) > SMALLEST_FACTOR:
            return Season(factors, is_factor=True)
    return Season(_indices(values, length, is_factor=False))


def _indices(values: Sequence[float], length: int, *, is_factor: bool) -> tuple[float, ...]:
    neutral = 1.0 if is_factor else 0.0
    beside = _agreeing(_beside_average(values, length, is_factor=is_factor), neutral)
    means = [sum(ratios) / len(ratios) for ratios in beside]
    level = sum(means) / length
    raw = [mean / level if is_factor else mean - level for mean in means]
    trust = 1 - _noise(beside, means, [index - neutral for index in raw])
    return tuple(neutral + trust * (index - neutral) for index in raw)


def _agreeing(beside: Sequence[Sequence[float]], neutral: float) -> list[Sequence[float]]:
    """Of a place whose seasons contradict each other as at no other place, the least of them.

    One odd month is then no season, and a season that comes each time is one.
    """
    wide = [max(ratios) - min(ratios) for ratios in beside]
    most = CONTRADICTION_FACTOR * median(wide)
    return [
        [min(ratios, key=lambda ratio: abs(ratio - neutral))] if width > most > 0 else ratios
        for ratios, width in zip(beside, wide, strict=True)
    ]


def _beside_average(values: Sequence[float], length: int, *, is_factor: bool) -> list[list[float]]:
    """By place in the season, what stands beside the average of the season around it."""
    half, is_even = length // 2, length % 2 == 0
    beside: list[list[float]] = [[] for _ in range(length)]
    for at in range(half, len(values) - half):
        around = values[at - half : at + half + 1]
        total = sum(around) - (around[0] + around[-1]) / 2 * is_even
        average = total / length
        beside[at % length].append(values[at] / average if is_factor else values[at] - average)
    return beside


def _noise(
    beside: Sequence[Sequence[float]], means: Sequence[float], indices: Sequence[float]
) -> float:
    """The share of the differences between the places that is chance, from 0 to 1."""
    between = sum(index * index for index in indices) / (len(indices) - 1)
    scatter = [
        sum((one - mean) ** 2 for one in ratios) / (len(ratios) - 1) / len(ratios)
        for ratios, mean in zip(beside, means, strict=True)
        if len(ratios) > 1
    ]
    if not between or not scatter:
        return float(not between)
    share = max(len(indices) - 3, 1) / (len(indices) - 1)
    return min(1.0, share * sum(scatter) / len(scatter) / between)
