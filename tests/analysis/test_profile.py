"""All that is known of one KPI."""

import pytest

from kpicli.analysis.profile import Profile, latest_periods, profile, standing_records
from kpicli.model.period import read_period
from tests.evaluation.board import board, damage, told

SUM = '[kpis.it]\nrollup = "sum"\ntarget = "3"'


def found(toml: str, *records: str, count: int = 24, today: str = "2026-11-05") -> Profile:
    scorecard = board(toml, *(f"it {record}" for record in records), today=today)
    return profile(scorecard, scorecard.definitions.kpis["it"], count)


@pytest.mark.parametrize(
    ("records", "count", "expected"),
    [
        pytest.param(["2026-09 1", "2026-10 2"], 24, "2026-10 2026-09", id="newest first"),
        pytest.param(
            ["2026-07 1", "2026-10 2"], 24, "2026-10 2026-09 2026-08 2026-07", id="gaps included"
        ),
        pytest.param(["2026-07 1", "2026-10 2"], 2, "2026-10 2026-09", id="no more than asked for"),
        pytest.param(["2026-05 1"], 24, "2026-05", id="up to the last that is known"),
        pytest.param(["2026-10 1", "2026-11-02 1"], 24, "2026-11 2026-10", id="the open one too"),
        pytest.param(["2026-10 none"], 24, "", id="nothing that was taken back"),
        pytest.param([], 24, "", id="nothing recorded"),
    ],
)
def test_its_periods_run_back_from_the_last_that_is_known(
    records: list[str], count: int, expected: str
) -> None:
    scorecard = board(SUM, *(f"it {record}" for record in records))
    periods = latest_periods(scorecard, scorecard.definitions.kpis["it"], count)
    assert " ".join(map(str, periods)) == expected


def test_each_is_judged_by_the_target_of_its_time() -> None:
    toml = '[kpis.it]\ntargets = { "2026-09" = "3", "2026-10" = "5" }'
    one = found(toml, "2026-08 4", "2026-09 4", "2026-10 4")
    assert list(map(told, one.periods)) == [
        "2026-10 off_target 4 (-1)",
        "2026-09 on_target 4 (1)",
        "2026-08 no_target 4: no target for 2026-08",
    ]


def test_limits_hold_across_a_gap_and_begin_anew_at_a_known_change() -> None:
    months = [f"2026-{month:02}" for month in range(1, 11)]
    records = [f"2025-{month:02} 2" for month in range(1, 13) if month != 4]
    records += [f"{month} 9" for month in months if month != "2026-01"]
    one = found('[kpis.it]\nrebase = ["2026-01"]', *records)
    means = {str(period): int(each.mean) for period, each in one.limits.items()}
    assert means["2025-03"] == means["2025-04"] == means["2025-12"] == 2
    assert "2026-01" not in means
    assert means["2026-02"] == means["2026-10"] == 9


def test_few_periods_have_no_limits_and_nothing_is_expected() -> None:
    one = found(SUM, *(f"2026-{month:02} {month}" for month in range(6, 11)))
    assert (one.limits, one.chart.signals, one.forecast.steps) == ({}, (), ())
    assert one.forecast.reason


def test_of_a_kpi_that_was_never_recorded_nothing_is_known() -> None:
    one = found(SUM)
    assert told(one.latest) == "2026-10 no_data: nothing recorded for 2026-10"
    assert (one.periods, one.observations, one.limits, one.odds) == ((), (), {}, ())


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(["2026-10 5"], ["2026-10"], id="the whole"),
        pytest.param(["2026-10-01 5", "2026-10 9"], ["2026-10"], id="the whole for its parts"),
        pytest.param(
            ["2026-10-02 5", "2026-10-01 5", "2026-09-30 5"],
            ["2026-10-01", "2026-10-02"],
            id="its parts in order",
        ),
        pytest.param(
            ["2026-10-02 5", "2026-10 9", "2026-10 none"], ["2026-10-02"], id="nothing taken back"
        ),
        pytest.param(["2026-09 5"], [], id="nothing of another month"),
    ],
)
def test_a_period_stands_on_one_record_or_on_those_of_its_parts(
    records: list[str], expected: list[str]
) -> None:
    scorecard = board(SUM, *(f"it {record}" for record in records))
    kpi = scorecard.definitions.kpis["it"]
    standing = standing_records(scorecard, kpi, read_period("2026-10"))
    assert [str(record.period) for record in standing] == expected


def test_no_record_stands_where_damage_hides_it() -> None:
    scorecard = board(SUM, "it 2026-10 5", damages=[damage("it 2026-10", 2, "2026-11-03")])
    kpi = scorecard.definitions.kpis["it"]
    assert standing_records(scorecard, kpi, read_period("2026-10")) == []
