"""What a season adds to a series: found by the data, and shrunk by what they cannot tell."""

from collections.abc import Sequence
from math import exp, log

from kpicli.noun import NamedTuple
from kpicli.stats.outliers import median
from kpicli.stats.smoothing import UNPROVEN, discounted_mean, line

LEAST_PAIRS = 2  # values of which the one a season before is known, that tell how a series moves
LONGEST_ASSUMED = 12
"""Values of a season up to which one is assumed before any comes again, and of each by half.

Of twelve months alone nothing tells a season from noise. Their mean is as far off where they have
one as the months themselves are where they have none, so each is taken half-way.
"""
NOISE_ASSUMED = 0.5  # of the differences within a season is taken for chance
KEPT = 0.85
"""So much of what a cycle counts for the one before it does: seasons change (Winters, «Forecasting
sales by exponentially weighted moving averages», Management Science 6, 1960)."""
AVERAGED_CYCLES = 4  # from so many on the average of the season around a value tells its level best
SMALLEST_FACTOR = 0.01  # below it a season takes nearly all away: then it is better added
CONTRADICTION_FACTOR = 6  # times the usual difference between two seasons is no chance any more
_FEW = 2  # a scatter that so many differences tell is taken for twice as large


class Season(NamedTuple):
    """What each place in a season adds to a level, or by what it multiplies it; of none nothing.

    `parameters` are as many as the indices count for, shrunk as they are, and `variance` is what
    they are unsure by: of one that came once half of it, since the errors tell the rest.
    """

    indices: tuple[float, ...] = ()
    is_factor: bool = False
    parameters: float = 0.0
    variance: float = 0.0

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
    """The season of a series without gaps, of which one at least is known.

    Up to four cycles it is the mean of each place beside a straight line, whose slope is the mean
    move from one cycle to the next, or of a single cycle as much of its line as is steady; of more
    classical decomposition, what stands beside a centred moving average. It is a factor where all
    values are above zero. Each index is then shrunk towards no season by the share of the
    differences that the scatter within the places explains (James & Stein 1961, as Miller &
    Williams, International Journal of Forecasting 19, 2003, page 669, use it): a test that says
    seasonal or not is not needed, since of noise next to nothing is left. What is left unsure of
    them is the variance of such an estimate (Efron & Morris, Journal of the American Statistical
    Association 70, 1975).
    """
    if length < 2 or len(values) < length + LEAST_PAIRS * (length > LONGEST_ASSUMED):
        return Season()
    is_averaged = len(values) >= AVERAGED_CYCLES * length
    indices_of = _indices_beside_average if is_averaged else _indices_beside_line
    if min(values) > 0:
        season = indices_of(values, length, is_factor=True)
        if min(season.indices) > SMALLEST_FACTOR:
            return season
    return indices_of(values, length, is_factor=False)


def _indices_beside_line(values: Sequence[float], length: int, *, is_factor: bool) -> Season:
    numbers = [log(value) for value in values] if is_factor else values
    moves = [later - before for before, later in zip(numbers, numbers[length:], strict=False)]
    is_moving = len(moves) >= LEAST_PAIRS
    slope = sum(moves) / len(moves) / length if is_moving else _sure_slope(numbers)
    beside = [number - slope * at for at, number in enumerate(numbers)]
    places: list[Sequence[float]] = [beside[place::length] for place in range(length)]
    if len(values) >= 2 * length:
        places = _agreeing(places, median(beside))
    means = [discounted_mean(place, KEPT) for place in places]
    level = sum(means) / length
    raw = [mean - level for mean in means]
    trust = 1 - _noise(places, means, raw, slopes=1)
    indices = [trust * index for index in raw]
    if is_factor:
        factors = [exp(index) for index in indices]
        middle = sum(factors) / length
        indices = [factor / middle for factor in factors]
    again = min(1.0, len(values) / length - 0.5)
    return Season(tuple(indices), is_factor, trust * (length - 1), again * _unsure(raw, trust))


def _sure_slope(numbers: Sequence[float]) -> float:
    """Of the line through a single season as much as a line fits it: a season may look like one.

    It is t² / (t² + doubt), t being the slope over its standard error.
    """
    start, slope = line(numbers)
    count = len(numbers)
    scatter = sum([(number - start - slope * at) ** 2 for at, number in enumerate(numbers, 1)])
    error = 12 * scatter / (count - 2) / (count**3 - count)
    return slope * slope * slope / (slope * slope + UNPROVEN * error) if slope else 0.0


def _indices_beside_average(values: Sequence[float], length: int, *, is_factor: bool) -> Season:
    neutral = 1.0 if is_factor else 0.0
    beside = _agreeing(_beside_average(values, length, is_factor=is_factor), neutral)
    means = [discounted_mean(ratios, KEPT) for ratios in beside]
    level = sum(means) / length
    raw = [mean / level if is_factor else mean - level for mean in means]
    off = [index - neutral for index in raw]
    trust = 1 - _noise(beside, means, off, slopes=0)
    indices = tuple(neutral + trust * one for one in off)
    return Season(indices, is_factor, trust * (length - 1), _unsure(off, trust))


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


def _unsure(indices: Sequence[float], trust: float) -> float:
    """The variance of indices that are shrunk to this share."""
    return trust * (1 - trust) * sum([index * index for index in indices]) / (len(indices) - 1)


def _noise(
    places: Sequence[Sequence[float]], means: Sequence[float], indices: Sequence[float], slopes: int
) -> float:
    """The share of the differences between the places that is chance, from 0 to 1.

    The scatter within all places together, which places with a single value say nothing of; few of
    them tell little of it, so that it is taken for larger, and drawn to what is assumed of any
    season. A slope was fitted to the same values.
    """
    between = sum([index * index for index in indices]) / (len(indices) - 1)
    freedom = max(0, sum(map(len, places)) - len(places) - slopes)
    assumed = int(len(places) <= LONGEST_ASSUMED)
    if not between or not freedom + assumed:
        return 1.0
    within = sum(
        [(one - mean) ** 2 for place, mean in zip(places, means, strict=True) for one in place]
    )
    few = 1 + _FEW / freedom if freedom else 0.0
    per_value = (within * few + assumed * NOISE_ASSUMED * between) / (freedom + assumed)
    unsure = [(1 + KEPT ** len(place)) / (1 - KEPT ** len(place)) for place in places]
    per_mean = per_value * (1 - KEPT) / (1 + KEPT) * sum(unsure) / len(places)
    return min(1.0, per_mean / between)
