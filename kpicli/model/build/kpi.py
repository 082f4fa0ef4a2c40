"""One KPI out of its table, with the defaults beneath it; every complaint becomes a fault."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from kpicli.errors import Fault, NotationError
from kpicli.model.build.consistency import faults_within
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import ID, MOST_GRACE, MOST_RESTATE, Kpi, Rollup
from kpicli.model.notation.formula import read_formula
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.notation.target import read_target, read_tolerance
from kpicli.model.number import MOST_BEFORE, Mark
from kpicli.model.period import Period, read_period
from kpicli.model.quantity import Quantity
from kpicli.model.record import NOTE_ID
from kpicli.model.target import Direction, Schedule, Target, Tolerance
from kpicli.model.unit import check_unit
from kpicli.noun import NamedTuple
from kpicli.text import safe

Table = Mapping[str, Any]
TomlNumber = str | int | Decimal
T = TypeVar("T")
_MOST_PLACES = 100
_TWINS = {"target": "targets", "targets": "target"}


class Reading(NamedTuple):
    """How the numbers of a file are read: its decimal mark, and the one that they are shown with.

    `mark` is nothing where the file does not state one. Labels of quarters and years are those of
    the `calendar`.
    """

    mark: Mark | None = None
    shown_mark: Mark = "."
    calendar: Calendar = PLAIN


class KpiTable:
    """One KPI out of its table laid over the shared one; every complaint becomes a fault."""

    def __init__(
        self, id: str, own: Table, defaults: Table, reading: Reading, faults: list[Fault]
    ) -> None:
        self.id, self.own, self.reading, self.faults = id, own, reading, faults
        self.table = {k: v for k, v in defaults.items() if _TWINS.get(k) not in own} | dict(own)
        self.unit, self.fault_count = "", len(faults)

    def kpi(self) -> Kpi:
        """The KPI, without the keys that are at fault."""
        self.faults.extend(id_faults("kpis", self.id))
        direction = Direction(self.table["direction"]) if self.table.get("direction") else None
        self.unit = self.read("unit", self.own_unit) or ""
        target = self.read("target", self.target, direction)
        targets = self.schedule(direction)
        baseline = self.read("baseline", self.quantity)
        kpi = Kpi(
            id=self.id,
            calendar=self.reading.calendar,
            keys=frozenset(self.table),
            default_keys=frozenset(self.table.keys() - self.own.keys()),
            name=self.read("name", _not_empty) or self.id,
            goal=self.read("goal", _not_empty),
            area=self.read("area", _not_empty),
            owner=self.read("owner", _not_empty),
            definition=self.read("definition", str),
            source=self.read("source", str),
            query=self.read("query", _not_empty),
            command=tuple(self.table.get("command", ())),
            restate=self.read("restate", _periods),
            levers=tuple(self.table.get("levers", ())),
            unit=self.unit,
            direction=direction or _common_direction(target, targets),
            frequency=Frequency(self.table.get("frequency", "monthly")),
            target=self.in_unit(target),
            targets=targets
            and Schedule(tuple((since, self.in_unit(entry)) for since, entry in targets.entries)),
            baseline=baseline and baseline._replace(unit=self.unit),
            start=self.read("start", read_period, self.reading.calendar),
            by=self.read("by", read_period, self.reading.calendar),
            tolerance=self.read("tolerance", self.tolerance),
            rollup=Rollup(self.table["rollup"]) if "rollup" in self.table else None,
            formula=self.read("formula", read_formula),
            supports=self.read("supports", _not_empty),
            grace=self.read("grace", _days) or 0,
            rebase=self.rebase(),
            until=self.read("until", read_period, self.reading.calendar),
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

    def mark_of(self, value: TomlNumber) -> Mark | None:
        """A bare TOML number always has a point."""
        return self.reading.mark if isinstance(value, str) else "."

    def own_unit(self, text: str) -> str:
        """The unit that the table states."""
        check_unit(_not_empty(text))
        return text

    def target(self, value: TomlNumber, direction: Direction | None) -> Target:
        """A target in the KPI's unit; the first unit that is named is the KPI's."""
        target = read_target(_text(value), self.mark_of(value), direction, self.unit)
        if not target.is_relative:
            self.unit = self.unit or target.unit
        return target

    def in_unit(self, target: T) -> T:
        """A target in the KPI's unit, which it need not name; a relative one is a percentage."""
        if not isinstance(target, Target) or target.is_relative:
            return target
        return target._replace(unit=self.unit)

    def quantity(self, value: TomlNumber) -> Quantity:
        """A number in the KPI's unit."""
        text, mark = _text(value), self.mark_of(value)
        number, unit = read_quantity(text, mark, self.unit, is_definition=True)
        self.unit = self.unit or unit
        return Quantity(number, unit, self.reading.shown_mark)

    def tolerance(self, value: TomlNumber) -> Tolerance:
        """A tolerance in the KPI's unit, or a share; in any unit where the KPI's is at fault."""
        is_unknown = not self.unit and len(self.faults) > self.fault_count
        unit = None if is_unknown else self.unit
        return read_tolerance(_text(value), self.mark_of(value), unit)

    def schedule(self, direction: Direction | None) -> Schedule | None:
        """The entries of `targets`, oldest first; each one that is at fault is left out."""
        entries: dict[str, tuple[Period, Target]] = {}
        for label, value in self.table.get("targets", {}).items():
            try:
                since = read_period(label, self.reading.calendar)
                target = self.target(value, direction)
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
        labels = self.table.get("rebase", ())
        calendar = self.reading.calendar
        periods = [self.attempt("rebase", read_period, label, calendar) for label in labels]
        return tuple(sorted(period for period in periods if period))


def id_faults(kind: str, id: str) -> list[Fault]:
    """What is wrong with the id of a table: nothing, or one fault."""
    if id == NOTE_ID:
        hint = "give it another one"
        return [Fault((kind, id), f"'{id}' is what notes stand under in the log", hint=hint)]
    if ID.fullmatch(id):
        return []
    closest = id.lower().replace("-", "_").replace(" ", "_")
    return [
        Fault(
            (kind, id),
            f"'{safe(id)}' is not an id: "
            "a letter, then letters, digits and _, lower case, at most 64",
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
        raise NotationError("must be a finite number, with all its digits", hint="as in 3.2%")
    return f"{value:f}"


def _not_empty(text: str) -> str:
    if not text.strip():
        raise NotationError("is empty", hint="write it, or leave the key out")
    return text


def _days(count: int) -> int:
    if not 0 <= count <= MOST_GRACE:
        raise NotationError(f"must be a number of days from 0 to {MOST_GRACE}")
    return count


def _common_direction(target: Target | None, targets: Schedule | None) -> Direction | None:
    """The direction of all targets, where they have one in common."""
    entries = targets.entries if targets else ()
    directions = {entry.direction for entry in [target, *(entry for _, entry in entries)] if entry}
    directions -= {None}
    return directions.pop() if len(directions) == 1 else None


def _periods(count: int) -> int:
    if not 0 <= count <= MOST_RESTATE:
        raise NotationError(f"must be a number of periods from 0 to {MOST_RESTATE:,}")
    return count
