"""The latest periods of one KPI, for people and for machines."""

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.profile import Profile, profile
from kpicli.views.kpi_periods import periods_for_machines, periods_for_people
from kpicli.views.parts.cells import cell_text
from kpicli.views.parts.view import Note, Table
from tests.evaluation.board import board

SUM = 'rollup = "sum"\ntarget = "30 kr"'


def found(lines: str, *records: str) -> tuple[AnalysisLedger, Profile]:
    told = (f"it {record}" for record in records)
    scorecard = board(f"[kpis.it]\n{lines}", *told, today="2026-11-16")
    return scorecard, profile(scorecard, scorecard.definitions.kpis["it"], 24)


def read(lines: str, *records: str, most: int = 12, places: int = 0) -> list[str]:
    """The rows that people see, a line each."""
    _, table = periods_for_people(*found(lines, *records), most, places)
    assert isinstance(table, Table)
    return ["|".join(cell_text(row.cells[at]) for at in table.for_people()) for row in table.rows]


def keyed(lines: str, *records: str) -> list[dict[str, object]]:
    table = periods_for_machines(*found(lines, *records))
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in table.rows]


@pytest.mark.parametrize(
    ("lines", "records", "rows"),
    [
        pytest.param(
            SUM,
            ["2026-09 33", "2026-10 28.5"],
            ["2026-10|28.5 kr|30 kr|-1.5 kr|at risk", "2026-09|33 kr|30 kr|+3 kr|on target"],
            id="newest first",
        ),
        pytest.param(
            SUM,
            ["2026-11-15 12"],
            ["2026-11|12 kr|15 kr due|-3 kr|off target, to date"],
            id="a part of one against what was due",
        ),
        pytest.param(
            SUM, ["2026-11-03 12"], ["2026-11|12 kr|3 kr due|too early, to date"], id="too early"
        ),
        pytest.param(
            'target = "<3%"',
            ["2026-08 2", "2026-10 3"],
            [
                "2026-10|3%|<3%|0 pp|at risk",
                "2026-09||<3%||no data: nothing recorded",
                "2026-08|2%|<3%|-1 pp|on target",
            ],
            id="a gap",
        ),
        pytest.param('unit = "kr"', ["2026-10 4"], ["2026-10|4 kr|no target"], id="no target"),
        pytest.param(
            'targets = { "2026-10" = "5" }',
            ["2026-09 4", "2026-10 5"],
            ["2026-10|5|5|0|on target", "2026-09|4|||no target"],
            id="no target yet",
        ),
    ],
)
def test_people_see_what_there_is_to_see(lines: str, records: list[str], rows: list[str]) -> None:
    assert read(lines, *records) == rows


def test_people_see_no_more_than_they_ask_for_under_a_heading_that_counts_them() -> None:
    records = [f"2026-{month:02} {month}" for month in range(1, 11)]
    heading, _ = periods_for_people(*found("", *records), 3, 0)
    assert heading == Note("Latest 3 months", is_heading=True)
    assert len(read("", *records, most=3)) == 3
    assert len(keyed("", *records)) == 10
    assert periods_for_people(*found(""), 3, 0) == ()


def test_computed_numbers_have_the_decimals_that_are_asked_for() -> None:
    row = 'rollup = "mean"\ntarget = "3 kr"'
    assert read(row, "2026-10-01 1", "2026-10-02 2", places=2) == [
        "2026-10|1.50 kr|3 kr|-1.50 kr|off target"
    ]


@pytest.mark.parametrize(
    ("target", "edges"),
    [
        pytest.param("", (None, None, None, None, None), id="none"),
        pytest.param('target = "50"', (50, None, None, 45, None), id="at least"),
        pytest.param('target = "<50"', (50, None, None, None, 55), id="at most"),
        pytest.param('target = "40..50"', (None, 40, 50, 36, 55), id="a range"),
    ],
)
def test_machines_get_the_edges(target: str, edges: tuple[int | None, ...]) -> None:
    (row,) = keyed(target, "2026-10 4")
    keys = ("target", "target_low", "target_high", "at_risk_low", "at_risk_high")
    assert tuple(row[key] for key in keys) == edges


def test_machines_get_the_part_that_is_due() -> None:
    (row,) = keyed(SUM, "2026-11-15 12")
    assert (row["target"], row["due"], row["to_date"]) == (30, 15, True)


def test_a_signal_stands_in_every_period_that_tells_it() -> None:
    values = [2, 3, 2, 3, 2, 3, 9, 9]
    rows = keyed("", *(f"2026-{month:02} {value}" for month, value in enumerate(values, start=3)))
    text = "2 months in a row above its usual range"
    is_told = [text in cell_text(row["signals"]) for row in rows]  # type: ignore[arg-type]
    assert is_told == [True, True, *[False] * 6]
