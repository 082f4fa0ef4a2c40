"""A KPI, a goal and the definitions, field by field as in the TOML; a KPI by what it is called."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kpicli.errors import KpiError
from kpicli.model.calendar import PLAIN, Calendar, calendar_of
from kpicli.model.formula import LONGEST, Formula
from kpicli.model.frequency import Frequency
from kpicli.model.number import Mark
from kpicli.model.period import Period, period_of, period_with
from kpicli.model.quantity import Quantity
from kpicli.model.schema_types import DecimalMark, FirstMonth, TomlTable, Word, key, noun, shape_in
from kpicli.model.target import Direction, Schedule, Target, Tolerance
from kpicli.model.unit import LONGEST_UNIT, UNIT_PATTERN
from kpicli.text import comma_list, did_you_mean, folded, safe

if TYPE_CHECKING:
    from kpicli.model.event import Events
    from kpicli.model.finding import CheckSettings
    from kpicli.model.source import Source
else:
    CheckSettings = shape_in("finding", "CheckSettings")
    Events = shape_in("event", "Events")
    Source = shape_in("source", "Source")

ID = re.compile(r"[a-z][a-z0-9_]{0,63}")  # what an id looks like, so that a formula can use it
_LONGEST_NAME = 500  # characters of a text that is held against names
MOST_GRACE, MOST_RESTATE = 3660, 10_000  # days, ten years of them; and periods


class Rollup(Word):
    """How a longer period is made of shorter ones."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    MIN = "min"
    MAX = "max"


_ID, _NOT_EMPTY = {"pattern": f"^{ID.pattern}$"}, {"minLength": 1}


@noun(eq=True)
class Goal(TomlTable):
    """What a KPI is for, in a person's words."""

    id: str
    name: str = key("what people read; the id if left out", "", **_NOT_EMPTY)


@noun()
class Kpi(TomlTable):
    """One KPI: each field with a doc is a key of its table in the definitions.

    `keys` are those written for it, in its own table or in the defaults; `default_keys` those of
    them that stand only in the defaults. `calendar` is the one of the board.
    """

    id: str
    calendar: Calendar = PLAIN
    keys: frozenset[str] = frozenset()
    default_keys: frozenset[str] = frozenset()
    name: str = key("what people read; the id if left out", "", **_NOT_EMPTY)
    goal: str | None = key("id of the goal that it serves", **_ID)
    area: str | None = key("free text: sales, marketing, customer success, product", **_NOT_EMPTY)
    owner: str | None = key("who is responsible for it", **_NOT_EMPTY)
    definition: str | None = key("what is counted")
    source: str | None = key("where the number comes from: free text, or the id of a source")
    query: str | None = key("what kpi pull asks the database of its source", **_NOT_EMPTY)
    command: tuple[str, ...] = key("a program and its words, which prints the actual", ())
    restate: int | None = key(
        "of its latest closed periods so many may change what was pulled before",
        minimum=0,
        maximum=MOST_RESTATE,
    )
    levers: tuple[str, ...] = key("what can be done to move it", ())
    unit: str = key(
        "such as kr or %; taken from the target where that carries one",
        "",
        pattern=UNIT_PATTERN,
        maxLength=LONGEST_UNIT,
    )
    direction: Direction | None = key("which way is better; taken from the target's sign if any")
    frequency: Frequency = key("how often it is measured; monthly", Frequency.MONTHLY)
    target: Target | None = key("one target, always in force: 500,000 kr, >=3%, <60%, 40..60%")
    targets: Schedule | None = key(
        "targets by the period from which each is in force", additionalProperties=False
    )
    baseline: Quantity | None = key("what a climb or a relative target starts from")
    start: Period | None = key("the period in which the baseline was measured")
    by: Period | None = key("the period in which the target is due")
    tolerance: Tolerance | None = key(
        "how far off target is still at risk: 10%, 20,000 kr, 2 pp", minimum=0
    )
    rollup: Rollup | None = key("how a longer period is made of shorter ones")
    formula: Formula | None = key(
        "an expression over other ids; it is then not recorded", maxLength=LONGEST
    )
    supports: str | None = key("id of the KPI that this one supports", **_ID)
    grace: int = key(
        "days after a period's end before a missing actual is overdue; 0",
        0,
        minimum=0,
        maximum=MOST_GRACE,
    )
    rebase: tuple[Period, ...] = key(
        "periods that begin a known change: from each on it has natural limits of its own",
        (),
        uniqueItems=True,
    )
    until: Period | None = key("last period in which it is kept; afterwards it is retired")
    formerly: tuple[str, ...] = key(
        "ids that it had before; their records are its own", (), items={"type": "string", **_ID}
    )
    ignore: tuple[str, ...] = key("codes of the rules that kpi check leaves out for it", ())

    def period_of(self, day: date, frequency: Frequency | None = None) -> Period:
        """The own period that a day lies in, or the one of another length."""
        return period_of(day, frequency or self.frequency, self.calendar)

    def period_with(self, part: Period, frequency: Frequency | None = None) -> Period:
        """The own period that a shorter one lies in, or the one of another length."""
        return period_with(part, frequency or self.frequency, self.calendar)

    def fills(self, period: Period) -> bool:
        """Whether its own periods fill a longer one, or an equal one, without a rest."""
        return self.calendar.fills(self.frequency, period.frequency)

    def has_calendar_of(self, period: Period) -> bool:
        """Whether a period is of its board's calendar; a log may be older than that."""
        return period.calendar == self.calendar.of(period.frequency)

    def is_closed(self, period: Period, today: date) -> bool:
        """Whether the day is past it; a year of weeks ends with the week of 28 December."""
        is_of_weeks = self.frequency is Frequency.WEEKLY and self.fills(period)
        last = self.period_of(period.end - timedelta(days=4)) if is_of_weeks else period
        return last.is_closed(today)

    @property
    def all_targets(self) -> tuple[Target, ...]:
        """The target, and every entry of the schedule."""
        entries = self.targets.entries if self.targets else ()
        return (*([self.target] if self.target else []), *(target for _, target in entries))

    def is_retired(self, period: Period) -> bool:
        """Whether it is no longer kept in that period."""
        return self.until is not None and period.start >= self.until.end


KPI_KEYS = tuple(field.name for field in fields(Kpi) if "doc" in field.metadata)
"""The keys of a KPI's table, in the order of the documentation."""


@noun(slots=False)
class Definitions(TomlTable):
    """All of a definitions file: the KPIs in file order, and how to read and show numbers."""

    title: str = key("heading of the table", "")
    log: str | None = key("the log's path, relative to this file; a folder ends in /", **_NOT_EMPTY)
    remote: str | None = key("the database through which kpi sync shares the log", **_NOT_EMPTY)
    decimal: DecimalMark = key("the decimal mark in what is read and shown", DecimalMark.POINT)
    is_decimal_stated: bool = False
    year_starts: FirstMonth | None = key('in which month fiscal years begin: "04" is April')
    defaults: Kpi | None = key("any key of a KPI that is shared by most of them")
    goals: Mapping[str, Goal] = key("what it is all for", dict, propertyNames=_ID)
    kpis: Mapping[str, Kpi] = key("what is measured", dict, propertyNames=_ID)
    check: CheckSettings | None = key("how kpi check judges it")
    events: Events | None = key("what happened, by its day or period", additionalProperties=False)
    sources: Mapping[str, Source] = key("where actuals come from", dict, propertyNames=_ID)

    @property
    def calendar(self) -> Calendar:
        """Where its quarters and years begin."""
        return calendar_of(self.year_starts)

    @property
    def check_settings(self) -> CheckSettings:
        """How `kpi check` judges it: as its file says, else as by default."""
        from kpicli.model.finding import CheckSettings

        return self.check or CheckSettings()

    @property
    def units(self) -> Mapping[str, str]:
        """The unit of each KPI by its id."""
        return {id: kpi.unit for id, kpi in self.kpis.items()}

    @property
    def shown_mark(self) -> Mark:
        """The decimal mark of what is shown."""
        return self.decimal.value

    @property
    def reading_mark(self) -> Mark | None:
        """The decimal mark of what is typed; nothing where the file does not state one."""
        return self.decimal.value if self.is_decimal_stated else None

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The id that a name in the log stands for, former ids included."""
        former = {old: kpi.id for kpi in self.kpis.values() for old in kpi.formerly}
        return former | {id: id for id in self.kpis}

    @cached_property
    def _ids_by_spelling(self) -> Mapping[str, tuple[str, ...]]:
        """The KPIs that an id or a name may mean, however it is spelled."""
        spelled: dict[str, dict[str, None]] = {}
        for text, id in (*self.ids.items(), *((kpi.name, kpi.id) for kpi in self.kpis.values())):
            spelled.setdefault(folded(text), {})[id] = None
        return {text: tuple(ids) for text, ids in spelled.items()}

    def kpi_named(self, text: str) -> Kpi | None:
        """The one KPI of an id or a name, in any case and spelling; nothing for none or several."""
        if text in self.ids:
            return self.kpis[self.ids[text]]
        ids = self._ids_by_spelling.get(folded(text[:_LONGEST_NAME]), ())
        return self.kpis[ids[0]] if len(ids) == 1 else None

    def kpi(self, text: str) -> Kpi:
        """The KPI of an id or a name; raises `KpiError` with what is close."""
        if kpi := self.kpi_named(text):
            return kpi
        ids = self._ids_by_spelling.get(folded(text[:_LONGEST_NAME]), ())
        if ids:
            message = f"'{safe(text[:80])}' is the name of {len(ids)} KPIs"
            raise KpiError(message, hint=f"write the id: {comma_list(ids[:8], 'or')}")
        closest = did_you_mean(text[:80], (*(kpi.name for kpi in self.kpis.values()), *self.kpis))
        known = ", ".join(list(self.kpis)[:8])
        others = f"known: {known}" if known else "there is none yet: kpi add"
        raise KpiError(f"unknown KPI '{safe(text[:80])}'", hint=closest or others)

    def with_inputs(self, kpi: Kpi) -> list[Kpi]:
        """The KPI itself and all inputs of its formula, those of their formulas included."""
        kpis, pending = {kpi.id: kpi}, [kpi]
        while pending:
            formula = pending.pop().formula
            for part in formula.inputs if formula else ():
                if part.id not in kpis:
                    kpis[part.id] = self.kpis[part.id]
                    pending.append(kpis[part.id])
        return list(kpis.values())
