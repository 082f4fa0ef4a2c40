"""The scale of a chart: what it takes in, and the round numbers beside it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.views.parts.axis import NOTHING, Scale, scale_for, ticks


@pytest.mark.parametrize(
    ("needed", "wished", "low", "high"),
    [
        pytest.param([10, 20], [], 9.6, 20.4, id="a little more than what is shown"),
        pytest.param([10, 20], [8, 22], 7.44, 22.56, id="what lies near is taken in"),
        pytest.param([10, 20], [7, 23], 9.6, 20.4, id="what would flatten the rest is not"),
        pytest.param([0, 10], [-2], -2.48, 10.48, id="below zero, where something is"),
        pytest.param([0, 10], [], 0, 10.4, id="not below zero for room alone"),
        pytest.param([-10, 0], [], -10.4, 0, id="nor above it"),
        pytest.param([5, 5], [4.5], 4.48, 5.02, id="a single value is not flattened"),
        pytest.param([5], [], 4.8, 5.2, id="a single value has room around it"),
        pytest.param([-5], [], -5.2, -4.8, id="and so below zero"),
        pytest.param([0], [], 0, 1, id="zero alone"),
    ],
)
def test_it_takes_in_what_matters(
    needed: list[float], wished: list[float], low: float, high: float
) -> None:
    assert scale_for(needed, (), wished) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("likely", "low", "high"),
    [
        pytest.param([8, 25], 7.32, 25.68, id="as far as it goes"),
        pytest.param([-90, 300], -1.2, 31.2, id="but no further than what is needed is high"),
        pytest.param([12, 14], 9.6, 20.4, id="within it anyway"),
    ],
)
def test_what_is_likely_does_not_flatten_what_was(
    likely: list[float], low: float, high: float
) -> None:
    assert scale_for([10, 20], likely) == pytest.approx((max(low, 0), high))


@pytest.mark.parametrize(
    ("low", "high", "unit", "texts"),
    [
        pytest.param(380e3, 521e3, "kr", "400k kr|450k kr|500k kr", id="thousands"),
        pytest.param(57e3, 134e3, "€", "€60k|€80k|€100k|€120k", id="a sign in front"),
        pytest.param(0, 2.4e6, "$", "$0|$0.5M|$1M|$1.5M|$2M", id="millions, and zero is bare"),
        pytest.param(0, 24e6, "kr", "0 kr|5M kr|10M kr|15M kr|20M kr", id="whole millions"),
        pytest.param(890, 1090, "visits", "900|950|1,000|1,050", id="a long unit is left out"),
        pytest.param(1.4, 4.2, "%", "1.5%|2%|2.5%|3%|3.5%|4%", id="percent"),
        pytest.param(0.0011, 0.0044, "", "0.0015|0.002|0.0025|0.003", id="small ones"),
        pytest.param(-9, 0, "kr", "-8 kr|-6 kr|-4 kr|-2 kr|0 kr", id="below zero"),
        pytest.param(-52e3, 11e3, "$", "-$40k|-$20k|$0", id="a sign before the currency"),
        pytest.param(90e3, 141e3, "k", "90,000 k|100,000 k", id="never k in a unit of k"),
    ],
)
def test_ticks_are_round_numbers_in_the_unit(
    low: float, high: float, unit: str, texts: str
) -> None:
    told = "|".join(tick.text for tick in ticks(Scale(low, high), unit, "."))
    assert told.startswith(texts)


def test_ticks_have_the_decimal_mark_of_the_board() -> None:
    assert [tick.text for tick in ticks(Scale(0.9, 2.6), "%", ",")] == ["1%", "1,5%", "2%", "2,5%"]
    assert ticks(Scale(1000, 5000), "", ",")[0].text == "1.000"


@pytest.mark.parametrize(
    ("low", "high", "is_seen"),
    [(0, 9, False), (0, 10, True), (12, 14, True), (20, 30, True), (21, 30, False), (0, 99, True)],
)
def test_of_a_band_is_seen_what_lies_on_the_scale(
    low: float, high: float, *, is_seen: bool
) -> None:
    assert (Scale(10, 20).cut((low,), (high,)) != [NOTHING]) is is_seen
    assert Scale(10, 20).cut((None,), (high,)) == [NOTHING]


SIZES = st.floats(1e-9, 1e18)


@given(st.lists(st.one_of(SIZES, SIZES.map(lambda size: -size), st.just(0.0)), min_size=1))
def test_any_numbers_have_a_scale_with_a_few_ticks_on_it(values: list[float]) -> None:
    scale = scale_for(values)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.low < scale.high
    found = ticks(scale, "kr", ".")
    assert 2 <= len(found) <= 6
    assert all(one.at < other.at for one, other in pairwise(found))
    assert len({tick.text for tick in found}) == len(found)
