"""`kpi status` in every period, and on any day."""

import json
from pathlib import Path

import pytest

from tests.commands.shop import LOG, TOML, rows, shown, told
from tests.installed import Kpi


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.jsonl").write_text(LOG)
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(
            "2026-10",
            [
                "revenue 2026-10 at_risk",
                "orders 2026-10 no_target",
                "conversion 2026-10 no_data",
                "complaints 2026-W43 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="a month: the last week that ends in it, the quarter that contains it",
        ),
        pytest.param(
            "2026-Q3",
            [
                "revenue 2026-Q3 no_data",
                "orders 2026-Q3 no_data",
                "conversion 2026-Q3 no_data",
                "complaints 2026-W39 no_data",
                "margin 2026-Q3 no_data",
            ],
            id="a quarter: what is shorter is rolled up",
        ),
        pytest.param(
            "2026-W44",
            [
                "revenue 2026-10 at_risk",
                "orders 2026-10 no_target",
                "conversion 2026-10 no_data",
                "complaints 2026-W44 off_target",
                "margin 2026-Q4 no_data",
            ],
            id="a week",
        ),
        pytest.param(
            "last",
            [
                "revenue 2026-10 at_risk",
                "orders 2026-10 no_target",
                "conversion 2026-10 no_data",
                "complaints 2026-W44 off_target",
                "margin 2026-Q3 no_data",
            ],
            id="last: the last closed one of each",
        ),
        pytest.param(
            "current",
            [
                "revenue 2026-11 no_data",
                "orders 2026-11 no_data",
                "conversion 2026-11 no_data",
                "complaints 2026-W45 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="current: the one under way of each",
        ),
        pytest.param(
            "today",
            [
                "revenue 2026-11 no_data",
                "orders 2026-11 no_data",
                "conversion 2026-11 no_data",
                "complaints 2026-W45 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="today: the one that contains it",
        ),
        pytest.param(
            "yesterday",
            [
                "revenue 2026-11 no_data",
                "orders 2026-11 no_data",
                "conversion 2026-11 no_data",
                "complaints 2026-W45 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="yesterday: the one that contains it",
        ),
    ],
)
def test_a_period_in_its_every_form(kpi: Kpi, period: str, expected: list[str]) -> None:
    assert told(kpi, "--period", period) == expected


def test_a_longer_period_is_rolled_up_and_compared_with_the_sum_of_targets(kpi: Kpi) -> None:
    (row,) = rows(shown(kpi, "revenue", "--json", "--period", "2026-Q4"))
    # Of the quarter's 1,500,000 October's are due, which has ended.
    assert (row["target"], row["due"]) == (1500000, 500000)
    assert (row["actual"], row["to_date"], row["status"]) == (480000, True, "at_risk")


def test_the_period_is_named_once_where_all_rows_share_it(kpi: Kpi) -> None:
    lines = shown(kpi, "revenue", "orders", "--format", "markdown").out.splitlines()
    assert lines[0] == "## Shop · 2026-10"
    assert lines[2] == "| KPI | Target | Actual | Status | Variance | Owner |"


def test_the_period_is_named_in_each_row_where_they_differ(kpi: Kpi) -> None:
    lines = shown(kpi, "revenue", "margin", "--format", "markdown").out.splitlines()
    assert lines[0] == "## Shop"
    assert lines[2] == "| KPI | Target | Actual | Status | Variance | Period | Owner |"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-11-05", "revenue 2026-10 at_risk", id="once October was recorded"),
        pytest.param("2026-11-02", "revenue 2026-10 at_risk", id="on the day it was"),
        pytest.param("2026-11-01", "revenue 2026-09 on_target", id="the day before it was not"),
        pytest.param("2026-10-01", "revenue 2026-09 no_data", id="before anything was"),
        pytest.param("2031-01-01", "revenue 2026-10 at_risk", id="years later"),
    ],
)
def test_as_of_replays_what_was_known_by_the_end_of_a_day(
    kpi: Kpi, as_of: str, expected: str
) -> None:
    assert told(kpi, "revenue", as_of=as_of) == [expected]


def test_a_day_ends_where_the_reader_lives(kpi: Kpi, board: Path) -> None:
    late = '{"kpi":"revenue","period":"2026-10","value":1,"at":"2026-11-01T23:30:00Z"}\n'
    board.with_suffix(".jsonl").write_text(late)
    found = [
        json.loads(
            kpi("status", "revenue", "--json", "--as-of", "2026-11-01", env={"TZ": zone}).out
        )["kpis"][0]["actual"]
        for zone in ("UTC", "Europe/Oslo", "America/New_York")
    ]
    assert found == [1, None, 1]


def test_one_input_gives_one_output(kpi: Kpi) -> None:
    assert shown(kpi, "--json") == shown(kpi, "--json")


@pytest.mark.parametrize(
    ("as_of", "args", "expected"),
    [
        pytest.param("2026-11-30", [], ["old 2026-10 on_target"], id="kept in its last period"),
        pytest.param("2026-12-01", [], [], id="not shown afterwards"),
        pytest.param(
            "2026-12-01", ["--period", "2026-10"], ["old 2026-10 on_target"], id="its history stays"
        ),
        pytest.param("2026-12-01", ["--period", "2026-12"], [], id="but goes no further"),
    ],
)
def test_a_retired_kpi_is_not_shown(
    kpi: Kpi, board: Path, as_of: str, args: list[str], expected: list[str]
) -> None:
    board.write_text('[kpis.old]\ntarget = "7"\nuntil = "2026-11"\n')
    board.with_suffix(".jsonl").write_text(
        '{"kpi":"old","period":"2026-10","value":7,"at":"2026-11-02T08:00:00Z"}\n'
    )
    assert told(kpi, *args, as_of=as_of) == expected


@pytest.mark.parametrize(
    ("lines", "record", "expected"),
    [
        pytest.param(
            'target = "500,000 kr"\nrollup = "sum"',
            "2026-11-22 220000",
            "it  366,667 of 500,000 kr  220,000 kr  🔴 off target, to date  -146,667 kr  2026-11",
            id="the part that is due, of the whole",
        ),
        pytest.param(
            'target = "200 kr"\nbaseline = "100 kr"\nstart = "2026-09"\nby = "2026-12"',
            "2026-11 150",
            "it  due 167 kr, 200 kr by 2026-12  150 kr  🟡 at risk  -17 kr  2026-11",
            id="the step that is due, and the end of a climb",
        ),
        pytest.param(
            'target = "<60%"',
            "2026-11 58.0",
            "it  <60%  58.0%  🟢 on target  -2.0 pp  2026-11",
            id="digits as typed, and one more",
        ),
        pytest.param(
            'target = "≥ $1.50"',
            "2026-11 -2",
            "it  ≥$1.50  -$2  🔴 off target  -$3.50  2026-11",
            id="a currency stands before it",
        ),
    ],
)
def test_how_numbers_read(kpi: Kpi, board: Path, lines: str, record: str, expected: str) -> None:
    board.write_text(f"[kpis.it]\n{lines}\n")
    period, value = record.split()
    board.with_suffix(".jsonl").write_text(
        f'{{"kpi":"it","period":"{period}","value":{value},"at":"2026-11-23T08:00:00Z"}}\n'
    )
    run = shown(kpi, "--period", "2026-11", as_of="2026-11-24")
    assert run.out.strip() == expected


def test_with_a_decimal_comma_numbers_are_shown_with_one(kpi: Kpi, board: Path) -> None:
    board.write_text('decimal = ","\n' + TOML.replace("500,000 kr", "500.000,50 kr"))
    run = shown(kpi, "revenue")
    assert (
        run.out == "Revenue  500.000,50 kr  480.000 kr  🟡 at risk  -20.000,50 kr  2026-10  Ann\n"
    )
    assert rows(shown(kpi, "revenue", "--json"))[0]["target"] == 500000.5


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        pytest.param(
            "2026-11-05",
            "no data, overdue: nothing recorded for 2026-10",
            id="what is missing is what the reason names",
        ),
        pytest.param(
            "2026-12-05",
            "no data: nothing recorded for 2026-10; 2026-10 and 2026-11 missing",
            id="more is missing than the reason names",
        ),
    ],
)
def test_what_is_missing_in_a_longer_view_is_said_once(as_of: str, verdict: str, kpi: Kpi) -> None:
    run = shown(kpi, "conversion", "--period", "2026-Q4", as_of=as_of)
    assert run.out.split("⚪ ")[1].split("  ")[0] == verdict
