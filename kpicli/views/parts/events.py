"""The events of the definitions beside the periods that a view shows."""

from collections.abc import Iterable, Iterator

from kpicli.model.event import Event, Events
from kpicli.model.period import Period
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.view import Block, Column, Note, table_of

_COLUMNS: tuple[Column[Event], ...] = (
    Column("period", of=lambda event: event.period),
    Column("event", of=lambda event: event.text),
    Column("", "When", lambda event: event.period, is_brief=True),
    Column("", "Event", lambda event: Prose(event.text), is_brief=True),
)


def events_blocks(events: Events | None, periods: Iterable[Period]) -> Iterator[Block]:
    """A row an event that touches any of the periods, beneath a heading where there are any."""
    entries = events.entries if events else ()
    shown = tuple(periods) if entries else ()
    touching = [event for event in entries if any(event.touches(period) for period in shown)]
    if touching:
        yield Note("Events", is_heading=True)
    yield table_of("events", _COLUMNS, touching, is_aside=True).without_empty()
