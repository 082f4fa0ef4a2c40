"""What is no chance in a series under its limits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.stats.control_limits import ControlLimits, control_limits
from kpicli.stats.signal_runs import SignalRule, signal_runs

AROUND = ControlLimits(Fraction(0), Fraction(10), Fraction(20))
"""A half width of ten: nearer a limit than the mean is above 15 or below 5."""


def found(text: str, under: ControlLimits = AROUND) -> list[str]:
    """Each spell as `run above 0-7 (8)`."""
    values = [Fraction(word) for word in text.split()]
    return [
        f"{one.rule} {'above' if one.is_above else 'below'} {one.first}-{one.last} ({one.size})"
        for one in signal_runs(values, under)
    ]


class TestOutside:
    @pytest.mark.parametrize(
        ("values", "told"),
        [
            pytest.param("10 21 10", ["outside_limits above 1-1 (1)"], id="above"),
            pytest.param("10 -1 10", ["outside_limits below 1-1 (1)"], id="below"),
            pytest.param("10 20 10 0 10", [], id="on a limit is inside"),
            pytest.param(
                "10 21 22 10", ["outside_limits above 1-2 (2)"], id="two in a row are one"
            ),
            pytest.param(
                "21 10 22",
                ["outside_limits above 0-0 (1)", "outside_limits above 2-2 (1)"],
                id="two apart are two",
            ),
            pytest.param(
                "21 -1",
                ["outside_limits above 0-0 (1)", "outside_limits below 1-1 (1)"],
                id="one on either side",
            ),
        ],
    )
    def test_a_value_beyond_a_limit_is_told(self, values: str, told: list[str]) -> None:
        assert found(values) == told


class TestRun:
    @pytest.mark.parametrize(
        ("values", "told"),
        [
            pytest.param("11 " * 8, ["run above 0-7 (8)"], id="eight above"),
            pytest.param("9 " * 8, ["run below 0-7 (8)"], id="eight below"),
            pytest.param("11 " * 7, [], id="seven"),
            pytest.param(
                "9 " + "11 " * 11 + "9", ["run above 1-11 (11)"], id="as long as it lasts"
            ),
            pytest.param("11 11 11 11 10 11 11 11 11", [], id="one on the mean breaks it"),
            pytest.param("11 11 11 11 9 11 11 11 11", [], id="one beyond the mean breaks it"),
            pytest.param(
                "11 " * 8 + "10 " + "11 " * 8,
                ["run above 0-7 (8)", "run above 9-16 (8)"],
                id="two runs",
            ),
        ],
    )
    def test_eight_on_one_side_of_the_mean_are_told(self, values: str, told: list[str]) -> None:
        assert found(values) == told


class TestNear:
    @pytest.mark.parametrize(
        ("values", "told"),
        [
            pytest.param("16 16 16", ["near_limit above 0-2 (3)"], id="three of three"),
            pytest.param("16 9 16 16", ["near_limit above 0-3 (3)"], id="three of four"),
            pytest.param("4 11 4 4", ["near_limit below 0-3 (3)"], id="below"),
            pytest.param("16 9 9 16 16", [], id="three of five"),
            pytest.param("16 16 9 9 16", [], id="two of four, twice"),
            pytest.param("16 4 16 4", [], id="two on each side"),
            pytest.param("15 15 15 15", [], id="halfway is no nearer"),
            pytest.param(
                "16 16 16 11 11",
                ["near_limit above 0-3 (3)"],
                id="it holds as long as three of the latest four are near",
            ),
            pytest.param(
                "16 16 16 9 9", ["near_limit above 0-2 (3)"], id="on that side of the mean"
            ),
            pytest.param("9 16 16 16 16 16", ["near_limit above 1-5 (5)"], id="each time once"),
            pytest.param(
                "16 9 16 16 9 16", ["near_limit above 0-5 (4)"], id="overlapping ones are one"
            ),
            pytest.param(
                "16 16 16 9 9 9 16 16 16",
                ["near_limit above 0-2 (3)", "near_limit above 6-8 (3)"],
                id="two that are apart",
            ),
        ],
    )
    def test_three_of_four_nearer_a_limit_than_the_mean_are_told(
        self, values: str, told: list[str]
    ) -> None:
        assert found(values) == told

    def test_those_within_a_run_are_told_by_it(self) -> None:
        assert found("16 16 16 " + "11 " * 5) == ["run above 0-7 (8)"]

    def test_those_that_end_before_a_run_or_begin_in_one_are_told(self) -> None:
        assert found("16 16 16 9 " + "11 " * 8) == [
            "run above 4-11 (8)",
            "near_limit above 0-2 (3)",
        ]
        assert found("11 " * 6 + "16 16 9 16 16") == [
            "run above 0-7 (8)",
            "near_limit above 6-10 (4)",
        ]

    def test_one_outside_is_near_as_well(self) -> None:
        assert found("16 21 16") == ["outside_limits above 1-1 (1)", "near_limit above 0-2 (3)"]


class TestSpells:
    def test_there_is_none_without_limits(self) -> None:
        assert list(signal_runs([Fraction(1)] * 5, None)) == []

    def test_what_never_moves_has_none(self) -> None:
        assert found("5 " * 20, ControlLimits(Fraction(5), Fraction(5), Fraction(5))) == []

    @given(
        st.lists(st.fractions(-99, 99, max_denominator=9), min_size=6, max_size=30),
        st.fractions(-50, 50, max_denominator=9),
        st.fractions(1, 20, max_denominator=9),
    )
    def test_another_zero_and_another_unit_change_nothing(
        self, values: list[Fraction], shift: Fraction, scale: Fraction
    ) -> None:
        moved = [value * scale + shift for value in values]
        assert list(signal_runs(moved, control_limits(moved, 6))) == list(
            signal_runs(values, control_limits(values, 6))
        )

    @given(st.lists(st.fractions(-99, 99, max_denominator=9), min_size=6, max_size=30))
    def test_the_mirrored_series_has_the_mirrored_ones(self, values: list[Fraction]) -> None:
        def told(series: list[Fraction], *, is_above: bool) -> list[tuple[str, int, int, int]]:
            return [
                (one.rule, one.first, one.last, one.size)
                for one in signal_runs(series, control_limits(series, 6))
                if one.is_above is is_above
            ]

        mirrored = [-value for value in values]
        assert told(values, is_above=True) == told(mirrored, is_above=False)

    @given(st.lists(st.fractions(-99, 99, max_denominator=9), min_size=6, max_size=30))
    def test_what_holds_at_one_value_is_on_one_side(self, values: list[Fraction]) -> None:
        limits = control_limits(values, 6)
        last = len(values) - 1
        assert len({run.is_above for run in signal_runs(values, limits) if run.last == last}) <= 1

    @given(st.lists(st.fractions(-99, 99, max_denominator=9), min_size=6, max_size=30))
    def test_each_says_what_it_counts(self, values: list[Fraction]) -> None:
        under = control_limits(values, 6)
        assert under is not None
        for one in signal_runs(values, under):
            spread = [
                (value - under.mean) * (1 if one.is_above else -1)
                for value in values[one.first : one.last + 1]
            ]
            least = {
                SignalRule.OUTSIDE: under.half_width,
                SignalRule.RUN: Fraction(0),
                SignalRule.NEAR: under.half_width / 2,
            }[one.rule]
            assert sum(each > least for each in spread) == one.size
            assert spread[0] > least
