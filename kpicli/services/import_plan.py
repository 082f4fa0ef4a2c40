"""What comes of an import: what the log gets, what is agreed to, and which targets are new."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from kpicli.environment import cache_folder
from kpicli.evaluation.lookback import lookback_from
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.noun import NamedTuple
from kpicli.recording.batch import dated_changes
from kpicli.recording.batch_records import BatchRecord, Drafts, records_by_kpi
from kpicli.recording.plausibility import (
    Concerns,
    batch_concerns,
    is_unchanged,
    look_like_fractions,
    percentage_of,
)
from kpicli.recording.table_reading import schedule_of, target_of
from kpicli.services.import_ import Intake
from kpicli.services.load import Loaded, log_of
from kpicli.services.log_trust import Agree
from kpicli.services.record import load_to_record
from kpicli.store.definitions.append import extend, extended
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.merge import NOTHING_MERGED, Copied, Merge, merge, sealed


class Plan(NamedTuple):
    """What is to be appended to a log as it is now: new records, and lines that it lacks."""

    loaded: Loaded
    news: Drafts
    merged: Merge
    dated: list[BatchRecord]


def planned(intake: Intake, warn: Callable[[Iterable[str]], None], agree: Agree) -> Plan:
    """The rows that say anything new."""
    file, batch = intake.file, intake.batch
    lookback = lookback_from(file.definitions, dict.fromkeys(batch.ids, date.min))
    loaded = load_to_record(file, lookback, warn, agree)
    resealed = [sealed(*draft) for draft in batch.dated]
    merged = _merged(intake, [*intake.copies, *resealed])
    news = batch.drafts.without(partial(is_unchanged, loaded.scorecard))
    missing = {copy.id for copy in merged.new}
    pairs = zip(batch.dated, resealed, strict=True)
    return Plan(loaded, news, merged, [draft for draft, copy in pairs if copy.id in missing])


def _merged(intake: Intake, copies: Sequence[Copied]) -> Merge:
    """The copies that the log does not have yet, found in a pass of its own where there are any."""
    if not copies:
        return NOTHING_MERGED
    merged = merge(log_of(intake.file).lines(), copies, intake.file.definitions.ids)
    intake.faults += [intake.placed(error, line) for line, error in merged.faults]
    intake.require_sound()
    return merged


class RowConcern(NamedTuple):
    """What there is to agree to about a row, or about all of a KPI that look like fractions."""

    line: int
    kpi: Kpi
    draft: Record
    concerns: Concerns
    fractions: int = 0  # how many values of the KPI look like fractions; 0 where none does


def row_concerns(intake: Intake, plan: Plan, *, may_replace: bool) -> Iterator[RowConcern]:
    """The rows that change an actual or look odd; with `may_replace` those alone that look odd."""
    scorecard = plan.loaded.scorecard
    for kpi, records in records_by_kpi(scorecard.definitions, plan.news):
        lines = plan.news.lines_of(kpi.id)
        if not intake.source.fractions and look_like_fractions(scorecard, kpi, records):
            line, value = lines[records[0].period], records[0].value or Decimal(0)
            fraction = Concerns(percentage=percentage_of(value))
            yield RowConcern(line, kpi, records[0], fraction, len(records))
            continue
        for draft, concerns in batch_concerns(scorecard, kpi, records):
            if concerns.needs_consent(may_replace=may_replace):
                yield RowConcern(lines[draft.period], kpi, draft, concerns)
    for dated, concerns in dated_changes(scorecard, plan.dated):
        if concerns.needs_consent(may_replace=may_replace):
            kpi = scorecard.definitions.kpis[dated.record.kpi]
            yield RowConcern(dated.line, kpi, dated.record, concerns)


def parts_of_wholes(plan: Plan) -> Iterator[tuple[Kpi, Period]]:
    """Each new part of a period that is recorded as a whole, with that period."""
    scorecard = plan.loaded.scorecard
    for kpi, records in records_by_kpi(scorecard.definitions, plan.news):
        if all(record.period.frequency is kpi.frequency for record in records):
            continue
        wholes = [
            period
            for period, record in scorecard.series_of(kpi).records.items()
            if record.value is not None and period.frequency is not Frequency.DAILY
        ]
        wholes += [record.period for record in records]
        by_frequency = {period.frequency for period in wholes}
        standing = set(wholes)
        for record in records:
            for frequency in by_frequency:
                whole = kpi.period_with(record.period, frequency)
                if whole != record.period and whole in standing and whole.contains(record.period):
                    yield kpi, whole


Schedules = Mapping[str, Mapping[str, str]]  # targets by KPI and by the period they begin in


def schedules(intake: Intake) -> Schedules:
    """Those of the tables, where they are not in force already."""
    definitions = intake.file.definitions
    found: dict[str, Mapping[str, str]] = {}
    for id, cells in intake.targets.items():
        kpi = definitions.kpis[id]
        pairs = [
            (_own(intake, kpi, cell.period), target_of(kpi, cell, definitions)) for cell in cells
        ]
        if schedule := schedule_of(kpi, pairs, definitions):
            found[id] = schedule
    return found


def _own(intake: Intake, kpi: Kpi, period: Period) -> Period:
    is_label = intake.are_labels and period.frequency is Frequency.DAILY
    return kpi.period_of(period.start) if is_label else period


def is_without_target(intake: Intake, id: str) -> bool:
    """Whether a KPI has none yet, of its own or by default."""
    return not intake.file.definitions.kpis[id].keys & {"target", "targets"}


def add_targets(file: DefinitionsFile, new: Schedules) -> None:
    """Put them at the end of the file, whole or not at all; nothing in front of them changes."""
    path, tables = file.path, {"targets": new}
    extend(path, lambda content: extended(path, content, tables, cache_folder())[0])
