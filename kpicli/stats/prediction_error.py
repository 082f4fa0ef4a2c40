"""How far from a forecast the values come to lie: what it was off by before, and fat tails."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import atan, cos, exp, log, pi, sin, sqrt

from kpicli.stats.mann_kendall import squares_around_mean
from kpicli.stats.smoothing import discounted_mean

LEVELS = (80, 95)  # of a hundred outcomes so many lie within a prediction interval
MOST_FREEDOM, LEAST_FREEDOM = 5, 3  # degrees of Student's t: told by many errors, and by few

QUANTILES: Mapping[int, Mapping[int, float]] = {
    3: {80: 1.6377, 95: 3.1824},
    4: {80: 1.5332, 95: 2.7764},
    5: {80: 1.4759, 95: 2.5706},
    9: {80: 1.3830, 95: 2.2622},
}
"""By degrees of freedom: within how many spreads each level lies; nine are for sums of days."""

_FURTHEST, _HALVINGS = 1000.0, 50  # spreads in which outcomes are looked for, and halvings of these
LEVEL_AND_SLOPE = 2  # are fitted to the values that tell how far off they are
MONTHS = 12  # of a season
FITTED_PARAMETERS = 4  # a level, a slope, a smoothing and a trend's are fitted to the values
LEAST_SHARE = 1 / 8  # of the values are left at least to tell errors by, whatever was fitted
T_SCALE = sqrt(3 / 5)  # of Student's t with five degrees a standard deviation is 1.29 scales
UNSEEN, UNSEEN_YEAR, UNSEEN_SEASON = 1.07, 0.98, 1.18
"""What comes is so much further off than what methods were chosen by, where there are seasons,
none, or less than one is known: found on M1, M3 and the tourism competition."""
RECENT_SHARE, RECENT_KEPT = 0.4, 0.7
"""So much of the variance to come is that of the latest errors, and each counts for so much of the
one after it: errors come in spells (Engle, Econometrica 50, 1982)."""
USUAL, USUAL_SHARE, USUAL_MOST = 0.07, 0.2, 2.0
"""What logarithms are usually off by, how far they are drawn to it, and by what factor it can lie
off: found on the M1 and the tourism competition, as they hold on M3."""
USUAL_MONTH, MONTH_MOST, MONTHS_TELL, MONTHS_TOLD = 0.065, 20.0, 18, 25
"""The same of months, which are drawn to it by (18 / (n + 25))² where n errors are known: by 0.4 of
three, by 0.02 of a hundred. How calm a few months were does not last: without it the 80% intervals
of six to twelve of them held 53 to 63% of the calmest fifth of series, on all three sets."""
CALMER_MOST, CHANCE_TOLD = 0.5, 3
"""Wild months are drawn by so much of a logarithm at most, and by none of it where each strays by
itself, as far as n / (n + 3) of that are told: chance stays as wild as it is, a season passes."""
LEANING, ALONE = 1.2, 1.8  # of von Neumann's ratio: of a season or a trend, and of chance alone
NORMAL_ROOT = sqrt(pi / 2)
"""Root mean square over mean of normal errors; where a few great ones make it more, a quarter of
the width that those took is given back."""
STEADIER, NEARER = 0.15, 0.08
"""By so much less of a power do the errors of a level without a trend grow, and by such a share is
the next one further off."""
RANDOM_WALK_POWER, RANDOM_WALK_WEIGHT = 0.5, 8
"""Errors grow with the root of the steps, as a random walk's do, until as many say otherwise."""
Errors = Mapping[int, Sequence[float]]  # by steps ahead, what forecasts were off by


def freedom_of(count: int) -> int:
    """Degrees of freedom of what is expected after so many values.

    Errors themselves are as Student's t with five (see `share_below`); that few of them tell how
    large they are makes it less: as many as are left where a line is fitted to them.
    """
    return max(LEAST_FREEDOM, round(1 / (1 / MOST_FREEDOM + 1 / (count - LEVEL_AND_SLOPE))))


def share_below(spreads: float, freedom: int = MOST_FREEDOM) -> float:
    """The share of outcomes below so many spreads, by Student's t, which has fat tails.

    With five degrees its kurtosis is 9, three times that of a normal: forecasts that are off by
    much are off by far more than their usual error tells (Makridakis et al., International Journal
    of Forecasting 3, 1987; Chatfield, Journal of Business & Economic Statistics 11, 1993). The sum
    is that of Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
    """
    angle = atan(spreads / sqrt(freedom))
    sine, cosine = sin(angle), cos(angle)
    is_odd = freedom % 2
    term, total = cosine if is_odd else 1.0, 0.0
    for power in range(1 + is_odd, freedom, 2):
        total += term
        term *= cosine * cosine * power / (power + 1)
    share = (angle + sine * total) / pi if is_odd else sine * total / 2
    return max(0.0, min(1.0, 0.5 + share))


def spreads_below(share: float, freedom: int = MOST_FREEDOM) -> float:
    """How many spreads that share of outcomes lies below: `share_below` turned round."""
    low, high = -_FURTHEST, _FURTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if share_below(middle, freedom) < share else (low, middle)
    return (low + high) / 2


def error_spreads(
    errors: Errors,
    length: int,
    horizon: int,
    fitted: float = FITTED_PARAMETERS,
    *,
    season: int = 1,
    share_moving: float = 1.0,
    chance: float = 1.0,
    is_log: bool = False,
) -> list[float]:
    """How far off a forecast of each step is, as the scale of Student's t.

    The error of one step, and by how much it grows with more of them; it grows like a power, which
    is drawn towards a random walk's as far as few errors tell, or half of that where the forecast
    is a level that does not move. What was fitted to the same values makes them look closer than
    the next ones will come: so many parameters, those of a season among them, are made up for as in
    a regression of a series of that length.
    """
    sizes = {at: sqrt(sum([off * off for off in offs]) / len(offs)) for at, offs in errors.items()}
    first = sizes.get(1, 0.0)
    if not first:
        return [0.0] * horizon
    power = RANDOM_WALK_POWER * (1 + share_moving) / 2
    above, weights = power * RANDOM_WALK_WEIGHT, float(RANDOM_WALK_WEIGHT)
    for step, size in sizes.items():
        if step > 1 and size:
            weight = len(errors[step]) / step * log(step) ** 2
            above += weight * log(size / first) / log(step)
            weights += weight
    power = max(0.0, min(1.0, above / weights))
    first = _recent_size(errors[1], first)
    if is_log:
        still = 1 - share_moving
        power = max(0.0, power - STEADIER * still)
        first *= (1 + NEARER * still) * _beside_usual(errors[1], first, season, chance)
    first *= UNSEEN_YEAR if season == 1 else UNSEEN if length >= season else UNSEEN_SEASON
    first *= T_SCALE / sqrt(max(LEAST_SHARE, 1 - max(fitted, LEVEL_AND_SLOPE) / length))
    return [first * step**power for step in range(1, horizon + 1)]


def _recent_size(offs: Sequence[float], size: float) -> float:
    """The size of all errors, drawn to that of the latest."""
    recent = discounted_mean([off * off for off in offs], RECENT_KEPT)
    return sqrt((1 - RECENT_SHARE) * size * size + RECENT_SHARE * recent)


def _beside_usual(offs: Sequence[float], size: float, season: int, chance: float) -> float:
    """How many times as far off the logarithm of the next value is expected to be as all were.

    Calm series get less calm, and wild ones less wild: they are drawn to what is usual, in part and
    never far (Efron & Morris, Journal of the American Statistical Association 67, 1972), and
    further by few errors: the logarithm of a size that so many tell varies by 1/(2n). Few months
    tell less than that, since most of a season is not among them.
    """
    count = len(offs)
    drawn = USUAL_SHARE * log(_at_most(USUAL / size, USUAL_MOST))
    if season != MONTHS:
        return exp(drawn * (1 + 1 / (2 * count * USUAL_SHARE)))
    share = (MONTHS_TELL / (count + MONTHS_TOLD)) ** 2
    drawn += share * log(_at_most(USUAL_MONTH / size, MONTH_MOST))
    if drawn < 0:
        drawn = max(drawn, -CALMER_MOST) * (1 - chance * count / (count + CHANCE_TOLD))
    root = sqrt(sum([off * off for off in offs]) / count)
    tails = sqrt(sqrt(NORMAL_ROOT * sum(map(abs, offs)) / count / root))
    return exp(drawn) * tails


def chance_of(values: Sequence[float]) -> float:
    """How far each of some values strays by itself, from 0 to 1 (von Neumann 1941).

    By the mean square of the moves between them over their variance: two of what is chance alone.
    """
    squares = squares_around_mean(values)
    moves = sum([(later - before) ** 2 for before, later in pairwise(values)])
    ratio = moves / squares if squares else ALONE
    return max(0.0, min(1.0, (ratio - LEANING) / (ALONE - LEANING)))


def _at_most(factor: float, most: float) -> float:
    return max(1 / most, min(most, factor))
