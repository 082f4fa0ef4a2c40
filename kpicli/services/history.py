"""What was recorded, by as much of the log as that takes; what an answer is without."""

from collections.abc import Iterable, Mapping, Sequence

from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.evaluation import history
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import Lookback, full_lookback
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.evaluation.step import Entries
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import NOTE_ID
from kpicli.noun import NamedTuple
from kpicli.recording.misfit import MisfitRecords, misfits
from kpicli.services.load import Loaded, damages_of, load_board, log_of
from kpicli.store.definitions.committed import definitions_before
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log import Log


class HistoryQuery(NamedTuple):
    """What a history is of, on which day."""

    file: DefinitionsFile
    selection: Sequence[Kpi]
    within: history.PeriodFilter
    moment: Moment

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

    entries: Sequence[history.HistoryEntry]
    log: Log
    notes: Sequence[history.HistoryEntry] = ()


class RestatedHistory(NamedTuple):
    """What was recorded anew, the log that says so, and the targets that moved in git."""

    entries: Sequence[history.Restatement]
    log: Log
    targets: Sequence[history.MovedTarget] = ()
    warnings: tuple[str, ...] = ()


def standing_history(query: HistoryQuery) -> History:
    """The records that stand."""
    loaded = load_board(query.file, query.moment, query.lookback)
    about = loaded.scorecard, query.kpis, query.within.has
    return History([*history.standing_entries(*about)], loaded.log, [*history.note_entries(*about)])


def whole_history(query: HistoryQuery) -> History:
    """Every record that there is."""
    log, definitions = log_of(query.file), query.file.definitions
    entries = history.all_entries(
        log.lines(query.lookback), definitions.ids, query.moment.until, definitions.calendar
    )
    units = {(id, each.record.unit) for id in entries for each in entries[id] if each.record.unit}
    if damages_of(log) or units - definitions.units.items():
        loaded = load_board(query.file, query.moment, query.lookback)
        entries = history.with_damage(entries, loaded.scorecard)
    places = {kpi.id: place for place, kpi in enumerate(query.kpis)}
    notes = [
        note
        for note in entries.pop(NOTE_ID, ())
        if note.record.about in places and query.within.has(note.record.about, note.record.period)
    ]
    notes.sort(key=lambda note: places[note.record.about])
    return History(_in_order(query, entries), log, notes)


def restated_history(query: HistoryQuery, since: str, cache: str | None = None) -> RestatedHistory:
    """What stood before the instant `since`, and is another number or another target now."""
    until = min(filter(None, (since, query.moment.until)))
    then = load_board(query.file, query.moment._replace(until=until), query.lookback)
    now = load_board(query.file, query.moment, query.lookback)
    entries = history.restatements(then.scorecard, now.scorecard, query.kpis, query.within.has)
    targets, warnings = _moved_targets(query, until, cache)
    return RestatedHistory(list(entries), now.log, targets, warnings)


def _moved_targets(
    query: HistoryQuery, until: str, cache: str | None
) -> tuple[list[history.MovedTarget], tuple[str, ...]]:
    """Those that git knows another version of, or why it is not known."""
    try:
        then = definitions_before(query.file, until, cache)
    except KpiError as error:
        return [], (f"{query.file.name} {error.message}: targets that moved are not listed",)
    if then is None:
        return [], ()
    return list(history.moved_targets(then.definitions, query.file.definitions, query.kpis)), ()


def load_with_entries(file: DefinitionsFile, moment: Moment, kpi: Kpi) -> tuple[Loaded, Entries]:
    """What counts for a KPI and its inputs, and every record there was, by one reading."""
    log, ids, until = log_of(file), file.definitions.ids, moment.until
    lookback = full_lookback(file.definitions, file.definitions.with_inputs(kpi))
    lines = list(log.lines(lookback))
    newest, calendar = newest_lines(lines, ids, until), file.definitions.calendar
    series = series_by_kpi(
        newest, damages_of(log), ids, until, file.definitions.units, calendar=calendar
    )
    scorecard = Ledger(file.definitions, series, moment.clock)
    return Loaded(file, scorecard, log), history.all_entries(lines, ids, until, calendar)


def _in_order(
    query: HistoryQuery, entries: Mapping[str, Iterable[history.HistoryEntry]]
) -> list[history.HistoryEntry]:
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
    file: DefinitionsFile, kpis: Iterable[Kpi], moment: Moment
) -> tuple[int, Period] | None:
    """How many records of some KPIs and their inputs were made after a day.

    With the latest of their periods that had begun.
    """
    definitions = file.definitions
    parts = [part for kpi in kpis for part in definitions.with_inputs(kpi)]
    lines = log_of(file).lines(full_lookback(definitions, parts)) if moment.until else ()
    labels = [line.period for line in lines if line.at >= moment.until and not line.about]
    if not labels:
        return None
    periods = [recorded_period(label, definitions.calendar) for label in labels]
    begun = [period for period in periods if period.has_begun(moment.clock.today)]
    return len(labels), max(begun or periods, key=lambda period: period.end)


def unused_records(
    file: DefinitionsFile, kpis: Iterable[Kpi], moment: Moment
) -> list[MisfitRecords]:
    """Records that may be those of KPIs that have none, under another id or of another length."""
    ids = {kpi.id for kpi in kpis}
    scorecard = load_board(file, moment).scorecard
    return [records for records in misfits(scorecard) if records.kpi and records.kpi.id in ids]
