"""Show what was recorded: what stands, every record, or changes."""

from datetime import date
from typing import Annotated

from kpicli.cli.options import DayOptions, FileOptions, KpiIds, Text, command, flag, switch
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.environment import cache_folder, day_given, start_of
from kpicli.errors import KpiError
from kpicli.evaluation.history import PeriodFilter, Recency
from kpicli.evaluation.selection import named_kpis
from kpicli.noun import NamedTuple
from kpicli.services.history import HistoryQuery, restated_history, standing_history, whole_history
from kpicli.services.load import damages_of, warnings_of
from kpicli.store.log import Log
from kpicli.views.history import history_view, restated_view
from kpicli.views.parts.view import View
from kpicli.views.words.next_steps import NO_KPIS

EXAMPLES = """\
kpi history
kpi history churn --period 2026
kpi history -n 20                        # what was recorded last
kpi history --since yesterday --all
kpi history monthly_revenue --all
kpi history --changed-since 2026-11-01
kpi history --format csv > actuals.csv
"""


_NOTHING_NEW = "nothing recorded since; kpi history shows what was recorded before"


@command
def run(
    kpis: KpiIds = None,
    *,
    period: Annotated[
        Text, flag("PERIOD", "Only within that period: 2026, 2026-Q4, 2026-11, current …")
    ] = None,
    all: Annotated[  # noqa: A002 - the word of the flag
        bool, switch("Every record: who, when, why, and what replaced it.")
    ] = False,
    most: Annotated[
        int | None, flag("N", "Only the N that were recorded last.", "-n", min=1)
    ] = None,
    since: Annotated[Text, flag("DATE", "Only what was recorded on that day or later.")] = None,
    changed_since: Annotated[
        Text,
        flag("DATE", "Only what was recorded before that day, and its targets, if changed since."),
    ] = None,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show what was recorded: the current values, or with --all every record there ever was.

    The CSV of it is what kpi import reads.

    With --changed-since, what was restated: each actual that stood at the end of the day before,
    the one that stands now or as of --as-of, and who changed it, when and why. What was recorded
    for the first time is left out. JSON and CSV say what stood as previous, and what stands as
    value; null is nothing, an actual that was taken back. In a git work tree the targets that were
    moved since are listed too, by what was committed.
    """
    day_before = None if changed_since is None else day_given("--changed-since", changed_since)
    recency = Recency("" if since is None else start_of(day_given("--since", since)), most)
    if day_before is not None and (all or recency != Recency()):
        name = "--all" if all else "--since" if since else "-n"
        hint = f"--changed-since shows what changed from a day on, {name} what was recorded"
        raise KpiError(f"{name} and --changed-since are two histories: give one of them", hint=hint)
    file = files.definitions(day)
    named = named_kpis(file.definitions, kpis or ())
    query = HistoryQuery(file, named, PeriodFilter(file.definitions, period, day.today), day.moment)
    if day_before is None:
        answer = _history(query, recency, is_all=all)
    else:
        answer = _changed(query, day_before)
    show(output.drawing(answer.view), (file.path, *answer.log.paths))
    later = day.later_hint(file, query.kpis) if answer.nothing else ()
    say_all((*answer.warnings, *(later or answer.nothing)))
    return exit_code(has_damage=bool(damages_of(answer.log)))


class _Answer(NamedTuple):
    """A view of what was read, and what to say where it is empty."""

    view: View
    log: Log
    nothing: tuple[str, ...]
    warnings: tuple[str, ...]


def _history(query: HistoryQuery, recency: Recency, *, is_all: bool) -> _Answer:
    """What stands, or every record that there is."""
    history = whole_history(query) if is_all else standing_history(query)
    warnings = (*query.file.warnings, *warnings_of(history.log))
    definitions, clock = query.file.definitions, query.moment.clock
    entries, notes = recency.of(history.entries), recency.of(history.notes)
    view = history_view(definitions, entries, clock, warnings, notes=notes, is_all=is_all)
    is_empty = not (history.entries or history.notes)
    nothing = () if entries or notes else (_nothing(query) if is_empty else _NOTHING_NEW,)
    return _Answer(view, history.log, nothing, warnings)


def _nothing(query: HistoryQuery) -> str:
    """That nothing is there, and what to do about it."""
    if not query.file.definitions.kpis:
        return NO_KPIS
    subject = _subject(query)
    if len(query.selection) != 1:
        return f"nothing recorded{subject}: kpi record KPI VALUE"
    [kpi] = query.selection
    if kpi.formula:
        return f"nothing recorded{subject}: it is computed, and kpi explain {kpi.id} says how"
    return f"nothing recorded{subject}: kpi record {kpi.id} VALUE"


def _subject(query: HistoryQuery) -> str:
    """` of churn in 2026`."""
    of = f" of {' or '.join(kpi.id for kpi in query.selection)}" if query.selection else ""
    return f"{of} in {query.within.text}" if query.within.text else of


def _changed(query: HistoryQuery, since: date) -> _Answer:
    """What was changed since a day began."""
    history = restated_history(query, start_of(since), cache_folder())
    warnings = (*query.file.warnings, *history.warnings, *warnings_of(history.log))
    definitions, clock = query.file.definitions, query.moment.clock
    view = restated_view(
        definitions, history.entries, since, clock, warnings, targets=history.targets
    )
    nothing = f"nothing changed{_subject(query)} since {since}"
    is_empty = not (history.entries or history.targets)
    return _Answer(view, history.log, (nothing,) if is_empty else (), warnings)
