"""Tables of any width: what is drawn fits, and of what never goes not a word is broken or lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.status import Status
from kpicli.render.canvas import Canvas
from kpicli.render.terminal.layout import layout
from kpicli.screen import width
from kpicli.views.parts.cells import Cell, Prose, Remarked, Spark, Verdict
from kpicli.views.parts.view import Column, Row, Table, View
from tests.render.formats.hard import drawn

COLUMNS: tuple[Column[Any], ...] = (
    Column("", "KPI"),
    Column("", "Target", is_number=True),
    Column("", "Status", common="to date"),
    Column("", "Variance", rank=4, is_number=True),
    Column("", "Period", rank=3, is_kept=True, common="2026-10"),
    Column("", "Trend", rank=2),
    Column("", "Note", rank=8, is_extra=True),
)
WORDS = st.lists(st.text("abcdefgé", min_size=1, max_size=9), min_size=1, max_size=9).map(" ".join)
CELLS = st.tuples(
    WORDS,
    st.integers(0, 10**9).map(lambda number: Remarked(f"due {number:,} kr", "9 kr by 2026-12")),
    st.sampled_from(
        [Verdict(Status.AT_RISK), Verdict(Status.ON_TARGET, ", to date"), Verdict(Status.NO_DATA)]
    ),
    st.integers(-(10**6), 10**6).map(lambda number: f"{number:,} kr"),
    st.sampled_from(["2026-10", "2026-W44"]),
    st.just(Spark((1.0, 2.0, None, 3.0, 4.0, 5.0), "up", is_favourable=True)),
    WORDS.map(Prose),
)
TABLES = st.lists(st.tuples(CELLS, st.integers(0, 2)), min_size=1, max_size=6).map(
    lambda rows: Table("kpis", COLUMNS, tuple(Row(cells, depth) for cells, depth in rows))
)


@given(TABLES, st.integers(44, 160))
def test_a_table_fits_and_says_what_it_must(table: Table, columns: int) -> None:
    lines = drawn("terminal", Canvas(columns), View("any", blocks=(table,))).splitlines()
    text, words = "\n".join(lines), " ".join(lines).split()
    assert max(map(width, lines)) <= columns
    for row in table.rows:
        name, target, verdict, *_ = row.cells
        assert set(str(name).split()) <= set(words)
        assert isinstance(target, Remarked)
        assert target.text in text
        assert isinstance(verdict, Verdict)
        assert f"{verdict.status.mark} {verdict.status.word}" in text
        assert "2026-W44" in text or row.cells[4] == "2026-10"


ROW: tuple[Cell, ...] = (
    "Share of building permits decided in time",
    Remarked("due 91 kr", "135 kr by 2026-12"),
    Verdict(Status.AT_RISK, ", to date"),
    "-8 kr",
    "2026-W44",
    Spark((1.0,) * 12, "up"),
    Prose("two case workers on leave"),
)


LONG, SHORT = (ROW[0],), ("Churn", "NPS", "Uptime", ROW[0])


@pytest.mark.parametrize(
    ("names", "columns", "form"),
    [
        (LONG, 160, "beside: KPI Target Status Variance Period Trend Note"),
        (LONG, 110, "tight: KPI Target Status Variance Period Trend"),
        (LONG, 70, "stacked: Target Status Variance Period Trend"),
        (LONG, 45, "stacked: Target Status Period Trend"),
        (LONG, 27, "stacked: Target Status"),
        (LONG, 20, "down"),
        (SHORT, 80, "stacked: Target Status Variance Period Trend Note"),
        (SHORT, 71, "tight: KPI Target Status Trend"),
        (SHORT, 50, "tight: KPI Target Status"),
        ((), 45, "tight: KPI Target Status Variance Period Trend"),
    ],
)
def test_with_less_room_a_table_is_tighter_then_smaller_then_stacked(
    names: tuple[str, ...], columns: int, form: str
) -> None:
    rows = tuple(Row((name, *ROW[1:])) for name in names)
    shape = layout(Table("kpis", COLUMNS, rows), Canvas(columns))
    if shape is None:
        assert form == "down"
        return
    word = "stacked" if shape.is_stacked else "tight" if shape.is_tight else "beside"
    assert f"{word}: {' '.join(COLUMNS[at].heading for at in shape.widths)}" == form
