"""Whether a series climbs steadily, rather than that it has stepped to another level once."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import sqrt

from kpicli.stats.mann_kendall import score

_LATEST = 36
_FEWEST = 8
_SCORE = 2.326  # one-sided 1%


def climb_sign(values: Sequence[float]) -> int:
    """1 where the latest 36 climb, −1 where they fall, and 0 where they do neither.

    They are ordered beyond chance (Mann 1945, by the normal approximation of Kendall 1975), and a
    straight line leaves less of them than the best step from one level to another does.
    """
    latest = values[-_LATEST:]
    count = len(latest)
    if count < _FEWEST:
        return 0
    kendall = score(latest)
    deviation = sqrt(count * (count - 1) * (2 * count + 5) / 18)
    step, _ = best_step(latest, range(1, count))
    if abs(kendall) < _SCORE * deviation or squares_on_line(latest) < step:
        return 0
    return 1 if kendall > 0 else -1


def squares_on_line(values: Sequence[float]) -> float:
    """How much of the squares around the mean the least squares line takes away."""
    count = len(values)
    mean = sum(values) / count
    middle = (count - 1) / 2
    along = sum([(at - middle) * (value - mean) for at, value in enumerate(values)])
    return along * along / (count * (count * count - 1) / 12)


def best_step(values: Sequence[float], ends: Iterable[int]) -> tuple[float, int]:
    """How much of them a step from one level to another takes away, and where the first ends."""
    count = len(values)
    mean = sum(values) / count
    sums = list(accumulate([value - mean for value in values]))
    return max([(sums[end - 1] ** 2 * count / (end * (count - end)), end) for end in ends])
