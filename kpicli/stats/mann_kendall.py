"""How orderly a series is: Kendall's score, and how large it gets by chance, exactly."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate, takewhile
from operator import itemgetter, sub

Ties = tuple[int, ...]  # how often each value of a series is there, the rarest first


def score(values: Sequence[float]) -> int:
    """The pairs that rise less those that fall: Mann's statistic S of a series."""
    in_order: list[float] = []
    rises = 0
    for value in values:
        below, not_above = bisect_left(in_order, value), bisect_right(in_order, value)
        rises += below + not_above - len(in_order)
        in_order.insert(below, value)
    return rises


def agreement(pairs: Iterable[tuple[int, int]]) -> int:
    """Kendall's statistic S of two series side by side: pairs in the same order less the others."""
    in_order = sorted(pairs, key=itemgetter(0))
    beside: dict[int, list[int]] = {}
    for first, second in in_order:
        beside.setdefault(first, []).append(second)
    alike = sum(score(seconds) for seconds in beside.values() if len(seconds) > 1)
    return score([second for _, second in in_order]) - alike


def ties(values: Iterable[int]) -> Ties:
    """What the values leave to chance."""
    counts: dict[int, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts.values()))


@cache
def critical(groups: Ties, level: Fraction) -> int | None:
    """The least score that chance reaches in at most that share of all orders, or in none.

    The share is one half at most. Every order of the same values is as likely as another where
    nothing goes on (Mann, «Nonparametric tests against trend», Econometrica 13, 1945; Kendall,
    «Rank Correlation Methods», 4th ed. 1975, chapters 1 and 3 to 5).
    """
    orders = inversions(groups)
    allowed = level * sum(orders)
    rare = sum(1 for _ in takewhile(lambda reached: reached <= allowed, accumulate(orders)))
    return len(orders) + 1 - 2 * rare if rare else None


@cache
def inversions(groups: Ties) -> tuple[int, ...]:
    """In how many orders of the values 0, 1, 2 … pairs fall.

    These are the coefficients of the q-multinomial [n]! / ([t1]! [t2]! …), where [k] stands for
    1 + q + … + q^(k-1) (MacMahon, «Combinatory Analysis», 1915, volume 1, section III).
    """
    orders = [1]
    for factor in range(2, sum(groups) + 1):
        orders = _times(orders, factor)
    for count in groups:
        for factor in range(2, count + 1):
            orders = _over(orders, factor)
    return tuple(orders)


def _times(orders: list[int], factor: int) -> list[int]:
    """Times 1 + q + … + q^(factor-1)."""
    sums = [*accumulate(orders)]
    return [*map(sub, sums + sums[-1:] * (factor - 1), [0] * factor + sums[:-1])]


def _over(orders: list[int], factor: int) -> list[int]:
    """Over 1 + q + … + q^(factor-1), which leaves no rest."""
    quotient: list[int] = []
    before = 0
    for at, count in enumerate(orders[: len(orders) - factor + 1]):
        quotient.append(count - before + (quotient[at - factor] if at >= factor else 0))
        before = count
    return quotient
