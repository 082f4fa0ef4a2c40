"""Import a table: take its rows in, settle what they mean, and plan what to append."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kpicli.errors import KpiError, ManyErrors, by_cause
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.build.source import date_words
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period, period_of
from kpicli.model.record import Clock, Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.source import Combination, DateReading, Source
from kpicli.recording.batch import Batch, BatchRecord, dated_changes, records_by_kpi
from kpicli.recording.cell_number import CellNumbers
from kpicli.recording.date_labels import OpenDates
from kpicli.recording.fractions import look_like_fractions, percentage_of
from kpicli.recording.plausibility import Concerns, batch_concerns, is_unchanged
from kpicli.recording.target_column import TargetCell, target_of
from kpicli.services.load import Loaded, log_of
from kpicli.services.log_trust import Agree
from kpicli.services.record import load_to_record
from kpicli.sources._board import file_kind, kind_of
from kpicli.sources._header import Sight
from kpicli.sources._input import SourceInput
from kpicli.sources._periods import PeriodLabels
from kpicli.sources._row import SourceRow
from kpicli.sources._rows import SourceTable
from kpicli.sources._survey import Survey
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.merge import NOTHING_MERGED, Copied, Merge, copied, merge, sealed

NOTHING = "nothing recorded; correct it and import it again"
_LINES = 10**9
"""Lines are counted through several files: those of the next begin at so many more."""

Watch = Callable[[Iterable[SourceRow | KpiError]], Iterable[SourceRow | KpiError]]
"""Passes rows on, and may show how far they are."""


@dataclass(slots=True)
class Intake:
    """What came out of the files: rows of a batch, sealed lines, targets, and every fault."""

    file: DefinitionsFile
    source: Source
    batch: Batch
    paths: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    tables: list[SourceTable] = field(default_factory=list)
    copies: list[Copied] = field(default_factory=list)
    targets: dict[str, list[TargetCell]] = field(default_factory=dict)
    faults: list[KpiError] = field(default_factory=list)
    are_labels: bool = False
    are_dates_open: bool = False

    @property
    def surveys(self) -> list[Survey]:
        """What was seen of each table."""
        return [table.survey for table in self.tables if table.survey]

    @property
    def empty(self) -> int:
        """Cells without a value."""
        return sum(table.empty for table in self.tables)

    def placed(self, error: KpiError, line: int) -> KpiError:
        """A fault with its place."""
        index, number = divmod(line, _LINES)
        return KpiError(error.message, where=f"{self.names[index]}:{number}", hint=error.hint)

    def require_sound(self) -> None:
        """Raise all faults, one line a cause."""
        if self.faults:
            unique = {(error.where, error.message): error for error in self.faults}
            raise ManyErrors(by_cause(unique.values()), hint=NOTHING)


def take_in(
    file: DefinitionsFile,
    inputs: Sequence[SourceInput],
    source: Source,
    *,
    format: str | None,
    by: str,
    clock: Clock,
    now: str,
    watch: Watch,
) -> Intake:
    """The rows of all files, held against the definitions; all that is wrong is raised at once."""
    definitions = file.definitions
    numbers = CellNumbers(
        source.decimal.value if source.decimal else definitions.reading_mark,
        are_fractions=source.fractions,
        places=source.round,
    )
    batch = Batch(Scorecard(definitions, {}, clock), by, numbers, now)
    intake = Intake(file, source, batch)
    labels = PeriodLabels(clock, DateReading.DAY_FIRST, are_short_years=True)
    sight = Sight(definitions, source, labels)
    for given in inputs:
        kind = format or kind_of(given.path, given.shown, given.content)
        intake.paths.append(given.path)
        intake.names.append(given.shown)
        try:
            table = file_kind(kind).read(given.content, given.shown, sight)
        except ManyErrors as errors:
            intake.faults += errors.errors
        except KpiError as error:
            intake.faults.append(error)
        else:
            intake.tables.append(table)
            _take_rows(intake, watch(table), clock)
    intake.require_sound()
    return intake


def _take_rows(intake: Intake, rows: Iterable[SourceRow | KpiError], clock: Clock) -> None:
    base = _LINES * (len(intake.names) - 1)
    for row in rows:
        if isinstance(row, KpiError):
            intake.faults.append(row)
            continue
        try:
            if row.is_sealed:
                intake.copies.append(copied(row.raw, base + row.line))
            else:
                intake.batch.take(row if not base else row._replace(line=base + row.line))
                if row.target:
                    _take_target(intake, row, base, clock)
        except KpiError as error:
            intake.faults.append(intake.placed(error, base + row.line))


def _take_target(intake: Intake, row: SourceRow, base: int, clock: Clock) -> None:
    kpi = intake.file.definitions.kpi(row.kpi)
    period = named_period(row.period, kpi.frequency, clock.today)
    cell = TargetCell(period, row.target, row.mark, base + row.line)
    target_of(kpi, cell, intake.file.definitions)
    intake.targets.setdefault(kpi.id, []).append(cell)


def open_dates(intake: Intake) -> OpenDates | None:
    """What leaves open for what the dates stand; where nothing does, they stand for it."""
    words = date_words(intake.source.dates or "")
    if words & {DateReading.OWN, DateReading.DAYS}:
        intake.are_labels = DateReading.OWN in words
        return None
    meaning = intake.batch.date_labels()
    if isinstance(meaning, OpenDates):
        return meaning
    intake.are_labels = meaning
    return None


def settle(intake: Intake) -> None:
    """Make one record of the rows of each KPI and period; raises all that contradicts."""
    rows = intake.source.rows
    how = Combination(rows) if rows in list(Combination) else None
    for fault in intake.batch.settle(are_labels=intake.are_labels, how=how):
        intake.faults.append(intake.placed(fault.error, fault.line))
    intake.require_sound()


def has_repeated_parts(intake: Intake) -> bool:
    """Whether rows that count once are of a KPI whose parts add up."""
    kpis = intake.file.definitions.kpis
    return any(kpis[id].rollup is Rollup.SUM for id in intake.batch.repeated)


class Plan(NamedTuple):
    """What is to be appended to a log as it is now: new records, and lines that it lacks."""

    loaded: Loaded
    news: list[BatchRecord]
    merged: Merge
    dated: list[BatchRecord]


def planned(
    intake: Intake, clock: Clock, warn: Callable[[Iterable[str]], None], agree: Agree
) -> Plan:
    """The rows that say anything new."""
    file, batch = intake.file, intake.batch
    reach = full_lookback(file.definitions, batch.ids)
    loaded = load_to_record(file, clock, reach, warn, agree)
    resealed = [sealed(*draft) for draft in batch.dated]
    merged = _merged(intake, [*intake.copies, *resealed])
    news = [draft for draft in batch if not is_unchanged(loaded.scorecard, draft.record)]
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
    fractions: int = 0
    """How many values of the KPI look like fractions, all of them; 0 where they do not."""


def row_concerns(intake: Intake, plan: Plan, *, may_replace: bool) -> Iterator[RowConcern]:
    """The rows that change an actual or look odd; with `may_replace` those alone that look odd."""
    scorecard, drafts = plan.loaded.scorecard, intake.batch.drafts
    for kpi, records in records_by_kpi(scorecard.definitions, plan.news):
        if not intake.source.fractions and look_like_fractions(scorecard, kpi, records):
            line, value = drafts[kpi.id][records[0].period].line, records[0].value or Decimal(0)
            fraction = Concerns(percentage=percentage_of(value))
            yield RowConcern(line, kpi, records[0], fraction, len(records))
            continue
        for draft, concerns in batch_concerns(scorecard, kpi, records):
            if concerns.needs_consent(may_replace=may_replace):
                yield RowConcern(drafts[kpi.id][draft.period].line, kpi, draft, concerns)
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
                whole = period_of(record.period.start, frequency)
                if whole != record.period and whole in standing and whole.contains(record.period):
                    yield kpi, whole
