"""What a period to come may come out at, and how likely, where a part of it is known."""

from fractions import Fraction
from math import expm1, inf, sqrt
from typing import NamedTuple

from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.record import Actual
from kpicli.stats.predictive_distribution import PredictiveDistribution

_WIDEST = 3.0
"""A spread of logarithms beyond which a standard deviation in the unit tells nothing more."""


class PeriodPrediction(NamedTuple):
    """What is expected of a step beyond the part that is `measured`; in all between two limits.

    Of an extreme one of these is what it is by now, and `rest` the share of days that are left for
    it to get more extreme in, each by the same chance.
    """

    distribution: PredictiveDistribution
    step: int = 0
    measured: float = 0.0
    least: float = -inf
    most: float = inf
    rest: float = 1.0

    @property
    def point(self) -> float:
        """What is expected."""
        if self.rest < 1:
            return self._value(0.5)
        return self._within(self.distribution.points[self.step] + self.measured)

    def interval(self, level: int) -> tuple[float, float]:
        """Between what it comes out with a chance of 80 or 95 percent."""
        if self.rest < 1:
            outside = (100 - level) / 200
            return self._value(outside), self._value(1 - outside)
        low, high = self.distribution.interval(self.step, level)
        return self._within(low + self.measured), self._within(high + self.measured)

    def below(self, edge: float) -> float:
        """The chance to come out below an edge."""
        if edge <= self.least:
            return 0.0
        if edge > self.most:
            return 1.0
        return self._of_rest(self.distribution.chance_below(self.step, edge - self.measured))

    def above(self, edge: float) -> float:
        """The chance to come out above it."""
        if edge >= self.most:
            return 0.0
        if edge < self.least:
            return 1.0
        return 1 - self._of_rest(
            1 - self.distribution.chance_above(self.step, edge - self.measured)
        )

    def within(self, low: Fraction | None, high: Fraction | None, *, is_strict: bool) -> float:
        """The chance to come out between two edges, which count too where they are not strict."""
        under = over = 0.0
        if low is not None:
            under = 1 - self.above(float(low)) if is_strict else self.below(float(low))
        if high is not None:
            over = 1 - self.below(float(high)) if is_strict else self.above(float(high))
        return max(0.0, 1 - under - over)

    def _of_rest(self, below: float) -> float:
        """The share of extremes of the days that are left, by that of a whole period."""
        is_least = self.most < inf
        return float(1 - (1 - below) ** self.rest if is_least else below**self.rest)

    def _value(self, share: float) -> float:
        """What that share of extremes lies below."""
        is_least = self.most < inf
        whole = 1 - (1 - share) ** (1 / self.rest) if is_least else share ** (1 / self.rest)
        return self._within(self.distribution.value(self.step, whole))

    def _within(self, number: float) -> float:
        return max(self.least, min(self.most, number))


def nowcast(kpi: Kpi, actual: Actual, ahead: PredictiveDistribution) -> PeriodPrediction | None:
    """What a period comes to of which a part is known, by how such a KPI is rolled up.

    Of the rest as much is expected as of the whole in proportion to its days. Its spread goes with
    the root of that share, as for days that do not depend on each other, so that it shrinks to
    nothing at the end; a sum adds it to what stands, a mean (or a ratio) weighs both by their days.
    The last actual is the best guess of the last one, and an extreme can only get more extreme, the
    less likely the fewer days are left. Nothing where the actual stands for the whole
    period.
    """
    number = float(actual.number)
    rest = 1 - float(actual.share_of_period)
    match kpi.rollup:
        case Rollup.SUM:
            return PeriodPrediction(_part(ahead, rest), measured=number)
        case Rollup.MAX:
            return PeriodPrediction(_extreme(ahead, number, rest), least=number, rest=rest or 1.0)
        case Rollup.MIN:
            return PeriodPrediction(_extreme(ahead, number, rest), most=number, rest=rest or 1.0)
        case Rollup.LAST:
            return PeriodPrediction(_mixed(ahead, number, 1.0, rest))
        case None if kpi.formula is None:
            return None
    return PeriodPrediction(_mixed(ahead, number, 1 - rest, rest))


def _part(ahead: PredictiveDistribution, rest: float) -> PredictiveDistribution:
    """The rest of a sum, in the unit: of a smaller middle the same spread is no larger factor."""
    if not rest:
        return PredictiveDistribution((0.0,), (0.0,))
    middle, spread = rest * ahead.middles[0], ahead.spreads[0]
    if ahead.is_log:
        spread = ahead.middles[0] * sqrt(expm1(min(spread, _WIDEST) ** 2))
    low = max(ahead.low, 0.0) if ahead.is_log else rest * ahead.low
    return PredictiveDistribution((middle,), (spread * sqrt(rest),), low=low, doubt=ahead.doubt)


def _mixed(
    ahead: PredictiveDistribution, number: float, weight: float, rest: float
) -> PredictiveDistribution:
    """Both; what stands outside of the bounds shows that they are none."""
    middle = weight * number + (1 - weight) * ahead.middles[0]
    spread = ahead.spreads[0] * sqrt(rest)
    is_log = ahead.is_log and middle > 0
    if ahead.is_log and not is_log:
        spread *= ahead.middles[0]
    low = ahead.low if number >= ahead.low else -inf
    high = ahead.high if number <= ahead.high else inf
    return PredictiveDistribution(
        (middle,), (spread,), is_log, low, high, ahead.doubt if rest else 0.0
    )


def _extreme(ahead: PredictiveDistribution, number: float, rest: float) -> PredictiveDistribution:
    """What may still come, or where nothing may, what stands."""
    return ahead if rest else PredictiveDistribution((number,), (0.0,))
