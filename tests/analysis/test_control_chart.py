"""The natural limits of a series, and whether its latest values have left the mean."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.stats.control_limits import ControlLimits, control_limits, is_moving_towards

SPIKE = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"
STABLE = "9 11 9 11 9 11 9 11 9 11 9 11"


def exact(text: str) -> list[Fraction]:
    return [Fraction(Decimal(word)) for word in text.split()]


def found(text: str) -> ControlLimits:
    limits_found = control_limits(exact(text))
    assert limits_found is not None
    return limits_found


def rounded(one: ControlLimits) -> list[str]:
    return [f"{float(edge):.2f}" for edge in one]


class TestLimits:
    def test_an_outlier_is_screened_out_of_the_ranges_and_stays_in_the_mean(self) -> None:
        assert rounded(found(SPIKE)) == ["-0.72", "1.94", "4.60"]

    def test_they_are_exact(self) -> None:
        mean = Fraction(35, 18)
        half = Fraction("2.66")
        assert found(SPIKE) == ControlLimits(mean - half, mean, mean + half)
        assert found(SPIKE).half_width == half

    def test_ranges_are_screened_once(self) -> None:
        """Ten ranges of 1, then 20 and 4: 20 goes, and 4 stays although it now stands out."""
        text = "1 2 1 2 1 2 1 2 1 2 1 21 17"
        assert found(text).half_width == Fraction("2.66") * Fraction(14, 11)

    @pytest.mark.parametrize(
        ("largest", "half_width"),
        [
            pytest.param(3267, Fraction("2.66") * 1000, id="at the limit it is kept"),
            pytest.param(3268, Fraction("2.66") * Fraction(8732, 11), id="above it is screened"),
        ],
    )
    def test_a_range_is_held_against_3267_thousandths_of_the_average(
        self, largest: int, half_width: Fraction
    ) -> None:
        rest = Fraction(12_000 - largest, 11)
        steps = [Fraction(largest), *[rest] * 11]
        one = control_limits([sum(steps[:count], Fraction(0)) for count in range(13)])
        assert one is not None
        assert one.half_width == half_width

    @pytest.mark.parametrize(
        ("count", "is_found"), [(0, False), (1, False), (11, False), (12, True)]
    )
    def test_twelve_values_are_needed(self, count: int, *, is_found: bool) -> None:
        assert (control_limits(exact(STABLE)[:count]) is not None) is is_found

    @pytest.mark.parametrize(("count", "is_found"), [(0, False), (1, False), (2, True)])
    def test_two_are_the_least_that_can_be_asked_for(self, count: int, *, is_found: bool) -> None:
        assert (control_limits(exact(STABLE)[:count], fewest=0) is not None) is is_found

    def test_what_never_moves_has_no_room(self) -> None:
        assert found("5 " * 12) == ControlLimits(Fraction(5), Fraction(5), Fraction(5))

    @given(
        st.lists(st.fractions(-1000, 1000, max_denominator=50), min_size=12, max_size=30),
        st.fractions(-50, 50, max_denominator=9),
        st.fractions(1, 20, max_denominator=9),
    )
    def test_another_zero_and_another_unit_change_nothing(
        self, values: list[Fraction], shift: Fraction, scale: Fraction
    ) -> None:
        before, after = (
            control_limits(values),
            control_limits([value * scale + shift for value in values]),
        )
        assert before is not None
        assert after == ControlLimits(*(edge * scale + shift for edge in before))

    @given(st.lists(st.fractions(-1000, 1000, max_denominator=50), min_size=12, max_size=30))
    def test_the_mean_is_in_the_middle(self, values: list[Fraction]) -> None:
        one = control_limits(values)
        assert one is not None
        assert one.mean == sum(values) / len(values) == (one.low + one.high) / 2
        assert one.high - one.mean == one.half_width >= 0


UP, DOWN = Fraction(100), Fraction(-100)
AROUND = ControlLimits(Fraction(6), Fraction(10), Fraction(14))


class TestMovement:
    @pytest.mark.parametrize(
        ("latest", "goal", "is_moving"),
        [
            pytest.param("11 11 11 11 11 11 11 11", UP, True, id="eight above, goal above"),
            pytest.param("11 11 11 11 11 11 11 11", DOWN, False, id="eight above, goal below"),
            pytest.param("9 9 9 9 9 9 9 9", DOWN, True, id="eight below, goal below"),
            pytest.param("9 9 9 9 9 9 9 9", UP, False, id="eight below, goal above"),
            pytest.param("9 11 11 11 11 11 11 11", UP, False, id="seven"),
            pytest.param("11 11 11 10 11 11 11 11", UP, False, id="one on the mean"),
            pytest.param("9 9 9 10 9 9 9 9", DOWN, False, id="one on the mean, below"),
            pytest.param("9 9 9 9 9 9 9 15", UP, True, id="one beyond"),
            pytest.param("9 11 9 11 9 11 9 14", UP, False, id="one at the limit"),
            pytest.param("11 11 11 11 11 11 11 5", DOWN, True, id="one below the lower limit"),
            pytest.param("11 9 11 9 11 9 11 6", DOWN, False, id="one at the lower limit"),
            pytest.param("15 9 9 9 9 9 9 9", UP, True, id="one beyond, eight ago"),
            pytest.param("15 9 9 9 9 9 9 9 9", UP, False, id="one beyond, nine ago"),
            pytest.param("11 11 11 11 11 11 11", UP, False, id="only seven values"),
        ],
    )
    def test_the_latest_eight_tell(self, latest: str, goal: Fraction, *, is_moving: bool) -> None:
        assert is_moving_towards(exact(latest), AROUND, goal) is is_moving

    def test_a_steady_climb_moves(self) -> None:
        values = [Fraction(number) for number in range(50, 70)]
        one = control_limits(values)
        assert one is not None
        assert is_moving_towards(values, one, Fraction(90))
        assert not is_moving_towards(values, one, Fraction(30))
