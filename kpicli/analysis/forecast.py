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
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import inf, isfinite, log, sqrt
from typing import NamedTuple

from kpicli.analysis.outlook import Outlook
from kpicli.analysis.season import season_of
from kpicli.analysis.smoothing import damped_trend, drift, linear_trend, theta
from kpicli.analysis.spread import QUANTILES, Errors, spreads
from kpicli.errors import KpiError

FEWEST = 6
"""Known values without which nothing is said."""

_STEPS = (1, 2, 3, 4, 6, 8, 12, 18)
"""So far ahead errors are looked at; what lies between them grows alike."""

_WILDEST = 1.0
"""A usual error beyond a factor of e: in percent there is no saying how far off it is."""

_ABOVE_ZERO = 1e-9
"""Of the greatest value: a smaller one is as good as zero, and has no logarithm that tells much."""

_LEAST = 0.05
"""A method that expects next to nothing counts as one that expects this share of the middle."""


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
    `horizon` is not at least 1. The method and its sources stand in this module's first lines.
    """
    if season < 1 or horizon < 1:
        raise KpiError("season and horizon are at least 1", hint="season=1 is for no season")
    try:
        numbers = [None if value is None else float(value) for value in values]
    except OverflowError:
        numbers = [inf]
    if not all(value is None or isfinite(value) for value in numbers):
        raise KpiError("values must be finite numbers", hint="put None for one that is missing")
    found = outlook(numbers, season, horizon, low=low, high=high)
    if found is None:
        known = sum(value is not None for value in numbers)
        raise KpiError(f"{known} values are too few", hint=f"a forecast takes {FEWEST} of them")
    ahead = range(horizon)
    intervals = {level: tuple(found.interval(step, level) for step in ahead) for level in QUANTILES}
    return Forecast(found.points, intervals)


def outlook(
    values: Sequence[float | None],
    season: int = 1,
    horizon: int = 12,
    *,
    low: float | None = None,
    high: float | None = None,
) -> Outlook | None:
    """The same for those who ask for chances; nothing where fewer than 6 values are known."""
    known = [at for at, value in enumerate(values) if value is not None]
    if len(known) < FEWEST:
        return None
    given, late = values[known[0] : known[-1] + 1], len(values) - 1 - known[-1]
    whole = _filled(given)
    unit = max(map(abs, whole)) or 1.0
    whole = [value / unit for value in whole]
    found = season_of(whole, season)
    seen = [at for at, value in enumerate(given) if value is not None]
    ahead = _ahead(found.taken_off(whole), seen, late + horizon, is_factor=found.is_growth)
    places = range(late, late + horizon)
    offs = [
        ahead.spreads[at]
        if ahead.is_log
        else unit * ahead.spreads[at] * found.widened(len(whole) + at)
        for at in places
    ]
    middles = [unit * found.put_on(ahead.middles[at], len(whole) + at) for at in places]
    bounds = (-inf if low is None else low, inf if high is None else high)
    return Outlook(tuple(middles), tuple(offs), ahead.is_log, *bounds)


def _filled(values: Sequence[float | None]) -> list[float]:
    """A gap lies on the straight line between the values on both sides of it."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    found = [known[0][1]]
    for (at, before), (next_, after) in pairwise(known):
        found += [
            before + (after - before) * (place - at) / (next_ - at)
            for place in range(at + 1, next_ + 1)
        ]
    return found


def _ahead(
    level: Sequence[float], seen: Sequence[int], horizon: int, *, is_factor: bool
) -> Outlook:
    """The outlook of a series without a season; errors are of the values that were `seen`.

    They are factors where they can be, and differences where no factor tells how far off it is.
    """
    methods = _Methods(level)
    last = slice(len(level) - 1, len(level))
    four = [methods.ahead(last, step)[0] for step in range(1, horizon + 1)]
    middles = [_middle(each) for each in four]
    for is_log in (True, False) if is_factor and methods.are_above_zero else (False,):
        offs = spreads(_errors(methods, seen, horizon, is_log=is_log), len(seen), horizon)
        if not is_log or offs[0] <= _WILDEST:
            break
    wide = [
        sqrt(off * off + _disagreement(each, middle, is_log=is_log))
        for off, each, middle in zip(offs, four, middles, strict=True)
    ]
    return Outlook(tuple(middles), tuple(wide), is_log)


class _Methods:
    """The four, fitted to a series."""

    def __init__(self, level: Sequence[float]) -> None:
        self.level = level
        self.are_above_zero = min(level) > _ABOVE_ZERO
        grown: Sequence[float] = [log(value) for value in level] if self.are_above_zero else level
        widest = max(grown) - min(grown) if self.are_above_zero else inf
        self.paths = (
            damped_trend(level),
            theta(level),
            *(
                path._replace(is_log=self.are_above_zero, widest=widest)
                for path in (linear_trend(grown), drift(grown))
            ),
        )

    def ahead(self, places: slice, steps: int) -> list[list[float]]:
        """What they expect so many steps on from each place, least first.

        It is nothing below zero if none was.
        """
        expected = zip(*(path.ahead(places, steps) for path in self.paths), strict=True)
        if self.are_above_zero:
            return [sorted([max(0.0, value) for value in each]) for each in expected]
        return [sorted(each) for each in expected]


def _middle(four: Sequence[float]) -> float:
    return (four[1] + four[2]) / 2


def _disagreement(four: Sequence[float], middle: float, *, is_log: bool) -> float:
    """The variance of the four, as a part of that of what is to come."""
    offs = [log(max(one / middle, _LEAST)) if is_log else one - middle for one in four]
    mean = sum(offs) / len(offs)
    return sum([(off - mean) ** 2 for off in offs]) / len(offs)


def _errors(methods: _Methods, seen: Sequence[int], horizon: int, *, is_log: bool) -> Errors:
    """What the middle of the four was off by, so many steps ahead of each value but the first."""
    level, found = methods.level, {}
    known, begin = set(seen), min(4, len(level) // 3)
    for step in _STEPS:
        if step > min(horizon, len(level) // 2):
            break
        places = range(begin, len(level) - step)
        middles = map(_middle, methods.ahead(slice(begin, len(level) - step), step))
        pairs = [
            (level[at + step], middle)
            for at, middle in zip(places, middles, strict=True)
            if at + step in known
        ]
        if pairs:
            found[step] = [
                log(value / middle) if is_log else value - middle for value, middle in pairs
            ]
    return found
