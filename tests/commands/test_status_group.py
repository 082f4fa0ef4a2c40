"""`kpi status --group`: what belongs together, each group with its counts."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.shop import KEYS, LOG, TOML, ids, shown
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.jsonl").write_text(LOG)
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def answer(kpi: Kpi, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shown(kpi, *args, "--json").out)
    return found


def counts(kpi: Kpi, *args: str) -> list[str]:
    """`sales: 2, at_risk 1, no_target 1`; a group that has no name is `-`."""
    told = []
    for group in answer(kpi, *args)["groups"]:
        name, kpis = group.pop("name"), group.pop("kpis")
        some = "".join(f", {word} {count}" for word, count in group.items() if count)
        told.append(f"{name or '-'}: {kpis}{some}")
    return told


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param(
            "goal",
            [
                "Grow the business: 1, at_risk 1",
                "website: 1, on_target 1",
                "-: 3, off_target 1, no_target 1, no_data 1",
            ],
            id="by goal, in the order of the goals",
        ),
        pytest.param(
            "area",
            [
                "Sales: 2, at_risk 1, no_target 1",
                "marketing: 1, on_target 1",
                "-: 2, off_target 1, no_data 1",
            ],
            id="by area, whatever its case",
        ),
        pytest.param(
            "owner",
            [
                "Ann: 1, at_risk 1",
                "Bob: 1, on_target 1",
                "-: 3, off_target 1, no_target 1, no_data 1",
            ],
            id="by owner",
        ),
    ],
)
def test_each_group_counts_its_statuses(kpi: Kpi, key: str, expected: list[str]) -> None:
    assert counts(kpi, "--group", key) == expected


def test_json_has_every_status_of_every_group_and_the_rows_as_ever(kpi: Kpi) -> None:
    grouped, plain = answer(kpi, "--group", "area"), answer(kpi)
    assert list(grouped) == ["schema", "title", "as_of", "groups", "kpis", "warnings"]
    assert grouped["groups"][1] == {
        "name": "marketing",
        "kpis": 1,
        "on_target": 1,
        "at_risk": 0,
        "off_target": 0,
        "too_early": 0,
        "no_target": 0,
        "no_data": 0,
    }
    assert sorted(map(str, grouped["kpis"])) == sorted(map(str, plain["kpis"]))
    assert "groups" not in plain


def test_csv_has_the_rows_in_the_order_of_the_groups(kpi: Kpi) -> None:
    found = list(csv.DictReader(shown(kpi, "--group", "goal", "--format", "csv").out.splitlines()))
    assert [list(row) for row in found] == [KEYS] * 5
    assert [row["id"] for row in found] == ids(kpi, "--group", "goal")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(
            ["--group", "goal"],
            ["revenue", "conversion", "orders", "complaints", "margin"],
            id="one whose parent is in another group stands at the top of its own",
        ),
        pytest.param(
            ["--group", "goal", "--sort", "worst"],
            ["revenue", "conversion", "complaints", "margin", "orders"],
            id="sorted within each group",
        ),
        pytest.param(
            ["--group", "owner", "--sort", "name"],
            ["revenue", "conversion", "complaints", "margin", "orders"],
            id="by name within each group",
        ),
        pytest.param(
            ["--group", "area", "--area", "sales"], ["revenue", "orders"], id="of one area alone"
        ),
        pytest.param(["margin", "--group", "area"], ["margin"], id="of what is named"),
        pytest.param(
            ["--group", "goal", "--goal", "website", "--period", "2026-09"],
            ["conversion"],
            id="with a filter and a period",
        ),
    ],
)
def test_groups_go_with_filters_and_orders(kpi: Kpi, args: list[str], expected: list[str]) -> None:
    assert ids(kpi, *args) == expected


def test_into_a_pipe_each_group_has_a_line_of_its_own(kpi: Kpi) -> None:
    assert shown(kpi, "revenue", "orders", "conversion", "--group", "area").out == (
        "Sales · 2 KPIs: 1 at risk, 1 no target\n"
        "Revenue     500,000 kr  480,000 kr  🟡 at risk                     "
        "-20,000 kr  2026-10  Ann\n"
        "  Orders             -         640  ⚪ no target                            "
        "-  2026-10  -\n"
        "marketing · 1 KPI: 1 on target, 1 overdue\n"
        "Conversion          3%       3.20%  "
        "🟢 on target, 2026-10 missing    +0.20 pp  2026-09  Bob\n"
    )


def test_markdown_has_them_as_rows_of_one_table(kpi: Kpi) -> None:
    out = shown(kpi, "revenue", "orders", "conversion", "--group", "area", "--format=markdown").out
    assert out == (
        "## Shop · 2026-10\n"
        "\n"
        "| KPI | Target | Actual | Status | Variance | Period | Owner |\n"
        "| --- | ---: | ---: | --- | ---: | --- | --- |\n"
        "| **Sales · 2 KPIs: 1 at risk, 1 no target** |  |  |  |  |  |  |\n"
        "| Revenue | 500,000 kr | 480,000 kr | 🟡 at risk | -20,000 kr | 2026-10 | Ann |\n"
        "| &nbsp;&nbsp;Orders |  | 640 | ⚪ no target |  | 2026-10 |  |\n"
        "| **marketing · 1 KPI: 1 on target, 1 overdue** |  |  |  |  |  |  |\n"
        "| Conversion | 3% | 3.20% | 🟢 on target, 2026-10 missing | +0.20 pp | 2026-09 | Bob |\n"
        "\n"
        "3 KPIs: 1 on target, 1 at risk, 1 no target, 1 overdue\n"
    )


SCREENS = {
    50: """\
Shop · 2026-10
KPI             Target      Actual  Status
────────────────────────────────────────────────
Sales · 2 KPIs: 1 at risk, 1 no target
Revenue     500,000 kr  480,000 kr  🟡 at risk
  Orders                       640  ⚪ no target

marketing · 1 KPI: 1 on target, 1 overdue
Conversion          3%       3.20%  🟢 on target
  Period: 2026-09 · 2026-10 missing
3 KPIs: 1 on target, 1 at risk, 1 no target, 1
overdue
""",
    80: """\
Shop · 2026-10
KPI             Target      Actual  Status          Variance  Period   Owner
────────────────────────────────────────────────────────────────────────────
Sales · 2 KPIs: 1 at risk, 1 no target
Revenue     500,000 kr  480,000 kr  🟡 at risk    -20,000 kr  2026-10  Ann
  Orders                       640  ⚪ no target              2026-10

marketing · 1 KPI: 1 on target, 1 overdue
Conversion          3%       3.20%  🟢 on target    +0.20 pp  2026-09  Bob
  2026-10 missing
3 KPIs: 1 on target, 1 at risk, 1 no target, 1 overdue
""",
    20: """\
Shop · 2026-10
Sales · 2 KPIs: 1 at
risk, 1 no target
Revenue
  Target: 500,000 kr
  Actual: 480,000 kr
  Status: 🟡 at risk
  Orders
    Actual: 640
    Status:
      ⚪ no target

marketing · 1 KPI: 1
on target, 1 overdue
Conversion
  Target: 3%
  Actual: 3.20%
  Status:
    🟢 on target
    2026-10 missing
  Period: 2026-09
3 KPIs: 1 on target,
1 at risk, 1 no
target, 1 overdue
""",
}


@pytest.mark.parametrize("columns", SCREENS)
def test_on_a_screen_they_stand_apart_in_one_set_of_columns(
    terminal: Terminal, columns: int
) -> None:
    args = ("revenue", "orders", "conversion", "--group", "area", "--color", "never")
    sent = terminal("status", "--as-of", "2026-11-05", *args, columns=columns).sent
    assert sent.decode().replace("\r", "") == SCREENS[columns]


HOSTILE = "a|b *c* \x1b[31m\u202e\r\n=1+1 <g> `h` @i http://j"


def test_a_hostile_name_of_a_group_is_text(kpi: Kpi, terminal: Terminal, board: Path) -> None:
    board.write_text(f"[kpis.it]\narea = {json.dumps(HOSTILE)}\n[kpis.other]\narea = 'no area'\n")
    said = "a|b *c* \\x1b[31m\\u202e\\x0d\\x0a=1+1 <g> `h` @i http://j · 1 KPI: 1 no data"
    plain = shown(kpi, "--group", "area").out.splitlines()
    assert (plain[0], plain[2]) == (said, "no area · 1 KPI: 1 no data")
    drawn = terminal("status", "--group", "area", "--color", "never", columns=200).sent.decode()
    assert said in drawn
    assert "\x1b" not in drawn
    (row,) = [
        line
        for line in shown(kpi, "--group", "area", "--format", "markdown").out.splitlines()
        if "1+1" in line
    ]
    assert row.startswith(
        r"| **a\|b \*c\* \\x1b\[31m\\u202e\\x0d\\x0a=1+1 \<g\> \`h\` \@i http\://j"
    )
    assert answer(kpi, "--group", "area")["groups"][0]["name"] == HOSTILE


def test_a_group_that_is_called_like_none_is_told_apart_by_machines(kpi: Kpi, board: Path) -> None:
    board.write_text("[kpis.it]\narea = 'no area'\n[kpis.other]\n")
    assert [group["name"] for group in answer(kpi, "--group", "area")["groups"]] == [
        "no area",
        None,
    ]


@pytest.mark.parametrize(
    ("key", "hint"), [("gaol", "did you mean 'goal'?"), ("unit", "one of: goal, area, owner")]
)
def test_what_else_can_not_be_grouped_by(kpi: Kpi, key: str, hint: str) -> None:
    run = shown(kpi, "--group", key)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"kpi: error: --group cannot be '{key}'\nhint: {hint}\n"


def test_an_empty_board_has_no_groups(kpi: Kpi, board: Path) -> None:
    board.write_text("")
    assert answer(kpi, "--group", "goal")["groups"] == []
    assert shown(kpi, "--group", "goal").out == ""


def test_groups_go_with_a_longer_view_and_a_comparison(kpi: Kpi) -> None:
    args = ("revenue", "--group", "goal", "--frequency", "quarterly", "--compare", "previous")
    assert shown(kpi, *args).out == (
        "Grow the business · 1 KPI: 1 at risk\n"
        "Revenue  500,000 of 1,500,000 kr  480,000 kr  🟡 at risk, to date  -20,000 kr  2026-Q4  "
        "Ann  none: nothing recorded for 2026-07\n"
    )
