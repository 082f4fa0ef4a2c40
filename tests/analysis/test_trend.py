"""Where a KPI is going: an arrow where that beats the noise, and flat where it doesn't."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.analysis.trend import TrendDirection, trend, trend_direction
from kpicli.model.frequency import Frequency
from kpicli.model.number import Number
from tests.model.built import kpi


def series(text: str) -> list[Number | None]:
    """Actuals that follow each other; `-` is a gap."""
    return [None if word == "-" else Decimal(word) for word in text.split()]


def way(text: str, season: int = 1) -> str:
    return str(trend_direction(series(text), season))


WOBBLE = "9 11 10 12 8 11 9 "


class TestMove:
    @pytest.mark.parametrize(
        ("values", "move"),
        [
            pytest.param("", None, id="nothing known"),
            pytest.param("1 2 3 4", None, id="four"),
            pytest.param("1 2 3 4 5", TrendDirection.UP, id="five that rise"),
            pytest.param("5 4 3 2 1", TrendDirection.DOWN, id="five that fall"),
            pytest.param("1 2 3 5 4", TrendDirection.FLAT, id="five of which one does not"),
            pytest.param("1 2 3 3 4", TrendDirection.FLAT, id="two of them equal"),
            pytest.param("5 5 5 5 5", TrendDirection.FLAT, id="what never moves"),
            pytest.param(WOBBLE + "10 12 8", TrendDirection.FLAT, id="a wobble"),
            pytest.param(
                WOBBLE + "12 11 10 9 8", TrendDirection.FLAT, id="four falls within a wobble"
            ),
            pytest.param(
                "1 2 3 4 5 6 7 11 10 9 8 7", TrendDirection.UP, id="four falls after a climb"
            ),
            pytest.param("1 2 3 4 5 6 7 8 4 3 2 1", TrendDirection.FLAT, id="up and down again"),
            pytest.param("1 3 2 5 4 7 6 9 8 11 10 12", TrendDirection.UP, id="a climb in zigzag"),
            pytest.param("12 10 11 8 9 6 7 4 5 2 3 1", TrendDirection.DOWN, id="a fall in zigzag"),
            pytest.param("1 1 1 1 1 1 2 2 2 2 2 2", TrendDirection.UP, id="a step of ties"),
            pytest.param(
                "1 1 1 1 1 1 1 1 1 1 2 2", TrendDirection.FLAT, id="a step too late to tell"
            ),
            pytest.param("1 2 1 2 1 2 1 2 1 2 1 900", TrendDirection.FLAT, id="one outlier"),
        ],
    )
    def test_it_is_told_from_the_noise(self, values: str, move: TrendDirection | None) -> None:
        assert trend_direction(series(values)) is move

    @pytest.mark.parametrize(
        ("values", "move"),
        [
            pytest.param("1 2 3 4 - 5", TrendDirection.UP, id="a gap is ignored"),
            pytest.param("1 2 3 4 5 -", TrendDirection.UP, id="at the end too"),
            pytest.param("1 - - - - - - - - 2 3 4", None, id="four known of twelve"),
            pytest.param("1 2 3 4 5" + " -" * 8, None, id="most of them long ago"),
            pytest.param("- - 5 4 3 2 1", TrendDirection.DOWN, id="gaps before it began"),
        ],
    )
    def test_gaps_are_passed_over(self, values: str, move: TrendDirection | None) -> None:
        assert trend_direction(series(values)) is move

    def test_what_was_before_the_latest_twelve_does_not_count(self) -> None:
        assert way("90 80 70 60 50 40 30 20 " + WOBBLE + "10 12 8 10 11") == "flat"

    @given(st.lists(st.integers(-50, 50), min_size=5, max_size=12))
    def test_the_mirrored_series_goes_the_other_way(self, values: list[int]) -> None:
        other = {
            TrendDirection.UP: TrendDirection.DOWN,
            TrendDirection.DOWN: TrendDirection.UP,
            TrendDirection.FLAT: TrendDirection.FLAT,
        }
        there = trend_direction([Fraction(value) for value in values])
        back = trend_direction([Fraction(-value) for value in values])
        assert there is not None
        assert back is other[there]

    @given(
        st.lists(st.fractions(-99, 99, max_denominator=9), min_size=5, max_size=30),
        st.fractions(-50, 50, max_denominator=9),
        st.fractions(1, 20, max_denominator=9),
    )
    def test_another_zero_and_another_unit_change_nothing(
        self, values: list[Fraction], shift: Fraction, scale: Fraction
    ) -> None:
        moved = [value * scale + shift for value in values]
        assert trend_direction(moved, 12) is trend_direction(values, 12)

    def test_typed_and_computed_numbers_are_one_series(self) -> None:
        assert trend_direction(
            [Decimal("0.1"), Fraction(1, 3), Decimal("0.4"), Fraction(1, 2), Decimal(1)]
        ) is (TrendDirection.UP)


SPRING = "10 12 15 20 26 30 31 27 21 16 12 11 "
"""A year from winter to winter."""
AGAIN = "11 11 16 19 26 31 30 28 20 17 11 12 "
FEWER = "9 10 14 17 23 27 27 24 18 15 10 10 "


class TestSeason:
    def test_the_first_spring_is_news(self) -> None:
        assert way("10 12 15 20 26 30", 12) == "up"

    @pytest.mark.parametrize("months", range(5, 13))
    def test_no_later_one_is(self, months: int) -> None:
        words = AGAIN.split()[:months]
        assert way(SPRING + AGAIN + SPRING + " ".join(words), 12) == "flat"

    def test_the_same_numbers_without_a_season_are(self) -> None:
        rising = "9 9 10 10 11 11 " + " ".join(AGAIN.split()[:6])
        assert way(SPRING + rising, 1) == "up"

    @pytest.mark.parametrize(
        ("latest", "move"),
        [
            pytest.param(AGAIN, "flat", id="as a year ago"),
            pytest.param(FEWER, "down", id="below a year ago all year round"),
            pytest.param("10 12 15 20 26 28 29 25 19 14 10 9", "down", id="for seven months"),
            pytest.param("10 12 15 20 26 30 29 25 19 14 10 9", "flat", id="for six months"),
            pytest.param("10 12 15 20 27 31 33 29 24 18 14 12", "up", id="above for eight"),
        ],
    )
    def test_each_month_is_held_against_that_of_a_year_ago(self, latest: str, move: str) -> None:
        assert way(SPRING + SPRING + latest, 12) == move

    def test_the_latest_seven_below_a_year_ago_are_enough(self) -> None:
        above, below = "12 14 17 22 28 ", "30 26 19 14 10 9"
        assert way(SPRING + SPRING + above + f"28 {below}", 12) == "down"
        assert way(SPRING + SPRING + above + f"32 {below}", 12) == "flat"

    @given(st.lists(st.integers(-6, 6), min_size=24, max_size=24), st.integers(0, 2))
    def test_an_older_value_changes_the_arrow_once_at_most(
        self, noise: list[int], climb: int
    ) -> None:
        """From twelve months on, where it shows the season."""
        steps = (0, 3, 5, 9, 16, 20, 22, 17, 12, 8, 3, 1)
        values = [Fraction(each + climb * at + steps[at % 12]) for at, each in enumerate(noise)]
        arrows = [trend_direction(values[-months:], 12) for months in range(12, 25)]
        assert sum(one is not other for one, other in pairwise(arrows)) <= 1

    def test_what_fell_last_year_and_no_further_is_flat(self) -> None:
        assert way(SPRING + FEWER + FEWER, 12) == "flat"

    def test_the_reverse_of_the_year_before_is_no_season(self) -> None:
        assert way("12 10 11 8 9 6 7 4 5 2 3 1 " + "1 3 2 5 4 7 6 9 8 11 10 12", 12) == "up"

    def test_falls_that_come_every_autumn_are_none(self) -> None:
        assert way(SPRING + "10 12 15 20 26 30 31 27 21 16 12", 12) == "flat"

    def test_gaps_of_last_year_leave_the_others(self) -> None:
        gappy = "10 - 15 20 - 30 31 27 - 16 12 11 "
        assert way(gappy + AGAIN, 12) == "flat"
        assert way(gappy + FEWER, 12) == "down"

    def test_too_few_pairs_are_no_season(self) -> None:
        """Five months of last year alone: the climb counts by itself."""
        assert way("10 12 15 20 26 - - - - - - - 10 12 15 20 26", 12) == "up"

    @pytest.mark.parametrize("months", range(12, 31))
    def test_a_value_added_in_front_turns_no_arrow(self, months: int) -> None:
        """It rises for a year and a half, and wobbles before that."""
        front = "32 30 33 31 30 32 33 31 30 32 31 33 "
        latest = "30 35 33 30 35 34 35 35 41 37 37 39 38 39 39 39 41 45"
        assert way(" ".join((front + latest).split()[-months:]), 12) == "up"

    @pytest.mark.parametrize("months", range(19, 31))
    def test_a_climb_with_a_season_is_seen_from_seven_that_come_again(self, months: int) -> None:
        """At half a season more than one, and at no length from there on anything else."""
        steps = (0, 3, 5, 9, 16, 20, 22, 17, 12, 8, 3, 1)
        climb = [str(20 + at + 2 * steps[at % 12] + at * at % 3) for at in range(36)]
        assert way(" ".join(climb[-18:]), 12) == "flat"
        assert way(" ".join(climb[-months:]), 12) == "up"

    def test_what_is_known_of_half_a_season_tells_none(self) -> None:
        """So one more month of it can't turn an arrow, as the sixth and the seventh once did."""
        half = SPRING.split()[6:]
        assert way(" ".join([*half, *SPRING.split()]), 12) == way(SPRING, 12)

    def test_a_steady_climb_is_seen_with_or_without_one(self) -> None:
        assert way(" ".join(str(10 + at) for at in range(36)), 12) == "up"


class TestTrend:
    def test_the_latest_twelve_are_shown(self) -> None:
        found = trend(kpi(""), None, series(" ".join(map(str, range(20)))))
        assert found.actuals == tuple(map(Decimal, range(8, 20)))

    def test_gaps_are_shown_but_for_those_before_it_began(self) -> None:
        assert trend(kpi(""), None, series("- - 1 - 2")).actuals == (Decimal(1), None, Decimal(2))
        assert trend(kpi(""), None, series("- -")).actuals == ()
        assert trend(kpi(""), None, []) == ((), None, None)

    @pytest.mark.parametrize(
        ("lines", "values", "is_favourable"),
        [
            pytest.param('target = ">=3"', "1 2 3 4 5", True, id="up is good"),
            pytest.param('target = ">=3"', "5 4 3 2 1", False, id="down is bad"),
            pytest.param('target = "<=3"', "5 4 3 2 1", True, id="down is good"),
            pytest.param('direction = "lower"', "1 2 3 4 5", False, id="up is bad"),
            pytest.param('target = "2..4"', "1 2 3 4 5", None, id="a range"),
            pytest.param("", "1 2 3 4 5", None, id="nobody knows"),
            pytest.param('target = ">=3"', "3 2 3 2 3", None, id="flat"),
            pytest.param('target = ">=3"', "1 2 3", None, id="too few"),
        ],
    )
    def test_the_direction_says_whether_it_is_good(
        self, lines: str, values: str, *, is_favourable: bool | None
    ) -> None:
        one = kpi(lines)
        assert trend(one, one.target, series(values)).is_favourable is is_favourable

    def test_the_season_is_that_of_its_periods(self) -> None:
        """Quarters of a year or months of one: the same numbers four apart."""
        quarters = series("10 20 30 20 " * 4 + "10 20 30 20")
        spring = series("10 20 30 40 " * 4)
        for one in (quarters, spring):
            assert trend(kpi('frequency = "quarterly"'), None, one).move is TrendDirection.FLAT
        years = series("1 2 3 4 5 6 7 8 9 10 11 12 " * 2)
        yearly = kpi('frequency = "yearly"')
        assert trend(kpi(""), None, years).move is TrendDirection.FLAT
        assert trend(yearly, None, years, Frequency.MONTHLY).move is TrendDirection.FLAT
        assert trend(yearly, None, years).move is TrendDirection.UP
