"""What stands beside the periods that a view shows: notes of people, events of the definitions."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.evaluation.history import HistoryEntry
from kpicli.model.event import Event, Events
from kpicli.model.kpi import Definitions
from kpicli.model.period import Period
from kpicli.model.scorecard import Clock
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.view import Block, Column, Note, Table, table_of

_EVENTS: tuple[Column[Event], ...] = (
    Column("period", of=lambda event: event.period),
    Column("event", of=lambda event: event.text),
    Column("", "When", lambda event: event.period, is_brief=True),
    Column("", "Event", lambda event: Prose(event.text), is_brief=True),
)
_MACHINE: tuple[Column[HistoryEntry], ...] = (
    Column("kpi", of=lambda note: note.record.about),
    Column("period", of=lambda note: note.record.period),
    Column("note", of=lambda note: note.record.note or None),
    Column("at", of=lambda note: note.record.at),
    Column("by", of=lambda note: note.record.by or None),
)
_EVERY: tuple[Column[HistoryEntry], ...] = (
    *_MACHINE,
    Column("id", of=lambda note: note.record.id),
    Column("replaced_by", of=lambda note: note.successor.id if note.successor else None),
)


def events_blocks(events: Events | None, periods: Iterable[Period]) -> Iterator[Block]:
    """A row an event that touches any of the periods, beneath a heading where there are any."""
    entries = events.entries if events else ()
    shown = tuple(periods) if entries else ()
    touching = [event for event in entries if any(event.touches(period) for period in shown)]
    if touching:
        yield Note("Events", is_heading=True)
    yield table_of("events", _EVENTS, touching, is_aside=True).without_empty()


def notes_for_machines(notes: Sequence[HistoryEntry], *, is_all: bool = False) -> Table:
    """A row a note; with `is_all` also its id, and what replaced it."""
    return table_of("notes", _EVERY if is_all else _MACHINE, notes, is_aside=True)


def notes_for_people(
    definitions: Definitions, notes: Sequence[HistoryEntry], clock: Clock, *, is_all: bool = False
) -> Iterator[Block]:
    """A row a note beneath a heading, if there are any; with `is_all` what has become of it."""
    kpis = definitions.kpis
    outcome: Column[HistoryEntry] = Column("", "Since then", _outcome, rank=1)
    columns: tuple[Column[HistoryEntry], ...] = (
        Column("", "KPI", lambda note: kpis[note.record.about].name, is_brief=True),
        Column("", "Period", lambda note: note.record.period, is_brief=True),
        Column("", "Note", lambda note: Prose(note.record.note) if note.record.note else None),
        Column("", "Noted", lambda note: clock.day_of(note.record.at).isoformat(), rank=3),
        Column("", "By", lambda note: note.record.by or None, rank=2),
        *([outcome] if is_all else []),
    )
    if notes:
        yield Note("Notes", is_heading=True)
        yield table_of("notes for people", columns, notes, is_aside=True)


def _outcome(note: HistoryEntry) -> str:
    """`stands`, `replaced`, `taken back`."""
    if note.successor is None:
        return "stands" if note.record.note else "nothing stands"
    return "replaced" if note.successor.note else "taken back"
