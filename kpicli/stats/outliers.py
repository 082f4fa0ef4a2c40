"""What is missing from a series, and what is a slip in it: both are bridged by a straight line."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log

from kpicli.stats.mann_kendall import best_step, squares_around_mean, squares_on_line

OUTLIER_FACTOR, VALUES_PER_OUTLIER = 20, 24
"""So many times as far off its neighbours as usual, and one of so many values at most: a slip."""
SURPRISE_FACTOR = 4  # so many times a usual move is as far as the latest value alone is followed
SHIFT_FACTOR, LEAST_SHIFTED, QUARTERS = 2.5, 3, 4
"""So many times as far as values stray is a step, of so many of the latest values at least."""
BETTER_THAN_LINE, BETTER_OF_QUARTERS = 1.5, 2
"""So many times better two levels have to fit than a line, which is a climb. A few quarters that
are higher are often the beginning of one."""
ABOVE_ZERO = 1e-9  # of the greatest value: less is as good as zero, and its logarithm tells nothing


def median(numbers: Iterable[float]) -> float:
    """That of at least one number; `statistics` takes 3 ms to load."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def interpolate(values: Sequence[float | None]) -> list[float]:
    """A gap lies on the straight line between the values on both sides of it."""
    places = [(at, value) for at, value in enumerate(values) if value is not None]
    line = [places[0][1]]
    for (at, before), (next_, after) in pairwise(places):
        line += [
            before + (after - before) * (place - at) / (next_ - at)
            for place in range(at + 1, next_)
        ]
        line.append(after)
    return line


def outlier_places(values: Sequence[float]) -> set[int]:
    """Places of values that stand alone, far off all around them.

    A few of these would widen every interval for years. They are taken for gaps, as exponential
    smoothing that an odd value does not lead astray replaces it (Gelper, Fried & Croux, Journal of
    Forecasting 29, 2010). What comes more often than once in two years of months is no slip, nor
    are the last two values, of which it is not known yet what they stand for.
    """
    is_positive = min(values) > ABOVE_ZERO * max(values)
    near = [log(value) for value in values] if is_positive else values
    beside = [
        abs(near[at] - median((*near[at - 2 : at], *near[at + 1 : at + 3])))
        for at in range(2, len(near) - 2)
    ]
    usual = median(beside) if beside else 0.0
    far_off = {at for at, off in enumerate(beside, 2) if off > OUTLIER_FACTOR * usual > 0}
    return far_off if len(far_off) <= len(values) // VALUES_PER_OUTLIER else set()


def with_surprise_cut(values: Sequence[float]) -> list[float]:
    """The values, the last one no further from the one before than four usual moves.

    A single value that far off is a slip, or half of a month, more often than a new level. Where
    the one before moved as far too, it is followed.
    """
    is_positive = min(values) > ABOVE_ZERO * max(values)
    near = [log(value) for value in values] if is_positive else values
    *moves, before, last = [later - earlier for earlier, later in pairwise(near)]
    most = SURPRISE_FACTOR * median([*map(abs, moves), abs(before)])
    if not abs(before) <= most < abs(last) or not most:
        return list(values)
    cut = near[-2] + (most if last > 0 else -most)
    return [*values[:-1], exp(cut) if is_positive else cut]


def with_shift_followed(values: Sequence[float], season: int) -> list[float]:
    """The values before a step to another level, moved to that level.

    A step is where two means, the later of the latest three values at least and of half of them at
    most, are far apart for how values stray around them, and fit better than a straight line, which
    is a climb, also of their logarithms: growth in percent is none. What moved once and then stood
    is no trend, and a forecast that smooths would be late for it.
    """
    count = len(values)
    ends = range(max(count // 2, LEAST_SHIFTED), count - LEAST_SHIFTED + 1)
    if not ends:
        return list(values)
    between, end = best_step(values, ends)
    within = max(0.0, squares_around_mean(values) - between)
    move = sum(values[end:]) / (count - end) - sum(values[:end]) / end
    is_far = move * move * (count - 2) > SHIFT_FACTOR**2 * within
    better = BETTER_OF_QUARTERS if season == QUARTERS else BETTER_THAN_LINE
    is_step = is_far and _are_levels(values, end, better)
    if is_step and min(values) > ABOVE_ZERO * max(values):
        is_step = _are_levels([log(value) for value in values], end, better)
    return [value + move * (at < end) for at, value in enumerate(values)] if is_step else [*values]


def _are_levels(values: Sequence[float], end: int, better: float) -> bool:
    """Whether two means, the later from a place on, fit so many times better than a line."""
    within = squares_around_mean(values[:end]) + squares_around_mean(values[end:])
    return squares_around_mean(values) - squares_on_line(values) > better * within
