"""What the benchmark of false alarms draws, and that each rule set finds what it is there for."""

from fractions import Fraction
from itertools import pairwise
from statistics import mean, pstdev

import pytest

from kpicli.analysis.control_chart import process_limits
from tests.benchmarks.false_alarms import (
    KINDS,
    LENGTH,
    SETS,
    Alarm,
    alarms,
    by_kpi,
    by_nhs,
    by_wheeler,
    delay,
    delayed,
    drawn,
)


def rules(alarms: list[Alarm]) -> set[tuple[str, bool]]:
    return {(one.rule, one.is_above) for one in alarms}


WOBBLE = [9, 11] * 8


@pytest.mark.parametrize(
    ("tail", "kpi", "wheeler", "nhs"),
    [
        pytest.param([], set(), set(), set(), id="a wobble"),
        pytest.param([19], {"outside_limits"}, {"outside"}, {"outside"}, id="outside"),
        pytest.param(
            [9, 12, 11, 12, 11, 12, 11, 12], set(), set(), {"run"}, id="seven on one side"
        ),
        pytest.param([8, 9, 10, 11, 12, 13, 14], set(), set(), {"trend"}, id="seven that rise"),
    ],
)
def test_each_set_finds_what_its_rules_name(
    tail: list[int], kpi: set[str], wheeler: set[str], nhs: set[str]
) -> None:
    values = [*WOBBLE, *tail]
    found = [{one.rule for one in by(values)} for by in (by_kpi, by_wheeler, by_nhs)]
    assert found == [kpi, wheeler, nhs]


def test_screening_and_what_widens_limits_is_all_that_sets_kpi_apart_from_wheeler() -> None:
    for values in drawn("normal", 300, 7):
        moves = [abs(later - earlier) for earlier, later in pairwise(values)]
        _, assumptions = process_limits([Fraction(value) for value in values])
        if max(moves) <= 3.267 * mean(moves) and assumptions.width == 1:
            ends = {(one.is_above, one.last) for one in by_kpi(values)}
            assert ends <= {(one.is_above, one.last) for one in by_wheeler(values)}


@pytest.mark.parametrize(("kind", "middle", "spread"), [("normal", 0, 1), ("skewed", 1, 1)])
def test_series_are_drawn_as_they_are_called(kind: str, middle: float, spread: float) -> None:
    values = [value / 10_000 for one in drawn(kind, 400, 3) for value in one]
    assert mean(values) == pytest.approx(middle, abs=0.05)
    assert pstdev(values) == pytest.approx(spread, abs=0.05)


def test_counts_are_whole_and_around_four() -> None:
    values = [value / 10_000 for one in drawn("counts", 400, 3) for value in one]
    assert all(value.is_integer() for value in values)
    assert (mean(values), pstdev(values)) == pytest.approx((4, 2), abs=0.1)


def test_leaning_values_lean_on_the_one_before() -> None:
    pairs = [
        (one / 10_000, other / 10_000)
        for values in drawn("leaning", 400, 3)
        for one, other in pairwise(values)
    ]
    assert mean(one * other for one, other in pairs) == pytest.approx(0.3, abs=0.05)


def test_the_same_seed_gives_the_same_series() -> None:
    assert drawn("normal", 3, 1) == drawn("normal", 3, 1) != drawn("normal", 3, 2)


def test_a_delay_counts_from_the_shift() -> None:
    stable = [9, 11] * (LENGTH // 2)
    assert delay(by_kpi, [*stable, 40, 9]) == 1
    assert delay(by_kpi, [*stable, 9, 11, 40]) == 3
    assert delay(by_kpi, [*stable, 9, 11, -20]) == 4


def test_it_tells_of_every_set_and_kind() -> None:
    found = alarms(20, 1)
    assert list(found) == [
        "kpi",
        "  outside_limits",
        "  run",
        "  near_limit",
        "Wheeler",
        "NHS",
        "arrow in kpi status",
    ]
    assert all(len(figures) == len(KINDS) for figures in found.values())
    assert list(delayed(5, 1)) == list(SETS)
