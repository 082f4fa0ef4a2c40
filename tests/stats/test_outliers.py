from random import Random

import pytest

from kpicli.stats.forecast import predictive_distribution
from kpicli.stats.outliers import (
    interpolate,
    outlier_places,
    with_shift_followed,
    with_surprise_cut,
)

RANDOM = Random(1)  # noqa: S311 - made up
MONTHS = [100 + RANDOM.gauss(0, 3) for _ in range(36)]


def with_each(odd: float, *places: int) -> list[float]:
    return [odd if at in places else value for at, value in enumerate(MONTHS)]


def test_a_gap_is_bridged_and_what_is_known_stays_as_it_is() -> None:
    assert interpolate([0.1, None, None, 0.7, 1e20, 0.3]) == pytest.approx(
        [0.1, 0.3, 0.5, 0.7, 1e20, 0.3]
    )
    assert interpolate([0.1, 1e20, 0.3])[2] == 0.3


@pytest.mark.parametrize("odd", [5000, 300, 1, 0, -100])
def test_one_value_far_off_is_a_slip(odd: float) -> None:
    assert outlier_places(with_each(odd, 20)) == {20}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        pytest.param(MONTHS, "nothing is far off", id="noise"),
        pytest.param(with_each(125, 20), "it is off by little", id="a bad month"),
        pytest.param(with_each(5000, 10, 20), "twice is no accident", id="twice in three years"),
        pytest.param(with_each(5000, 34), "it may be the new level", id="next to the end"),
        pytest.param(with_each(5000, 35), "it may be the new level", id="at the end"),
        pytest.param([10.0] * 20 + [100.0] * 16, "it stays there", id="a step"),
        pytest.param(
            [0.0, 0, 5, 0, 0, 0, 7, 0] * 5, "mostly zero is a kind of series", id="counts"
        ),
        pytest.param([100.0 * 1.5**month for month in range(36)], "it grows", id="growth"),
        pytest.param([0.0] * 20 + [5] + [0.0] * 15, "nothing is usual", id="what never moved"),
        pytest.param(MONTHS[:4], "nothing is known", id="four values"),
    ],
)
def test_all_else_is_none(values: list[float], why: str) -> None:
    assert not outlier_places(values), why


def test_of_what_grows_it_is_one_by_the_share_that_it_is_off() -> None:
    grown = [value * 1.3**month for month, value in enumerate(MONTHS)]
    grown[5] /= 100
    assert outlier_places(grown) == {5}


def test_a_slip_counts_as_a_gap() -> None:
    gap = [None if at == 20 else value for at, value in enumerate(MONTHS)]
    odd, given = predictive_distribution(with_each(5000, 20)), predictive_distribution(gap)
    assert odd is not None
    assert given is not None
    assert odd.points == pytest.approx(given.points)
    assert odd.spreads == pytest.approx(given.spreads)


@pytest.mark.parametrize("odd", [5000, 1, 0])
def test_a_slip_does_not_widen_what_is_expected(odd: float) -> None:
    found = predictive_distribution(with_each(odd, 20), 12, 12)
    assert found is not None
    assert found.points == pytest.approx([100] * 12, abs=4)
    low, high = found.interval(11, 95)
    assert 80 < low < 95
    assert 105 < high < 120


@pytest.mark.parametrize(
    ("values", "last"),
    [
        pytest.param([10, 11, 10, 11, 10, 100], 14.6, id="ten times as much is followed in part"),
        pytest.param([10, 11, 10, 11, 10, 1], 6.8, id="and so is a tenth"),
        pytest.param([10, 11, 10, 11, 10, 12], 12, id="what is usual is followed"),
        pytest.param([10, 11, 10, 11, 60, 100], 100, id="and what moved as far the value before"),
        pytest.param([10, 10, 10, 10, 10, 40], 40, id="where nothing moves no move is usual"),
        pytest.param([0, 1, 0, 1, 0, 50], 4, id="by the unit where a value is zero"),
    ],
)
def test_a_latest_value_far_off_is_followed_in_part(values: list[float], last: float) -> None:
    found = with_surprise_cut(values)
    assert found[:-1] == values[:-1]
    assert found[-1] == pytest.approx(last, abs=0.1)


@pytest.mark.parametrize("count", [3, 9, 18])
def test_what_stood_before_a_step_is_moved_to_where_it_stands_now(count: int) -> None:
    stepped = [value + 40 * (at >= 36 - count) for at, value in enumerate(MONTHS)]
    followed = with_shift_followed(stepped, 12)
    assert followed[-count:] == stepped[-count:]
    assert followed[: 36 - count] == pytest.approx(
        [value + 40 for value in MONTHS[: 36 - count]], abs=4
    )


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(MONTHS, id="what stays where it is"),
        pytest.param([v + 2 * at for at, v in enumerate(MONTHS)], id="a climb"),
        pytest.param([1.3**at for at in range(24)], id="growth in percent"),
        pytest.param([v + 40 * (at == 35) for at, v in enumerate(MONTHS)], id="one value"),
        pytest.param([v + 40 * (at >= 6) for at, v in enumerate(MONTHS)], id="one of long ago"),
        pytest.param([5.0] * 12, id="what never moves"),
        pytest.param([1.0, 9.0, 2.0, 8.0], id="few values"),
    ],
)
def test_no_step_is_seen_in(values: list[float]) -> None:
    assert with_shift_followed(values, 12) == values


def test_a_smaller_step_is_seen_in_months_and_not_in_quarters() -> None:
    stepped = [value + 8 * (at >= 30) for at, value in enumerate(MONTHS)]
    assert with_shift_followed(stepped, 12) != stepped == with_shift_followed(stepped, 4)


def test_a_step_that_came_once_may_come_again() -> None:
    stepped = [value + 20 * (at >= 30) for at, value in enumerate(MONTHS)]
    steady, wider = (predictive_distribution(values, 12, 1) for values in (MONTHS, stepped))
    assert steady is not None
    assert wider is not None
    assert wider.spreads[0] > 1.4 * steady.spreads[0]
