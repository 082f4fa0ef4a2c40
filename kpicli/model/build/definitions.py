"""Build the definitions' nouns from the TOML tables, and name every fault at once."""

from typing import TYPE_CHECKING, Any

from kpicli.errors import Fault, NotationError
from kpicli.model.build.consistency import faults_between
from kpicli.model.build.kpi import KpiTable, Reading, Table, id_faults
from kpicli.model.calendar import Calendar, calendar_of
from kpicli.model.kpi import Definitions, Goal
from kpicli.model.period import read_period
from kpicli.model.schema_types import DecimalMark

if TYPE_CHECKING:
    from kpicli.model.event import Events
    from kpicli.model.finding import CheckSettings
    from kpicli.model.source import Source

_REMOTES = ("postgresql:", "postgresql+", "${")  # how the address of a shared log begins


def build(tables: Table) -> tuple[Definitions, list[Fault]]:
    """The definitions, and what is wrong with each key; shapes are taken as checked before.

    A KPI with a fault is built without the faulty key, so that the rest is still checked.
    """
    faults: list[Fault] = []
    mark = DecimalMark(tables.get("decimal", "."))
    is_stated = "decimal" in tables
    year_starts = tables.get("year_starts")
    reading = Reading(mark.value if is_stated else None, mark.value, calendar_of(year_starts))
    log = tables.get("log")
    if log is not None and (not log.strip() or "\0" in log):
        faults.append(Fault(("log",), "is not a valid path", hint='as in log = "kpis.jsonl"'))
    remote = tables.get("remote")
    if remote is not None and not remote.startswith(_REMOTES):
        hint = 'as in remote = "postgresql://kpi@db.example.com/team"'
        faults.append(Fault(("remote",), "is no address of a PostgreSQL database", hint=hint))
    defaults = tables.get("defaults", {})
    definitions = Definitions(
        title=tables.get("title", ""),
        log=log,
        remote=remote,
        decimal=mark,
        is_decimal_stated=is_stated,
        year_starts=year_starts,
        goals={id: _goal(id, table, faults) for id, table in tables.get("goals", {}).items()},
        kpis={
            id: KpiTable(id, table, defaults, reading, faults).kpi()
            for id, table in tables.get("kpis", {}).items()
        },
        check=_check(tables.get("check", {}), faults),
        events=_events(tables.get("events", {}), reading.calendar, faults),
        sources={id: _source(id, table, faults) for id, table in tables.get("sources", {}).items()},
    )
    faults += faults_between(definitions)
    return definitions, _unique_faults(faults, tables)


def _unique_faults(faults: list[Fault], tables: Table) -> list[Fault]:
    """Each fault once, where its key was written: in the KPI's own table or in the defaults."""
    unique: dict[tuple[tuple[str, ...], str], Fault] = {}
    for fault in faults:
        match fault.path:
            case ("kpis", id, key, *rest) if key not in tables["kpis"][id]:
                fault.path = ("defaults", key, *rest)
        unique.setdefault((fault.path, fault.message), fault)
    return list(unique.values())


def _goal(id: str, table: Table, faults: list[Fault]) -> Goal:
    faults.extend(id_faults("goals", id))
    if "name" in table and not table["name"].strip():
        faults.append(Fault(("goals", id, "name"), "is empty", hint="write it, or leave it out"))
    return Goal(id=id, name=table.get("name") or id)


def _check(table: Table, faults: list[Fault]) -> "CheckSettings | None":
    """The settings, without the keys that are at fault."""
    if not table:
        return None
    from kpicli.model.finding import MOST_KPIS, CheckSettings, Severity

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


def _events(table: Table, calendar: Calendar, faults: list[Fault]) -> "Events | None":
    """Those that are sound, in the order of their days."""
    if not table:
        return None
    from kpicli.model.event import MOST_EVENT, Event, Events

    events: list[Event] = []
    usual_hint = 'as in "2026-07-01" = "New price list"'
    for label, text in table.items():
        try:
            period = read_period(label, calendar)
        except NotationError as error:
            faults.append(Fault(("events", label), error.message, hint=error.hint or usual_hint))
            continue
        if not text.strip() or len(text) > MOST_EVENT:
            message = f"must say what happened, in at most {MOST_EVENT} characters"
            faults.append(Fault(("events", label), message, hint=usual_hint))
            continue
        events.append(Event(period, text.strip()))
    return Events(tuple(sorted(events, key=lambda event: (event.period.start, event.period.end))))


def _source(id: str, table: Table, faults: list[Fault]) -> "Source":
    from kpicli.model.build.source import build_source

    faults.extend(id_faults("sources", id))
    return build_source(id, table, faults)
