"""What is expected of a series, step by step, and how likely anything else is."""

from collections.abc import Iterable, Mapping
from math import asin, ceil, exp, floor, inf, log, pi, sin, sqrt

from kpicli.noun import NamedTuple
from kpicli.stats.prediction_error import MOST_FREEDOM, QUANTILES, share_below, spreads_below

_SAME, _SAME_STEP, _TINY = 1e-9, 1e-6, 1e-300
"""Numbers, and steps of a grain, that differ by less are the same, but for how floats are rounded;
and what is more than nothing."""
FEWEST = 6  # known values without which nothing is said
MOST: Mapping[int, int] = {1: 40, 4: 40, 7: 90, 12: 120, 52: 156}
"""By season, so many of the latest are read: forty years, ten of quarters and months, three of
weeks, a quarter of days. What is older tells neither season nor growth. With ten years of months
instead of five sMAPE falls by 0.4 on M3, by 0.6 on the tourism competition (Athanasopoulos et al.,
International Journal of Forecasting 27, 2011), by 0.1 on M1."""
MOST_DOUBT = 0.025  # lies on each side of a 95% interval: odds are not further off than its edges
_MOST_DECIMALS = 3  # with more of them values are as good as continuous


def grain_of(values: Iterable[float]) -> float:
    """How far apart values can lie at least: 1 of whole numbers, 0.1 with a decimal, or nothing."""
    numbers = list(values)
    for decimals in range(_MOST_DECIMALS + 1):
        if all(round(number, decimals) == number for number in numbers):
            return float(10**-decimals)
    return 0.0


class Shares(NamedTuple):
    """A scale on which what lies between two bounds strays as much near them as in the middle.

    It is the arcsine of the root of the share that lies below (Fisher 1922; Bartlett, The use of
    transformations, Biometrics 3, 1947): 98% can rise by two points and fall by far more.
    """

    low: float
    high: float

    def root(self, value: float) -> float:
        """A value on that scale, from 0 to half of pi."""
        share = (value - self.low) / (self.high - self.low)
        return asin(sqrt(max(0.0, min(1.0, share))))

    def value(self, root: float) -> float:
        """The value that it stands for."""
        return self.low + (self.high - self.low) * sin(max(0.0, min(pi / 2, root))) ** 2


class PredictiveDistribution(NamedTuple):
    """What is expected of the steps to come, counted from 0, the first after the values.

    `middles` are the points where there are no bounds; `spreads` are of the logarithms where
    `is_log`, and both are on the scale of `shares` where there is one. Around a middle it is
    Student's t with so many degrees of `freedom`. With bounds nothing lies below `low` or above
    `high`. Short of them nothing is certain by more than the `doubt` that each side of what was
    always so is left with; where a bound leaves one side, that one has both. Values that only come
    in steps of a `grain`, as counts do, have the chances of all that is rounded to them (the
    continuity correction: Feller, An Introduction to Probability Theory and Its Applications,
    volume 1, 3rd ed. 1968, VII.3): a target of 3 is met from 2.5 on.
    """

    middles: tuple[float, ...]
    spreads: tuple[float, ...]
    is_log: bool = False
    low: float = -inf
    high: float = inf
    doubt: float = 0.0
    freedom: int = MOST_FREEDOM
    grain: float = 0.0
    shares: Shares | None = None

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

    def in_unit(self) -> "PredictiveDistribution":
        """As wide as 80 of 100 outcomes lie apart, on the scale of the values themselves."""
        if self.shares is None:
            return self
        edges = [self.interval(step, 80) for step in range(len(self.middles))]
        spreads = [(high - low) / 2 / QUANTILES[self.freedom][80] for low, high in edges]
        return self._replace(middles=self.points, spreads=tuple(spreads), is_log=False, shares=None)

    def interval(self, step: int, level: int) -> tuple[float, float]:
        """Between what it lies with a chance of 80 or 95 percent."""
        quantile = QUANTILES[self.freedom][level]
        return self._off(step, -quantile), self._off(step, quantile)

    def value(self, step: int, share: float) -> float:
        """What that share of outcomes lies below."""
        return self._off(step, spreads_below(share, self.freedom))

    def chance_below(self, step: int, edge: float) -> float:
        """How likely it is that the value lies below an edge, from 0 to 1."""
        if edge <= self._least:
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
        if edge < self.low or (self.is_log and edge <= self._least):
            return 1.0
        if self.grain:
            edge = (floor(edge / self.grain + _SAME_STEP) + 0.5) * self.grain
        return 1 - self._share_below(step, edge, tie=1.0)

    @property
    def _least(self) -> float:
        """Nothing lies below it, nor at it where there are logarithms."""
        return max(self.low, 0.0) if self.is_log and self.shares is None else self.low

    def _share_below(self, step: int, edge: float, tie: float) -> float:
        middle, spread = self.middles[step], self.spreads[step]
        point = self._within(middle)
        if self.shares:
            edge = self.shares.root(edge)
        off = log(max(edge, _TINY) / middle) if self.is_log else edge - middle
        least = _SAME * (1 if self.is_log else abs(middle))
        if spread > least:
            share = share_below(off / spread, self.freedom)
        else:
            share = tie if abs(off) <= least else float(off > 0)
        below = 2 * self.doubt if point >= self.high else self.doubt
        above = 2 * self.doubt if point <= self.low else self.doubt
        return max(below, min(1 - above, share))

    def _off(self, step: int, spreads: float) -> float:
        middle, off = self.middles[step], spreads * self.spreads[step]
        return self._within(middle * exp(off) if self.is_log else middle + off)

    def _within(self, value: float) -> float:
        """A value that is told on the scale of shares, or as it is, within the bounds."""
        if self.shares:
            value = self.shares.value(value)
        return max(self.low, min(self.high, value))
