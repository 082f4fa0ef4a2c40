"""`[events]` of the definitions: marked on charts, listed, and taken as an explanation."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi, Terminal

TOML = """\
[kpis.revenue]
name = "Revenue"
target = "500 kr"
"""
EVENTS = """\
[events]
2026-07-01 = "New price list"
"2026-W37" = "Warehouse <moved>"
"2025" = "Before all"
"""
LOG = "".join(
    f'{{"kpi":"revenue","period":"2026-{month:02}","value":{400 + month},'
    '"at":"2026-11-02T08:00:00Z"}\n'
    for month in range(5, 11)
)
DAY = ("--as-of", "2026-11-05")


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML + EVENTS)
    path.with_suffix(".jsonl").write_text(LOG)
    return path


def test_they_are_listed_beside_the_periods_that_they_touch(kpi: Kpi) -> None:
    assert kpi("show", "revenue", *DAY).out.endswith(
        "Events\n2026-07-01  New price list\n2026-W37    Warehouse <moved>\n"
    )
    told = json.loads(kpi("show", "revenue", "--json", *DAY).out)
    assert told["events"] == [
        {"period": "2026-07-01", "event": "New price list"},
        {"period": "2026-W37", "event": "Warehouse <moved>"},
    ]
    report = kpi("report", "--format", "markdown", *DAY).out
    assert "| 2026-07-01 | New price list |" in report


@pytest.mark.parametrize(
    ("flags", "mark"),
    [pytest.param((), "▲", id="in Unicode"), pytest.param(("--ascii",), "^", id="in ASCII")],
)
@pytest.mark.parametrize("columns", [50, 80])
def test_they_are_marked_on_a_chart(
    terminal: Terminal, flags: tuple[str, ...], mark: str, columns: int
) -> None:
    screen = terminal("show", "revenue", *flags, *DAY, columns=columns).sent.decode()
    axis = next(line for line in screen.splitlines() if line.count(mark) == 2)
    assert axis.lstrip()[0] in "└+"
    assert f"{mark} event" in screen


def test_a_page_says_which_they_are(kpi: Kpi) -> None:
    page = kpi("report", "--format", "html", *DAY).out
    assert page.count('<path class="event" d="M') == 2
    assert "<title>2026-W37 Warehouse &lt;moved&gt;</title>" in page
    assert "Events: 2026-07-01 New price list; 2026-W37 Warehouse &lt;moved&gt;." in page


def test_without_events_nothing_is_said_of_them(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML)
    assert "vent" not in kpi("show", "revenue", *DAY).out
    assert json.loads(kpi("show", "revenue", "--json", *DAY).out)["events"] == []


@pytest.mark.parametrize(
    ("events", "is_explained"),
    [
        pytest.param('[events]\n"2026-07-01" = "x"', True, id="a day of a period"),
        pytest.param('[events]\n"2026-Q3" = "x"', True, id="a period around it"),
        pytest.param('[events]\n"2026-05" = "x"', False, id="before"),
        pytest.param("", False, id="none"),
    ],
)
def test_rule_e04_takes_one_as_an_explanation(
    kpi: Kpi, board: Path, events: str, *, is_explained: bool
) -> None:
    board.write_text(f"{TOML}{events}\n")
    run = kpi("check", "--select", "E04", *DAY)
    assert (run.out == "") is is_explained


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param('"2026-13" = "x"', "kpis.toml:5: events.2026-13: '2026-13'", id="no month"),
        pytest.param('"July" = "x"', "events.July: 'July' is not a period", id="a word"),
        pytest.param('"2026-07" = ""', "must say what happened", id="no text"),
        pytest.param('"2026-07" = 5', "events.2026-07: expected", id="a number"),
    ],
)
def test_what_is_no_event_is_named(kpi: Kpi, board: Path, line: str, message: str) -> None:
    board.write_text(f"{TOML}[events]\n{line}\n")
    run = kpi("status")
    assert run.code == 2
    assert message in run.err
