"""Forecasts to be beaten: Naive 2, exponential smoothing three times over, and the Theta method.

As the M competitions ran them: a series is seasonally adjusted by classical decomposition where its
autocorrelation at a season passes a 90% test (Assimakopoulos & Nikolopoulos 2000; Makridakis,
Spiliotis & Assimakopoulos 2020), carried on, and its season put on again. Parameters are those of
the least squared error on a fine grid.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import inf, sqrt

Method = Callable[[Sequence[float], int], list[float]]

_TWENTIETHS = [share / 20 for share in range(1, 20)] + [0.99]
_TRENDS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9)
_DAMPINGS = (0.8, 0.84, 0.88, 0.92, 0.95, 0.98)


def naive(values: Sequence[float], horizon: int) -> list[float]:
    """The last value again and again."""
    return [values[-1]] * horizon


def simple(values: Sequence[float], horizon: int) -> list[float]:
    """Single exponential smoothing."""
    return [_smoothed(values)[1]] * horizon


def holt(values: Sequence[float], horizon: int) -> list[float]:
    """Holt's linear trend."""
    return _trended(values, horizon, (1.0,))


def damped(values: Sequence[float], horizon: int) -> list[float]:
    """Gardner and McKenzie's damped trend."""
    return _trended(values, horizon, _DAMPINGS)


def theta(values: Sequence[float], horizon: int) -> list[float]:
    """The Theta method, as single exponential smoothing with half the slope of the line."""
    share, level = _smoothed(values)
    slope = _line(values)[1]
    start = (1 - (1 - share) ** len(values)) / share
    return [level + slope / 2 * (step + start) for step in range(horizon)]


def mean(values: Sequence[float], horizon: int) -> list[float]:
    """The mean of all values again and again."""
    return [sum(values) / len(values)] * horizon


def seasonal_naive(values: Sequence[float], season: int, horizon: int) -> list[float]:
    """The latest season again and again; of less than one the last value."""
    latest = values[-season:] if len(values) >= season else values[-1:]
    return [latest[step % len(latest)] for step in range(horizon)]


METHODS: Mapping[str, Method] = {
    "Naive 2": naive,
    "SES": simple,
    "Holt": holt,
    "damped trend": damped,
    "Theta": theta,
}


def forecasts(values: Sequence[float], season: int, horizon: int) -> dict[str, list[float]]:
    """What each expects of a series."""
    indices = _indices(values, season)
    adjusted = [value / indices[at % season] for at, value in enumerate(values)]
    return {
        name: [
            value * indices[(len(values) + step) % season]
            for step, value in enumerate(method(adjusted, horizon))
        ]
        for name, method in METHODS.items()
    }


def _indices(values: Sequence[float], season: int) -> Sequence[float]:
    """The seasonal factors, or ones where there is no season or none can be told."""
    if season == 1 or len(values) < 2 * season + 1 or min(values) <= 0:
        return [1.0] * season
    return _factors(values, season) if _is_seasonal(values, season) else [1.0] * season


def _is_seasonal(values: Sequence[float], season: int) -> bool:
    mean = sum(values) / len(values)
    off = [value - mean for value in values]
    total = sum(one * one for one in off)
    lagged = [
        sum(one * two for one, two in zip(off, off[lag:], strict=False)) / total if total else 0
        for lag in range(1, season + 1)
    ]
    limit = 1.645 * sqrt((1 + 2 * sum(one * one for one in lagged[:-1])) / len(values))
    return abs(lagged[-1]) > limit


def _factors(values: Sequence[float], season: int) -> list[float]:
    half = season // 2
    ratios: list[list[float]] = [[] for _ in range(season)]
    for at in range(half, len(values) - half):
        around = values[at - half : at + half + 1]
        total = sum(around) - (around[0] + around[-1]) / 2 * (season % 2 == 0)
        ratios[at % season].append(values[at] * season / total)
    means = [sum(found) / len(found) for found in ratios]
    return [mean * season / sum(means) for mean in means]


def _smoothed(values: Sequence[float]) -> tuple[float, float]:
    """The smoothing of the least squared error, and the level that it ends with."""
    best = (inf, 0.0, 0.0)
    for share in _TWENTIETHS:
        level, loss = values[0], 0.0
        for value in values:
            loss += (value - level) ** 2
            level += share * (value - level)
        best = min(best, (loss, share, level))
    return best[1:]


def _trended(values: Sequence[float], horizon: int, dampings: Iterable[float]) -> list[float]:
    start, best = _line(values[:5]), (inf, 0.0, 0.0, 1.0)
    for damping, share, part in product(dampings, _TWENTIETHS, _TRENDS):
        level, slope = start
        loss = 0.0
        for value in values:
            slope *= damping
            level += slope
            error = value - level
            loss += error * error
            if loss > best[0]:
                break
            level += share * error
            slope += share * part * error
        else:
            best = min(best, (loss, level, slope, damping))
    _, level, slope, damping = best
    found = []
    for _ in range(horizon):
        slope *= damping
        level += slope
        found.append(level)
    return found


def _line(values: Sequence[float]) -> tuple[float, float]:
    """Where the line of least squares stands one step before the first value, and its slope."""
    count, middle = len(values), (len(values) - 1) / 2
    products = sum((at - middle) * value for at, value in enumerate(values))
    slope = 12 * products / (count * (count * count - 1))
    return sum(values) / count - slope * (middle + 1), slope
