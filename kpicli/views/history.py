"""What was recorded: what stands, or every record with what came after it."""

from collections.abc import Sequence
from datetime import date

from kpicli.evaluation.history import HistoryEntry, Restatement
from kpicli.model.kpi import Definitions
from kpicli.model.record import Clock, Record
from kpicli.text import plural, shown
from kpicli.views.parts.cells import Cell
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View
from kpicli.views.words.recording import value_text

_COLUMNS = (
    Column("kpi", is_brief=True),
    Column("period", is_brief=True),
    Column("value"),
    Column("unit"),
    Column("at"),
    Column("by"),
    Column("note"),
    Column("", "KPI"),
    Column("", "Period"),
    Column("", "Actual", is_number=True, is_brief=True),
    Column("", "Recorded", rank=3),
    Column("", "By", rank=2),
)
_REPLACED = (Column("id"), Column("replaced_by"), Column("", "Since then", rank=1))
_NOTE = Column("", "Note", rank=4)
_RESTATED = (
    Column("kpi", is_brief=True),
    Column("period", is_brief=True),
    Column("previous"),
    Column("value"),
    Column("unit"),
    Column("at"),
    Column("by"),
    Column("note"),
    Column("", "KPI"),
    Column("", "Period"),
    Column("", "Was", is_number=True),
    Column("", "Is", is_number=True, is_brief=True),
    Column("", "Changed", rank=3),
    Column("", "By", rank=2),
    _NOTE,
)


def history_view(
    definitions: Definitions,
    entries: Sequence[HistoryEntry],
    clock: Clock,
    warnings: tuple[str, ...] = (),
    *,
    is_all: bool = False,
) -> View:
    """A row a record; with `is_all` also what it was replaced by, and its id."""
    columns = (*_COLUMNS, *(_REPLACED if is_all else ()), _NOTE)
    rows = tuple(Row(_cells(definitions, entry, clock, is_all=is_all)) for entry in entries)
    head = Fields((Field("as_of", clock.today.isoformat()),))
    return View(
        "history",
        shown(definitions.title),
        (head, Table("records", columns, rows)),
        _footer(entries, is_all=is_all),
        warnings,
    )


def _cells(
    definitions: Definitions, entry: HistoryEntry, clock: Clock, *, is_all: bool
) -> tuple[Cell, ...]:
    record = entry.record
    kpi = definitions.kpis.get(record.kpi)
    cells: tuple[Cell, ...] = (
        record.kpi,
        record.period,
        record.value,
        (kpi.unit if kpi else "") or None,
        record.at,
        record.by or None,
        record.note or None,
        kpi.name if kpi else record.kpi,
        record.period,
        value_text(definitions, record),
        local_day(record, clock).isoformat(),
        record.by or None,
    )
    if is_all:
        successor = entry.successor
        cells += record.id, successor.id if successor else None, _since(definitions, entry)
    return (*cells, record.note or None)


def restated_view(
    definitions: Definitions,
    found: Sequence[Restatement],
    since: date,
    clock: Clock,
    warnings: tuple[str, ...] = (),
) -> View:
    """A row an actual that was changed or taken back: what stood, what stands, who and why."""
    rows = tuple(Row(_restated(definitions, one, clock)) for one in found)
    head = Fields(
        (
            Field("as_of", clock.today.isoformat()),
            Field("changed_since", since.isoformat()),
        )
    )
    return View(
        "history",
        shown(definitions.title),
        (head, Table("records", _RESTATED, rows)),
        f"{plural(len(found), 'actual')} restated since {since}",
        warnings,
    )


def _restated(definitions: Definitions, one: Restatement, clock: Clock) -> tuple[Cell, ...]:
    record = one.record
    kpi = definitions.kpis[record.kpi]
    return (
        record.kpi,
        record.period,
        one.previous.value,
        record.value,
        kpi.unit or None,
        record.at,
        record.by or None,
        record.note or None,
        kpi.name,
        record.period,
        value_text(definitions, one.previous),
        value_text(definitions, record),
        local_day(record, clock).isoformat(),
        record.by or None,
        record.note or None,
    )


def local_day(record: Record, clock: Clock) -> date:
    """The local day."""
    return clock.day_of(record.at)


def _since(definitions: Definitions, entry: HistoryEntry) -> str:
    """`stands`, `replaced by 485,000 kr`, `taken back`, `damaged: kpis.jsonl:4`."""
    if entry.damage:
        return f"damaged: {entry.damage}"
    if entry.successor is None:
        return "nothing stands" if entry.record.value is None else "stands"
    if entry.successor.value is None:
        return "taken back"
    return f"replaced by {value_text(definitions, entry.successor)}"


def _footer(entries: Sequence[HistoryEntry], *, is_all: bool) -> str:
    if not is_all:
        return plural(len(entries), "actual")
    replaced = sum(entry.successor is not None for entry in entries)
    return f"{plural(len(entries), 'record')}, {replaced:,} of them replaced"
