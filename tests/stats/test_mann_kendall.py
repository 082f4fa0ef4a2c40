"""How orderly a series is, and how often chance is."""

from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import comb, factorial, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.stats.mann_kendall import critical, inversions, score, ties


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([7], 0, id="one"),
        pytest.param([1, 2, 3, 4, 5], 10, id="all rise"),
        pytest.param([5, 4, 3, 2, 1], -10, id="all fall"),
        pytest.param([1, 1, 1], 0, id="ties alone"),
        pytest.param([1, 2, 2, 3], 5, id="a tie is neither"),
        pytest.param([3, 1, 2], -1, id="two fall, one rises"),
    ],
)
def test_the_score_is_the_pairs_that_rise_less_those_that_fall(
    values: list[int], found: int
) -> None:
    assert score(values) == found


@given(st.lists(st.integers(0, 4), max_size=7))
def test_orders_are_counted_as_if_all_were_written_down(values: list[int]) -> None:
    tied = sum(comb(count, 2) for count in Counter(values).values())
    untied = comb(len(values), 2) - tied
    counted = Counter((untied - score(order)) // 2 for order in set(permutations(values)))
    assert inversions(ties(values)) == tuple(counted[falling] for falling in sorted(counted))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_all_orders_are_counted_and_as_many_rise_as_fall(found: list[int]) -> None:
    orders = inversions(tuple(found))
    assert sum(orders) == factorial(sum(found)) // prod(map(factorial, found))
    assert orders == orders[::-1]


@pytest.mark.parametrize(
    ("count", "level", "least"),
    [
        (3, "1/6", 3),
        (4, "0.05", 6),
        (5, "0.05", 8),
        (6, "0.05", 11),
        (7, "0.05", 13),
        (8, "0.05", 16),
        (9, "0.05", 18),
        (10, "0.05", 21),
        (5, "0.01", 10),
        (8, "0.01", 20),
        (10, "0.01", 27),
    ],
)
def test_critical_scores_are_those_of_the_published_table(
    count: int, level: str, least: int
) -> None:
    """Kendall, «Rank Correlation Methods» (4th ed. 1975), table 1; Hollander and Wolfe, A.30."""
    assert critical((1,) * count, Fraction(level)) == least


@pytest.mark.parametrize(
    ("found", "level"),
    [
        pytest.param((1, 1, 1), "0.05", id="three"),
        pytest.param((12,), "0.2", id="ties alone"),
        pytest.param((), "0.2", id="none"),
        pytest.param((1, 11), "0.05", id="one apart from the rest"),
    ],
)
def test_no_score_will_do_where_chance_does_it_too_often(
    found: tuple[int, ...], level: str
) -> None:
    assert critical(found, Fraction(level)) is None


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.fractions(Fraction(1, 1000), Fraction(2, 5)),
)
def test_chance_reaches_a_critical_score_no_more_often_than_is_said(
    found: list[int], level: Fraction
) -> None:
    orders, least = inversions(tuple(found)), critical(tuple(found), level)
    if least is not None:
        reached = sum(
            count for falling, count in enumerate(orders) if len(orders) - 1 - 2 * falling >= least
        )
        assert reached <= level * sum(orders)
        assert least > 0
