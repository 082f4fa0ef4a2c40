"""Show what was recorded: what stands, every record, or what was restated."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from kpicli.cli.options import KpiIds, When, Where, command
from kpicli.cli.output import exit_code, say, show
from kpicli.cli.output_options import Look
from kpicli.environment import day_given, start_of
from kpicli.errors import KpiError
from kpicli.evaluation.history import PeriodFilter, restatements
from kpicli.model.record import Clock
from kpicli.services.history import Wanted, every, standing
from kpicli.services.load import faults_of, load
from kpicli.views.history import history_view, restated_view
from kpicli.views.parts.view import View
from kpicli.views.words.next_steps import NO_KPIS

if TYPE_CHECKING:
    from kpicli.store.log.folder import FolderReading
    from kpicli.store.log.read import Reading

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
    asked = Wanted(file, named, PeriodFilter(file.definitions, period, when.today), when.until)
    if since is None:
        told = _history(asked, when.clock, is_all=all)
    else:
        told = _changed(asked, since, when.clock)
    show(look.drawing(told.view), (file.path, *told.reading.paths))
    for line in (*faults_of(told.reading), *told.nothing):
        say(line)
    return exit_code(has_damage=bool(told.reading.damages))


class _Told(NamedTuple):
    """A view of what was read, and what to say where it is empty."""

    view: View
    reading: "Reading | FolderReading"
    nothing: tuple[str, ...]


def _history(asked: Wanted, clock: Clock, *, is_all: bool) -> _Told:
    """What stands, or every record that there is."""
    found = every(asked, clock) if is_all else standing(asked, clock)
    warnings, definitions = faults_of(found.reading), asked.file.definitions
    view = history_view(definitions, found.entries, clock, warnings, is_all=is_all)
    return _Told(view, found.reading, () if found.entries else (_nothing(asked),))


def _nothing(asked: Wanted) -> str:
    """That nothing is there, and what to do about it."""
    if not asked.file.definitions.kpis:
        return NO_KPIS
    subject = _subject(asked)
    if len(asked.named) != 1:
        return f"nothing recorded{subject}: kpi record KPI VALUE"
    [kpi] = asked.named
    if kpi.formula:
        return f"nothing recorded{subject}: it is computed, and kpi explain {kpi.id} says how"
    return f"nothing recorded{subject}: kpi record {kpi.id} VALUE"


def _subject(asked: Wanted) -> str:
    """` of churn in 2026`."""
    of = f" of {' or '.join(kpi.id for kpi in asked.named)}" if asked.named else ""
    return f"{of} in {asked.within.text}" if asked.within.text else of


def _changed(asked: Wanted, since: date, clock: Clock) -> _Told:
    """What was restated since a day began."""
    until = min(filter(None, (start_of(since), asked.until)))
    then = load(asked.file, clock, until, asked.reach)
    now = load(asked.file, clock, asked.until, asked.reach)
    found = list(restatements(then.scorecard, now.scorecard, asked.kpis, asked.within.has))
    view = restated_view(asked.file.definitions, found, since, clock, now.warnings)
    nothing = f"nothing restated{_subject(asked)} since {since}"
    return _Told(view, now.reading, () if found else (nothing,))
