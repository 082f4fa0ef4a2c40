"""`kpi status` as it is run: which rows, in which order, and how it exits."""

import json
from pathlib import Path

import pytest

from tests.commands.shop import LOG, TOML, ids, rows, shown
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.jsonl").write_text(LOG)
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def test_into_a_pipe_it_is_one_aligned_line_a_kpi(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "orders", "conversion", "complaints")
    assert run.out.splitlines() == [
        (
            "Revenue     500,000 kr  480,000 kr  🟡 at risk                     "
            "-20,000 kr  2026-10   Ann"
        ),
        (
            "  Orders             -         640  ⚪ no target                            "
            "-  2026-10   -"
        ),
        (
            "Conversion          3%       3.20%  "
            "🟢 on target, 2026-10 missing    +0.20 pp  2026-09   Bob"
        ),
        (
            "Complaints         <10          12  🔴 off target                          "
            "+2  2026-W44  -"
        ),
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
            "kpi: error: no KPI has owner 'Zoe'\nhint: known: Ann, Bob\n",
            id="an unknown owner",
        ),
        pytest.param(
            ["--area", "sales", "--owner", "Bob"],
            "kpi: error: none of the selected KPIs has area 'sales' and owner 'Bob'\n"
            "hint: leave one of them out\n",
            id="filters that exclude each other",
        ),
        pytest.param(
            ["margin", "--area", "sales"],
            "kpi: error: none of the selected KPIs has area 'sales'\nhint: leave one of them out\n",
            id="a filter that excludes what is named",
        ),
        pytest.param(
            ["--sort", "wurst"],
            "kpi: error: --sort cannot be 'wurst'\nhint: did you mean 'worst'?\n",
            id="an unknown order",
        ),
        pytest.param(
            ["--fail-on", "red"],
            "kpi: error: --fail-on cannot be 'red'\n"
            "hint: one of: at_risk, off_target, no_data, overdue, warning, new\n",
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
            "hint: as in --as-of 2026-11-05, today or yesterday\n",
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
    said, hint = run.err.splitlines()
    assert said == "kpis.jsonl:6: value must be a plain decimal number"
    assert hint.startswith("hint: correct the damaged line")
    assert json.loads(run.out)["warnings"] == [said]
    assert (rows(run)[0]["status"], rows(run)[0]["reason"]) == ("no_data", "damaged: kpis.jsonl:6")


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
    ("toml", "message"),
    [
        pytest.param("", "no KPIs yet: kpi add\n", id="no KPIs"),
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
