"""What comes next: the middle of four simple forecasts, and how sure that is.

The four, and how much of a trend each goes on with, stand in `four_forecasts`.

A season is taken off before and put on again after; a latest value that is far off its season is
followed in part, and a step to another level at once. How far a forecast is off is seen in the
values themselves, each forecast from those before it, in how far the four disagree, in what is
unsure of the season, and in what was moved: a step that came once may come again.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import inf, isfinite, log, sqrt

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.stats.four_forecasts import FourForecasts
from kpicli.stats.outliers import (
    interpolate,
    outlier_places,
    with_shift_followed,
    with_surprise_cut,
)
from kpicli.stats.prediction_error import (
    FITTED_PARAMETERS,
    LEVELS,
    Errors,
    chance_of,
    error_spreads,
    freedom_of,
)
from kpicli.stats.predictive_distribution import (
    FEWEST,
    MOST,
    MOST_DOUBT,
    PredictiveDistribution,
    Shares,
    grain_of,
)
from kpicli.stats.seasonality import Season, season_of

_LARGEST = 1e100

_STEPS = (1, 2, 4, 8, 12, 18)  # so far ahead errors are looked at; what lies between grows alike
_UNSURE_SHARE = 0.75  # of what is unsure of a season; the rest is in the errors before
_WILDEST = 0.5  # a usual error of two thirds more or less at any step: percent tell nothing more


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
    `horizon` is no whole number of at least 1. The method and its sources stand in the
    first lines of this module and of `four_forecasts`.
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
        level: tuple(distribution.interval(step, level) for step in ahead) for level in LEVELS
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
        message = "values must be numbers within ±1e100"
        raise KpiError(message, hint="None is for one that is missing")
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
    values = values[-MOST.get(season, len(values)) :]
    places_known = [at for at, value in enumerate(values) if value is not None]
    if len(places_known) < FEWEST:
        return None
    known, shares = [value for value in values if value is not None], None
    grain = grain_of(known)
    if low is not None and high is not None and low <= min(known) <= max(known) <= high > low:
        shares = Shares(low, high)
        values = [None if value is None else shares.root(value) for value in values]
    first, last = places_known[0], places_known[-1]
    observed, late = values[first : last + 1], len(values) - 1 - last
    unit = max(abs(value) for value in observed if value is not None) or 1.0
    whole = interpolate([None if value is None else value / unit for value in observed])
    seasonal = season_of(whole, season)
    sound = [at for at, value in enumerate(observed) if value is not None]
    level = seasonal.taken_off(whole)
    if outliers := outlier_places(level):
        level = interpolate([None if at in outliers else value for at, value in enumerate(level)])
        sound = [at for at in sound if at not in outliers]
    before = level
    if seasonal.indices:
        level = with_shift_followed(with_surprise_cut(level), season)
    is_share = shares is not None
    ahead = _ahead(level, sound, season, late + horizon, seasonal, before=before, is_share=is_share)
    places = range(late, late + horizon)
    units = [1 if ahead.is_log else unit * seasonal.widened(len(whole) + at) for at in places]
    offs = [spread * one for spread, one in zip(ahead.spreads[late:], units, strict=True)]
    middles = [unit * seasonal.put_on(ahead.middles[at], len(whole) + at) for at in places]
    bounds = (-inf if low is None else low, inf if high is None else high)
    doubt = min(MOST_DOUBT, 1 / (len(places_known) + 2) / 2)
    freedom = freedom_of(len(places_known))
    return PredictiveDistribution(
        tuple(middles), tuple(offs), ahead.is_log, *bounds, doubt, freedom, grain, shares
    )


def _ahead(
    level: Sequence[float],
    sound: Sequence[int],
    season: int,
    horizon: int,
    seasonal: Season,
    *,
    before: Sequence[float],
    is_share: bool,
) -> PredictiveDistribution:
    """The outlook of a series without a season; errors are of the values that are `sound`.

    They are factors where they can be, and differences where no factor tells how far off it is at
    any step, where what falls may go on below zero, and on a scale of shares: how far these stray
    is no matter of how large they are, nor far more the further ahead, nor after a step.
    """
    methods = FourForecasts(level, season, horizon)
    four, middles = methods.to_come(horizon)
    may_be_log = seasonal.is_growth and methods.are_above_zero and not methods.falls_through_zero
    may_be_log = may_be_log and not is_share
    share = methods.share_of_four
    fitted = share * FITTED_PARAMETERS + seasonal.parameters
    chance = chance_of(level)
    for is_log in (True, False) if may_be_log else (False,):
        errors = _errors(methods, sound, horizon, is_log=is_log)
        offs = error_spreads(
            errors,
            len(sound),
            horizon,
            fitted,
            season=season,
            share_moving=0.0 if is_share else share,
            chance=chance,
            is_log=is_log,
        )
        if not is_log or max(offs) <= _WILDEST:
            break
    moved = 0.0 if is_share else _moved(before, level, is_log=is_log)
    wide = [
        sqrt(
            off * off
            + _disagreement(estimates, middle, is_log=is_log)
            + _UNSURE_SHARE
            * seasonal.variance
            * (middle * middle if seasonal.is_factor and not is_log else 1)
            + moved
        )
        for off, estimates, middle in zip(offs, four, middles, strict=True)
    ]
    return PredictiveDistribution(tuple(middles), tuple(wide), is_log)


def _disagreement(four: Sequence[float], middle: float, *, is_log: bool) -> float:
    """The variance of the four, as a part of that of what is to come."""
    offs = [log(one / middle) if is_log else one - middle for one in four]
    mean = sum(offs) / len(offs)
    return sum([(off - mean) ** 2 for off in offs]) / len(offs)


def _moved(before: Sequence[float], after: Sequence[float], *, is_log: bool) -> float:
    """The variance of the steps that were taken out of a series: what came once may come again.

    On a scale of logarithms steps are shares of the greatest value, so that none is over 1.
    """
    unit = max(before) if is_log else 1.0
    moves = [(one - other) / unit for one, other in zip(before, after, strict=True)]
    return sum([(later - earlier) ** 2 for earlier, later in pairwise(moves)]) / len(moves)


def _errors(methods: FourForecasts, sound: Sequence[int], horizon: int, *, is_log: bool) -> Errors:
    """What the middle of the four was off by, so many steps ahead of each value but the first."""
    level, errors = methods.level, {}
    places_known, begin = set(sound), min(4, len(level) // 3)
    for step in _STEPS:
        if step > min(horizon, len(level) // 2):
            break
        places = range(begin, len(level) - step)
        middles = methods.middles(slice(begin, len(level) - step), step)
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
