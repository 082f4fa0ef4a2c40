"""Build the events of the definitions out of their table, and name every fault."""

from collections.abc import Mapping
from typing import Any

from kpicli.errors import Fault, NotationError
from kpicli.model.calendar import Calendar
from kpicli.model.event import MOST_EVENT, Event, Events
from kpicli.model.period import read_period


def build_events(table: Mapping[str, Any], calendar: Calendar, faults: list[Fault]) -> Events:
    """Those that are sound, in the order of their days."""
    events: list[Event] = []
    for label, text in table.items():
        path = ("events", label)
        try:
            period = read_period(label, calendar)
        except NotationError as error:
            hint = error.hint or 'as in "2026-07-01" = "New price list"'
            faults.append(Fault(path, error.message, hint=hint))
            continue
        if not text.strip() or len(text) > MOST_EVENT:
            message = f"must say what happened, in at most {MOST_EVENT} characters"
            faults.append(Fault(path, message, hint='as in "2026-07-01" = "New price list"'))
            continue
        events.append(Event(period, text.strip()))
    return Events(tuple(sorted(events, key=lambda event: (event.period.start, event.period.end))))
