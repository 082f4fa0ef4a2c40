"""Share out what several causes made together: the Shapley value, exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import factorial


def shapley(worths: Sequence[Fraction]) -> list[Fraction]:
    """What each player adds on average over all orders in which they may come; adds up exactly.

    `worths` has the worth of every coalition, 2ⁿ of them: at `mask` that of the players whose bits
    are set in it.

    Source: L. S. Shapley, «A value for n-person games», Contributions to the Theory of Games II
    (1953); for changes J. Albrecht, D. François and K. Schoors, «A Shapley decomposition of carbon
    emissions without residuals», Energy Policy 30 (2002).
    """
    count = len(worths).bit_length() - 1
    weights = [
        Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
        for size in range(count)
    ]
    return [_share(worths, 1 << at, weights) for at in range(count)]


def _share(worths: Sequence[Fraction], bit: int, weights: Sequence[Fraction]) -> Fraction:
    added = [Fraction(0)] * len(weights)
    for mask, worth in enumerate(worths):
        if not mask & bit:
            added[mask.bit_count()] += worths[mask | bit] - worth
    return sum((one * weight for one, weight in zip(added, weights, strict=True)), Fraction(0))
