from math import exp, sin, sqrt
from random import Random

import pytest

from kpicli.stats.prediction_error import (
    CALMER_MOST,
    FITTED_PARAMETERS,
    NORMAL_ROOT,
    QUANTILES,
    STEADIER,
    UNSEEN_YEAR,
    USUAL,
    USUAL_MONTH,
    USUAL_MOST,
    chance_of,
    error_spreads,
    freedom_of,
    share_below,
    spreads_below,
)

RANDOM = Random(7)  # noqa: S311 - made up


def test_a_root_mean_square_is_a_standard_deviation_and_no_scale() -> None:
    """The standard deviation of Student's t with five degrees is the root of 5/3 of its scale."""
    (scale,) = error_spreads({1: [3.0, -3.0] * 500}, 1000, 1, fitted=0)
    assert scale * sqrt(5 / 3) == pytest.approx(3 * UNSEEN_YEAR, rel=0.01)


@pytest.mark.parametrize("freedom", QUANTILES)
def test_as_many_lie_within_a_quantile_as_it_is_of(freedom: int) -> None:
    for level, quantile in QUANTILES[freedom].items():
        outside = share_below(-quantile, freedom)
        assert share_below(quantile, freedom) - outside == pytest.approx(level / 100, abs=1e-4)
        assert spreads_below(outside, freedom) == pytest.approx(-quantile)


def test_few_values_leave_fatter_tails() -> None:
    assert [freedom_of(count) for count in (6, 24, 1000)] == [3, 4, 5]


def test_the_indices_of_a_season_are_made_up_for_as_all_that_is_fitted() -> None:
    errors = {1: [RANDOM.gauss(0, 1) for _ in range(24)]}
    (plain,), (seasonal,) = (
        error_spreads(errors, 24, 1, FITTED_PARAMETERS + more) for more in (0, 11)
    )
    assert seasonal / plain == pytest.approx(sqrt(20 / 9))


def test_less_than_a_season_leaves_more_unseen_and_a_level_is_fitted_at_least() -> None:
    unseen, seen = (error_spreads({1: [1.0, -1.0]}, count, 1, 0, season=12)[0] for count in (6, 12))
    assert unseen / seen == pytest.approx(1.23, abs=0.01)


def test_errors_grow_with_the_root_of_the_steps_until_they_say_otherwise() -> None:
    spreads = error_spreads({1: [1.0, -1.0]}, 40, 9)
    assert spreads[8] / spreads[0] == pytest.approx(3)


def test_of_a_level_that_does_not_move_they_grow_by_less() -> None:
    for is_log, power in ((False, 1 / 4), (True, 1 / 4 - STEADIER)):
        spreads = error_spreads({1: [1.0, -1.0]}, 40, 16, share_moving=0.0, is_log=is_log)
        assert spreads[15] / spreads[0] == pytest.approx(16**power)


def test_after_a_wild_spell_more_is_to_come_than_after_a_calm_one() -> None:
    calm, wild = [1.0, -1.0] * 8, [3.0, -3.0] * 2
    (more,), (less,) = (error_spreads({1: each}, 20, 1) for each in (calm + wild, wild + calm))
    assert more > 1.2 * less


@pytest.mark.parametrize(("size", "factor"), [(1e-4, USUAL_MOST), (USUAL, 1), (9, 1 / USUAL_MOST)])
@pytest.mark.parametrize(("count", "share"), [(4, 0.325), (50, 0.21)])
def test_calm_series_get_less_calm_and_wild_ones_less_wild(
    size: float, factor: float, count: int, share: float
) -> None:
    errors = {1: [size, -size] * (count // 2)}
    (plain,), (drawn,) = (error_spreads(errors, 50, 1, is_log=is_log) for is_log in (False, True))
    assert drawn / plain == pytest.approx(factor**share)


@pytest.mark.parametrize(("count", "share"), [(4, (18 / 29) ** 2), (50, (18 / 75) ** 2)])
@pytest.mark.parametrize("size", [USUAL_MONTH / 10, USUAL_MONTH * 10])
def test_a_few_months_are_drawn_much_further_than_many(
    size: float, count: int, share: float
) -> None:
    near = max(1 / USUAL_MOST, min(USUAL_MOST, USUAL / size))
    drawn = near**0.2 * (USUAL_MONTH / size) ** share
    assert beside_usual(size, count, chance=0.0) == pytest.approx(max(drawn, exp(-CALMER_MOST)))


def test_but_what_is_chance_stays_as_wild_as_it_is() -> None:
    calm, wild, tails = USUAL_MONTH / 10, USUAL_MONTH * 10, beside_usual(USUAL, 50)
    assert beside_usual(calm, 50, chance=1.0) == beside_usual(calm, 50, chance=0.0)
    assert beside_usual(wild, 50, chance=1.0) > 0.98
    assert tails == pytest.approx(1, abs=0.02)


def test_a_few_errors_that_are_great_are_not_all_that_is_to_come() -> None:
    alike, tails = [1.0, -1.0] * 8, [0.1, -0.1] * 7 + [2.8, -2.8]
    wide, narrow = (
        error_spreads({1: each}, 50, 1, season=12, is_log=True)[0]
        / error_spreads({1: each}, 50, 1, season=12)[0]
        for each in (alike, tails)
    )
    assert narrow < 0.85 * wide


def beside_usual(size: float, count: int, *, chance: float = 1.0) -> float:
    """How much wider logarithms are than differences, beside what alike errors always are."""
    errors = {1: [size, -size] * (count // 2)}
    (plain,), (drawn,) = (
        error_spreads(errors, 50, 1, season=12, chance=chance, is_log=is_log)
        for is_log in (False, True)
    )
    return drawn / plain / sqrt(sqrt(NORMAL_ROOT))


def test_each_by_itself_is_chance_and_what_leans_is_none() -> None:
    noise = [RANDOM.gauss(100, 10) for _ in range(400)]
    wave = [100 + 10 * sin(at / 3) for at in range(48)]
    assert chance_of(noise) > 0.9
    assert chance_of(wave) == 0
    assert chance_of([5.0] * 9) == 1
