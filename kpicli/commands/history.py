"""Show what was recorded: what stands, every record, or what was restated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from kpicli.analysis.history import (
    Entry,
    every_entry,
    restated,
    standing_entries,
    with_damage,
)
from kpicli.analysis.reach import Reach, whole_reach
from kpicli.errors import KpiError
from kpicli.look import Look
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Frequency, Period, named_period
from kpicli.options import KpiIds, When, Where, command
from kpicli.output import exit_code, say, show
from kpicli.store.definitions import DefinitionsFile
from kpicli.store.scorecard import faults_of, load, reading_of
from kpicli.surroundings import day_given, start_of
from kpicli.views.blocks import View
from kpicli.views.history import history_view, restated_view

if TYPE_CHECKING:
    from kpicli.store.folder import FolderReading
    from kpicli.store.log import Reading

EXAMPLES = """\
kpi history
kpi history churn --period 2026
kpi history monthly_revenue --all
kpi history --changed-since 2026-11-01
kpi history --format csv > actuals.csv
"""


@command
def run(
    kpis: KpiIds = None,
    *,
    period: Annotated[
        str | None,
        Option(metavar="PERIOD", help="Only what lies in it: 2026, 2026-Q4, 2026-11, current …"),
    ] = None,
    all: Annotated[  # noqa: A002 - the word of the flag
        bool, Option("--all", help="Every record: who, when, why, and what replaced it.")
    ] = False,
    changed_since: Annotated[
        str | None,
        Option(metavar="DATE", help="Only what stood before that day, and is another number now."),
    ] = None,
    where: Where,
    when: When,
    look: Look,
) -> int:
    """Show what was recorded: what stands, or with --all every record there ever was.

    The CSV of it is what kpi import reads.

    With --changed-since, what was restated: each actual that stood at the end of the day before,
    the one that stands now or as of --as-of, and who changed it, when and why. What was recorded
    for the first time is left out. JSON and CSV say what stood as previous, and what stands as
    value; null is nothing, an actual that was taken back.
    """
    since = None if changed_since is None else day_given("--changed-since", changed_since)
    if since is not None and all:
        hint = "--all shows every change there ever was"
        raise KpiError("--all and --changed-since are two histories: give one of them", hint=hint)
    file = where.definitions()
    named = list(dict.fromkeys(file.definitions.kpi(id) for id in kpis or ()))
    asked = _Asked(file, named, _Spans(file.definitions, period, when.today), when)
    told = _every(asked) if all else _standing(asked) if since is None else _changed(asked, since)
    show(look.drawing(told.view), (file.path, *told.reading.paths))
    for line in (*faults_of(told.reading), *told.nothing):
        say(line)
    return exit_code(has_damage=bool(told.reading.damages))


class _Spans:
    """The period that was asked for, of each KPI's own length where it was named by a word."""

    def __init__(self, definitions: Definitions, text: str | None, today: date) -> None:
        self.definitions, self.text, self.today = definitions, text, today
        if text is not None:
            named_period(text, Frequency.MONTHLY, today)

    def has(self, id: str, period: Period) -> bool:
        """Whether a period of a KPI lies in it."""
        if self.text is None:
            return True
        kpi = self.definitions.kpis.get(id)
        frequency = kpi.frequency if kpi else Frequency.MONTHLY
        return named_period(self.text, frequency, self.today).contains(period)


class _Asked(NamedTuple):
    """What a history is to be of."""

    file: DefinitionsFile
    named: Sequence[Kpi]
    spans: _Spans
    when: When

    @property
    def kpis(self) -> Sequence[Kpi]:
        """Those that were named, else every KPI of the definitions."""
        return self.named or tuple(self.file.definitions.kpis.values())

    @property
    def reach(self) -> Reach | None:
        """How far back the log is looked at: all of it, and of the others nothing."""
        ids = [kpi.id for kpi in self.named]
        return whole_reach(self.file.definitions, ids) if ids else None

    @property
    def subject(self) -> str:
        """` of churn in 2026`."""
        of = f" of {' or '.join(kpi.id for kpi in self.named)}" if self.named else ""
        return f"{of} in {self.spans.text}" if self.spans.text else of


class _Told(NamedTuple):
    """A view of what was read, and what to say where it is empty."""

    view: View
    reading: "Reading | FolderReading"
    nothing: tuple[str, ...]


def _standing(asked: _Asked) -> _Told:
    """What stands."""
    loaded = load(asked.file, asked.when.clock, asked.when.until, asked.reach)
    entries = list(standing_entries(loaded.scorecard, asked.kpis, asked.spans.has))
    return _history(asked, entries, loaded.reading)


def _every(asked: _Asked) -> _Told:
    """Every record that there is."""
    reading, definitions = reading_of(asked.file), asked.file.definitions
    known = every_entry(reading.lines(asked.reach), definitions.ids, asked.when.until)
    if reading.damages:
        loaded = load(asked.file, asked.when.clock, asked.when.until, asked.reach)
        known = with_damage(known, loaded.scorecard)
    return _history(asked, _in_order(definitions, known, asked.spans), reading, is_all=True)


def _history(
    asked: _Asked,
    entries: Sequence[Entry],
    reading: "Reading | FolderReading",
    *,
    is_all: bool = False,
) -> _Told:
    warnings, clock = faults_of(reading), asked.when.clock
    view = history_view(asked.file.definitions, entries, clock, warnings, is_all=is_all)
    return _Told(view, reading, () if entries else (_nothing(asked),))


def _nothing(asked: _Asked) -> str:
    """That nothing is there, and what to do about it."""
    if len(asked.named) != 1:
        return f"nothing recorded{asked.subject}: kpi record KPI VALUE"
    [kpi] = asked.named
    if kpi.formula:
        return f"nothing recorded{asked.subject}: it is computed, and kpi explain {kpi.id} says how"
    return f"nothing recorded{asked.subject}: kpi record {kpi.id} VALUE"


def _changed(asked: _Asked, since: date) -> _Told:
    """What was restated since a day began."""
    until = min(filter(None, (start_of(since), asked.when.until)))
    then = load(asked.file, asked.when.clock, until, asked.reach)
    now = load(asked.file, asked.when.clock, asked.when.until, asked.reach)
    found = list(restated(then.scorecard, now.scorecard, asked.kpis, asked.spans.has))
    view = restated_view(asked.file.definitions, found, since, asked.when.clock, now.warnings)
    nothing = f"nothing restated{asked.subject} since {since}"
    return _Told(view, now.reading, () if found else (nothing,))


def _in_order(
    definitions: Definitions, known: Mapping[str, Iterable[Entry]], spans: _Spans
) -> list[Entry]:
    """As in the definitions; what these do not have comes last."""
    strays = sorted(known.keys() - definitions.kpis.keys())
    return [
        entry
        for id in (*definitions.kpis, *strays)
        for entry in known.get(id, ())
        if spans.has(id, entry.record.period)
    ]
