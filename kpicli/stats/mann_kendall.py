"""Whether a series climbs or falls beyond chance: by Kendall's score, by signs, or on a line."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import accumulate, takewhile
from math import lcm, sqrt
from operator import sub

FEWEST = 5  # values of which something can be said
_IN_A_ROW = 7  # so many on one side of the season before are no chance: 2 in 128 by signs
_ORDERLY, _ALIKE = Fraction(1, 100), Fraction(1, 30)  # how often chance climbs so, or is so alike
Ties = tuple[int, ...]  # how often each value of a series is there, the rarest first


def trend_sign(values: Sequence[Decimal | Fraction | None], count: int, season: int) -> int | None:
    """1 where the latest values climb, −1 where they fall, 0 for chance; nothing of too few."""
    whole = _whole(values)
    latest = [value for value in whole[-count:] if value is not None]
    if len(latest) < FEWEST:
        return None
    pairs = _pairs(whole, count, season) if season > 1 else []
    if not _is_seasonal(pairs):
        return _orderly(latest)
    signs = {_sign(now - before) for before, now in pairs[-_IN_A_ROW:]}
    return signs.pop() if len(signs) == 1 else 0


def _whole(values: Sequence[Decimal | Fraction | None]) -> list[int | None]:
    """The values as whole numbers of one denominator, which are compared much faster."""
    ratios = [None if value is None else value.as_integer_ratio() for value in values]
    scale = lcm(*{ratio[1] for ratio in ratios if ratio})
    return [None if ratio is None else ratio[0] * (scale // ratio[1]) for ratio in ratios]


def _pairs(values: Sequence[int | None], count: int, season: int) -> list[tuple[int, int]]:
    """Each of the latest behind the one a season before it, where both are known."""
    begin = max(len(values) - count - season, 0)
    pairs = zip(values[begin:], values[begin + season :], strict=False)
    return [(before, now) for before, now in pairs if before is not None and now is not None]


def _is_seasonal(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the latest rise and fall as the same ones did a season before.

    As many of the latest are looked at as show it best, so that none from before them hides it.
    """
    agreement = 0
    for first in reversed(range(len(pairs))):
        before, now = pairs[first]
        agreement += sum(
            [_sign(other - before) * _sign(later - now) for other, later in pairs[first + 1 :]]
        )
        if len(pairs) - first >= _IN_A_ROW:
            least = critical(ties(later for _, later in pairs[first:]), _ALIKE)
            if least is not None and agreement >= least:
                return True
    return False


def _orderly(values: Sequence[int]) -> int:
    """1 where they climb, −1 where they fall, 0 where chance does the same."""
    kendall, least = score(values), critical(ties(values), _ORDERLY)
    return _sign(kendall) if least is not None and abs(kendall) >= least else 0


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def score(values: Sequence[float]) -> int:
    """The pairs that rise less those that fall: Mann's statistic S of a series."""
    in_order: list[float] = []
    rises = 0
    for value in values:
        below, not_above = bisect_left(in_order, value), bisect_right(in_order, value)
        rises += below + not_above - len(in_order)
        in_order.insert(below, value)
    return rises


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


def squares_around_mean(values: Sequence[float]) -> float:
    """What the values stray from their mean by, in squares added up."""
    mean = sum(values) / len(values)
    return sum([(value - mean) ** 2 for value in values])


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
