"""What was recorded, by as much of the log as that takes; what an answer is without."""

from collections.abc import Iterable, Mapping, Sequence

from kpicli.errors import KpiError
from kpicli.evaluation.history import (
    HistoryEntry,
    MovedTarget,
    PeriodFilter,
    Restatement,
    all_entries,
    moved_targets,
    note_entries,
    restatements,
    standing_entries,
    with_damage,
)
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import Lookback, full_lookback
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.evaluation.step import Entries
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import NOTE_ID, Clock
from kpicli.noun import NamedTuple
from kpicli.recording.misfit import MisfitRecords, misfits
from kpicli.services.load import Loaded, damages_of, load_board, log_of
from kpicli.store.definitions.committed import definitions_before
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log import Log


class HistoryQuery(NamedTuple):
    """What a history is of; of what was recorded at the instant `until` or later nothing."""

    file: DefinitionsFile
    selection: Sequence[Kpi]
    within: PeriodFilter
    until: str

    @property
    def kpis(self) -> Sequence[Kpi]:
        """Those that were named, else every KPI of the definitions."""
        return self.selection or tuple(self.file.definitions.kpis.values())

    @property
    def lookback(self) -> Lookback | None:
        """How far back the log is looked at: all of it, and of the others nothing."""
        return full_lookback(self.file.definitions, self.selection) if self.selection else None


class History(NamedTuple):
    """What was recorded, the log that says so, and the notes."""

    entries: Sequence[HistoryEntry]
    log: Log
    notes: Sequence[HistoryEntry] = ()


class RestatedHistory(NamedTuple):
    """What was recorded anew, the log that says so, and the targets that moved in git."""

    entries: Sequence[Restatement]
    log: Log
    targets: Sequence[MovedTarget] = ()
    warnings: tuple[str, ...] = ()


def standing_history(query: HistoryQuery, clock: Clock) -> History:
    """The records that stand."""
    loaded = load_board(query.file, clock, query.until, query.lookback)
    about = loaded.scorecard, query.kpis, query.within.has
    return History([*standing_entries(*about)], loaded.log, [*note_entries(*about)])


def whole_history(query: HistoryQuery, clock: Clock) -> History:
    """Every record that there is."""
    log, definitions = log_of(query.file), query.file.definitions
    entries = all_entries(
        log.lines(query.lookback), definitions.ids, query.until, definitions.calendar
    )
    if damages_of(log):
        loaded = load_board(query.file, clock, query.until, query.lookback)
        entries = with_damage(entries, loaded.scorecard)
    places = {kpi.id: place for place, kpi in enumerate(query.kpis)}
    notes = [
        note
        for note in entries.pop(NOTE_ID, ())
        if note.record.about in places and query.within.has(note.record.about, note.record.period)
    ]
    notes.sort(key=lambda note: places[note.record.about])
    return History(_in_order(query, entries), log, notes)


def restated_history(
    query: HistoryQuery, clock: Clock, since: str, cache: str | None = None
) -> RestatedHistory:
    """What stood before the instant `since`, and is another number or another target now."""
    until = min(filter(None, (since, query.until)))
    then = load_board(query.file, clock, until, query.lookback)
    now = load_board(query.file, clock, query.until, query.lookback)
    entries = restatements(then.scorecard, now.scorecard, query.kpis, query.within.has)
    targets, warnings = _moved_targets(query, until, cache)
    return RestatedHistory(list(entries), now.log, targets, warnings)


def _moved_targets(
    query: HistoryQuery, until: str, cache: str | None
) -> tuple[list[MovedTarget], tuple[str, ...]]:
    """Those that git knows another version of, or why it is not known."""
    try:
        then = definitions_before(query.file, until, cache)
    except KpiError as error:
        return [], (f"{query.file.name} {error.message}: targets that moved are not listed",)
    if then is None:
        return [], ()
    return list(moved_targets(then.definitions, query.file.definitions, query.kpis)), ()


def load_with_entries(
    file: DefinitionsFile, clock: Clock, until: str, kpi: Kpi
) -> tuple[Loaded, Entries]:
    """What counts for a KPI and its inputs, and every record there was, by one reading."""
    log, ids = log_of(file), file.definitions.ids
    lookback = full_lookback(file.definitions, file.definitions.with_inputs(kpi))
    lines = list(log.lines(lookback))
    newest, calendar = newest_lines(lines, ids, until), file.definitions.calendar
    series = series_by_kpi(
        newest, damages_of(log), ids, until, file.definitions.units, calendar=calendar
    )
    scorecard = Ledger(file.definitions, series, clock)
    return Loaded(file, scorecard, log), all_entries(lines, ids, until, calendar)


def _in_order(
    query: HistoryQuery, entries: Mapping[str, Iterable[HistoryEntry]]
) -> list[HistoryEntry]:
    """As in the definitions; what these do not have comes last."""
    kpis = query.file.definitions.kpis
    strays = sorted(entries.keys() - kpis.keys())
    return [
        entry
        for id in (*kpis, *strays)
        for entry in entries.get(id, ())
        if query.within.has(id, entry.record.period)
    ]


def later_records(
    file: DefinitionsFile, kpis: Iterable[Kpi], clock: Clock, until: str
) -> tuple[int, Period] | None:
    """How many records of some KPIs and their inputs were made at the instant `until` or later.

    With the latest of their periods that had begun.
    """
    definitions = file.definitions
    parts = [part for kpi in kpis for part in definitions.with_inputs(kpi)]
    lines = log_of(file).lines(full_lookback(definitions, parts)) if until else ()
    labels = [line.period for line in lines if line.at >= until and not line.about]
    if not labels:
        return None
    periods = [recorded_period(label, definitions.calendar) for label in labels]
    begun = [period for period in periods if period.has_begun(clock.today)]
    return len(labels), max(begun or periods, key=lambda period: period.end)


def unused_records(
    file: DefinitionsFile, kpis: Iterable[Kpi], clock: Clock, until: str
) -> list[MisfitRecords]:
    """Records that may be those of KPIs that have none, under another id or of another length."""
    ids = {kpi.id for kpi in kpis}
    scorecard = load_board(file, clock, until).scorecard
    return [records for records in misfits(scorecard) if records.kpi and records.kpi.id in ids]
