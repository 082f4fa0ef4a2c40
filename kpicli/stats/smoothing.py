"""Four ways to carry a series on: each a level and a slope at every value of it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from math import exp, inf

from kpicli.noun import NamedTuple

_SMOOTHING = (0.4, 0.2, 0.6, 0.05, 0.8, 1.0)
_TREND = (0.05, 0.0, 0.2, 0.5)
_DAMPING = (0.8, 0.9, 0.98)
_PARTS = tuple(1 - 1 / curve for curve in (1.0, 1.5, 2.0, 3.0, 6.0))
"""Where each search begins, likely ones first, so that others are soon seen to be worse."""
UNPROVEN = 9  # the square of the standard errors that a slope is worth where a season may be
_START = 5  # values that a level and a slope begin with
_MOST = 700.0  # the natural logarithm of about the greatest float


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
        return self._ends(self.levels[places], [reach * slope for slope in self.slopes[places]])

    def to_come(self, steps: int) -> list[float]:
        """The values of so many steps on from the last place."""
        changes = [self.reach(step) * self.slopes[-1] for step in range(1, steps + 1)]
        return self._ends([self.levels[-1]] * steps, changes)

    def _ends(self, levels: Sequence[float], changes: Sequence[float]) -> list[float]:
        """Where these changes lead from these levels, as values."""
        if not self.is_log:
            return [level + change for level, change in zip(levels, changes, strict=True)]
        most = self.widest
        if max(changes) > most or -min(changes) > most:
            changes = [max(-most, min(most, change)) for change in changes]
        ends = [level + change for level, change in zip(levels, changes, strict=True)]
        if max(ends) > _MOST or -min(ends) > _MOST:
            ends = [max(-_MOST, min(_MOST, end)) for end in ends]
        return list(map(exp, ends))


def damped_trend(values: Sequence[float]) -> Path:
    """Exponential smoothing with a trend that fades (Gardner & McKenzie 1985)."""
    return _holt(values, _DAMPING)


def linear_trend(values: Sequence[float]) -> Path:
    """Exponential smoothing with a trend that goes on (Holt 1957)."""
    return _holt(values, (1.0,))


def simple(values: Sequence[float]) -> tuple[float, list[float]]:
    """The smoothing of the least squared error, and the level at each value (Brown 1956)."""
    best = (inf, 0)
    for percent in range(10, 101, 10):
        best = min(best, (_simple_loss(values, percent / 100, best[0]), percent))
    for percent in (best[1] - 5, min(best[1] + 5, 100)):
        best = min(best, (_simple_loss(values, percent / 100, best[0]), percent))
    share, level = best[1] / 100, values[0]
    levels: list[float] = []
    for value in values:
        level += share * (value - level)
        levels.append(level)
    return share, levels


def _simple_loss(values: Sequence[float], share: float, most: float) -> float:
    """The sum of the squared errors, or of as many as are over `most` together."""
    level, loss = values[0], 0.0
    for value in values:
        error = value - level
        loss += error * error
        if loss > most:
            break
        level += share * error
    return loss


def drift(
    values: Sequence[float], part: float = 1.0, smoothing: tuple[float, list[float]] | None = None
) -> Path:
    """Simple exponential smoothing that drifts by a part of the slope of the line through all.

    Half of it makes the Theta method (Hyndman & Billah 2003); `smoothing` is that of `simple`.
    """
    slope, (share, levels) = part * line(values)[1], smoothing or simple(values)
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
        least, (errors, pulls) = inf, _pulls(values, lines, share)
        for part in _PARTS:
            loss = sum([abs(one - part * pull) for one, pull in zip(errors, pulls, strict=True)])
            if loss > least:  # A sum of absolute values has one valley.
                break
            least = loss
            best = min(best, (loss, share, part))
    _, share, part = best
    level, rest, levels = values[0], 1.0, []
    for value, (start, slope) in zip(values, lines, strict=True):
        level += share * (value - level)
        rest *= 1 - share
        drifted = rest * start + ((1 - rest * (1 - share)) / share - 1) * slope
        levels.append(level + part * drifted)
    return Path(levels, [part * slope for _, slope in lines])


def discounted_mean(values: Iterable[float], kept: float) -> float:
    """Their mean, of which each counts for so much of the one after it."""
    total = weight = 0.0
    for value in values:
        total, weight = kept * total + value, kept * weight + 1
    return total / weight


def line(values: Sequence[float]) -> tuple[float, float]:
    """Where the line of least squares stands one step before the first value, and its slope."""
    count = len(values)
    middle = (count - 1) / 2
    products = sum([(at - middle) * value for at, value in enumerate(values)])
    slope = 12 * products / (count * (count * count - 1))
    return sum(values) / count - slope * (middle + 1), slope


def slope_trust(values: Sequence[float], doubt: float) -> float:
    """How much of a slope is more than chance: 1 of a steady climb, next to 0 of noise.

    It is t² / (t² + doubt), t being the mean change over its standard error: James & Stein (1961).
    """
    changes = [later - before for before, later in pairwise(values)]
    mean = sum(changes) / len(changes)
    scatter = sum([(change - mean) ** 2 for change in changes]) / (len(changes) - 1) / len(changes)
    return mean * mean / (mean * mean + doubt * scatter) if scatter else 1.0


def _holt(values: Sequence[float], dampings: Sequence[float]) -> Path:
    """By the least sum of absolute errors, which an outlier does not rule."""
    start = line(values[:_START])
    best = (inf, 0.0, 0.0, 0.0)

    def nearest(candidates: Iterable[tuple[float, float, float]]) -> None:
        nonlocal best
        for by in candidates:
            best = min(best, (_holt_loss(values, by, start, best[0]), *by))

    middle = dampings[len(dampings) // 2]
    nearest((middle, share, part) for share, part in product(_SMOOTHING, _TREND))
    nearest((damping, *best[2:]) for damping in dampings if damping != middle)
    for step in (0.5, 0.25):
        _, damping, share, part = best
        around = {
            (damping, min(share * more, 1.0), min(part * most, 1.0))
            for more, most in product((1 - step, 1, 1 + step), repeat=2)
        }
        nearest(sorted(around - {best[1:]}))
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
    values: Sequence[float], by: Sequence[float], start: tuple[float, float], most: float
) -> float:
    """The sum of the absolute errors, or of as many as are over `most` together."""
    (damping, share, part), (level, slope) = by, start
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
    level, kept = values[0], 1 - share
    rest, errors, pulls = kept, [], []
    for value, (start, slope) in zip(values[1:], lines, strict=False):
        error = value - level
        errors.append(error)
        pulls.append(rest * start + (1 - rest * kept) / share * slope)
        level += share * error
        rest *= kept
    return errors, pulls
