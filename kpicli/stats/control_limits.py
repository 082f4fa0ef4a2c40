"""The natural limits of a series, and its mean; wider where values are skewed or dependent."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import asin, asinh, ceil, floor, lcm, log, pi, sqrt

from kpicli.noun import NamedTuple
from kpicli.stats.outliers import median

FEWEST_FOR_TRIAL, FEWEST_FOR_LIMITS = 6, 12  # values for trial limits, and for those that decide
RUN = 8  # so many in a row on one side of the mean are no chance
_WIDTH = Fraction("2.66")
_SCREEN = Fraction("3.267")


class ControlLimits(NamedTuple):
    """The natural limits of a series, and its mean: what it does when nothing has changed.

    They are where the arithmetic puts them, also below zero for what is never negative: nothing
    can then lie outside on that side.
    """

    low: Fraction
    mean: Fraction
    high: Fraction

    @property
    def half_width(self) -> Fraction:
        """How far a value strays from the mean by itself."""
        return self.high - self.mean


def control_limits(
    values: Sequence[Fraction], fewest: int = FEWEST_FOR_LIMITS, *, is_screened: bool = True
) -> ControlLimits | None:
    """The natural process limits of an XmR chart, exact; nothing where there are too few values.

    The mean, and 2.66 times the average moving range around it, which is 3 / d2 with d2 = 1.128 for
    pairs. Moving ranges above their own upper limit, D4 = 3.267 times their average, are screened
    out once, so that an outlier does not widen the limits that it is held against; where nothing
    else moves they stay. Values are taken as following each other: a gap is ignored.

    Wheeler, Understanding Variation (2nd ed. 2000), chapter 3 and Making Sense of Data (2003),
    part two; both after Shewhart, Economic Control of Quality of Manufactured Product (1931).
    Screened as NHSRplotthedots does («Making data count»); unscreened they are those of its
    `screen_outliers = FALSE`, of Wheeler's books and of Xmrit.
    """
    if len(values) < max(fewest, 2):
        return None
    scale, whole = whole_numbers(values)
    moves = [abs(later - earlier) for earlier, later in pairwise(whole)]
    most = floor(_SCREEN * Fraction(sum(moves), len(moves)))
    usual_moves = [move for move in moves if move <= most]
    usual_moves = usual_moves if is_screened and any(usual_moves) else moves
    mean = Fraction(sum(whole), scale * len(whole))
    half = _WIDTH * Fraction(sum(usual_moves), scale * len(usual_moves))
    return ControlLimits(mean - half, mean, mean + half)


def whole_numbers(values: Sequence[Fraction]) -> tuple[int, list[int]]:
    """Their one denominator, and in how many of its parts each is told: a tenth of the time."""
    ratios = [value.as_integer_ratio() for value in values]  # to ask for either takes as long
    scale = lcm(*[below for _, below in ratios])
    return scale, [above * (scale // below) for above, below in ratios]


def floats(values: Iterable[Fraction]) -> list[float]:
    """Each as `float` has it, in a third of the time."""
    return [above / below for above, below in [value.as_integer_ratio() for value in values]]


def is_moving_towards(values: Sequence[Fraction], limits: ControlLimits, goal: Fraction) -> bool:
    """Whether the latest values have left the mean for the side on which a goal lies.

    They have where the latest eight all lie on that side, or one of them beyond its limit: a value
    that went there and came back long ago is no movement.
    """
    latest = values[-RUN:]
    if goal > limits.mean:
        is_there, is_beyond = (min(latest) > limits.mean), (max(latest) > limits.high)
    else:
        is_there, is_beyond = (max(latest) < limits.mean), (min(latest) < limits.low)
    return is_beyond or (is_there and len(latest) == RUN)


PLAINLY, STILL = 2.576, 1.96  # two-sided 1% of all values, 5% without the one furthest out
_JUDGED = 4  # the latest values are those that are judged, and a shift is no shape
_ERRORS = 2  # standard errors from which on values plainly lean on the one before
_MOST = 0.6  # no correlation is taken for stronger: few values cannot tell


class ChartAssumptions(NamedTuple):
    """What a chart takes for granted and these values do not keep: 0 is neither.

    Limits are `width` times as wide, and `run` values on one side are no chance.
    """

    skewness: float = 0.0
    correlation: float = 0.0
    width: Fraction = Fraction(1)
    run: int = RUN

    def widened(self, limits: ControlLimits) -> ControlLimits:
        """The limits as far from the mean as such values stray by themselves."""
        half = limits.half_width * self.width
        return ControlLimits(limits.mean - half, limits.mean, limits.mean + half)


def chart_assumptions(values: Sequence[Fraction]) -> ChartAssumptions:
    """How far values are from normal and independent ones; of fewer than twelve nobody can say.

    Skewed: D'Agostino's test of skewness (Biometrika 57, 1970), which has to say so with and
    without the value that lies furthest out, and of all but the latest four, since an outlier and
    a shift are signals and no shape. Limits are then those of Chan and Cui, «Skewness correction
    X-bar and R charts for skewed distributions» (Naval Research Logistics 50, 2003): 3 + (4k/3) /
    (1 + k²/5) sigma for a skewness of k, here on both sides; and a run is as long as makes it as
    rare as eight are where half of all values lie on either side.

    Leaning on the one before: the variance ratio of Lo and MacKinlay (Review of Financial Studies
    1, 1988), that of steps over two periods to twice that of steps over one, which is (1 + r) / 2
    for a correlation of r. By differences, as Müller and Stadtmüller («Detecting dependencies in
    smooth regression models», Biometrika 75, 1988), so that a shift or a climb is not taken for
    dependence. Its standard error for independent values is 1 / sqrt(2n) (Bartlett, Journal of the
    Royal Statistical Society, Supplement 8, 1946). The moving range falls short by sqrt(1 - r)
    (Maragah and Woodall, Journal of Statistical Computation and Simulation 40, 1992), and the next
    value is on the same side in 1/2 + asin(r)/pi of cases (Sheppard 1899).
    """
    if len(values) < FEWEST_FOR_LIMITS or all(value == values[0] for value in values):
        return ChartAssumptions()
    numbers = floats(values)
    width, run = 1.0, float(RUN)
    if skewness := _plain_skewness(numbers[:-_JUDGED]):
        size = abs(skewness)
        width = 1 + 4 * size / 9 / (1 + size * size / 5)
        run = max(run, RUN * log(2) / -log(_larger_side(numbers)))
    if correlation := _plain_correlation(numbers):
        width = max(width, 1 / sqrt(1 - correlation))
        run = max(run, 1 + (RUN - 1) * log(2) / -log(1 / 2 + asin(correlation) / pi))
    return ChartAssumptions(
        skewness, correlation, Fraction(round(width, 3)).limit_denominator(1000), ceil(run)
    )


def _plain_skewness(numbers: Sequence[float]) -> float:
    """The skewness, or 0 where it may be chance or that of one value."""
    if len(numbers) < FEWEST_FOR_LIMITS or min(numbers) == max(numbers):
        return 0.0
    middle = median(numbers)
    furthest = max(range(len(numbers)), key=lambda at: abs(numbers[at] - middle))
    rest = [*numbers[:furthest], *numbers[furthest + 1 :]]
    skewness, kept = _skewness(numbers), _skewness(rest)
    is_plain = abs(_agostino(skewness, len(numbers))) > PLAINLY
    is_kept = abs(_agostino(kept, len(rest))) > STILL and skewness * kept > 0
    return skewness if is_plain and is_kept else 0.0


def _skewness(numbers: Sequence[float]) -> float:
    mean = sum(numbers) / len(numbers)
    second = sum([(number - mean) ** 2 for number in numbers]) / len(numbers)
    third = sum([(number - mean) ** 3 for number in numbers]) / len(numbers)
    return third / second**1.5 if second else 0.0


def _agostino(skewness: float, count: int) -> float:
    """The skewness of so many normal values as a standard normal score."""
    scaled = skewness * sqrt((count + 1) * (count + 3) / (6 * (count - 2)))
    top = 3 * (count**2 + 27 * count - 70) * (count + 1) * (count + 3)
    kurtosis = top / ((count - 2) * (count + 5) * (count + 7) * (count + 9))
    square = sqrt(2 * (kurtosis - 1)) - 1
    scale = sqrt(2 / (square - 1))
    return asinh(scaled / scale) / sqrt(log(square) / 2)


def _larger_side(numbers: Sequence[float]) -> float:
    """The share of the values on that side of the mean on which there are more."""
    mean = sum(numbers) / len(numbers)
    sides = [number > mean for number in numbers], [number < mean for number in numbers]
    return max(map(sum, sides)) / len(numbers)


def _plain_correlation(numbers: Sequence[float]) -> float:
    """How much a value leans on the one before, or 0 where that may be chance."""
    drift = (numbers[-1] - numbers[0]) / (len(numbers) - 1)
    single = [(later - before - drift) ** 2 for before, later in pairwise(numbers)]
    if not any(single):
        return 0.0
    pairs = zip(numbers, numbers[2:], strict=False)
    double = [(later - before - 2 * drift) ** 2 for before, later in pairs]
    ratio = sum(double) / len(double) / (2 * sum(single) / len(single))
    is_plain = (ratio - 1 / 2) * sqrt(2 * len(numbers)) >= _ERRORS
    return min(2 * ratio - 1, _MOST) if is_plain else 0.0
