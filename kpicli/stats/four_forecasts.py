"""Four simple forecasts of a series that err differently, and the middle of them.

The four are two that hold back, in the unit (a damped trend, and the dynamic optimised Theta
model), and two that go on growing, in percent (Holt's trend and a drift, both of the logarithms,
where all values are above zero). The forecast is the mean of the middle two of them. No method is
best for all series; the median of a few simple ones that err differently is hard to beat
(Makridakis & Hibon, The M3-Competition, International Journal of Forecasting 16, 2000; Petropoulos
& Svetunkov, A simple combination of univariate models, the same 36, 2020). Of the Theta method
(Assimakopoulos & Nikolopoulos, the same 16, 2000) and damped trends (Gardner & McKenzie, Management
Science 31, 1985), which do best alone, the median keeps what they agree on.

No trend is gone on with as it is found. Of the two that grow only as much is kept as is more than
chance; and until four seasons are known, in which a season may look like a trend, of all
four as much as there is of these, but for one so steady that it can be nothing else: by its moves,
also in percent, or by the straight line through all values.

The middle is then drawn to a fifth forecast, by shares that were found on the M1 and the tourism
competition, with a look at M3. Where there may be a season it is the Theta method as simple
smoothing that drifts by half of the line's slope (Hyndman & Billah, the same 19, 2003): by half
where the climb is no more than chance, and not at all where it is steady. Of years, whose
growth in percent seldom lasts, it is the dynamic Theta model: the more, the more values its line
has, and of six or seven, which two that grow lead far astray.

Few values tell no trend, and hardly a level. Until there are several seasons of them, a forecast is
drawn to a level without a trend: by half with as many as a season has, far more with fewer, and by
little where the climb is steady. It is simple exponential smoothing, and the further ahead, the
more of it is the mean of all values: what is high or low of late seldom stays so for a year.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import exp, inf, log

from kpicli.stats.outliers import ABOVE_ZERO
from kpicli.stats.smoothing import (
    UNPROVEN,
    Path,
    damped_trend,
    drift,
    line,
    linear_trend,
    simple,
    slope_trust,
    theta,
)

_SHRINKAGE_GROWING = 0.5
"""The square of how many standard errors a slope has to be worth to be gone on with by half."""
SEASONS_NEEDED = 4  # so many have to be known before a trend is told from a season
_FLOOR_SHARE = 0.05  # of the least value: nothing lower is expected where nothing goes below zero
_LONGEST = 12  # values of a season beyond which no more of them count for a level without a trend
_LINE_UNPROVEN, _FEWEST_ON_LINE, _MOST_LEANING = 50, 9, 0.95
"""The square of how many standard errors the slope of a line has to be worth to be half believed,
of how many values at least, and how much each can lean on the one before."""
_FAR_BETTER = 4  # times better a straight line has to fit than steady growth in percent
_THETA_SHARE = 0.5  # of the Theta method where there may be a season, and no climb for sure
_DYNAMIC_SHARE, _DYNAMIC_FROM = 0.7, 14
"""So much of the dynamic optimised Theta model of many values without one, and beyond how many."""


class FourForecasts:
    """The four, fitted to a series that may have a season of that length."""

    def __init__(self, level: Sequence[float], season: int, horizon: int) -> None:
        self.level = level
        holding = (damped_trend(level), theta(level))
        self.falls_through_zero = min(path.to_come(horizon)[-1] for path in holding) < 0
        self.are_above_zero = min(level) > ABOVE_ZERO
        self._floor = _FLOOR_SHARE * min(level) if self.are_above_zero else -inf
        grows = self.are_above_zero and len(level) >= _FEWEST_ON_LINE
        scales = [level, [log(value) for value in level]] if grows else [level]
        trusts = [slope_trust(scale, UNPROVEN) for scale in scales]
        steadiness = max(*trusts, _line_trust(level)) ** 2
        share_known = min(1.0, len(level) / (SEASONS_NEEDED * season)) if season > 1 else 1.0
        share_known += (1 - share_known) * steadiness
        smoothing = simple(level) if season > 1 else None
        fifth = drift(level, 1 / 2, smoothing) if smoothing else holding[1]
        paths = (*holding, *self._growing(), fifth)
        *self.paths, self._fifth = [path.slowed(share_known) for path in paths]
        self._share_of_fifth = share_known * _share_of_fifth(level, season)
        seasons = len(level) / min(season, _LONGEST) if season > 1 else inf
        share = min(1.0, seasons) ** 2 / (1 + 1 / seasons**2)
        self.share_of_four = share + (1 - share) * steadiness**2
        self._smoothed = smoothing[1] if smoothing else level
        self._means = [total / count for count, total in enumerate(accumulate(level), 1)]
        self._half_way = min(len(level), season, _LONGEST) / 2

    def _growing(self) -> tuple[Path, ...]:
        """The two that go on, in percent where a line in the unit does not fit far better."""
        level, is_log = self.level, False
        if self.are_above_zero:
            logs = [log(value) for value in level]
            grown = [exp(value) for value in _on_line(logs)]
            is_log = _FAR_BETTER * _off(level, _on_line(level)) > _off(level, grown)
            level = logs if is_log else level
        widest = max(level) - min(level) if is_log else inf
        share = slope_trust(level, _SHRINKAGE_GROWING)
        return tuple(
            path.slowed(share)._replace(is_log=is_log, widest=widest)
            for path in (linear_trend(level), drift(level))
        )

    def middles(self, places: slice, steps: int) -> list[float]:
        """What is expected so many steps on from each place."""
        four = zip(*[path.ahead(places, steps) for path in self.paths], strict=True)
        return self._middles(four, self._fifth.ahead(places, steps), self._levels(places, steps))

    def to_come(self, steps: int) -> tuple[list[tuple[float, ...]], list[float]]:
        """What the four expect of so many steps on from the last value, and what is expected."""
        floor = self._floor
        four = list(zip(*[path.to_come(steps) for path in self.paths], strict=True))
        levels = [self._levels(slice(-1, None), step)[0] for step in range(1, steps + 1)]
        middles = self._middles(four, self._fifth.to_come(steps), levels)
        return [tuple([max(floor, value) for value in values]) for values in four], middles

    def _levels(self, places: slice, steps: int) -> list[float]:
        """Simple smoothing at each place, drawn to the mean the more, the further ahead."""
        share = steps / (steps + self._half_way)
        pairs = zip(self._smoothed[places], self._means[places], strict=True)
        return [one + share * (mean - one) for one, mean in pairs]

    def _middles(
        self, four: Iterable[Sequence[float]], fifths: Iterable[float], levels: Iterable[float]
    ) -> list[float]:
        """The means of the middle two, drawn to the fifth, and to a level where values are few.

        They are not near zero, nor below it, if no value was.
        """
        floor, to_level = self._floor, 1 - self.share_of_four
        to_fifth = self._share_of_fifth * self.share_of_four
        half = (self.share_of_four - to_fifth) / 2
        return [
            half * (max(floor, low) + max(floor, high)) + to_fifth * max(floor, one) + to_level * to
            for (_, low, high, _), one, to in zip(map(sorted, four), fifths, levels, strict=True)
        ]


def _share_of_fifth(level: Sequence[float], season: int) -> float:
    """How far the middle of the four is drawn to the fifth, from 0 to 1."""
    if season > 1:
        return _THETA_SHARE * (1 - slope_trust(level, UNPROVEN))
    more = 1 - _DYNAMIC_FROM / len(level)
    return _DYNAMIC_SHARE * max(more, more**4 / 4)


def _line_trust(values: Sequence[float]) -> float:
    """How much of the slope of the line through some values is more than chance, from 0 to 1.

    It is t² / (t² + doubt), as in `slope_trust`, where values that lean on the one before count for
    fewer (Santer et al., Journal of Geophysical Research 105, 2000, equation 6), by as much as they
    lean where that is not looked at with the line itself (Marriott & Pope, Biometrika 41, 1954).
    """
    count = len(values)
    if count < _FEWEST_ON_LINE:
        return 0.0
    slope = line(values)[1]
    beside = [value - fitted for value, fitted in zip(values, _on_line(values), strict=True)]
    squares = sum([off * off for off in beside])
    if not squares:
        return 1.0
    leaning = sum([one * two for one, two in pairwise(beside)]) / squares
    leaning = min(_MOST_LEANING, max(0.0, leaning + (1 + 4 * leaning) / count))
    error = 12 * squares / (count - 2) / (count**3 - count) * (1 + leaning) / (1 - leaning)
    return slope * slope / (slope * slope + _LINE_UNPROVEN * error)


def _on_line(values: Sequence[float]) -> list[float]:
    start, slope = line(values)
    return [start + slope * place for place in range(1, len(values) + 1)]


def _off(values: Sequence[float], fitted: Sequence[float]) -> float:
    return sum([(one - two) ** 2 for one, two in zip(values, fitted, strict=True)])
