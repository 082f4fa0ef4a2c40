"""`kpi due`: who has to record what, and until when, in every format."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Run, Terminal

TOML = """\
title = "Shop"
[defaults]
grace = 5
[goals.growth]
name = "Grow the business"
[kpis.revenue]
name = "Revenue"
goal = "growth"
area = "sales"
owner = "Ann"
source = "accounting, report 12"
[kpis.visits]
name = "Visits"
frequency = "weekly"
owner = "Bob"
grace = 0
[kpis.rating]
name = "Rating"
owner = "Bob"
[kpis.per_visit]
formula = "revenue / visits"
[kpis.commits]
name = "Commits"
command = ["git", "log"]
[kpis.old]
until = "2026-09"
"""
LOG = """\
{"kpi":"revenue","period":"2026-08","value":1,"at":"2026-09-02T08:00:00Z"}
{"kpi":"visits","period":"2026-W41","value":1,"at":"2026-10-13T08:00:00Z"}
{"kpi":"old","period":"2026-08","value":1,"at":"2026-09-02T08:00:00Z"}
"""
SKIPPED = '{"kpi":"%s","period":"%s","value":null,"skip":true,"at":"2026-11-02T08:00:00Z"}\n'
PULLED = '{"kpi":"commits","period":"2026-08","value":1,"at":"2026-09-02T08:00:00Z"}\n'
PLAIN = """\
Revenue  2026-09               Ann  2026-10-05  overdue by 31 days
Visits   2026-W42 to 2026-W44  Bob  2026-10-18  overdue by 18 days
Revenue  2026-10               Ann  2026-11-05  due today
Rating   2026-10               Bob  2026-11-05  due today, never recorded
"""


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_text(LOG)
    return tmp_path


def due(kpi: Kpi, *args: str, as_of: str = "2026-11-05") -> Run:
    return kpi("due", *args, "--as-of", as_of)


def rows(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run.out)["due"]
    return found


def ids(run: Run) -> list[str]:
    return [f"{row['id']} {row['period']}" for row in rows(run)]


def test_in_a_pipe_it_is_a_line_for_each_kpi(kpi: Kpi) -> None:
    run = due(kpi)
    assert (run.code, run.out, run.err) == (0, PLAIN, "")


def test_a_terminal_counts_beneath_the_table(terminal: Terminal) -> None:
    screen = terminal("due", "--as-of", "2026-11-05", "--color", "never")
    lines = screen.sent.decode().replace("\r\n", "\n").splitlines()
    assert lines[0] == "Shop · due"
    assert lines[1].split() == ["KPI", "Period", "Owner", "Until", "State"]
    assert lines[-1] == "4 overdue, 2 due: kpi record asks for each; 1 KPI by kpi pull"


@pytest.mark.parametrize("columns", [20, 30, 50, 80, 200])
def test_a_narrow_terminal_keeps_kpi_period_and_state(terminal: Terminal, columns: int) -> None:
    screen = terminal("due", "--as-of", "2026-11-05", "--color", "never", columns=columns)
    text = " ".join(screen.sent.decode().split())
    for word in ("Visits", "2026-W42", "overdue", "Rating", "due today, never"):
        assert word in text


def test_ascii_is_ascii(kpi: Kpi) -> None:
    assert due(kpi, "--ascii", "--format", "terminal").out.isascii()


def test_json_has_a_row_for_each_period(kpi: Kpi) -> None:
    answer = json.loads(due(kpi, "revenue", "--within", "30d", "--json").out)
    first, *others = answer.pop("due")
    assert answer == {
        "schema": "kpi.due/1",
        "title": "Shop",
        "as_of": "2026-11-05",
        "within_days": 30,
        "pulled_kpis": [],
        "warnings": [],
    }
    assert first == {
        "id": "revenue",
        "name": "Revenue",
        "area": "sales",
        "goal": "growth",
        "owner": "Ann",
        "source": "accounting, report 12",
        "frequency": "monthly",
        "period": "2026-09",
        "last_day": "2026-10-05",
        "state": "overdue",
        "pulled": False,
        "reason": None,
        "text": "Overdue: record Revenue 2026-09 (Ann)",
        "advice": "kpi record revenue VALUE --period 2026-09",
    }
    assert [f"{row['period']} {row['state']} {row['last_day']}" for row in others] == [
        "2026-10 due 2026-11-05",
        "2026-11 coming 2026-12-05",
    ]


@pytest.mark.parametrize("format", ["csv", "jsonl", "html", "markdown", "ics"])
def test_every_format_names_what_is_due(kpi: Kpi, format: str) -> None:
    run = due(kpi, "--format", format)
    assert (run.code, run.err) == (0, "")
    assert all(text in run.out for text in ("Revenue", "2026-09", "Rating"))


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        (
            "--owner bob",
            ["visits 2026-W42", "visits 2026-W43", "visits 2026-W44", "rating 2026-10"],
        ),
        ("--area sales", ["revenue 2026-09", "revenue 2026-10"]),
        ("Rating", ["rating 2026-10"]),
        ("visits --within 3d", [f"visits 2026-W{week}" for week in (42, 43, 44, 45)]),
        ("visits --within 2", [f"visits 2026-W{week}" for week in (42, 43, 44)]),
        ("visits --within 2w", [f"visits 2026-W{week}" for week in (42, 43, 44, 45, 46)]),
        ("old", []),
        ("per_visit", []),
    ],
)
def test_only_what_was_asked_for(kpi: Kpi, args: str, wanted: list[str]) -> None:
    assert ids(due(kpi, *args.split(), "--json")) == wanted


def test_what_is_not_applicable_is_not_due(kpi: Kpi, shop: Path) -> None:
    pairs = [("revenue", "2026-09"), ("revenue", "2026-11"), ("rating", "2026-10")]
    (shop / "kpis.jsonl").write_text(LOG + "".join(SKIPPED % pair for pair in pairs))
    run = due(kpi, "revenue", "rating", "--within", "30d", "--json")
    assert ids(run) == ["revenue 2026-10", "rating 2026-11"]


def test_what_is_pulled_is_shown_once_it_is_overdue(kpi: Kpi, shop: Path) -> None:
    assert due(kpi, "commits").out == "nothing is due; 1 KPI by kpi pull\n"
    (shop / "kpis.jsonl").write_text(LOG + PULLED)
    assert due(kpi, "commits").out == (
        "Commits  2026-09  2026-10-05  overdue by 31 days, comes by kpi pull\n"
    )
    (row,) = rows(due(kpi, "commits", "--json"))
    assert (row["advice"], row["pulled"]) == ("kpi pull commits", True)


@pytest.mark.parametrize(
    ("args", "text"),
    [("", "nothing is due\n"), ("--within 1w", "nothing is due, or will be within 7 days\n")],
)
def test_nothing_to_do_is_said(kpi: Kpi, args: str, text: str) -> None:
    run = due(kpi, "old", *args.split())
    assert (run.code, run.out, run.err) == (0, text, "")


@pytest.mark.parametrize(
    ("args", "as_of", "code"),
    [
        ("--fail-on overdue", "2026-11-05", 1),
        ("rating --fail-on overdue", "2026-11-05", 0),
        ("rating --fail-on due", "2026-11-05", 1),
        ("old --fail-on due", "2026-11-05", 0),
        ("revenue --fail-on due", "2026-09-04", 0),
    ],
)
def test_it_may_gate(kpi: Kpi, args: str, as_of: str, code: int) -> None:
    assert due(kpi, *args.split(), as_of=as_of).code == code


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ("--within soon", "--within cannot be 'soon'"),
        ("--within 7m", "--within cannot be '7m'"),
        ("--within 53w", "--within cannot be '53w'"),
        ("--fail-on late", "--fail-on cannot be 'late'"),
        ("--owner Eve", "no KPI has owner 'Eve'"),
    ],
)
def test_what_can_not_be_asked(kpi: Kpi, args: str, message: str) -> None:
    run = due(kpi, *args.split())
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: {message}\nhint: ")


def test_damage_is_named_and_is_looked_at(kpi: Kpi, shop: Path) -> None:
    with (shop / "kpis.jsonl").open("a") as log:
        log.write('{"kpi":"revenue","period":"2026-09"}\n')
    run = due(kpi, "revenue")
    assert run.code == 3
    assert "damaged: kpis.jsonl:4" in run.out


def test_of_records_made_later_the_way_to_them_is_told(kpi: Kpi) -> None:
    run = due(kpi, as_of="2026-08-31")
    assert run.code == 0
    assert "were made after 2026-08-31" in run.err


def test_a_board_without_kpis_says_how_to_begin(kpi: Kpi, shop: Path) -> None:
    (shop / "kpis.toml").write_text("")
    run = due(kpi)
    assert (run.code, run.out, run.err) == (0, "nothing is due\n", "no KPIs yet: kpi add\n")
