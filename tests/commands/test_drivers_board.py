"""`kpi drivers` of a board, and of what supports a KPI: where it sticks, in every format."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Run, Terminal

TOML = """\
title = "Funnel"
[goals.growth]
name = "Grow"
[goals.order]
name = "In order"
[kpis.won]
name = "New Business"
goal = "growth"
area = "sales"
owner = "Ann"
target = "€200,000"
formula = "proposals * win_rate / 100 * deal_size"
rollup = "sum"
[kpis.proposals]
name = "Proposals"
goal = "growth"
area = "sales"
target = "40"
rollup = "sum"
supports = "won"
[kpis.win_rate]
name = "Win Rate"
goal = "growth"
target = "20%"
rollup = "mean"
supports = "won"
[kpis.deal_size]
name = "Deal Size"
rollup = "mean"
unit = "€"
supports = "won"
[kpis.meetings]
name = "Meetings"
area = "sales"
target = "80"
tolerance = "20"
rollup = "sum"
supports = "proposals"
[kpis.quotes]
name = "Quotes left"
goal = "order"
area = "back office"
target = "<=0"
[kpis.nps]
name = "NPS"
goal = "order"
target = "40"
frequency = "quarterly"
"""
MONTHS = {
    "proposals": (41, 33),
    "win_rate": (26, 25),
    "deal_size": (21000, 20000),
    "meetings": (82, 70),
    "quotes": (0, 7),
}
AS_OF = ("--as-of", "2026-11-05")


@pytest.fixture(autouse=True)
def funnel(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    lines = [
        json.dumps({"kpi": id, "period": f"2026-{month}", "value": value, "at": at})
        for id, values in MONTHS.items()
        for (month, at), value in zip(
            [("09", "2026-10-02T08:00:00Z"), ("10", "2026-11-02T08:00:00Z")], values, strict=True
        )
    ]
    (tmp_path / "kpis.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return tmp_path


def sticks(kpi: Kpi, *args: str) -> Run:
    run = kpi("drivers", *args, *AS_OF)
    assert (run.code, run.err) == (0, "")
    return run


def answer(kpi: Kpi, *args: str) -> dict[str, Any]:
    """The JSON, every number as its digits."""
    text = sticks(kpi, *args, "--json").out
    found: dict[str, Any] = json.loads(text, parse_int=str, parse_float=str)
    return found


def ids(kpi: Kpi, *args: str) -> list[str]:
    return [row["id"] for row in answer(kpi, *args)["gaps"]]


# 33 · 25% · €20,000 = €165,000, €35,000 short, of which €20,000 are tolerated; 40 proposals would
# have made €200,000 of it
def test_of_a_board_the_worst_gap_comes_first(kpi: Kpi) -> None:
    won = "New Business  -€35,000   1.8  🔴 off target  Proposals, +€35,000 if on target  2026-10"
    lines = sticks(kpi).out.splitlines()
    assert [line.split("  ")[0] for line in lines[:4]] == [
        "Quotes left",
        "New Business",
        "Proposals",
        "Meetings",
    ]
    assert lines[1].startswith(won)
    assert lines[4:] == [
        "bottleneck: Quotes left, off a target without tolerance",
        "a tolerance of zero, in which no gap can be measured: Quotes left",
        "no data: NPS",
        "no target: 1 KPI",
    ]


def test_beneath_a_kpi_only_what_supports_it(kpi: Kpi) -> None:
    assert sticks(kpi, "proposals").out == (
        "Proposals   -7  1.8  🔴 off target  2026-10  sales  Grow\n"
        "Meetings   -10  0.5  🟡 at risk     2026-10  sales  -\n"
        "bottleneck: Proposals, 1.8 tolerances off target\n"
    )
    assert answer(kpi, "Proposals")["kpi"] == "proposals"


def test_json_carries_it_all(kpi: Kpi) -> None:
    found = answer(kpi)
    rows = {row["id"]: row for row in found.pop("gaps")}
    assert found == {
        "schema": "kpi.bottleneck/1",
        "title": "Funnel",
        "as_of": "2026-11-05",
        "kpi": None,
        "bottleneck": "quotes",
        "unjudged": [
            {"id": "deal_size", "period": "2026-10", "status": "no_target", "reason": "no target"},
            {
                "id": "nps",
                "period": "2026-Q3",
                "status": "no_data",
                "reason": "nothing recorded for 2026-Q3",
            },
        ],
        "warnings": [],
    }
    assert rows["won"] == {
        "id": "won",
        "name": "New Business",
        "area": "sales",
        "goal": "growth",
        "owner": "Ann",
        "supports": None,
        "period": "2026-10",
        "unit": "€",
        "target": "200000",
        "target_low": None,
        "target_high": None,
        "due": None,
        "actual": "165000",
        "variance": "-35000",
        "status": "off_target",
        "to_date": False,
        "tolerances": "1.75",
        "reason": None,
        "driver": "proposals",
        "driver_contribution": "35000",
        "driver_against": "target",
    }
    assert (rows["quotes"]["tolerances"], rows["quotes"]["reason"]) == (
        None,
        "its tolerance is zero",
    )


@pytest.mark.parametrize("format", ["csv", "jsonl", "html", "markdown"])
def test_every_format_has_the_gaps(kpi: Kpi, format: str) -> None:
    text = sticks(kpi, "--format", format).out
    assert all(name in text for name in ("Quotes left", "New Business", "Proposals", "Meetings"))


@pytest.mark.parametrize(
    ("key", "sections", "last"),
    [
        (
            "goal",
            [
                "In order · 1 of 2 KPIs misses its target",
                "Grow · 2 of 3 KPIs miss their target",
                "no goal · 1 of 2 KPIs misses its target",
            ],
            "no target: 1 KPI",
        ),
        (
            "area",
            ["back office · 1 of 1 KPI misses its target", "sales · 3 of 3 KPIs miss their target"],
            "on target: no area",
        ),
        (
            "owner",
            ["no owner · 3 of 6 KPIs miss their target", "Ann · 1 of 1 KPI misses its target"],
            "no target: 1 KPI",
        ),
    ],
)
def test_the_group_with_the_worst_gap_comes_first(
    kpi: Kpi, key: str, sections: list[str], last: str
) -> None:
    lines = sticks(kpi, "--group", key).out.splitlines()
    assert [line for line in lines if " · " in line] == sections
    assert last in lines
    groups = answer(kpi, "--group", key)["groups"]
    assert groups[0]["bottleneck"] == "quotes"
    assert sum(int(group["gaps"]) for group in groups) == 4


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ("--area sales", ["won", "proposals", "meetings"]),
        ("--goal order", ["quotes"]),
        ("proposals --goal growth", ["proposals"]),
        ("--period 2026-09", []),
        ("--period last", ["quotes", "won", "proposals", "meetings"]),
    ],
)
def test_only_what_was_asked_for(kpi: Kpi, args: str, wanted: list[str]) -> None:
    assert ids(kpi, *args.split()) == wanted


@pytest.mark.parametrize(
    ("args", "first"),
    [
        ("--period 2026-09", "nothing sticks: all that is judged is on target"),
        ("--period 2026-01", "nothing can be judged"),
    ],
)
def test_where_nothing_sticks_that_is_said(kpi: Kpi, args: str, first: str) -> None:
    assert sticks(kpi, *args.split()).out.splitlines()[0] == first


def test_what_is_not_applicable_is_no_missing_data(kpi: Kpi, funnel: Path) -> None:
    with (funnel / "kpis.jsonl").open("a") as log:
        log.write(
            '{"kpi":"nps","period":"2026-Q3","value":null,"skip":true,"at":"2026-11-02T08:00:00Z"}\n'
        )
    lines = sticks(kpi, "--goal", "order", "--period", "2026-Q3").out.splitlines()
    assert lines == ["nothing can be judged", "no data: Quotes left", "not applicable: NPS"]


@pytest.mark.parametrize("columns", [30, 50, 80, 200])
def test_a_terminal_keeps_each_gap(terminal: Terminal, columns: int) -> None:
    screen = terminal("drivers", *AS_OF, "--color", "never", columns=columns)
    text = " ".join(screen.sent.decode().split())
    for part in ("-€35,000", "1.8", "none", "7 KPIs: 1 on target"):
        assert part in text


def test_ascii_is_ascii(kpi: Kpi) -> None:
    run = kpi("drivers", "--goal", "order", "--ascii", "--format", "terminal", *AS_OF)
    assert run.out.isascii()


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        ("--against year", "--against does not go with this", "name a KPI that has a formula"),
        ("--depth 2", "--depth does not go with this", "name a KPI that has a formula"),
        (
            "won --group goal",
            "--group does not go with this",
            "won has a formula, and is looked at alone",
        ),
        ("--group gaol", "--group cannot be 'gaol'", "did you mean 'goal'?"),
        (
            "nps",
            "nps has no formula and no KPI that supports it, so nothing drives it",
            "kpi explain nps shows how it was judged",
        ),
    ],
)
def test_what_can_not_be_asked(kpi: Kpi, args: str, message: str, hint: str) -> None:
    run = kpi("drivers", *args.split(), *AS_OF)
    assert (run.code, run.out, run.err) == (2, "", f"kpi: error: {message}\nhint: {hint}\n")


def test_a_board_without_kpis_says_how_to_begin(kpi: Kpi, funnel: Path) -> None:
    (funnel / "kpis.toml").write_text("")
    run = kpi("drivers")
    assert (run.code, run.out) == (0, "nothing can be judged\n")
    assert run.err == "no KPIs yet: kpi add\n"


def test_of_records_made_later_the_way_to_them_is_told(kpi: Kpi) -> None:
    run = kpi("drivers", "--as-of", "2026-08-31")
    assert "were made after 2026-08-31" in run.err


def test_damage_in_the_log_is_named_and_looked_at(kpi: Kpi, funnel: Path) -> None:
    with (funnel / "kpis.jsonl").open("a") as log:
        log.write('{"kpi":"quotes","period":"2026-10"}\n')
    run = kpi("drivers", *AS_OF)
    assert run.code == 3
    assert "no data: Quotes left, NPS" in run.out


def test_the_report_says_where_it_sticks(kpi: Kpi) -> None:
    text = kpi("report", "--format", "markdown", *AS_OF).out
    section = text.partition("### Where it sticks\n")[2].partition("###")[0]
    assert "| New Business | -€35,000 | 1.8 |" in section
    assert "bottleneck: Quotes left" in section
