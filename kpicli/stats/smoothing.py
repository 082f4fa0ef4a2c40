"""Four ways to carry a series on: each a level and a slope at every value of it."""

from collections.abc import Sequence
from itertools import product
from math import exp, inf
from typing import NamedTuple

_SMOOTHING = (0.05, 0.2, 0.4, 0.6, 0.8, 1.0)
_TREND = (0.0, 0.05, 0.2, 0.5)
_DAMPING = (0.8, 0.9, 0.98)
_LINES = (1.0, 1.5, 2.0, 3.0, 6.0)
"""Where each search begins; no method is sensitive to more than two digits of these."""

_START = 5
"""Values that a level and a slope begin with."""

_MOST = 700.0
"""The natural logarithm of about the greatest float."""


class Path(NamedTuple):
    """What a method knew at each value: it goes on from the level by the slope.

    Each further step adds `damping` times what the one before added. One that `is_log` is a path of
    the logarithms; `widest` is as far as it ever goes from a level.
    """

    levels: Sequence[float]
    slopes: Sequence[float]
    damping: float = 1.0
    is_log: bool = False
    widest: float = inf

    def reach(self, steps: int) -> float:
        """How many slopes so many steps are worth."""
        if self.damping == 1:
            return float(steps)
        return self.damping * (1 - self.damping**steps) / (1 - self.damping)

    def slowed(self, share: float) -> "Path":
        """The path with a share of each slope."""
        return self._replace(slopes=[share * slope for slope in self.slopes])

    def ahead(self, places: slice, steps: int) -> list[float]:
        """The values so many steps on from each of these places."""
        reach = self.reach(steps)
        pairs = zip(self.levels[places], self.slopes[places], strict=True)
        if not self.is_log:
            return [level + reach * slope for level, slope in pairs]
        most = self.widest
        found = []
        for level, slope in pairs:
            change = reach * slope
            if change > most or -change > most:
                change = most if change > 0 else -most
            end = level + change
            found.append(exp(end) if -_MOST < end < _MOST else exp(_MOST if end > 0 else -_MOST))
        return found


def damped_trend(values: Sequence[float]) -> Path:
    """Exponential smoothing with a trend that fades (Gardner & McKenzie 1985)."""
    return _holt(values, _DAMPING)


def linear_trend(values: Sequence[float]) -> Path:
    """Exponential smoothing with a trend that goes on (Holt 1957)."""
    return _holt(values, (1.0,))


def simple(values: Sequence[float]) -> tuple[float, list[float]]:
    """The smoothing of the least squared error, and the level at each value (Brown 1956)."""
    best = (inf, 0.0)
    for percent in range(5, 101, 5):
        share, level, loss = percent / 100, values[0], 0.0
        for value in values:
            error = value - level
            loss += error * error
            level += share * error
        best = min(best, (loss, share))
    share, level, levels = best[1], values[0], []
    for value in values:
        level += share * (value - level)
        levels.append(level)
    return share, levels


def drift(values: Sequence[float]) -> Path:
    """Simple exponential smoothing that drifts by the slope of the line through all values.

    The Theta method is the same with half of that slope (Hyndman & Billah 2003).
    """
    slope = line(values)[1]
    share, levels = simple(values)
    rest, drifted = 1.0, []
    for level in levels:
        rest *= 1 - share
        drifted.append(level + slope * ((1 - rest) / share - 1))
    return Path(drifted, [slope] * len(values))


def theta(values: Sequence[float]) -> Path:
    """The dynamic optimised Theta model (Fiorucci et al., Int. Journal of Forecasting 32, 2016).

    The line that drifts is fitted anew to all values up to each, and how much of it counts, 1 - 1/θ
    with θ of at least one, is found together with the smoothing.
    """
    lines = _lines(values)
    best = (inf, 0.0, 0.0)
    for share in _SMOOTHING:
        errors, pulls = _pulls(values, lines, share)
        for curve in _LINES:
            part = 1 - 1 / curve
            loss = sum([abs(one - part * pull) for one, pull in zip(errors, pulls, strict=True)])
            best = min(best, (loss, share, part))
    _, share, part = best
    level, rest, levels = values[0], 1.0, []
    for value, (start, slope) in zip(values, lines, strict=True):
        level += share * (value - level)
        rest *= 1 - share
        drifted = rest * start + ((1 - rest * (1 - share)) / share - 1) * slope
        levels.append(level + part * drifted)
    return Path(levels, [part * slope for _, slope in lines])


def line(values: Sequence[float]) -> tuple[float, float]:
    """Where the line of least squares stands one step before the first value, and its slope."""
    count = len(values)
    middle = (count - 1) / 2
    products = sum([(at - middle) * value for at, value in enumerate(values)])
    slope = 12 * products / (count * (count * count - 1))
    return sum(values) / count - slope * (middle + 1), slope


def _holt(values: Sequence[float], dampings: Sequence[float]) -> Path:
    """By the least sum of absolute errors, which an outlier does not rule."""
    start = line(values[:_START])
    best = (inf, 0.0, 0.0, 0.0)
    for damping, share, part in product(dampings, _SMOOTHING, _TREND):
        loss = _holt_loss(values, (damping, share, part), start, best[0])
        best = min(best, (loss, damping, share, part))
    for step in (0.5, 0.25):
        _, damping, share, part = best
        for more, most in product((1 - step, 1, 1 + step), repeat=2):
            near = (damping, min(share * more, 1.0), min(part * most, 1.0))
            best = min(best, (_holt_loss(values, near, start, best[0]), *near))
    _, damping, share, part = best
    level, slope = start
    levels, slopes = [], []
    for value in values:
        expected = level + damping * slope
        error = value - expected
        level, slope = expected + share * error, damping * slope + share * part * error
        levels.append(level)
        slopes.append(slope)
    return Path(levels, slopes, damping)


def _holt_loss(
    values: Sequence[float],
    by: tuple[float, float, float],
    start: tuple[float, float],
    most: float,
) -> float:
    """The sum of the absolute errors, or of as many as are over `most` together."""
    damping, share, part = by
    level, slope = start
    trend_share, loss = share * part, 0.0
    for value in values:
        slope *= damping
        level += slope
        error = value - level
        loss += error if error > 0 else -error
        if loss > most:
            break
        level += share * error
        slope += trend_share * error
    return loss


def _lines(values: Sequence[float]) -> list[tuple[float, float]]:
    """The line of least squares through the values up to each, as in `line`."""
    mean, slope = values[0], 0.0
    lines = [(mean, slope)]
    for count, value in enumerate(values[1:], 2):
        slope = ((count - 2) * slope + 6 * (value - mean) / count) / (count + 1)
        mean += (value - mean) / count
        lines.append((mean - (count + 1) / 2 * slope, slope))
    return lines


def _pulls(
    values: Sequence[float], lines: Sequence[tuple[float, float]], share: float
) -> tuple[list[float], list[float]]:
    """The errors of simple smoothing from the second value on, and what the line adds to each."""
    level, rest = values[0], 1 - share
    errors, pulls = [], []
    for value, (start, slope) in zip(values[1:], lines, strict=False):
        errors.append(value - level)
        pulls.append(rest * start + (1 - rest * (1 - share)) / share * slope)
        level += share * (value - level)
        rest *= 1 - share
    return errors, pulls
