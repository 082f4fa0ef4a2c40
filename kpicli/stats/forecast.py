"""What comes next: the middle of four simple forecasts, and how sure that is.

The four are two that hold back, in the unit (a damped trend, and the dynamic optimised Theta
model), and two that go on growing, in percent (Holt's trend and a drift, both of the logarithms,
where all values are above zero). The forecast is the mean of the middle two of them. No method is
best for all series; the median of a few simple ones that err differently is hard to beat
(Makridakis & Hibon, The M3-Competition, International Journal of Forecasting 16, 2000; Petropoulos
& Svetunkov, A simple combination of univariate models, the same 36, 2020). Of the Theta method
(Assimakopoulos & Nikolopoulos, the same 16, 2000) and damped trends (Gardner & McKenzie, Management
Science 31, 1985), which do best alone, the median keeps what they agree on.

A season is taken off before and put on again after. How far a forecast is off is seen in the values
themselves, each forecast from those before it, and in how far the four disagree.

No trend is gone on with as it is found. Of the two that grow only as much is kept as is more than
chance; and until two and a half seasons are known, in which a season may look like a trend, of all
four as much as there is of these, but for one so steady that it can be nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import exp, inf, isfinite, log, sqrt
from typing import NamedTuple

from kpicli.errors import KpiError
from kpicli.stats.outliers import ABOVE_ZERO, interpolate, outlier_places
from kpicli.stats.prediction_error import QUANTILES, Errors, error_spreads
from kpicli.stats.predictive_distribution import PredictiveDistribution
from kpicli.stats.seasonality import SEASONS_NEEDED, season_of
from kpicli.stats.smoothing import Path, damped_trend, drift, line, linear_trend, theta

FEWEST = 6
"""Known values without which nothing is said."""

_LARGEST = 1e100

_SHRINKAGE_GROWING, _SHRINKAGE_UNPROVEN = 0.5, 9
"""The squares of how many standard errors a slope has to be worth to be believed by half."""

_STEPS = (1, 2, 3, 4, 6, 8, 12, 18)
"""So far ahead errors are looked at; what lies between them grows alike."""

_WILDEST = 1.0
"""A usual error beyond a factor of e: in percent there is no saying how far off it is."""

_FLOOR_SHARE = 0.05
"""Nothing is expected below this share of the least value, where no method goes below zero."""

_FAR_BETTER = 4
"""So many times better a straight line has to fit than steady growth in percent to be gone on."""


class Forecast(NamedTuple):
    """What `forecast` answers: points, and by level in percent the interval of each."""

    points: tuple[float, ...]
    intervals: Mapping[int, tuple[tuple[float, float], ...]]


def forecast(
    values: Iterable[float | Decimal | Fraction | None],
    season: int = 12,
    horizon: int = 18,
    *,
    low: float | None = None,
    high: float | None = None,
) -> Forecast:
    """Points and 80 and 95 percent prediction intervals of what follows some values.

    The values are equally far apart and the oldest comes first; `None` is a gap. `season` is how
    many make one season that may repeat, 12 for months and 1 for none; whether one does is for the
    values to say. Nothing lies below `low` or above `high`, such as 0 and 100 of a percentage.
    Raises `KpiError` for fewer than 6 values, for one that is not finite, and where `season` or
    `horizon` is no whole number of at least 1. The method and its sources stand in this module's
    first lines.
    """
    _require_whole(season=season, horizon=horizon)
    numbers = [None if value is None else _finite(value) for value in values]
    least, most = (None if edge is None else _finite(edge) for edge in (low, high))
    if least is not None and most is not None and least > most:
        raise KpiError("low is above high", hint="give the lower bound as low")
    distribution = predictive_distribution(numbers, season, horizon, low=least, high=most)
    if distribution is None:
        count = sum(value is not None for value in numbers)
        raise KpiError(f"{count} values are too few", hint=f"a forecast takes {FEWEST} of them")
    ahead = range(horizon)
    intervals = {
        level: tuple(distribution.interval(step, level) for step in ahead) for level in QUANTILES
    }
    return Forecast(distribution.points, intervals)


def _require_whole(**numbers: int) -> None:
    for name, number in numbers.items():
        if number != int(number) or number < 1:
            raise KpiError(f"{name} is a whole number of at least 1", hint="season=1 is for none")


def _finite(value: float | Decimal | Fraction) -> float:
    """Within what can be reckoned with: no infinity, and nothing that leads there."""
    try:
        number = float(value)
    except (OverflowError, TypeError, ValueError):
        number = inf
    if not isfinite(number) or abs(number) > _LARGEST:
        raise KpiError(
            "values must be numbers within ±1e100", hint="None is for one that is missing"
        )
    return number


def predictive_distribution(
    values: Sequence[float | None],
    season: int = 1,
    horizon: int = 12,
    *,
    low: float | None = None,
    high: float | None = None,
) -> PredictiveDistribution | None:
    """The distribution of what follows some values; `None` where fewer than 6 are known.

    Arguments are those of `forecast`.
    """
    places_known = [at for at, value in enumerate(values) if value is not None]
    if len(places_known) < FEWEST:
        return None
    observed, late = (
        values[places_known[0] : places_known[-1] + 1],
        len(values) - 1 - places_known[-1],
    )
    unit = max(abs(value) for value in observed if value is not None) or 1.0
    whole = interpolate([None if value is None else value / unit for value in observed])
    seasonal = season_of(whole, season)
    sound = [at for at, value in enumerate(observed) if value is not None]
    level = seasonal.taken_off(whole)
    if outliers := outlier_places(level):
        level = interpolate([None if at in outliers else value for at, value in enumerate(level)])
        sound = [at for at in sound if at not in outliers]
    ahead = _ahead(level, sound, season, late + horizon, is_factor=seasonal.is_growth)
    places = range(late, late + horizon)
    offs = [
        ahead.spreads[at]
        if ahead.is_log
        else unit * ahead.spreads[at] * seasonal.widened(len(whole) + at)
        for at in places
    ]
    middles = [unit * seasonal.put_on(ahead.middles[at], len(whole) + at) for at in places]
    bounds = (-inf if low is None else low, inf if high is None else high)
    doubt = 1 / (len(places_known) + 2) / 2
    return PredictiveDistribution(tuple(middles), tuple(offs), ahead.is_log, *bounds, doubt)


def _ahead(
    level: Sequence[float], sound: Sequence[int], season: int, horizon: int, *, is_factor: bool
) -> PredictiveDistribution:
    """The outlook of a series without a season; errors are of the values that were `seen`.

    They are factors where they can be, and differences where no factor tells how far off it is, or
    where what falls may go on below zero.
    """
    methods = _Methods(level, season, horizon)
    last = slice(len(level) - 1, len(level))
    four = [methods.ahead(last, step)[0] for step in range(1, horizon + 1)]
    middles = [_middle(estimates) for estimates in four]
    may_be_log = is_factor and methods.are_above_zero and not methods.falls_through_zero
    for is_log in (True, False) if may_be_log else (False,):
        offs = error_spreads(_errors(methods, sound, horizon, is_log=is_log), len(sound), horizon)
        if not is_log or offs[0] <= _WILDEST:
            break
    wide = [
        sqrt(off * off + _disagreement(estimates, middle, is_log=is_log))
        for off, estimates, middle in zip(offs, four, middles, strict=True)
    ]
    return PredictiveDistribution(tuple(middles), tuple(wide), is_log)


class _Methods:
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


def _middle(four: Sequence[float]) -> float:
    return (four[1] + four[2]) / 2


def _disagreement(four: Sequence[float], middle: float, *, is_log: bool) -> float:
    """The variance of the four, as a part of that of what is to come."""
    offs = [log(one / middle) if is_log else one - middle for one in four]
    mean = sum(offs) / len(offs)
    return sum([(off - mean) ** 2 for off in offs]) / len(offs)


def _errors(methods: _Methods, sound: Sequence[int], horizon: int, *, is_log: bool) -> Errors:
    """What the middle of the four was off by, so many steps ahead of each value but the first."""
    level, errors = methods.level, {}
    places_known, begin = set(sound), min(4, len(level) // 3)
    for step in _STEPS:
        if step > min(horizon, len(level) // 2):
            break
        places = range(begin, len(level) - step)
        middles = map(_middle, methods.ahead(slice(begin, len(level) - step), step))
        pairs = [
            (level[at + step], middle)
            for at, middle in zip(places, middles, strict=True)
            if at + step in places_known
        ]
        if pairs:
            errors[step] = [
                log(value / middle) if is_log else value - middle for value, middle in pairs
            ]
    return errors
