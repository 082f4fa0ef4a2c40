from math import exp, log, pi, sin
from random import Random

import pytest

from kpicli.stats.seasonality import Season, season_of

RANDOM = Random(4)  # noqa: S311 - made up
NOISE = [100 + RANDOM.gauss(0, 10) for _ in range(60)]
WAVE = [100 + 30 * sin(month / 6 * pi) for month in range(60)]
DECEMBERS = [150.0 if month % 12 == 11 else 100.0 + month % 2 for month in range(48)]


def test_a_season_that_always_comes_is_found_whole() -> None:
    found = season_of(WAVE, 12)
    assert found.is_factor
    assert found.indices == pytest.approx([value / 100 for value in WAVE[:12]], abs=0.01)


def test_of_noise_next_to_nothing_is_left() -> None:
    indices = season_of(NOISE, 12).indices
    assert indices == pytest.approx([1] * 12, abs=0.03)
    assert sum(indices) == pytest.approx(12)


def test_a_season_amid_noise_is_shrunk_by_little() -> None:
    both = [one * two / 100 for one, two in zip(WAVE, NOISE, strict=True)]
    assert season_of(both, 12).at(3) == pytest.approx(1.3, abs=0.1)


def test_a_season_that_has_changed_is_as_it_is_of_late() -> None:
    grown = [100 + (10 + 10 * (month >= 36)) * sin(month / 6 * pi) for month in range(72)]
    faded = [100 + (20 - 10 * (month >= 36)) * sin(month / 6 * pi) for month in range(72)]
    assert season_of(grown, 12).at(3) > season_of(faded, 12).at(3) + 0.01


def test_where_values_are_not_above_zero_it_is_added() -> None:
    found = season_of([value - 100 for value in WAVE], 12)
    assert not found.is_factor
    assert found.indices == pytest.approx([value - 100 for value in WAVE[:12]], abs=0.5)


@pytest.mark.parametrize("length", [3, 4, 7, 12])
def test_whatever_its_length_what_is_taken_off_is_put_on_again(length: int) -> None:
    found = season_of(NOISE, length)
    level = found.taken_off(NOISE)
    again = [found.put_on(value, place) for place, value in enumerate(level)]
    assert len(found.indices) == length
    assert again == pytest.approx(NOISE)


@pytest.mark.parametrize(
    ("count", "length"),
    [
        pytest.param(11, 12, id="of less than one season nothing is said"),
        pytest.param(53, 52, id="nor of a long one without two moves from season to season"),
        pytest.param(60, 1, id="one value is no season"),
        pytest.param(7, 12, id="nor is one longer than all that is known"),
    ],
)
def test_too_few_values_have_none(count: int, length: int) -> None:
    assert season_of(WAVE[:count], length) == Season()


def test_one_odd_month_is_no_season() -> None:
    odd = [value + 400 * (month == 23) for month, value in enumerate(NOISE)]
    assert season_of(odd, 12).at(11) == pytest.approx(1, abs=0.1)


def test_but_every_december_is_one() -> None:
    assert season_of(DECEMBERS, 12).at(11) == pytest.approx(1.43, abs=0.03)


def test_what_never_moves_has_none() -> None:
    assert season_of([5.0] * 36, 12).indices == pytest.approx([1] * 12)


def test_two_places_known_twice_tell_a_season_that_repeats() -> None:
    assert season_of(WAVE[:14], 12).indices == pytest.approx([v / 100 for v in WAVE[:12]], abs=0.08)


def test_a_single_season_is_believed_by_half() -> None:
    found = season_of(WAVE[:12], 12)
    assert found.at(3) == pytest.approx(exp(log(1.3) / 2), abs=0.05)
    assert found.parameters == pytest.approx(11 / 2)
    assert found.variance > 0


def test_the_scatter_of_all_places_counts_those_with_one_value_too() -> None:
    """Of 30 months half of the places have three values: the others are no surer for that."""
    last = [value + 60 * (month % 12 > 5) * (month >= 24) for month, value in enumerate(WAVE[:36])]
    sure, unsure = season_of(WAVE[:30], 12), season_of(last, 12)
    assert sure.parameters == pytest.approx(11, abs=0.2)
    assert 0 < unsure.parameters < sure.parameters


@pytest.mark.parametrize("count", [16, 18, 24])
def test_noise_of_less_than_three_years_is_hardly_a_season(count: int) -> None:
    indices = season_of(NOISE[:count], 12).indices
    assert max(indices) - min(indices) < 0.6 * (max(NOISE[:count]) - min(NOISE[:count])) / 100
