"""The natural limits of a series, and its mean: what it does when nothing has changed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor, lcm

from kpicli.noun import NamedTuple

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
