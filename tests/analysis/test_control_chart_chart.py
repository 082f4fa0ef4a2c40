"""What a chart tells of a past: where it left its limits, and since when."""

from fractions import Fraction

import pytest

from kpicli.analysis.control_chart import ControlChart, Signal, control_chart, since_rebase
from kpicli.analysis.observations import Observation
from kpicli.lint.context import LintContext
from kpicli.model.period import read_period
from kpicli.stats.signal_runs import SignalRule
from tests.evaluation.board import board
from tests.model.built import kpi

MONTHS = "2024-01"


def charted(text: str, lines: str = "", first: str = MONTHS, target: str = "") -> ControlChart:
    """The chart of a KPI whose actuals follow each other from a period on; `-` is a gap."""
    start = read_period(first)
    given = kpi(lines)
    aim = kpi(target).target if target else given.target
    moments = tuple(
        Observation(start.shift(at), Fraction(word), aim)
        for at, word in enumerate(text.split())
        if word != "-"
    )
    return control_chart(given, moments)


def told(one: ControlChart) -> list[str]:
    return [
        f"{each.rule} {'above' if each.is_above else 'below'} {each.first}..{each.last}"
        f" ({each.size}) {each.is_favourable}"
        for each in one.signals
    ]


SPIKE = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"
DROP = "11 9 " * 6 + "3"


class TestChart:
    def test_the_spike_of_a_wobbling_series_is_its_only_signal(self) -> None:
        one = charted(SPIKE)
        assert told(one) == ["outside_limits above 2024-05..2024-05 (1) None"]
        assert [f"{float(edge):.2f}" for edge in one.limits[0] or ()] == ["-0.72", "1.94", "4.60"]
        assert one.latest == ()

    @pytest.mark.parametrize(
        ("values", "telling"),
        [
            pytest.param("9 11 " * 10 + "14 14 14", ["near_limit"], id="near a limit alone"),
            pytest.param("9 11 " * 10 + "14 14 19", ["outside_limits"], id="beside one beyond it"),
            pytest.param(
                "9 11 " * 10 + "6 6 6 19",
                ["outside_limits"],
                id="nor on the side that the latest has left",
            ),
        ],
    )
    def test_near_a_limit_tells_nothing_beside_what_is_beyond_it(
        self, values: str, telling: list[str]
    ) -> None:
        assert [each.rule for each in charted(values).telling] == telling

    def test_there_is_a_limit_for_each_moment(self) -> None:
        one = charted(SPIKE)
        assert len(one.limits) == 18
        assert len(set(one.limits)) == 1

    @pytest.mark.parametrize(
        ("count", "has_limits", "is_trial"),
        [(0, False, True), (5, False, True), (6, True, True), (11, True, True), (12, True, False)],
    )
    def test_six_give_trial_limits_and_twelve_limits(
        self, count: int, *, has_limits: bool, is_trial: bool
    ) -> None:
        one = charted("9 11 " * (count // 2) + "9 " * (count % 2))
        assert [limit is not None for limit in one.limits] == [has_limits] * count
        assert one.is_trial is is_trial

    def test_nothing_is_told_of_five(self) -> None:
        assert charted("1 1 1 1 99").signals == ()

    def test_an_outlier_is_told_where_nothing_else_moves(self) -> None:
        one = charted("5 " * 6 + "9")
        assert told(one) == ["outside_limits above 2024-07..2024-07 (1) None"]

    @pytest.mark.parametrize(
        ("target", "is_favourable"),
        [
            pytest.param('target = "<5"', True, id="lower is better"),
            pytest.param('target = ">5"', False, id="higher is better"),
            pytest.param('target = "4..9"', None, id="a range"),
            pytest.param("", None, id="no target"),
            pytest.param('direction = "lower"', True, id="a direction alone"),
        ],
    )
    def test_the_direction_says_whether_it_is_good(
        self, target: str, *, is_favourable: bool | None
    ) -> None:
        [signal] = charted(DROP, target).signals
        assert (signal.is_above, signal.is_favourable) == (False, is_favourable)

    def test_the_target_of_its_time_says_which_way_is_better(self) -> None:
        [signal] = charted(DROP, "", target='target = "<5"').signals
        assert signal.is_favourable

    def test_signals_stand_in_the_order_of_their_beginning(self) -> None:
        one = charted("11 9 11 30 9 11 9 11 9 -20 11 9 11 9")
        assert told(one) == [
            "outside_limits above 2024-04..2024-04 (1) None",
            "outside_limits below 2024-10..2024-10 (1) None",
        ]

    def test_a_gap_is_passed_over(self) -> None:
        """Eight below average with a month without an actual between them."""
        one = charted("12 11 12 11 12 11 12 11 9 9 8 9 - 8 9 9 8")
        assert "run below 2024-09..2025-05 (8) None" in told(one)


class TestLatest:
    def test_months_outside_the_limits_grow_more_while_it_goes_on(self) -> None:
        """By the limits of the end only two of the five are, since these have widened them."""
        values = ["10", "11"] * 6 + ["23", "23", "19", "27", "22"]
        charts = [charted(" ".join(values[:count])) for count in range(13, 18)]
        assert [outside(chart)[-1].size for chart in charts] == [1, 2, 3, 4, 5]

    def test_no_more_months_are_outside_the_limits_than_in_a_row_off_the_average(self) -> None:
        """Of a climb those of long ago lay outside, too, and lie below its average by now."""
        climb = charted(" ".join(str(100 + 4 * at) for at in range(24)), target='target = "<200"')
        assert [signal.size for signal in climb.latest] == [12, 12]

    @pytest.mark.parametrize(
        ("values", "rules"),
        [
            pytest.param("9 11 " * 6 + "30", ["outside_limits"], id="outside at the end"),
            pytest.param("9 11 " * 6 + "30 9", [], id="outside just before"),
            pytest.param("9 11 " * 9 + "14 14 9 14", ["near_limit"], id="three of the last four"),
            pytest.param("9 11 " * 9 + "14 14 14 11", ["near_limit"], id="and one near the mean"),
            pytest.param("9 11 " * 9 + "14 14 14 9", [], id="and one on its other side"),
            pytest.param("9 11 " * 9 + "14 14 14 11 11", [], id="and two near the mean"),
        ],
    )
    def test_those_that_hold_at_the_last_moment(self, values: str, rules: list[str]) -> None:
        assert [one.rule for one in charted(values).latest] == rules

    def test_a_run_holds_as_long_as_it_goes_on(self) -> None:
        before, run = "12 11 12 11 12 11 12 11 12 11 ", "9 9 8 9 9 8 9 9 "
        assert [one.rule for one in charted(before + run).latest] == ["run"]
        assert SignalRule.RUN not in {one.rule for one in charted(before + run + "12").latest}

    def test_there_is_none_of_an_empty_past(self) -> None:
        assert control_chart(kpi(""), ()) == ControlChart((), is_trial=True, signals=(), last=None)
        assert charted("").latest == ()


STEP = "9 11 " * 6 + "19 21 " * 6
JOINED = 'rebase = ["2025-01"]'


class TestKnownChange:
    def test_without_it_a_step_is_told(self) -> None:
        assert "run above 2025-01..2025-12 (12) None" in told(charted(STEP))

    def test_from_it_on_there_are_new_limits(self) -> None:
        one = charted(STEP, JOINED)
        assert one.signals == ()
        assert [float(limit.mean) for limit in one.limits if limit] == [10] * 12 + [20] * 12

    def test_its_period_is_the_first_under_the_new_limits(self) -> None:
        one = charted(STEP, 'rebase = ["2025-02"]')
        assert told(one) == ["outside_limits above 2025-01..2025-01 (1) None"]

    def test_limits_are_on_trial_after_it(self) -> None:
        one = charted(STEP[: STEP.rindex("19 21 19")], 'rebase = ["2025-01"]')
        assert one.is_trial
        assert not charted(STEP, JOINED).is_trial

    def test_there_are_none_until_six_are_known_after_it(self) -> None:
        one = charted("9 11 " * 6 + "19 21 19 21 99", JOINED)
        assert one.limits[-5:] == (None,) * 5
        assert one.signals == ()

    def test_no_run_goes_across_it(self) -> None:
        """Eight below average in all, four of them on either side of the change."""
        values = "8 12 8 12 8 12 8 12 9 9 9 9 9 9 9 9 12 8 12 8 12 8 12 8"
        assert told(charted(values)) == ["run below 2024-09..2025-04 (8) None"]
        assert charted(values, JOINED).signals == ()

    def test_there_may_be_several_in_any_order(self) -> None:
        one = charted("1 2 " * 4 + "11 12 " * 4 + "21 22 " * 4, 'rebase=["2025-05", "2024-09"]')
        assert sorted({float(limit.mean) for limit in one.limits if limit}) == [1.5, 11.5, 21.5]
        assert one.signals == ()

    def test_one_before_all_or_after_all_changes_nothing(self) -> None:
        plain = charted(SPIKE)
        assert charted(SPIKE, 'rebase = ["2020-01", "2024-01", "2030-01"]') == plain

    def test_what_is_since_then_is_what_rules_go_by(self) -> None:
        """A target beyond the old limits and within the new ones is in reach."""
        given = kpi(JOINED)
        moments = tuple(
            Observation(read_period("2024-01").shift(at), Fraction(word))
            for at, word in enumerate(STEP.split())
        )
        assert since_rebase(given, moments) == moments[12:]
        assert since_rebase(kpi(""), moments) == moments
        assert since_rebase(given, ()) == ()

    def test_the_limits_of_a_rule_begin_with_it(self) -> None:
        records = [
            f"it {read_period('2024-09').shift(at)} {word}"
            for at, word in enumerate(("9 11 " * 6 + "19 21 " * 6).split())
        ]
        card = board('[kpis.it]\nrebase = ["2025-09"]', *records)
        evidence = LintContext(card.definitions, card.series, card.clock)
        found = evidence.limits(card.definitions.kpis["it"])
        assert found is not None
        assert found.mean == 20


YEAR = "9 11 9 11 9 11 9 11 9 11 9 "


def outside(one: ControlChart) -> list[Signal]:
    """Without the runs below a mean that the peaks have drawn up."""
    return [signal for signal in one.signals if signal.rule is SignalRule.OUTSIDE]


class TestSeason:
    def test_what_comes_every_december_is_told_with_the_one_before(self) -> None:
        one = charted((YEAR + "40 ") * 3)
        assert [(str(each.last), each.as_before) for each in outside(one)] == [
            ("2024-12", None),
            ("2025-12", read_period("2024-12")),
            ("2026-12", read_period("2025-12")),
        ]

    def test_not_with_one_on_the_other_side(self) -> None:
        one = charted(YEAR + "40 " + YEAR + "-20")
        assert [each.as_before for each in outside(one)] == [None, None]

    def test_not_with_itself(self) -> None:
        """A fall that began more than a year ago was there a year ago too, and is no season."""
        one = charted("19 21 " * 12 + "9 11 " * 7)
        runs = [each for each in one.latest if each.rule is SignalRule.RUN]
        assert [(each.size, each.as_before) for each in runs] == [(14, None)]

    def test_not_with_another_month(self) -> None:
        one = charted(YEAR + "40 " + "9 11 " * 5 + "40 9")
        assert [each.as_before for each in outside(one)] == [None, None]

    def test_not_with_a_signal_of_another_kind(self) -> None:
        """Three of four near the top in one spring, and one above it all in the next."""
        spring, rest = "14 14 14 9 11 9 11 9 11 9 11 9 ", "11 9 22 9 11 9 11 9 11 9 11 9"
        one = charted(spring + rest)
        assert [(each.rule, each.as_before) for each in one.signals] == [
            ("near_limit", None),
            ("outside_limits", None),
        ]

    def test_a_year_has_no_season(self) -> None:
        one = charted("9 11 " * 9 + "40 40", 'frequency = "yearly"', "1990")
        assert [(each.size, each.as_before) for each in outside(one)] == [(2, None)]

    @pytest.mark.parametrize(
        ("frequency", "first", "before"),
        [("daily", "2026-03-02", "2026-03-08"), ("quarterly", "2018-Q1", "2019-Q3")],
    )
    def test_a_season_is_a_week_of_days_and_a_year_of_quarters(
        self, frequency: str, first: str, before: str
    ) -> None:
        season = {"daily": 7, "quarterly": 4}[frequency]
        values = ["9", "11"] * 10
        values[6] = values[6 + season] = "40"
        one = charted(" ".join(values), f'frequency = "{frequency}"', first)
        assert [each.as_before for each in outside(one)] == [None, read_period(before)]
