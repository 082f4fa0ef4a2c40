from datetime import date

import pytest

from kpicli.evaluation.selection import period_in_view
from kpicli.model.period import read_period
from kpicli.model.status import Status
from tests.evaluation.board import board, damage, defined, judged, latest, told

MONTHLY = '[kpis.it]\ntarget = "7"\n'
SUMMED = '[kpis.it]\ntarget = "300"\nrollup = "sum"\n'


@pytest.mark.parametrize(
    ("lines", "records", "today", "is_overdue"),
    [
        pytest.param("", ["it 2026-09 7"], "2026-11-01", True, id="October is past, and missing"),
        pytest.param("", ["it 2026-09 7"], "2026-10-31", False, id="October is not past"),
        pytest.param("", ["it 2026-10 7"], "2026-11-30", False, id="October is there"),
        pytest.param("", [], "2026-11-01", False, id="nothing earlier is there: never begun"),
        pytest.param("", ["it 2026-11 7"], "2026-11-05", False, id="a later one is no earlier one"),
        pytest.param("", ["it 2026-01 7"], "2026-11-05", True, id="an earlier one, however old"),
        pytest.param(
            "", ["it 2026-09 7", "it 2026-10 7", "it 2026-10 none"], "2026-11-01", True, id="null"
        ),
        pytest.param(
            "", ["it 2026-09 7", "it 2026-09 none"], "2026-11-01", False, id="the earlier one null"
        ),
        pytest.param(
            "grace = 5", ["it 2026-09 7"], "2026-11-05", False, id="31 October + 5 is not past"
        ),
        pytest.param(
            "grace = 5", ["it 2026-09 7"], "2026-11-06", True, id="5 days more, and it is"
        ),
        pytest.param(
            "grace = 40", ["it 2026-08 7"], "2026-11-05", False, id="30 September + 40 is not past"
        ),
        pytest.param(
            "grace = 40", ["it 2026-07 7"], "2026-11-05", True, id="31 August + 40 is: August"
        ),
        pytest.param(
            'until = "2026-10"', ["it 2026-09 7"], "2026-11-01", False, id="retired, so never"
        ),
        pytest.param(
            'until = "2026-11"', ["it 2026-09 7"], "2026-11-01", True, id="kept for a month more"
        ),
        pytest.param(
            'frequency = "weekly"', ["it 2026-W43 7"], "2026-11-02", True, id="week 44 is past"
        ),
        pytest.param(
            'frequency = "weekly"',
            ["it 2026-W43 7"],
            "2026-11-01",
            False,
            id="Sunday is in week 44",
        ),
        pytest.param(
            'frequency = "daily"',
            ["it 2026-11-03 7"],
            "2026-11-05",
            True,
            id="yesterday is missing",
        ),
        pytest.param(
            'frequency = "quarterly"', ["it 2026-Q2 7"], "2026-10-01", True, id="the third quarter"
        ),
        pytest.param(
            'rollup = "mean"', ["it 2026-10-31 7"], "2026-11-01", False, id="a day of it will do"
        ),
    ],
)
def test_overdue_is_the_latest_period_past_its_grace_where_an_earlier_one_is_there(
    lines: str, records: list[str], today: str, *, is_overdue: bool
) -> None:
    scorecard = board(MONTHLY + lines, *records, today=today)
    assert latest(scorecard, "it").is_overdue is is_overdue


def test_a_formula_is_never_overdue() -> None:
    toml = '[kpis.it]\n[kpis.twice]\nformula = "it * 2"'
    scorecard = board(toml, "it 2026-09 7", "twice 2026-09 1")  # once recorded, now computed
    assert not latest(scorecard, "twice").is_overdue


def test_overdue_stands_beside_whichever_status_and_period() -> None:
    one = judged(board(MONTHLY, "it 2026-09 7"), "it", "2026-09")
    assert told(one) == "2026-09 on_target 7 (0) overdue"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            ["it 2026-08 300", "it 2026-09 300"],
            "2026-09 on_target 300 (0) overdue",
            id="the latest that has an actual",
        ),
        pytest.param(
            ["it 2026-10 300", "it 2026-11-05 50"],
            "2026-10 on_target 300 (0)",
            id="5 of 30 days of November are too early, so October",
        ),
        pytest.param(
            ["it 2026-10 300", "it 2026-11-06 60"],
            "2026-11 on_target 60 (0) of 60",
            id="6 of 30 days are enough",
        ),
        pytest.param(
            ["it 2026-11-02 50"],
            "2026-11 too_early 50 of 20",
            id="nothing but what is too early: that",
        ),
        pytest.param(
            ["it 2026-10 300", "it 2026-10 none"],
            "2026-10 no_data: nothing recorded for 2026-10",
            id="nothing stands: the last closed period, with the reason",
        ),
        pytest.param([], "2026-10 no_data: nothing recorded for 2026-10", id="never recorded"),
        pytest.param(
            ["it 2026-12 9"],
            "2026-10 no_data: nothing recorded for 2026-10",
            id="nothing but what comes yet",
        ),
        pytest.param(
            ["it 2026-10 300", "it 2026-12 9"], "2026-10 on_target 300 (0)", id="not what comes yet"
        ),
        pytest.param(
            ["it 2026-10 300", "it 2026-W45 9", "it 2026-Q4 9"],
            "2026-10 on_target 300 (0)",
            id="not what fits into no month",
        ),
    ],
)
def test_without_a_period_the_latest_that_can_be_judged_is_shown(
    records: list[str], expected: str
) -> None:
    assert told(latest(board(SUMMED, *records, today="2026-11-07"), "it")) == expected


@pytest.mark.parametrize(
    ("frequency", "records", "expected"),
    [
        ("daily", ["it 2026-11-03 7"], "2026-11-03 on_target 7 (0) overdue"),
        ("weekly", ["it 2026-W44 7"], "2026-W44 on_target 7 (0)"),
        ("quarterly", ["it 2026-Q3 7"], "2026-Q3 on_target 7 (0)"),
        ("yearly", ["it 2025 7"], "2025 on_target 7 (0)"),
        ("daily", [], "2026-11-04 no_data: nothing recorded for 2026-11-04"),
        ("weekly", [], "2026-W44 no_data: nothing recorded for 2026-W44"),
        ("quarterly", [], "2026-Q3 no_data: nothing recorded for 2026-Q3"),
        ("yearly", [], "2025 no_data: nothing recorded for 2025"),
    ],
)
def test_the_period_that_is_shown_is_one_of_its_own(
    frequency: str, records: list[str], expected: str
) -> None:
    toml = f'{MONTHLY}frequency = "{frequency}"'
    assert told(latest(board(toml, *records), "it")) == expected


def test_damage_is_shown_and_never_an_older_actual_in_its_place() -> None:
    scorecard = board(MONTHLY, "it 2026-09 7", damages=[damage("it 2026-10", 17)])
    assert told(latest(scorecard, "it")) == ("2026-10 no_data overdue: damaged: kpis.jsonl:17")
    assert told(judged(scorecard, "it", "2026-09")) == "2026-09 on_target 7 (0) overdue"


FORMULA = '[kpis.a]\n[kpis.b]\n[kpis.it]\nformula = "a / b"\n'


@pytest.mark.parametrize(
    ("records", "damages", "expected"),
    [
        pytest.param(
            ["a 2026-09 6", "b 2026-09 2", "a 2026-10 8"],
            [],
            "2026-09 no_target 3: no target",
            id="October has no b, so September: 6 / 2",
        ),
        pytest.param(
            ["a 2026-09 6", "a 2026-10 8"],
            [],
            "2026-10 no_data: b: nothing recorded for 2026-10",
            id="never both: the latest of which anything is known",
        ),
        pytest.param(
            ["a 2026-09 6", "b 2026-09 2", "a 2026-10 8"],
            [damage("b 2026-10", 17)],
            "2026-10 no_data: b: damaged: kpis.jsonl:17",
            id="a damaged input is shown, never an older result in its place",
        ),
        pytest.param([], [], "2026-10 no_data: a: nothing recorded for 2026-10", id="nothing"),
        pytest.param(
            ["a 2026-12 1", "b 2026-12 1"],
            [],
            "2026-10 no_data: a: nothing recorded for 2026-10",
            id="nothing that has begun",
        ),
    ],
)
def test_a_formula_shows_the_latest_period_in_which_it_can_be_computed(
    records: list[str], damages: list[object], expected: str
) -> None:
    scorecard = board(FORMULA, *records, damages=damages)  # type: ignore[arg-type]
    assert told(latest(scorecard, "it")) == expected


@pytest.mark.parametrize(
    ("frequency", "asked", "expected"),
    [
        pytest.param("monthly", "2026-10", "2026-10", id="its own"),
        pytest.param("monthly", "2026-Q4", "2026-Q4", id="a longer one that it fills"),
        pytest.param("daily", "2026-W47", "2026-W47", id="days fill weeks"),
        pytest.param("quarterly", "2026-10", "2026-Q4", id="the quarter that contains October"),
        pytest.param("yearly", "2026-W47", "2026", id="the year that contains week 47"),
        pytest.param("monthly", "2026-11-22", "2026-11", id="the month that contains a day"),
        pytest.param("weekly", "2026-11-22", "2026-W47", id="the week that contains a Sunday"),
        pytest.param("weekly", "2026-10", "2026-W43", id="October's last week to end is 19 to 25"),
        pytest.param("weekly", "2026-05", "2026-W22", id="31 May 2026 is a Sunday: its own week"),
        pytest.param("weekly", "2026-Q4", "2026-W52", id="21 to 27 December"),
        pytest.param("weekly", "2026", "2026", id="weeks fill the ISO year"),
        pytest.param(
            "monthly", "2026-W44", "2026-10", id="a week goes with the month it starts in"
        ),
    ],
)
def test_a_view_of_another_length_shows_the_period_that_fits(
    frequency: str, asked: str, expected: str
) -> None:
    kpi = defined(f'[kpis.it]\nfrequency = "{frequency}"').kpis["it"]
    assert str(period_in_view(kpi, read_period(asked), date(2027, 6, 1))) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2026-11-05", "2026-W44", id="the last that has ended by then"),
        pytest.param("2026-11-01", "2026-W44", id="under way where none has"),
        pytest.param("2026-11-09", "2026-W45", id="on a Monday that before it"),
        pytest.param("2026-12-24", "2026-W48", id="of a month that is over its last"),
        pytest.param("2026-08-01", "2026-W48", id="and of one to come too"),
    ],
)
def test_of_a_month_under_way_no_week_to_come_is_shown(today: str, expected: str) -> None:
    kpi = defined('[kpis.it]\nfrequency = "weekly"').kpis["it"]
    shown = period_in_view(kpi, read_period("2026-11"), date.fromisoformat(today))
    assert str(shown) == expected


def test_too_early_alone_is_no_data_for_nobody() -> None:
    one = latest(board(SUMMED, "it 2026-11-01 9", today="2026-11-02"), "it")
    assert (one.status, one.variance, one.is_to_date) == (Status.TOO_EARLY, None, True)
