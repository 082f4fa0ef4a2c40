"""Which actuals people have to record, by frequency, grace and what is there."""

import pytest

from kpicli.analysis.awaited import AwaitedActual, awaited_actuals
from tests.evaluation.board import board, damage

TOML = "[kpis.it]\n"


def awaited(toml: str, *records: str, days: int | None = None, pulled: str = "") -> list[str]:
    """`overdue 2026-10 2026-10-31` for each, with the last day that is in time."""
    scorecard = board(toml, *records)
    kpis = scorecard.definitions.kpis.values()
    return [line(actual) for actual in awaited_actuals(scorecard, kpis, pulled.split(), days)]


def line(actual: AwaitedActual) -> str:
    return f"{actual.state} {actual.period} {actual.last_day}"


@pytest.mark.parametrize(
    ("keys", "records", "wanted"),
    [
        pytest.param("", [], ["due 2026-10 2026-10-31"], id="never recorded: the last closed one"),
        pytest.param("", ["2026-10"], [], id="up to date"),
        pytest.param("", ["2026-11"], [], id="begun in the open period"),
        pytest.param("grace = 40", ["2026-10"], [], id="begun within the days of grace"),
        pytest.param("", ["2026-09"], ["overdue 2026-10 2026-10-31"], id="no grace"),
        pytest.param("grace = 4", ["2026-09"], ["overdue 2026-10 2026-11-04"], id="past it"),
        pytest.param("grace = 5", ["2026-09"], ["due 2026-10 2026-11-05"], id="its last day"),
        pytest.param(
            "grace = 5",
            ["2026-08"],
            ["overdue 2026-09 2026-10-05", "due 2026-10 2026-11-05"],
            id="one late and one in grace",
        ),
        pytest.param(
            "grace = 40",
            ["2026-08"],
            ["due 2026-09 2026-11-09", "due 2026-10 2026-12-10"],
            id="two in grace",
        ),
        pytest.param(
            'frequency = "weekly"\ngrace = 1',
            ["2026-W42"],
            ["overdue 2026-W43 2026-10-26", "overdue 2026-W44 2026-11-02"],
            id="two weeks",
        ),
        pytest.param('frequency = "quarterly"', ["2026-Q3"], [], id="the quarter goes on"),
        pytest.param('frequency = "yearly"', [], ["due 2025 2025-12-31"], id="the year before"),
        pytest.param('until = "2026-10"', ["2026-09"], [], id="retired"),
        pytest.param(
            'until = "2026-11"', ["2026-09"], ["overdue 2026-10 2026-10-31"], id="not yet"
        ),
        pytest.param('rollup = "sum"', ["2026-09", "2026-10-03"], [], id="a part of it is there"),
    ],
)
def test_what_has_ended_is_due(keys: str, records: list[str], wanted: list[str]) -> None:
    assert awaited(f"{TOML}{keys}\n", *(f"it {period} 1" for period in records)) == wanted


@pytest.mark.parametrize(
    ("keys", "days", "wanted"),
    [
        pytest.param("", 24, [], id="ends the day after"),
        pytest.param("", 25, ["coming 2026-11 2026-11-30"], id="ends on the last day"),
        pytest.param("grace = 9", 25, ["coming 2026-11 2026-12-09"], id="grace comes later"),
        pytest.param(
            "", 56, ["coming 2026-11 2026-11-30", "coming 2026-12 2026-12-31"], id="two of them"
        ),
        pytest.param('until = "2026-11"', 56, ["coming 2026-11 2026-11-30"], id="the last one"),
        pytest.param(
            'frequency = "daily"',
            1,
            [f"due 2026-11-{day:02} 2026-11-{day:02}" for day in [4]]
            + [f"coming 2026-11-{day:02} 2026-11-{day:02}" for day in (5, 6)],
            id="today and tomorrow",
        ),
    ],
)
def test_what_ends_within_the_window_is_coming(keys: str, days: int, wanted: list[str]) -> None:
    records = [] if "daily" in keys else ["it 2026-10 1"]
    assert awaited(f"{TOML}{keys}\n", *records, days=days) == wanted


def test_a_fiscal_year_is_due_by_its_own_end() -> None:
    toml = 'year_starts = "04"\n[kpis.it]\nfrequency = "quarterly"\nrollup = "sum"\n'
    assert awaited(toml, "it 2026-06 8", days=60) == [
        "overdue FY2027-Q2 2026-09-30",
        "coming FY2027-Q3 2026-12-31",
    ]


def test_what_is_there_already_is_not_coming() -> None:
    assert awaited(TOML, "it 2026-10 1", "it 2026-11 1", days=30) == []


def test_nobody_records_a_formula() -> None:
    toml = '[kpis.it]\nformula = "2 * part"\n[kpis.part]\n'
    assert awaited(toml, "part 2026-09 1", days=30) == [
        "overdue 2026-10 2026-10-31",
        "coming 2026-11 2026-11-30",
    ]


def test_what_is_pulled_is_for_a_person_once_it_is_overdue() -> None:
    assert awaited(TOML, days=30, pulled="it") == []
    assert awaited(TOML, "it 2026-09 1", days=30, pulled="it") == ["overdue 2026-10 2026-10-31"]


def test_the_most_urgent_comes_first_and_then_the_oldest() -> None:
    toml = "[kpis.a]\ngrace = 9\n[kpis.b]\n[kpis.c]\nfrequency = 'quarterly'\n"
    records = ("a 2026-09 1", "b 2026-09 1", "c 2026-Q2 1")
    assert awaited(toml, *records, days=25) == [
        "overdue 2026-Q3 2026-09-30",
        "overdue 2026-10 2026-10-31",
        "due 2026-10 2026-11-09",
        "coming 2026-11 2026-11-30",
        "coming 2026-11 2026-12-09",
    ]


def test_damage_is_awaited_and_named() -> None:
    scorecard = board(TOML, "it 2026-09 100", damages=[damage("it 2026-10")])
    (actual,) = awaited_actuals(scorecard, scorecard.definitions.kpis.values(), (), None)
    assert (line(actual), actual.damage) == ("overdue 2026-10 2026-10-31", "damaged: kpis.jsonl:1")
