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
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, inf, log

from kpicli.stats.outliers import ABOVE_ZERO
from kpicli.stats.seasonality import SEASONS_NEEDED
from kpicli.stats.smoothing import Path, damped_trend, drift, line, linear_trend, theta

_SHRINKAGE_GROWING, _SHRINKAGE_UNPROVEN = 0.5, 9
"""The squares of how many standard errors a slope has to be worth to be believed by half."""

_FLOOR_SHARE = 0.05
"""Nothing is expected below this share of the least value, where no method goes below zero."""

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
        share_known = min(1.0, len(level) / (SEASONS_NEEDED * season)) if season > 1 else 1.0
        share_known += (1 - share_known) * _trust(level, _SHRINKAGE_UNPROVEN) ** 2
        paths = (*holding, *self._growing())
        self.paths = [path.slowed(share_known) for path in paths] if share_known < 1 else paths

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

    def ahead(self, places: slice, steps: int) -> list[list[float]]:
        """What they expect so many steps on from each place, least first.

        It is not near zero, nor below it, if none was.
        """
        expected = zip(*(path.ahead(places, steps) for path in self.paths), strict=True)
        return [sorted([max(self._floor, value) for value in each]) for each in expected]


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
