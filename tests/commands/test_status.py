"""`kpi status` as it is run: which rows, in which period and order, and how it exits."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Run, Terminal

TOML = """\
title = "Shop"
[goals.growth]
name = "Grow the business"
[goals.website]
[kpis.revenue]
name = "Revenue"
goal = "growth"
area = "Sales"
owner = "Ann"
target = "500,000 kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
area = "sales"
supports = "revenue"
rollup = "sum"
[kpis.conversion]
name = "Conversion"
goal = "website"
area = "marketing"
owner = "Bob"
target = "3%"
rollup = "mean"
[kpis.complaints]
name = "Complaints"
formerly = ["moans"]
frequency = "weekly"
target = "<10"
[kpis.margin]
name = "Margin"
frequency = "quarterly"
target = "20..30%"
"""
LOG = """\
{"kpi":"revenue","period":"2026-09","value":510000,"at":"2026-10-02T08:00:00Z"}
{"kpi":"revenue","period":"2026-10","value":480000,"at":"2026-11-02T08:00:00Z"}
{"kpi":"orders","period":"2026-10","value":640,"at":"2026-11-02T08:00:00Z"}
{"kpi":"conversion","period":"2026-09","value":3.20,"at":"2026-10-02T08:00:00Z"}
{"kpi":"complaints","period":"2026-W44","value":12,"at":"2026-11-02T08:00:00Z"}
"""
KEYS = [
    *("id", "name", "area", "goal", "owner", "supports", "frequency", "period", "unit"),
    *("direction", "target", "target_low", "target_high", "target_text", "due", "actual"),
    *("variance", "favourable", "status", "to_date", "overdue", "reason"),
]


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.jsonl").write_text(LOG)
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def shown(kpi: Kpi, *args: str, as_of: str = "2026-11-05") -> Run:
    return kpi("status", "--as-of", as_of, *args)


def rows(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run.out)["kpis"]
    return found


def told(kpi: Kpi, *args: str, as_of: str = "2026-11-05") -> list[str]:
    """Each row of the JSON as `revenue 2026-10 at_risk`."""
    run = shown(kpi, "--json", *args, as_of=as_of)
    return [f"{row['id']} {row['period']} {row['status']}" for row in rows(run)]


def ids(kpi: Kpi, *args: str) -> list[str]:
    return [row["id"] for row in rows(shown(kpi, "--json", *args))]


def test_into_a_pipe_it_is_one_aligned_line_a_kpi(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "orders", "conversion", "complaints")
    assert run.out.splitlines() == [
        "Revenue     500,000 kr  480,000 kr  🟡 at risk             -20,000 kr  2026-10   Ann",
        "  Orders             -         640  ⚪ no target                    -  2026-10   -",
        "Conversion          3%       3.20%  🟢 on target, overdue     +0.2 pp  2026-09   Bob",
        "Complaints         <10          12  🔴 off target                  +2  2026-W44  -",
    ]
    assert (run.code, run.err) == (0, "")


def test_what_is_missing_comes_with_the_reason(kpi: Kpi) -> None:
    assert shown(kpi, "margin").out == (
        "Margin  20..30%  -  ⚪ no data: nothing recorded for 2026-Q3  -  2026-Q3\n"
    )


@pytest.mark.parametrize("columns", ["20", "80", "400"])
def test_it_is_the_same_at_any_width(kpi: Kpi, columns: str) -> None:
    wide = kpi("status", "--as-of", "2026-11-05", env={"COLUMNS": columns})
    assert wide.out == shown(kpi).out


def test_on_a_terminal_it_has_a_heading_and_a_footer(terminal: Terminal) -> None:
    screen = terminal("status", "--as-of", "2026-11-05", columns=120)
    lines = screen.sent.decode().splitlines()
    assert "Shop" in lines[0]
    assert (
        "5 KPIs: 1 on target, 1 at risk, 1 off target, 1 no target, 1 no data, 1 overdue"
        in (lines[-1])
    )


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param([], ["revenue", "orders", "conversion", "complaints", "margin"], id="all"),
        pytest.param(["margin", "revenue"], ["revenue", "margin"], id="the named, in file order"),
        pytest.param(["orders"], ["orders"], id="one whose parent is not asked for"),
        pytest.param(["moans"], ["complaints"], id="by a former id"),
        pytest.param(["revenue", "revenue"], ["revenue"], id="named twice, shown once"),
        pytest.param(["--area", "sales"], ["revenue", "orders"], id="an area, whatever its case"),
        pytest.param(["--owner", "bob"], ["conversion"], id="an owner"),
        pytest.param(["--goal", "growth"], ["revenue"], id="a goal by its id"),
        pytest.param(["--goal", "grow the business"], ["revenue"], id="a goal by its name"),
        pytest.param(["--area", "sales", "--owner", "Ann"], ["revenue"], id="both"),
        pytest.param(["orders", "margin", "--area", "sales"], ["orders"], id="of the named ones"),
    ],
)
def test_which_rows_are_shown(kpi: Kpi, args: list[str], expected: list[str]) -> None:
    assert ids(kpi, *args) == expected


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ["revnue"],
            "kpi: error: unknown KPI 'revnue'\nhint: did you mean 'revenue'?\n",
            id="an unknown id",
        ),
        pytest.param(
            ["--area", "marketting"],
            "kpi: error: no KPI has area 'marketting'\nhint: did you mean 'marketing'?\n",
            id="an area that is nearly one",
        ),
        pytest.param(
            ["--owner", "Zoe"],
            "kpi: error: no KPI has owner 'Zoe'\nhint: known are Ann, Bob\n",
            id="an unknown owner",
        ),
        pytest.param(
            ["--area", "sales", "--owner", "Bob"],
            "kpi: error: none of the KPIs asked for has area 'sales' and owner 'Bob'\n"
            "hint: leave one of them out\n",
            id="filters that exclude each other",
        ),
        pytest.param(
            ["margin", "--area", "sales"],
            "kpi: error: none of the KPIs asked for has area 'sales'\n"
            "hint: leave one of them out\n",
            id="a filter that excludes what is named",
        ),
        pytest.param(
            ["--sort", "wurst"],
            "kpi: error: --sort does not know 'wurst'\nhint: did you mean 'worst'?\n",
            id="an unknown order",
        ),
        pytest.param(
            ["--fail-on", "red"],
            "kpi: error: --fail-on does not know 'red'\n"
            "hint: one of: at_risk, off_target, no_data, overdue\n",
            id="an unknown status to fail on",
        ),
        pytest.param(
            ["--period", "2026-13"],
            "kpi: error: '2026-13': months run from 01 to 12\n"
            "hint: write 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026\n",
            id="a period that does not exist",
        ),
        pytest.param(
            ["--as-of", "2026-11"],
            "kpi: error: --as-of takes a day\nhint: as in --as-of 2026-11-05\n",
            id="a month to judge on",
        ),
        pytest.param(
            ["--as-of", "2026-02-30"],
            "kpi: error: --as-of '2026-02-30': 2026-02 has 28 days\n"
            "hint: as in --as-of 2026-11-05\n",
            id="a day that does not exist",
        ),
    ],
)
def test_what_is_asked_for_and_is_not_there_is_named(
    kpi: Kpi, args: list[str], message: str
) -> None:
    run = shown(kpi, *args)
    assert (run.code, run.out, run.err) == (2, "", message)


def test_a_filter_by_what_no_kpi_says_tells_so(kpi: Kpi, board: Path) -> None:
    board.write_text("[kpis.bare]\n")
    assert shown(kpi, "--owner", "Ann").err == (
        "kpi: error: no KPI has owner 'Ann'\nhint: no KPI says its owner\n"
    )


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
    # October is 31 of the 92 days in which 1,500,000 are due.
    assert (row["target"], row["due"]) == (1500000, 505434.782608695652)
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
    ("order", "expected"),
    [
        ("file", ["revenue", "orders", "conversion", "complaints", "margin"]),
        ("worst", ["complaints", "revenue", "orders", "margin", "conversion"]),
        ("name", ["complaints", "conversion", "margin", "revenue", "orders"]),
    ],
)
def test_the_order_of_rows(kpi: Kpi, order: str, expected: list[str]) -> None:
    assert ids(kpi, "--sort", order) == expected


AT_RISK, ON_TARGET, OFF_TARGET = ["revenue"], ["conversion"], ["complaints"]
NO_DATA, NO_TARGET, ALL = ["margin"], ["orders"], list[str]()


@pytest.mark.parametrize(
    ("shown_ids", "words", "code"),
    [
        pytest.param(ALL, [], 0, id="nothing to fail on"),
        pytest.param(AT_RISK, ["at_risk"], 1, id="at risk is at risk"),
        pytest.param(OFF_TARGET, ["at_risk"], 1, id="off target is worse"),
        pytest.param(ON_TARGET, ["at_risk"], 0, id="on target is fine"),
        pytest.param(NO_TARGET, ["at_risk"], 0, id="without a target it is not at risk"),
        pytest.param(NO_DATA, ["at_risk"], 0, id="nor without data"),
        pytest.param(AT_RISK, ["off_target"], 0, id="at risk is not off target"),
        pytest.param(OFF_TARGET, ["off_target"], 1, id="off target is"),
        pytest.param(NO_DATA, ["no_data"], 1, id="no data is no data"),
        pytest.param(OFF_TARGET, ["no_data"], 0, id="no data is no worse than off target"),
        pytest.param(ON_TARGET, ["overdue"], 1, id="overdue, though on target"),
        pytest.param(AT_RISK, ["overdue"], 0, id="not overdue"),
        pytest.param(NO_DATA, ["overdue"], 0, id="never begun is not overdue"),
        pytest.param(AT_RISK, ["off_target", "overdue"], 0, id="neither of two"),
        pytest.param(ON_TARGET, ["off_target", "overdue"], 1, id="one of two"),
        pytest.param(ALL, ["at_risk", "off_target", "no_data", "overdue"], 1, id="all of them"),
    ],
)
def test_fail_on_exits_1_where_a_row_is_that_or_worse(
    kpi: Kpi, shown_ids: list[str], words: list[str], code: int
) -> None:
    run = shown(kpi, *shown_ids, *(f"--fail-on={word}" for word in words))
    assert (run.code, run.err) == (code, "")
    assert run.out


def test_what_is_filtered_out_does_not_fail(kpi: Kpi) -> None:
    assert shown(kpi, "--area", "marketing", "--fail-on", "off_target").code == 0


def test_damage_is_said_and_stronger_than_a_finding(kpi: Kpi, board: Path) -> None:
    board.with_suffix(".jsonl").write_text(
        LOG + '{"kpi":"revenue","period":"2026-11","value":NaN,"at":"2026-11-05T08:00:00Z"}\n'
    )
    run = shown(kpi, "--fail-on", "at_risk", "--json")
    assert run.code == 3
    assert run.err == "kpis.jsonl:6: value must be a plain decimal number\n"
    assert json.loads(run.out)["warnings"] == [run.err.strip()]
    assert (rows(run)[0]["status"], rows(run)[0]["reason"]) == ("no_data", "damaged: kpis.jsonl:6")


def test_json_has_the_keys_of_the_definitions_in_their_order(kpi: Kpi) -> None:
    answer = json.loads(shown(kpi, "--json").out)
    assert list(answer) == ["schema", "title", "as_of", "kpis", "warnings"]
    assert (answer["schema"], answer["title"]) == ("kpi.status/1", "Shop")
    assert (answer["as_of"], answer["warnings"]) == ("2026-11-05", [])
    assert [list(row) for row in answer["kpis"]] == [KEYS] * 5


def test_json_has_raw_values_and_null_for_what_is_missing(kpi: Kpi) -> None:
    out = shown(kpi, "conversion", "margin", "--json").out
    assert '"actual": 3.20, "variance": 0.2,' in out, "digits as typed"
    assert rows(shown(kpi, "conversion", "margin", "--json")) == [
        {
            "id": "conversion",
            "name": "Conversion",
            "area": "marketing",
            "goal": "website",
            "owner": "Bob",
            "supports": None,
            "frequency": "monthly",
            "period": "2026-09",
            "unit": "%",
            "direction": "higher",
            "target": 3,
            "target_low": None,
            "target_high": None,
            "target_text": "3%",
            "due": None,
            "actual": 3.2,
            "variance": 0.2,
            "favourable": True,
            "status": "on_target",
            "to_date": False,
            "overdue": True,
            "reason": None,
        },
        {
            "id": "margin",
            "name": "Margin",
            "area": None,
            "goal": None,
            "owner": None,
            "supports": None,
            "frequency": "quarterly",
            "period": "2026-Q3",
            "unit": "%",
            "direction": None,
            "target": None,
            "target_low": 20,
            "target_high": 30,
            "target_text": "20..30%",
            "due": None,
            "actual": None,
            "variance": None,
            "favourable": None,
            "status": "no_data",
            "to_date": False,
            "overdue": False,
            "reason": "nothing recorded for 2026-Q3",
        },
    ]


def test_csv_has_the_same_names_and_numbers(kpi: Kpi) -> None:
    found = list(csv.DictReader(shown(kpi, "--format", "csv").out.splitlines()))
    assert [list(row) for row in found] == [KEYS] * 5
    for row, twin in zip(found, rows(shown(kpi, "--json")), strict=True):
        texts = {key: json.dumps(value).strip('"') for key, value in twin.items()}
        texts = {key: "" if text == "null" else text for key, text in texts.items()}
        assert row | {"actual": row["actual"].replace("3.20", "3.2")} == texts


def test_markdown_is_a_table_with_heading_and_footer(kpi: Kpi) -> None:
    assert shown(kpi, "revenue", "orders", "--format", "markdown").out == (
        "## Shop · 2026-10\n"
        "\n"
        "| KPI | Target | Actual | Status | Variance | Owner |\n"
        "| --- | ---: | ---: | --- | ---: | --- |\n"
        "| Revenue | 500,000 kr | 480,000 kr | 🟡 at risk | -20,000 kr | Ann |\n"
        "| &nbsp;&nbsp;Orders |  | 640 | ⚪ no target |  |  |\n"
        "\n"
        "2 KPIs: 1 at risk, 1 no target\n"
    )


def test_owners_are_left_out_where_there_are_none(kpi: Kpi) -> None:
    lines = shown(kpi, "complaints", "--format", "markdown").out.splitlines()
    assert lines[2] == "| KPI | Target | Actual | Status | Variance |"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("board.json", '{\n  "schema": "kpi.status/1",'),
        ("board.csv", "id,name,area,"),
        ("board.md", "## Shop"),
        ("board.markdown", "## Shop"),
        ("board.txt", "Revenue  "),
        ("BOARD.JSON", '{\n  "schema": "kpi.status/1",'),
    ],
)
def test_into_a_file_its_ending_decides(kpi: Kpi, tmp_path: Path, name: str, start: str) -> None:
    run = shown(kpi, "-o", name)
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_format_that_is_named_is_stronger_than_the_ending(kpi: Kpi, tmp_path: Path) -> None:
    shown(kpi, "-o", "board.txt", "--format", "csv")
    assert (tmp_path / "board.txt").read_text("utf-8").startswith("id,name,")


def test_an_unknown_ending_is_refused(kpi: Kpi, tmp_path: Path) -> None:
    run = shown(kpi, "-o", "board.xlsx")
    assert (run.code, run.err.splitlines()[0]) == (
        2,
        "kpi: error: -o: no format is known by the ending 'xlsx'",
    )
    assert not (tmp_path / "board.xlsx").exists()


def test_a_file_is_replaced_and_leaves_nothing_beside_it(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "board.md").write_text("old " * 9999)
    before = set(tmp_path.iterdir())
    assert shown(kpi, "-o", "board.md").code == 0
    assert (tmp_path / "board.md").read_text("utf-8").startswith("## Shop")
    assert {path for path in tmp_path.iterdir() if path.name != "cache"} <= before


@pytest.mark.parametrize("name", ["kpis.toml", "kpis.jsonl", "./kpis.toml", "link.json"])
def test_definitions_and_log_are_never_replaced(
    kpi: Kpi, tmp_path: Path, board: Path, name: str
) -> None:
    (tmp_path / "link.json").symlink_to("kpis.jsonl")
    run = shown(kpi, "--format", "json", "-o", name)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"{name}: is a file that kpi keeps, and is never replaced")
    assert (board.read_text(), board.with_suffix(".jsonl").read_text()) == (TOML, LOG)


@pytest.mark.parametrize(
    "args",
    [
        ["--as-of", "2026-11-05", "status", "revenue"],
        ["--as-of=2026-11-05", "--format", "plain", "status", "revenue"],
        ["-f", "kpis.toml", "status", "--as-of", "2026-11-05", "revenue"],
        ["status", "revenue", "--as-of", "2026-11-05", "--file", "kpis.toml"],
        ["--period", "2026-10", "status", "--as-of", "2026-11-05", "revenue"],
    ],
)
def test_options_stand_before_the_command_or_after_it(kpi: Kpi, args: list[str]) -> None:
    run = kpi(*args)
    assert (run.code, run.out) == (
        0,
        "Revenue  500,000 kr  480,000 kr  🟡 at risk  -20,000 kr  2026-10  Ann\n",
    )


@pytest.mark.parametrize(
    ("args", "env", "has_color"),
    [
        pytest.param([], {}, False, id="a pipe has none"),
        pytest.param(["--color", "always"], {}, True, id="but where it is asked for"),
        pytest.param([], {"FORCE_COLOR": "1"}, True, id="in either way"),
        pytest.param(["--color", "never"], {"FORCE_COLOR": "1"}, False, id="the flag is stronger"),
        pytest.param([], {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, id="so is no"),
        pytest.param(["--json", "--color", "always"], {}, False, id="a machine needs none"),
    ],
)
def test_colour(kpi: Kpi, args: list[str], env: dict[str, str], *, has_color: bool) -> None:
    run = kpi("status", "--as-of", "2026-11-05", *args, env=env)
    assert ("\x1b[" in run.out) is has_color


def test_ascii_has_the_word_alone(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "margin", "--ascii")
    assert run.out.isascii()
    assert "at risk" in run.out


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
    ("toml", "message"),
    [
        pytest.param(
            "", "no KPIs yet: add one to kpis.toml, as [kpis.monthly_revenue]\n", id="no KPIs"
        ),
        pytest.param("[kpis.a]\n", "no actuals yet: kpi record a VALUE\n", id="no actuals"),
        pytest.param(
            '[kpis.a]\nformula = "b"\n[kpis.b]\n',
            "no actuals yet: kpi record b VALUE\n",
            id="no actuals of what can be recorded",
        ),
    ],
)
def test_an_empty_board_says_what_to_do_next(
    kpi: Kpi, board: Path, toml: str, message: str
) -> None:
    board.write_text(toml)
    board.with_suffix(".jsonl").unlink()
    run = shown(kpi)
    assert (run.code, run.err) == (0, message)
    assert json.loads(shown(kpi, "--json").out)["schema"] == "kpi.status/1"


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
