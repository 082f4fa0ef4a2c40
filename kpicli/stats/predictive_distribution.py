"""What is expected of a series, step by step, and how likely anything else is."""

from collections.abc import Iterable
from math import ceil, exp, floor, inf, log
from typing import NamedTuple

from kpicli.stats.prediction_error import MOST_FREEDOM, QUANTILES, share_below, spreads_below

_SAME = 1e-9
"""Two numbers that differ by a smaller share are the same, but for how floats are rounded."""

_SAME_STEP = 1e-6
"""The same of steps of a grain."""

_MOST_DECIMALS = 3
"""With more of them values are as good as continuous."""


def grain_of(values: Iterable[float]) -> float:
    """How far apart values can lie at least: 1 of whole numbers, 0.1 with a decimal, or nothing."""
    numbers = list(values)
    for decimals in range(_MOST_DECIMALS + 1):
        if all(round(number, decimals) == number for number in numbers):
            return float(10**-decimals)
    return 0.0


class PredictiveDistribution(NamedTuple):
    """What is expected of the steps to come, counted from 0, the first after the values.

    `middles` are the points where there are no bounds; `spreads` are of the logarithms where
    `is_log`. Around a middle it is Student's t with so many degrees of `freedom`. With bounds
    nothing lies below `low` or above `high`. Short of them nothing is certain by more than the
    `doubt` that each side of what was always so is left with; where a bound leaves one side, that
    one has both. Values that only come in steps of a `grain`, as counts do, have the chances of all
    that is rounded to them (the continuity correction: Feller, An Introduction to Probability
    Theory and Its Applications, volume 1, 3rd ed. 1968, VII.3): a target of 3 is met from 2.5 on.
    """

    middles: tuple[float, ...]
    spreads: tuple[float, ...]
    is_log: bool = False
    low: float = -inf
    high: float = inf
    doubt: float = 0.0
    freedom: int = MOST_FREEDOM
    grain: float = 0.0

    @property
    def points(self) -> tuple[float, ...]:
        """What is expected: as likely too low as too high."""
        return tuple(map(self._within, self.middles))

    def point(self, step: int) -> float:
        """That of a single step."""
        return self._within(self.middles[step])

    def only(self, step: int) -> "PredictiveDistribution":
        """That of a single step."""
        return self._replace(middles=(self.middles[step],), spreads=(self.spreads[step],))

    def interval(self, step: int, level: int) -> tuple[float, float]:
        """Between what it lies with a chance of 80 or 95 percent."""
        quantile = QUANTILES[self.freedom][level]
        return self._off(step, -quantile), self._off(step, quantile)

    def value(self, step: int, share: float) -> float:
        """What that share of outcomes lies below."""
        return self._off(step, spreads_below(share, self.freedom))

    def chance_below(self, step: int, edge: float) -> float:
        """How likely it is that the value lies below an edge, from 0 to 1."""
        if edge <= self.low or (self.is_log and edge <= 0):
            return 0.0
        if edge > self.high:
            return 1.0
        if self.grain:
            edge = (ceil(edge / self.grain - _SAME_STEP) - 0.5) * self.grain
        return self._share_below(step, edge, tie=0.0)

    def chance_above(self, step: int, edge: float) -> float:
        """How likely it is that the value lies above an edge."""
        if edge >= self.high:
            return 0.0
        if edge < self.low or (self.is_log and edge <= 0):
            return 1.0
        if self.grain:
            edge = (floor(edge / self.grain + _SAME_STEP) + 0.5) * self.grain
        return 1 - self._share_below(step, edge, tie=1.0)

    def _share_below(self, step: int, edge: float, tie: float) -> float:
        middle, spread = self.middles[step], self.spreads[step]
        off = log(edge / middle) if self.is_log else edge - middle
        least = _SAME * (1 if self.is_log else abs(middle))
        if spread > least:
            share = share_below(off / spread, self.freedom)
        else:
            share = tie if abs(off) <= least else float(off > 0)
        below = 2 * self.doubt if middle >= self.high else self.doubt
        above = 2 * self.doubt if middle <= self.low else self.doubt
        return max(below, min(1 - above, share))

    def _off(self, step: int, spreads: float) -> float:
        """So many spreads from the middle."""
        middle, off = self.middles[step], spreads * self.spreads[step]
        return self._within(middle * exp(off) if self.is_log else middle + off)

    def _within(self, value: float) -> float:
        return max(self.low, min(self.high, value))
