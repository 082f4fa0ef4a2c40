"""Build the definitions' nouns from the TOML tables, and name every fault at once."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from kpicli.errors import Fault, NotationError
from kpicli.model.build_source import build_source
from kpicli.model.consistency import faults_between, faults_within
from kpicli.model.formula import read_formula
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import ID, MOST_GRACE, Definitions, Goal, Kpi, Rollup
from kpicli.model.number import MOST_BEFORE
from kpicli.model.period import Period, read_period
from kpicli.model.quantity import Quantity, check_size_letter, check_unit, read_quantity
from kpicli.model.schema_types import DecimalMark
from kpicli.model.source import Source
from kpicli.model.target import (
    Direction,
    Schedule,
    Target,
    Tolerance,
    read_target,
    read_tolerance,
)
from kpicli.text import safe

Table = Mapping[str, Any]
TomlNumber = str | int | Decimal
T = TypeVar("T")
_MOST_PLACES = 100
_TWINS = {"target": "targets", "targets": "target"}


def build(tables: Table) -> tuple[Definitions, list[Fault]]:
    """The definitions, and what is wrong with each key; shapes are taken as checked before.

    A KPI with a fault is built without the faulty key, so that the rest is still checked.
    """
    faults: list[Fault] = []
    mark = DecimalMark(tables.get("decimal", "."))
    log = tables.get("log")
    if log is not None and (not log.strip() or "\0" in log):
        faults.append(Fault(("log",), "is no path", hint='as in log = "kpis.jsonl"'))
    definitions = Definitions(
        title=tables.get("title", ""),
        log=log,
        decimal=mark,
        goals={id: _goal(id, table, faults) for id, table in tables.get("goals", {}).items()},
        kpis={
            id: _Reader(id, table, tables.get("defaults", {}), mark, faults).kpi()
            for id, table in tables.get("kpis", {}).items()
        },
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
    faults.extend(_id_faults("goals", id))
    if "name" in table and not table["name"].strip():
        faults.append(Fault(("goals", id, "name"), "is empty", hint="write it, or leave it out"))
    return Goal(id, table.get("name") or id)


def _source(id: str, table: Table, faults: list[Fault]) -> Source:
    faults.extend(_id_faults("sources", id))
    return build_source(id, table, faults)


def _id_faults(kind: str, id: str) -> list[Fault]:
    if ID.fullmatch(id):
        return []
    closest = id.lower().replace("-", "_").replace(" ", "_")
    return [
        Fault(
            (kind, id),
            f"'{safe(id)}' is no id: a letter, then letters, digits and _, all small, at most 64",
            hint=f"write [{kind}.{closest if ID.fullmatch(closest) else 'monthly_revenue'}]",
        )
    ]


def _text(value: TomlNumber) -> str:
    """A notation as text; a bare TOML number is written out, and refused where it can't be."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        if abs(value) >= 10**MOST_BEFORE:
            raise NotationError(f"must have at most {MOST_BEFORE} digits before the decimal mark")
        return str(value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -_MOST_PLACES <= exponent <= 0:
        raise NotationError("must be a finite number, all digits written", hint="as in 3.2%")
    return f"{value:f}"


def _not_empty(text: str) -> str:
    if not text.strip():
        raise NotationError("is empty", hint="write it, or leave the key out")
    return text


def _unit(text: str) -> str:
    check_unit(_not_empty(text))
    return text


def _days(count: int) -> int:
    if not 0 <= count <= MOST_GRACE:
        raise NotationError(f"must be a number of days from 0 to {MOST_GRACE}")
    return count


class _Reader:
    """One KPI out of its table laid over the shared one; every complaint becomes a fault."""

    def __init__(
        self, id: str, own: Table, defaults: Table, mark: DecimalMark, faults: list[Fault]
    ) -> None:
        self.id, self.own, self.mark, self.faults = id, own, mark, faults
        self.table = {k: v for k, v in defaults.items() if _TWINS.get(k) not in own} | dict(own)

    def kpi(self) -> Kpi:
        """The KPI, without the keys that are at fault."""
        self.faults.extend(_id_faults("kpis", self.id))
        direction = self.direction()
        target = self.read("target", self.target, direction)
        targets = self.schedule(direction)
        baseline = self.read("baseline", self.quantity)
        unit = self.unit(target, targets, baseline)
        kpi = Kpi(
            id=self.id,
            keys=frozenset(self.table),
            default_keys=frozenset(self.table.keys() - self.own.keys()),
            name=self.read("name", _not_empty) or self.id,
            goal=self.read("goal", _not_empty),
            area=self.read("area", _not_empty),
            owner=self.read("owner", _not_empty),
            definition=self.read("definition", str),
            source=self.read("source", str),
            levers=tuple(self.table.get("levers", ())),
            unit=unit,
            direction=direction or _common_direction(target, targets),
            frequency=Frequency(self.table.get("frequency", "monthly")),
            target=target,
            targets=targets,
            baseline=baseline and baseline._replace(unit=unit),
            start=self.read("start", read_period),
            by=self.read("by", read_period),
            tolerance=self.read("tolerance", self.tolerance, unit),
            rollup=Rollup(self.table["rollup"]) if "rollup" in self.table else None,
            formula=self.read("formula", read_formula),
            supports=self.read("supports", _not_empty),
            grace=self.read("grace", _days) or 0,
            rebase=self.rebase(),
            until=self.read("until", read_period),
            formerly=tuple(self.table.get("formerly", ())),
            ignore=tuple(self.table.get("ignore", ())),
        )
        for key, message, hint in faults_within(kpi):
            self.fault(key, message, hint)
        return kpi

    def fault(self, key: str, message: str, hint: str = "") -> None:
        """Name what is wrong with a key; `targets.2026-01` is one too."""
        self.faults.append(Fault(("kpis", self.id, *key.split(".", 1)), message, hint=hint))

    def read(self, key: str, reader: Callable[..., T], *options: Any) -> T | None:
        """What the reader makes of a key; nothing where it is absent or at fault."""
        name, _, label = key.partition(".")
        if name not in self.table:
            return None
        value = self.table[name][label] if label else self.table[name]
        return self.attempt(key, reader, value, *options)

    def attempt(self, key: str, reader: Callable[..., T], *arguments: Any) -> T | None:
        """What the reader makes of its arguments; nothing where they are at fault."""
        try:
            return reader(*arguments)
        except NotationError as error:
            self.fault(key, error.message, error.hint)
            return None

    def mark_of(self, value: TomlNumber) -> DecimalMark:
        """A bare TOML number always has a point."""
        return self.mark if isinstance(value, str) else DecimalMark.POINT

    def direction(self) -> Direction | None:
        word = self.table.get("direction")
        return Direction(word) if word else None

    def target(self, value: TomlNumber, direction: Direction | None) -> Target:
        return read_target(_text(value), self.mark_of(value).value, direction)

    def quantity(self, value: TomlNumber) -> Quantity:
        number, unit = read_quantity(_text(value), self.mark_of(value).value)
        return Quantity(number, unit, self.mark.value)

    def tolerance(self, value: TomlNumber, unit: str) -> Tolerance:
        return read_tolerance(_text(value), self.mark_of(value).value, unit)

    def schedule(self, direction: Direction | None) -> Schedule | None:
        """The entries of `targets`, oldest first; each one that is at fault is left out."""
        entries: dict[str, tuple[Period, Target]] = {}
        for label, value in self.table.get("targets", {}).items():
            try:
                since, target = read_period(label), self.target(value, direction)
            except NotationError as error:
                self.fault(f"targets.{label}", error.message, error.hint)
                continue
            day = since.start.isoformat()
            if day in entries:
                self.fault(f"targets.{label}", "starts on the same day as another entry")
            entries[day] = since, target
        in_order = tuple(entries[day] for day in sorted(entries))
        return Schedule(in_order) if "targets" in self.table else None

    def rebase(self) -> tuple[Period, ...]:
        """The periods of known changes, in order; each one that is at fault is left out."""
        read = [
            self.attempt("rebase", read_period, label) for label in self.table.get("rebase", ())
        ]
        return tuple(sorted(period for period in read if period))

    def unit(
        self, target: Target | None, targets: Schedule | None, baseline: Quantity | None
    ) -> str:
        """The one unit that the KPI is counted in; every other that is given is a fault."""
        own_unit = self.read("unit", _unit)
        entries = targets.entries if targets else ()
        all_targets = [
            ("target", target),
            *((f"targets.{since}", entry) for since, entry in entries),
        ]
        units = [(key, entry.unit) for key, entry in all_targets if entry and not entry.is_relative]
        units += [("baseline", baseline.unit)] if baseline else []
        unit = own_unit or next((unit for _, unit in units if unit), "")
        for key, key_unit in units:
            self.read(key, self.check_same_unit, unit, key_unit)
        return unit

    def check_same_unit(self, value: TomlNumber, unit: str, key_unit: str) -> None:
        check_size_letter(_text(value), unit)
        if key_unit not in {"", unit}:
            raise NotationError(
                f"is in {safe(key_unit)}, and the KPI is counted in {safe(unit)}",
                hint="give one unit",
            )


def _common_direction(target: Target | None, targets: Schedule | None) -> Direction | None:
    """The direction of all targets, where they have one in common."""
    entries = targets.entries if targets else ()
    directions = {entry.direction for entry in [target, *(entry for _, entry in entries)] if entry}
    directions -= {None}
    return directions.pop() if len(directions) == 1 else None
