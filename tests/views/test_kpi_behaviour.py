"""What is usual, and what is not, in words."""

import pytest

from kpicli.analysis.profile import Profile, profile
from kpicli.analysis.trend import Trend, TrendDirection
from kpicli.model.period import read_period
from kpicli.views.kpi_detail import limits_table, signals_table, signals_text, trend_text
from tests.evaluation.board import board

CALM = "2 3 2 3 2 3 2 3 2 3 2 3 2 3"


def found(values: str, lines: str = "") -> Profile:
    """The profile of a KPI with those values up to October."""
    last, given = read_period("2026-10"), values.split()
    records = [f"it {last.shift(at - len(given) + 1)} {value}" for at, value in enumerate(given)]
    scorecard = board(f"[kpis.it]\n{lines}", *records)
    return profile(scorecard, scorecard.definitions.kpis["it"], 24)


@pytest.mark.parametrize(
    ("move", "is_favourable", "text"),
    [
        (TrendDirection.UP, True, "up, for the better"),
        (TrendDirection.DOWN, False, "down, for the worse"),
        (TrendDirection.UP, None, "up"),
        (TrendDirection.FLAT, None, "flat: no more movement than usual"),
    ],
)
def test_a_trend_is_a_way_and_what_that_means(
    move: TrendDirection, text: str, *, is_favourable: bool | None
) -> None:
    calm = found(CALM).chart
    assert trend_text(Trend((), move, is_favourable), calm) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param(f"{CALM} {CALM} 3 4 3 4 3 4 3 4", "flat: it stays above average", id="a run"),
        pytest.param(f"{CALM} 9", "flat, but for its signals", id="a jump"),
    ],
)
def test_it_never_says_as_usual_where_a_signal_says_otherwise(values: str, text: str) -> None:
    one = found(values)
    assert trend_text(Trend((), TrendDirection.FLAT, None), one.chart) == text
    assert signals_text(one) != "nothing unusual: within its usual range"


def test_what_goes_the_wrong_way_is_not_told_as_within_its_usual_range() -> None:
    one = found("20 22 17 20 17 17 21 17 16 17 17 14", 'target = "7"')
    assert trend_text(one.trend, one.chart) == "down, for the worse"
    assert signals_text(one) == "no month is unusual by itself"


def test_a_climb_that_is_wanted_is_no_signal() -> None:
    climb = " ".join(str(at) for at in range(24))
    one = found(climb, 'target = "5"')
    assert signals_text(one) == "nothing unusual for a long move for the better"
    flat = Trend((), TrendDirection.FLAT, None)
    assert trend_text(flat, one.chart) == "flat of late, after a long move for the better"
    assert found(climb, 'target = "<5"').chart.telling


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        pytest.param(
            "1 2 1 3 9 2 1 1 14 2 3 1 6 1 2 22 1 4 2 1 3 1 8 1 2 1 2",
            "(limits 1.5 times as wide: values are skewed, by D'Agostino's test)",
            id="skewed",
        ),
        pytest.param(
            "5 6 7 8 8 7 6 5 4 3 2 2 3 4 5 6 7 8 8 7 6 5 4 3 3 4 5",
            "each value leans on the one before, by the variance ratio)",
            id="leaning on the one before",
        ),
    ],
)
def test_it_says_what_makes_limits_wider(values: str, remark: str) -> None:
    assert signals_text(found(values)).endswith(remark)


@pytest.mark.parametrize(
    ("values", "lines", "text"),
    [
        pytest.param("2 3", "", "too few months to tell what is usual: 2 of 6", id="too few"),
        pytest.param(CALM, "", "nothing unusual: within its usual range", id="nothing"),
        pytest.param(
            "2 3 2 3 2 3",
            "",
            "nothing unusual: within its usual range (provisional limits: 6 of 12 months)",
            id="on trial",
        ),
        pytest.param(
            f"{CALM} 9", "", "2026-10 is above its usual range", id="neither good nor bad"
        ),
        pytest.param(
            f"{CALM} 9",
            'direction = "lower"',
            "2026-10 is above its usual range, for the worse",
            id="for the worse",
        ),
        pytest.param(
            f"{CALM} 9",
            'target = "2"',
            "2026-10 is above its usual range, for the better",
            id="better",
        ),
        pytest.param(
            "9 11 " * 10 + "14 14 19",
            "",
            "2026-10 is above its usual range",
            id="near a limit and beyond it",
        ),
        pytest.param(f"{CALM} 9 2", "", "nothing unusual: within its usual range", id="past"),
        pytest.param(
            CALM,
            'rebase = ["2026-09"]',
            "too few months to tell what is usual: 2 of 6",
            id="after a change",
        ),
    ],
)
def test_it_says_what_is_unusual_now(values: str, lines: str, text: str) -> None:
    assert signals_text(found(values, lines)) == text


def test_machines_get_the_limits_since_each_change() -> None:
    one = found(f"{CALM} 9 8 9 8 9 8", 'rebase = ["2026-05"]')
    first, second = (row.cells for row in limits_table(one).rows)
    assert (str(first[0]), float(first[2]), first[4]) == ("2025-03", 2.5, False)  # type: ignore[arg-type]
    assert (str(second[0]), float(second[2]), second[4]) == ("2026-05", 8.5, True)  # type: ignore[arg-type]
    assert limits_table(found("2 3")).rows == ()


def test_machines_get_every_signal_and_whether_it_holds() -> None:
    rows = [row.cells for row in signals_table(found(f"{CALM} 9 2 9", 'target = "2"')).rows]
    assert [
        (str(row[2]), row[4], row[5], row[7]) for row in rows if row[0] == "outside_limits"
    ] == [("2026-08", 1, True, False), ("2026-10", 1, True, True)]
