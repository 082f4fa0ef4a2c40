"""What was recorded: what stands, or every record with what came after it."""

from collections.abc import Iterator, Sequence
from datetime import date

from kpicli.evaluation.history import HistoryEntry, MovedTarget, Restatement
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.record import Record
from kpicli.model.scorecard import Clock
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.notes import notes_for_machines, notes_for_people
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, View, table_of
from kpicli.views.words.actuals import value_text
from kpicli.views.words.definition import targets_text, tolerance_text


class _Row(NamedTuple):
    """A record; of a restatement with the one that it replaced."""

    definitions: Definitions
    clock: Clock
    entry: HistoryEntry
    previous: Record | None = None

    @property
    def record(self) -> Record:
        return self.entry.record

    def unit(self) -> str | None:
        """The one that it was recorded in, else the KPI's, where a definition has it."""
        if self.record.unit:
            return self.record.unit
        kpi = self.definitions.kpis.get(self.record.kpi)
        return (kpi.unit if kpi else "") or None

    def name(self) -> str:
        """The KPI's name, else what the log calls it."""
        kpi = self.definitions.kpis.get(self.record.kpi)
        return kpi.name if kpi else self.record.kpi

    def value(self) -> str:
        return value_text(self.definitions, self.record)

    def previous_value(self) -> str | None:
        """What stood before, in the unit."""
        return value_text(self.definitions, self.previous) if self.previous else None

    def day(self) -> str:
        return self.clock.day_of(self.record.at).isoformat()

    def who(self) -> str | None:
        """`cron, from warehouse`."""
        source = f"from {self.record.source}" if self.record.source else ""
        return ", ".join(filter(None, (self.record.by, source))) or None

    def outcome(self) -> str:
        """`stands`, `replaced by 485,000 kr`, `taken back`, `damaged: kpis.jsonl:4`."""
        successor = self.entry.successor
        if self.entry.damage:
            return self.entry.damage
        if successor is None:
            return "stands" if self.record.is_standing else "nothing stands"
        if not successor.is_standing:
            return "taken back"
        return f"replaced by {value_text(self.definitions, successor)}"


_KPI: Column[_Row] = Column("kpi", of=lambda row: row.record.kpi, is_brief=True)
_PERIOD: Column[_Row] = Column("period", of=lambda row: row.record.period, is_brief=True)
_RECORD: tuple[Column[_Row], ...] = (
    Column("value", of=lambda row: row.record.value),
    Column("unit", of=_Row.unit),
    Column("at", of=lambda row: row.record.at),
    Column("by", of=lambda row: row.record.by or None),
    Column("note", of=lambda row: row.record.note or None),
    Column("skip", of=lambda row: row.record.skip),
    Column("replaces", of=lambda row: row.record.replaces or None),
    Column("", "KPI", _Row.name),
    Column("", "Period", lambda row: row.record.period),
)
_BY: Column[_Row] = Column("", "By", _Row.who, rank=2)
_NOTE: Column[_Row] = Column("", "Note", lambda row: row.record.note or None, rank=4)
_STANDING: tuple[Column[_Row], ...] = (
    *(_KPI, _PERIOD, *_RECORD),
    Column("", "Actual", _Row.value, is_number=True, is_brief=True),
    Column("", "Recorded", _Row.day, rank=3),
    _BY,
)
_EVERY: tuple[Column[_Row], ...] = (
    *_STANDING,
    Column("source", of=lambda row: row.record.source or None),
    Column("id", of=lambda row: row.record.id),
    Column("replaced_by", of=lambda row: row.entry.successor.id if row.entry.successor else None),
    Column("", "Since then", _Row.outcome, rank=1),
)
_RESTATED: tuple[Column[_Row], ...] = (
    *(_KPI, _PERIOD),
    Column("previous", of=lambda row: row.previous.value if row.previous else None),
    *_RECORD,
    Column("", "Was", _Row.previous_value, is_number=True),
    Column("", "Is", _Row.value, is_number=True, is_brief=True),
    Column("", "Changed", _Row.day, rank=3),
    *(_BY, _NOTE),
)


def history_view(
    definitions: Definitions,
    entries: Sequence[HistoryEntry],
    clock: Clock,
    warnings: tuple[str, ...] = (),
    *,
    notes: Sequence[HistoryEntry] = (),
    is_all: bool = False,
) -> View:
    """A row a record; with `is_all` also what it was replaced by, and its id."""
    columns = (*(_EVERY if is_all else _STANDING), _NOTE)
    rows = (_Row(definitions, clock, entry) for entry in entries)
    head = Fields((Field("as_of", clock.today.isoformat()),))
    table = table_of("records", columns, rows)
    footer = _footer(entries, is_all=is_all)
    if notes:
        count = plural(len(notes), "note")
        table, footer = (table, f"{footer}, {count}") if entries else (table.without_empty(), count)
    blocks = (
        *(head, table, notes_for_machines(notes, is_all=is_all)),
        *notes_for_people(definitions, notes, clock, is_all=is_all),
    )
    return View("history", clipped(definitions.title), blocks, footer, warnings)


def restated_view(
    definitions: Definitions,
    entries: Sequence[Restatement],
    since: date,
    clock: Clock,
    warnings: tuple[str, ...],
    *,
    targets: Sequence[MovedTarget] = (),
) -> View:
    """A row an actual that was changed or taken back: what stood, what stands, who and why.

    Beneath that a row a target that was moved.
    """
    rows = (
        _Row(definitions, clock, HistoryEntry(restatement.record), restatement.previous)
        for restatement in entries
    )
    head = Fields(
        (Field("as_of", clock.today.isoformat()), Field("changed_since", since.isoformat()))
    )
    table = table_of("records", _RESTATED, rows)
    counts = [plural(len(entries), "actual")]
    if targets:
        counts.append(plural(len(targets), "target"))
    footer = f"{' and '.join(counts)} changed since {since}"
    blocks = (head, table, *_targets(definitions, targets))
    return View("history", clipped(definitions.title), blocks, footer, warnings)


def _targets(definitions: Definitions, targets: Sequence[MovedTarget]) -> Iterator[Block]:
    """What each target was, and what it is, with the way there; the tolerance where that moved."""
    mark = definitions.shown_mark

    def text(moved: MovedTarget, kpi: Kpi) -> Prose:
        parts = [targets_text(kpi, mark) or "none"]
        if moved.previous.tolerance != moved.kpi.tolerance:
            parts.append(f"at risk within {tolerance_text(kpi, mark)} of it")
        return Prose(clipped("; ".join(parts)))

    columns: tuple[Column[MovedTarget], ...] = (
        Column("kpi", of=lambda moved: moved.kpi.id),
        Column("previous", of=lambda moved: text(moved, moved.previous)),
        Column("target", of=lambda moved: text(moved, moved.kpi)),
        Column("", "KPI", lambda moved: moved.kpi.name, is_brief=True),
        Column("", "Target was", lambda moved: text(moved, moved.previous)),
        Column("", "Target is", lambda moved: text(moved, moved.kpi), is_brief=True),
    )
    if targets:
        yield Note("Targets that moved", is_heading=True)
    yield table_of("targets", columns, targets, is_aside=True).without_empty()


def _footer(entries: Sequence[HistoryEntry], *, is_all: bool) -> str:
    if not is_all:
        return plural(len(entries), "actual")
    replaced = sum(entry.successor is not None for entry in entries)
    return f"{plural(len(entries), 'record')}, {replaced:,} of them replaced"
