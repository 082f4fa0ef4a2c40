"""What a period to come may come out at, and how likely, where a part of it is known."""

from math import expm1, inf, log1p, sqrt

from kpicli.analysis.pace import Pace
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.record import Actual
from kpicli.noun import NamedTuple
from kpicli.stats.prediction_error import QUANTILES
from kpicli.stats.predictive_distribution import PredictiveDistribution

_WIDEST = 3.0  # a spread of logarithms beyond which a standard deviation tells nothing more
_STRAY = 1 / 3
"""Where no parts of earlier periods are known, days stray by this share of a forecast's variance:
so the pace counts e / (e + 1/2) at a share e of the period."""

_ROUNDS = 8  # in which it is found how far a level moved
_LEAST_LEVEL = 0.3  # of a forecast's variance is that of the level, however far days stray
_NORMAL_80, _FEW = 1.2816, 0.77
"""So many standard deviations hold eighty of a hundred sums of many days, and by how much more
where they are told by a few periods: of Student's t with that many degrees less one, within 1%."""

_DAYS_FREEDOM, _PERIODS_ENOUGH = 9, 12
"""Tails of what days add up to, where so many earlier periods tell how they stray: nearer to the
normal ones than those of a forecast."""

_WIDE = 0.5  # of what is expected: a scale beyond which nothing at all may come


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
        return self._within(self.distribution.point(self.step) + self.measured)

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

    def within(self, low: float | None, high: float | None, *, is_strict: bool) -> float:
        """The chance to come out between two edges, which count too where they are not strict."""
        under = over = 0.0
        if low is not None:
            under = 1 - self.above(low) if is_strict else self.below(low)
        if high is not None:
            over = 1 - self.below(high) if is_strict else self.above(high)
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


def nowcast(
    kpi: Kpi, actual: Actual, ahead: PredictiveDistribution, usual: Pace | None = None
) -> PeriodPrediction | None:
    """What a period comes to of which a part is known, by how such a KPI is rolled up.

    Of a sum or a mean (or a ratio) the level is what was forecast, corrected by the part that is
    in: see `_rest`. The last actual is the best guess of the last one, and an extreme can only get
    more extreme, the less likely the fewer days are left, as is all that never was. Nothing where
    the actual stands for the whole period.
    """
    number = float(actual.number)
    rest = 1 - float(actual.share_of_period)
    whole = ahead.in_unit()
    ahead = whole._replace(doubt=rest * whole.doubt)
    match kpi.rollup:
        case Rollup.SUM:
            return PeriodPrediction(_rest(ahead, number, rest, usual), measured=number)
        case Rollup.MAX:
            return PeriodPrediction(_extreme(whole, number, rest), least=number, rest=rest or 1.0)
        case Rollup.MIN:
            return PeriodPrediction(_extreme(whole, number, rest), most=number, rest=rest or 1.0)
        case Rollup.LAST:
            return PeriodPrediction(_latest(ahead, number, rest))
        case None if kpi.formula is None:
            return None
    return PeriodPrediction(_whole(ahead, number, rest, usual))


def _updated(
    ahead: PredictiveDistribution, measured: float, rest: float, usual: Pace | None
) -> tuple[float, float]:
    """What the rest is expected to add to what is `measured`, and the scale of its doubt.

    The level of a period is sure to within what its forecast is, less what days stray by
    themselves, which adds up over the days. What is in tells the level as well as these let it
    (Kalman 1960, with a single step), and further than ever where it moves as never before: as
    Student's t (found in rounds: Dempster, Laird & Rubin, Journal of the Royal Statistical Society
    B 39, 1977). The rest is as far off as the level, for its share, and as its own days stray.
    Without parts of earlier periods days stray by a third of the variance.
    """
    middle, spread = ahead.middles[0], ahead.spreads[0]
    if ahead.is_log:
        spread = middle * sqrt(expm1(min(spread, _WIDEST) ** 2))
    share, offset, scale = 1 - rest, 0.0, spread * spread
    strays = (share * _STRAY, rest * _STRAY)
    if usual is not None:
        share, offset, strays = usual.share, usual.offset, usual.strays
        scale = _NORMAL_80 * (1 + _FEW / (usual.periods - 1)) / QUANTILES[ahead.freedom][80]
        scale = (scale * middle if usual.is_share else scale) ** 2
    stray_so_far, stray_to_come = (scale * stray for stray in strays)
    level = spread * spread - stray_so_far - stray_to_come
    level = usual_level = max(level, _LEAST_LEVEL * spread * spread)
    surprise = (measured - offset) / share - middle if share else 0.0
    noise = stray_so_far / (share * share) if share else inf
    for _ in range(_ROUNDS if usual else 1):
        weight = level / (level + noise) if level + noise else share
        variance = (1 - weight) * level
        move = (weight * surprise) ** 2 + variance
        level = max(usual_level, (ahead.freedom * usual_level + move) / (ahead.freedom + 1))
    middle += weight * surprise
    return (1 - share) * middle - offset, sqrt((1 - share) ** 2 * variance + stray_to_come)


def _rest(
    ahead: PredictiveDistribution, measured: float, rest: float, usual: Pace | None
) -> PredictiveDistribution:
    """What is still to come of a sum."""
    if not rest:
        return PredictiveDistribution((0.0,), (0.0,))
    if rest == 1:
        return ahead
    ahead = _of_days(ahead, usual)
    expected, spread = _updated(ahead, measured, rest, usual)
    low = max(ahead.low, 0.0) if ahead.is_log else rest * ahead.low
    return _shaped(ahead, expected, spread, low, inf)


def _whole(
    ahead: PredictiveDistribution, number: float, rest: float, usual: Pace | None
) -> PredictiveDistribution:
    """What a mean comes to; what stands outside of the bounds shows that they are none."""
    if not rest:
        return PredictiveDistribution((number,), (0.0,))
    if rest == 1:
        return ahead
    ahead = _of_days(ahead, usual)
    expected, spread = _updated(ahead, (1 - rest) * number, rest, usual)
    low = ahead.low if number >= ahead.low else -inf
    high = ahead.high if number <= ahead.high else inf
    return _shaped(ahead, (1 - rest) * number + expected, spread, low, high)


def _of_days(ahead: PredictiveDistribution, usual: Pace | None) -> PredictiveDistribution:
    """As wide for eighty of a hundred, with the tails of what days add up to."""
    if usual is None or usual.periods < _PERIODS_ENOUGH:
        return ahead
    wider = QUANTILES[ahead.freedom][80] / QUANTILES[_DAYS_FREEDOM][80]
    spreads = tuple(wider * spread for spread in ahead.spreads)
    return ahead._replace(spreads=spreads, freedom=_DAYS_FREEDOM)


def _shaped(
    ahead: PredictiveDistribution, middle: float, spread: float, low: float, high: float
) -> PredictiveDistribution:
    """In percent where it was forecast so and is not so wide that there may be none of it."""
    is_log = ahead.is_log and 0 < spread < _WIDE * middle
    off = sqrt(log1p((spread / middle) ** 2)) if is_log else spread
    return ahead._replace(middles=(middle,), spreads=(off,), is_log=is_log, low=low, high=high)


def _latest(ahead: PredictiveDistribution, number: float, rest: float) -> PredictiveDistribution:
    """What stands, and how far it may still move; bounds as of a mean."""
    spread = ahead.spreads[0] * sqrt(rest)
    is_log = ahead.is_log and number > 0
    if ahead.is_log and not is_log:
        spread *= ahead.middles[0]
    low = ahead.low if number >= ahead.low else -inf
    high = ahead.high if number <= ahead.high else inf
    return ahead._replace(middles=(number,), spreads=(spread,), is_log=is_log, low=low, high=high)


def _extreme(ahead: PredictiveDistribution, number: float, rest: float) -> PredictiveDistribution:
    """What may still come, or where nothing may, what stands."""
    return ahead if rest else PredictiveDistribution((number,), (0.0,))
