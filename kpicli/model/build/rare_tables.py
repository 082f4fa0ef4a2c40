"""Build what few definitions have, events and settings of the check, and name every fault."""

from collections.abc import Mapping
from typing import Any

from kpicli.errors import Fault, NotationError
from kpicli.model.calendar import Calendar
from kpicli.model.event import MOST_EVENT, Event, Events
from kpicli.model.finding import MOST_KPIS, CheckSettings, Severity
from kpicli.model.period import read_period


def build_settings(table: Mapping[str, Any], faults: list[Fault]) -> CheckSettings:
    """The settings, without the keys that are at fault; shapes are taken as checked before."""
    keys: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    for key in ("top_level", "beneath"):
        if not 1 <= table.get(key, 1) <= MOST_KPIS:
            message = f"must be a number from 1 to {MOST_KPIS:,}"
            faults.append(Fault(("check", key), message))
            del keys[key]
    severities = keys.pop("severity", {})
    weights = {code: Severity(word) for code, word in severities.items()}
    return CheckSettings(**keys, severity=weights)


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
