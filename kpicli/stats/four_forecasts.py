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
chance; and until two and a half seasons are known, in which a season may look like a trend, of all
four as much as there is of these, but for one so steady that it can be nothing else.

Few values tell no trend, and hardly a level. Until there are several seasons of them, a forecast is
drawn to a level without a trend, the mean of simple exponential smoothing and of all values: by
half with as many as a season has less one, and by little where the climb is steady.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import exp, inf, log

from kpicli.stats.outliers import ABOVE_ZERO
from kpicli.stats.smoothing import Path, damped_trend, drift, line, linear_trend, simple, theta

_SHRINKAGE_GROWING, _SHRINKAGE_UNPROVEN = 0.5, 9
"""The squares of how many standard errors a slope has to be worth to be believed by half."""

SEASONS_NEEDED = 2.5
"""So many have to be known before a trend is told from a season."""

_FLOOR_SHARE = 0.05
"""Nothing is expected below this share of the least value, where no method goes below zero."""

_LONGEST = 12
"""Values of a season beyond which no more of them count for a level without a trend."""

_FAR_BETTER = 4
"""So many times better a straight line has to fit than steady growth in percent to be gone on."""


class FourForecasts:
    """The four, fitted to a series that may have a season of that length."""

    def __init__(self, level: Sequence[float], season: int, horizon: int) -> None:
        self.level = level
        holding = (damped_trend(level), theta(level))
        last = slice(len(level) - 1, len(level))
        self.falls_through_zero = min(path.ahead(last, horizon)[0] for path in holding) < 0
        self.are_above_zero = min(level) > ABOVE_ZERO
        self._floor = _FLOOR_SHARE * min(level) if self.are_above_zero else -inf
        steadiness = _trust(level, _SHRINKAGE_UNPROVEN) ** 2
        share_known = min(1.0, len(level) / (SEASONS_NEEDED * season)) if season > 1 else 1.0
        share_known += (1 - share_known) * steadiness
        paths = (*holding, *self._growing())
        self.paths = [path.slowed(share_known) for path in paths] if share_known < 1 else paths
        known, doubtful = len(level) ** 2, (min(season, _LONGEST) - 1) ** 2
        share = known / (known + doubtful)
        self._share = share + (1 - share) * steadiness**2
        self._levels = _levels(level) if self._share < 1 else level

    def _growing(self) -> tuple[Path, ...]:
        """The two that go on, in percent where a line in the unit does not fit far better."""
        level, is_log = self.level, False
        if self.are_above_zero:
            logs = [log(value) for value in level]
            grown = [exp(value) for value in _on_line(logs)]
            is_log = _FAR_BETTER * _off(level, _on_line(level)) > _off(level, grown)
            level = logs if is_log else level
        widest = max(level) - min(level) if is_log else inf
        trust = _trust(level, _SHRINKAGE_GROWING)
        return tuple(
            path.slowed(trust)._replace(is_log=is_log, widest=widest)
            for path in (linear_trend(level), drift(level))
        )

    def middles(self, places: slice, steps: int) -> list[float]:
        """What is expected so many steps on from each place."""
        return self.middles_of(self.ahead(places, steps), places)

    def middles_of(self, fours: Sequence[Sequence[float]], places: slice) -> list[float]:
        """The middle of each four, drawn to a level as far as few values tell no trend."""
        share, pairs = self._share, zip(fours, self._levels[places], strict=True)
        return [share * median_of_four(four) + (1 - share) * level for four, level in pairs]

    def ahead(self, places: slice, steps: int) -> list[list[float]]:
        """What they expect so many steps on from each place, least first.

        It is not near zero, nor below it, if none was.
        """
        floor = self._floor
        expected = zip(*(path.ahead(places, steps) for path in self.paths), strict=True)
        return [sorted([max(floor, value) for value in each]) for each in expected]


def _levels(values: Sequence[float]) -> list[float]:
    """The mean of simple exponential smoothing and of all values up to each."""
    means = [total / count for count, total in enumerate(accumulate(values), 1)]
    return [(one + mean) / 2 for one, mean in zip(simple(values)[1], means, strict=True)]


def _on_line(values: Sequence[float]) -> list[float]:
    """The line of least squares at each value."""
    start, slope = line(values)
    return [start + slope * place for place in range(1, len(values) + 1)]


def _off(values: Sequence[float], fitted: Sequence[float]) -> float:
    return sum([(one - two) ** 2 for one, two in zip(values, fitted, strict=True)])


def _trust(values: Sequence[float], doubt: float) -> float:
    """How much of a slope is more than chance: 1 of a steady climb, next to 0 of noise.

    It is t² / (t² + doubt), t being the mean change over its standard error: James & Stein (1961).
    """
    changes = [later - before for before, later in pairwise(values)]
    mean = sum(changes) / len(changes)
    scatter = _off(changes, [mean] * len(changes)) / (len(changes) - 1) / len(changes)
    return mean * mean / (mean * mean + doubt * scatter) if scatter else 1.0


def median_of_four(four: Sequence[float]) -> float:
    """The mean of the middle two; the least comes first."""
    return (four[1] + four[2]) / 2
