from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import isfinite, pi, sin
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpicli
from kpicli.errors import KpiError
from kpicli.model.number import Number
from kpicli.stats.forecast import predictive_distribution
from kpicli.stats.four_forecasts import FourForecasts
from kpicli.stats.predictive_distribution import MOST_DOUBT
from kpicli.stats.smoothing import theta
from tests.tiers import examples

NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 3))
SERIES = st.lists(st.one_of(NUMBERS, st.none()), min_size=6, max_size=60).filter(
    lambda values: sum(value is not None for value in values) >= 6
)
STEADY = [100.0] * 12
WAVE = [100 + 30 * sin(month / 6 * pi) for month in range(60)]


def wandering(count: int, seed: int = 1, level: float = 100, size: float = 10) -> list[float]:
    random = Random(seed)  # noqa: S311 - to be guessed is what it is for
    return [level + random.gauss(0, size) for _ in range(count)]


def test_it_answers_with_points_and_with_intervals_by_their_level() -> None:
    points, intervals = kpicli.forecast(wandering(24), season=12, horizon=5)
    assert len(points) == 5
    assert {level: len(found) for level, found in intervals.items()} == {80: 5, 95: 5}


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([Decimal(number) for number in range(1, 9)], id="decimals"),
        pytest.param([Fraction(number) for number in range(1, 9)], id="fractions"),
        pytest.param(range(1, 9), id="whole numbers"),
        pytest.param((float(number) for number in range(1, 9)), id="from a generator"),
    ],
)
def test_any_numbers_will_do(values: list[Number | float | None]) -> None:
    expected = kpicli.forecast([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    assert kpicli.forecast(values) == expected


@pytest.mark.parametrize(
    ("values", "season", "horizon", "message"),
    [
        pytest.param([1, 2, 3, 4, 5], 12, 18, "5 values are too few", id="five values"),
        pytest.param([1, 2, None, 4, 5, 6], 12, 18, "5 values are too few", id="a gap is none"),
        pytest.param([], 12, 18, "0 values are too few", id="nothing at all"),
        pytest.param([1, 2, float("nan"), 4, 5, 6], 12, 18, "within ±1e100", id="no number"),
        pytest.param([1, 2, float("inf"), 4, 5, 6], 12, 18, "within ±1e100", id="infinity"),
        pytest.param([1, 2, 3, 4, 5, 10**400], 12, 18, "within ±1e100", id="beyond any float"),
        pytest.param([1, 2, 3, 4, 5, 1e200], 12, 18, "within ±1e100", id="too large"),
        pytest.param(["a", 2, 3, 4, 5, 6], 12, 18, "within ±1e100", id="text"),
        pytest.param([1, 2, 3, 4, 5, 6], 1.5, 18, "season is a whole", id="half a season"),
        pytest.param([1, 2, 3, 4, 5, 6], 0, 18, "season is a whole", id="a season of nothing"),
        pytest.param([1, 2, 3, 4, 5, 6], 12, 0, "horizon is a whole", id="nowhere ahead"),
    ],
)
def test_what_it_cannot_do_is_one_clear_line(
    values: list[float | None], season: int, horizon: int, message: str
) -> None:
    with pytest.raises(KpiError, match=message) as caught:
        kpicli.forecast(values, season, horizon)
    assert caught.value.hint


@examples(150)
@given(values=SERIES, season=st.integers(1, 13), horizon=st.integers(1, 24))
def test_whatever_the_values_the_answer_is_finite_and_nested(
    values: list[float | None], season: int, horizon: int
) -> None:
    points, intervals = kpicli.forecast(values, season, horizon)
    for point, likely, possible in zip(points, intervals[80], intervals[95], strict=True):
        assert possible[0] <= likely[0] <= point <= likely[1] <= possible[1]
        assert all(map(isfinite, possible))


@examples(80)
@given(values=SERIES, season=st.sampled_from([1, 4, 12]), power=st.integers(-30, 30))
def test_another_unit_is_the_same_forecast(
    values: list[float | None], season: int, power: int
) -> None:
    factor = 2.0**power
    scaled = kpicli.forecast([None if v is None else v * factor for v in values], season, 6)
    given_ = kpicli.forecast(values, season, 6)
    assert scaled.points == pytest.approx([factor * point for point in given_.points])
    for level in (80, 95):
        edges = [edge * factor for pair in given_.intervals[level] for edge in pair]
        assert [edge for pair in scaled.intervals[level] for edge in pair] == pytest.approx(edges)


@examples(80)
@given(
    values=st.lists(st.floats(0, 100), min_size=6, max_size=40),
    edges=st.tuples(st.floats(-10, 110), st.floats(-10, 110)),
)
def test_a_share_stays_one_and_so_do_its_chances(
    values: list[float], edges: tuple[float, float]
) -> None:
    found = predictive_distribution(values, horizon=12, low=0, high=100)
    assert found is not None
    low, high = sorted(edges)
    for step in range(12):
        assert 0 <= found.interval(step, 95)[0] <= found.points[step] <= 100
        assert found.interval(step, 95)[1] <= 100
        assert 0 <= found.chance_below(step, low) <= found.chance_below(step, high) <= 1
        assert 0 <= found.chance_below(step, high) + found.chance_above(step, high) <= 1 + 1e-9
        assert (found.chance_below(step, 0), found.chance_below(step, 100.1)) == (0, 1)
        assert found.chance_above(step, 100) == 0


def test_what_never_moves_goes_on() -> None:
    points, intervals = kpicli.forecast(STEADY, horizon=12)
    assert set(points) == {100.0}
    assert set(intervals[95]) == {(100.0, 100.0)}


def test_but_that_it_never_has_in_twelve_periods_is_no_proof() -> None:
    found = predictive_distribution(STEADY)
    assert found is not None
    left = MOST_DOUBT
    told = [found.chance_below(0, 100), found.chance_above(0, 100), found.chance_above(0, 100.01)]
    assert told == pytest.approx([left] * 3)


@pytest.mark.parametrize("values", [[8, 11, 5, 14, 9, 7], [42.5, 80.1, 61.2, 55.7, 70.3, 48.8]])
def test_odds_agree_with_the_interval_however_few_the_values(values: list[float]) -> None:
    found = predictive_distribution(values)
    assert found is not None
    low, high = found._replace(grain=0.0).interval(0, 95)
    edge = found.grain / 2
    assert found.chance_above(0, high + edge) <= 0.025 + 1e-4
    assert found.chance_below(0, low - edge) <= 0.025 + 1e-4


def test_what_is_counted_in_whole_numbers_meets_a_target_from_half_below_it_on() -> None:
    counts = [3.0, 5.0, 4.0, 2.0, 4.0, 3.0, 5.0, 4.0, 3.0, 2.0, 4.0, 3.0]
    found = predictive_distribution(counts, low=0)
    finer = predictive_distribution([*counts[:-1], 3.0001], low=0)
    assert found is not None
    assert finer is not None
    assert (found.grain, finer.grain) == (1.0, 0.0)
    assert found.chance_below(0, 4) == found.chance_below(0, 3.2)
    assert found.chance_below(0, 4) == pytest.approx(finer.chance_below(0, 3.5), abs=0.001)
    assert found.chance_above(0, 4) == pytest.approx(finer.chance_above(0, 4.5), abs=0.001)


NEAR_ALL = [98.5, 99.2, 97.8, 99.0, 98.8, 96.9, 99.4, 98.1, 98.9, 99.1, 97.2, 98.7, 99.3, 98.4]


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_share_near_its_bound_strays_further_away_from_it(*, is_mirrored: bool) -> None:
    values = [100 - value if is_mirrored else value for value in NEAR_ALL]
    found = predictive_distribution([round(value, 1) for value in values], low=0, high=100)
    assert found is not None
    (low, high), point = found.interval(0, 95), found.points[0]
    near, far = (point - low, high - point) if is_mirrored else (high - point, point - low)
    assert 0 < near < 100
    assert far > 1.2 * near
    widths = [high - low for high, low in (found.interval(0, 80), found.in_unit().interval(0, 80))]
    assert found.in_unit().points == pytest.approx(found.points)
    assert widths[0] == pytest.approx(widths[1], abs=0.1)


def test_what_has_been_outside_of_its_bounds_is_no_share() -> None:
    found = predictive_distribution([*NEAR_ALL, 101.0], low=0, high=100)
    assert found is not None
    assert found.shares is None


def test_where_a_bound_leaves_one_side_all_doubt_is_on_that() -> None:
    found = predictive_distribution([100.0] * 12, low=0, high=100)
    assert found is not None
    assert found.chance_below(0, 100) == pytest.approx(2 * MOST_DOUBT)
    lowest = predictive_distribution([0.0] * 12, low=0, high=100)
    assert lowest is not None
    assert lowest.chance_above(0, 0) == pytest.approx(2 * MOST_DOUBT)


def test_a_straight_line_goes_on_in_part_since_no_trend_lasts() -> None:
    points = kpicli.forecast(range(100, 148, 2), season=1, horizon=6).points
    assert points[0] == pytest.approx(148, abs=0.5)
    assert 156 < points[5] < 160


def test_before_a_season_could_be_known_a_climb_is_taken_for_less() -> None:
    climb = [10, 14, 11, 18, 15, 21, 17, 24]
    assert kpicli.forecast(climb, season=1, horizon=12).points[-1] > 30
    assert kpicli.forecast(climb, season=12, horizon=12).points[-1] < 30


def test_but_what_falls_steadily_goes_on_falling() -> None:
    found = predictive_distribution([90, 86, 81, 77, 72, 68, 63, 59, 54], season=12)
    assert found is not None
    assert found.points[1] < 47
    assert found.chance_below(1, 50) > 0.8


def test_a_climb_on_a_line_is_not_drawn_to_what_it_left_behind() -> None:
    climb = [value + 2 * month for month, value in enumerate(wandering(36, size=3))]
    assert kpicli.forecast(climb, 12, 1).points == pytest.approx([172], abs=0.8)


def test_what_falls_may_go_on_below_zero() -> None:
    found = predictive_distribution([100, 90, 80, 70, 60, 50, 40, 30, 20, 10], horizon=12)
    assert found is not None
    assert found.chance_below(11, 0) > 0.1
    assert found.interval(4, 80)[0] < 0 < found.points[3]


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(KpiError, match="low is above high"):
        kpicli.forecast(range(8), low=5, high=1)


def test_growth_by_a_share_goes_on_growing() -> None:
    points = kpicli.forecast([100 * 1.1**month for month in range(24)], horizon=3).points
    assert [later > before for before, later in pairwise(points)] == [True, True]
    assert points[0] > 100 * 1.1**23


@pytest.mark.parametrize("count", [9, 12, 24])
def test_steady_growth_in_percent_goes_on_before_a_season_could_be_known(count: int) -> None:
    points = kpicli.forecast([1000 * 1.3**at for at in range(count)], horizon=1).points
    assert points[0] == pytest.approx(1000 * 1.3**count, rel=0.1)


def test_a_season_comes_again() -> None:
    expected = [100 + 30 * sin(month / 6 * pi) for month in range(60, 72)]
    assert kpicli.forecast(WAVE, 12, 12).points == pytest.approx(expected, abs=3)


def test_but_none_is_made_up_of_noise() -> None:
    points = kpicli.forecast(wandering(60), 12, 12).points
    assert max(points) - min(points) < 12


def test_what_lies_on_both_sides_of_a_gap_is_joined() -> None:
    line = [float(number) for number in range(10, 34)]
    broken: list[float | None] = [
        None if at in {5, 6, 15} else value for at, value in enumerate(line)
    ]
    assert kpicli.forecast(broken, 1, 3).points == pytest.approx(kpicli.forecast(line, 1, 3).points)


def test_a_gap_at_the_end_is_time_that_went_by() -> None:
    late = kpicli.forecast([*wandering(24), None, None], 1, 4)
    assert late.points == kpicli.forecast(wandering(24), 1, 6).points[2:]
    assert late.intervals[80] == kpicli.forecast(wandering(24), 1, 6).intervals[80][2:]


def test_what_was_never_below_zero_is_not_expected_there() -> None:
    points, intervals = kpicli.forecast([50, 33, 41, 24, 36, 29, 44, 31, 40, 32], 1, 12)
    assert min(points) > 0
    assert min(low for low, _ in intervals[95]) > 0


def test_further_ahead_it_is_less_sure() -> None:
    low, high = zip(*kpicli.forecast(wandering(36), 1, 12).intervals[80], strict=True)
    widths = [top - bottom for bottom, top in zip(low, high, strict=True)]
    assert widths[0] < widths[5] < widths[11]


def test_noise_is_no_trend() -> None:
    points = kpicli.forecast(wandering(36, seed=5), 12, 12).points
    assert points == pytest.approx([100] * 12, abs=10)


def test_one_wild_value_does_not_carry_the_rest_away() -> None:
    values = wandering(36)
    values[20] = 5000
    assert kpicli.forecast(values, 12, 12).points == pytest.approx([100] * 12, abs=5)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1e-300 * one for one in (1, 2, 1, 3, 2, 1, 2)], id="tiny"),
        pytest.param([1e99 * one for one in (1, 2, 1, 3, 2, 1, 2)], id="huge"),
        pytest.param([0.0] * 8, id="nothing but zero"),
        pytest.param([0, 0, 5, 0, 0, 0, 7, 0], id="counts, mostly zero"),
        pytest.param([1e-9, 1e9, 1, 1e-9, 1e9, 1, 1e-9], id="of all sizes"),
        pytest.param([-5, 3, -8, 2, -1, 4, -9], id="on both sides of zero"),
    ],
)
def test_odd_values_have_sane_forecasts(values: list[float]) -> None:
    points, intervals = kpicli.forecast(values, 1, 18)
    reach = max(map(abs, values))
    assert all(abs(point) <= 2 * reach for point in points)
    assert all(isfinite(edge) for pair in intervals[95] for edge in pair)


def test_a_season_is_used_from_fourteen_months_on() -> None:
    points = kpicli.forecast(WAVE[:18], 12, 12).points
    assert points == pytest.approx(WAVE[18:30], abs=8)


def test_of_few_values_the_level_is_not_the_last_one_and_less_so_the_further_ahead() -> None:
    points = kpicli.forecast([100, 96, 104, 99, 101, 140], 12, 6).points
    assert all(107 < later < before < 120 for before, later in pairwise(points))


def test_six_years_are_drawn_to_the_theta_method() -> None:
    (four, *_), (point, *_) = FourForecasts([100.0, 104, 103, 110, 118, 131], 1, 4).to_come(1)
    middle = sum(sorted(four)[1:3]) / 2
    assert point - middle == pytest.approx(0.55 * (four[1] - middle), rel=0.02)


def test_no_edge_is_thousands_of_times_what_ever_was() -> None:
    values = [3, 40, 5, 70, 2, 55]
    _, intervals = kpicli.forecast(values, 12, 18)
    assert max(high for _, high in intervals[95]) < 10 * max(values)


def test_a_latest_value_ten_times_too_large_does_not_carry_its_season_away() -> None:
    values = wandering(24, size=3)
    seasonal = [value * wave / 100 for value, wave in zip(values, WAVE, strict=False)]
    slip = [*seasonal[:-1], 10 * seasonal[-1]]
    assert kpicli.forecast(slip, 12, 6).points == pytest.approx(WAVE[24:30], rel=0.35)


def test_what_is_older_than_forty_years_tells_nothing() -> None:
    random = Random(1)  # noqa: S311 - made up
    values = [100 + year + random.gauss(0, 9) for year in range(60)]
    assert predictive_distribution(values) == predictive_distribution(values[-40:])


@pytest.mark.parametrize(("count", "share"), [(8, 1 / 2), (12, 3 / 4), (16, 1), (40, 1)])
def test_a_trend_is_gone_on_with_as_far_as_four_seasons_are_known(count: int, share: float) -> None:
    quarters = [value + at / 4 for at, value in enumerate(wandering(count))]
    slope = FourForecasts(quarters, 4, 1).paths[1].slopes[-1]
    assert slope == pytest.approx(share * theta(quarters).slopes[-1], rel=0.05)
