"""How far from a forecast the values come to lie: what it was off by before, and fat tails."""

from collections.abc import Mapping, Sequence
from math import atan, cos, log, pi, sin, sqrt

QUANTILES: Mapping[int, float] = {80: 1.4759, 95: 2.5706}
"""Of Student's t with five degrees of freedom: so many of a hundred lie within so many spreads."""

_FURTHEST, _HALVINGS = 1000.0, 50
"""Spreads within which every outcome is looked for, and how often these are halved."""

FITTED_PARAMETERS = 4
"""A level, a slope, a smoothing and a trend's are fitted to the values that errors are seen in."""

LEAST_SHARE = 1 / 8
"""Of the values so many are left at least to tell errors by, whatever was fitted to them."""

T_SCALE, UNSEEN = sqrt(3 / 5), 1.16
"""Of Student's t with five degrees a standard deviation is 1.29 scales, and what comes is so much
further off than what the same methods were chosen by."""

RANDOM_WALK_POWER, RANDOM_WALK_WEIGHT = 0.5, 8
"""Errors grow with the root of the steps, as a random walk's do, until as many say otherwise."""

Errors = Mapping[int, Sequence[float]]
"""By how many steps ahead, what a forecast of values that are known by now was off by."""


def share_below(spreads: float) -> float:
    """The share of outcomes below so many spreads: Student's t with five degrees of freedom.

    Its kurtosis is 9, three times that of a normal: forecasts that are off by much are off by far
    more than their usual error tells (Makridakis et al., International Journal of Forecasting 3,
    1987; Chatfield, Journal of Business & Economic Statistics 11, 1993).
    """
    angle = atan(spreads / sqrt(5))
    sine, cosine = sin(angle), cos(angle)
    share = 0.5 + (angle + sine * cosine * (1 + 2 * cosine * cosine / 3)) / pi
    return max(0.0, min(1.0, share))


def spreads_below(share: float) -> float:
    """How many spreads that share of outcomes lies below: `share_below` turned round."""
    low, high = -_FURTHEST, _FURTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if share_below(middle) < share else (low, middle)
    return (low + high) / 2


def error_spreads(
    errors: Errors, length: int, horizon: int, fitted: float = FITTED_PARAMETERS
) -> list[float]:
    """How far off a forecast of each step is, as the scale of Student's t with five degrees.

    The error of one step, and by how much it grows with more of them; it grows like a power, which
    is drawn towards a random walk's as far as few errors tell. What was fitted to the same values
    makes them look closer than the next ones will come: so many parameters, those of a season among
    them, are made up for as in a regression of a series of that length.
    """
    sizes = {
        step: sqrt(sum(off * off for off in offs) / len(offs)) for step, offs in errors.items()
    }
    first = sizes.get(1, 0.0)
    if not first:
        return [0.0] * horizon
    above, weights = RANDOM_WALK_POWER * RANDOM_WALK_WEIGHT, float(RANDOM_WALK_WEIGHT)
    for step, size in sizes.items():
        if step > 1 and size:
            weight = len(errors[step]) / step * log(step) ** 2
            above += weight * log(size / first) / log(step)
            weights += weight
    power = max(0.0, min(1.0, above / weights))
    first *= T_SCALE * UNSEEN * sqrt(length / max(length - fitted, LEAST_SHARE * length))
    return [first * step**power for step in range(1, horizon + 1)]
