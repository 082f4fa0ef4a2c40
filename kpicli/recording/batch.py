"""Many actuals from elsewhere, held against the definitions: what to record, and every fault."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import Record
from kpicli.model.scorecard import Clock, Scorecard
from kpicli.model.source import Combination, Source, SourceRow
from kpicli.model.timestamp import read_instant
from kpicli.model.unit import LONGEST_UNIT, PERCENT, currency_codes, is_plain, is_same_unit
from kpicli.noun import NamedTuple
from kpicli.recording.batch_records import (
    BatchRecord,
    CellEntry,
    CommonNouns,
    Drafts,
    combined,
    contradiction,
    line_of_sum,
)
from kpicli.recording.cell_number import CellNumbers
from kpicli.recording.date_labels import OpenDates, labels_or_open
from kpicli.recording.draft import number_of, require_period, require_recorded
from kpicli.recording.plausibility import Concerns, current_record
from kpicli.text import safe

_ADDED = frozenset({Combination.SUM, Combination.MEAN})  # what a sum among the rows would spoil


class BatchFault(NamedTuple):
    """What is wrong with a row, and its line."""

    error: KpiError
    line: int


class Batch:
    """What came out of the rows that were taken in.

    Once it is settled, `drafts` are to be recorded now, by KPI and period; `label` is any date and
    the own period that it lies in. `dated` were recorded at their own time, which is not past
    `now`; `by` is for rows that do not say who. `converted` has the unit of a KPI's rows, where it
    is not its own.
    """

    def __init__(self, scorecard: Scorecard, by: str, numbers: CellNumbers, now: str) -> None:
        self.scorecard, self.by, self.numbers, self.now = scorecard, by, numbers, now
        self.drafts = Drafts(scorecard.definitions.kpis, CommonNouns())
        self._rows = Drafts(self.drafts.kpis, self.drafts.common)
        self.dated: list[BatchRecord] = []
        self.label: tuple[Period, Period] | None = None
        self.repeated: dict[str, int] = {}
        self.converted: dict[str, str] = {}
        self._periods: dict[tuple[str, Frequency], Period] = {}
        self._kpis: dict[str, Kpi | KpiError] = {}
        self._codes: dict[str, frozenset[str]] = {}

    def take(self, row: SourceRow) -> None:
        """Take one row in: to be recorded anew, or with an `at` as it was recorded then.

        Raises `KpiError` for what can't be recorded.
        """
        kpi = self._kpi(row.kpi)
        if row.at:
            self.dated.append(BatchRecord(self._dated_record(kpi, row), row.line))
            return
        if kpi.formula:
            require_recorded(kpi)
        if row.skip:
            raise KpiError(f"{kpi.id}: n/a is imported only with its at", hint="kpi record … n/a")
        if row.value is not None:
            period = self._period(row.period, kpi.frequency)
            is_in_own = row.unit in {"", kpi.unit} or (not kpi.unit and is_plain(row.unit))
            value = row.value if is_in_own else f"{row.value} {row.unit}"
            codes = frozenset[str]() if is_in_own else currency_codes(row.unit)
            if not is_in_own and not is_same_unit(row.unit, kpi.unit):
                self.converted.setdefault(kpi.id, row.unit)
            if codes and codes.isdisjoint(self._codes.setdefault(kpi.id, codes)):
                message = f"{kpi.id}: '{safe(row.unit)}' beside another currency"
                raise KpiError(message, hint="import the rows of one currency")
            number = self.numbers.read(kpi, value, row.mark)
            entry = CellEntry(period, number, row.line, row.note, row.by or self.by)
            self._rows.add(kpi.id, entry)

    def _kpi(self, text: str) -> Kpi:
        """The KPI of an id or a name; each text is looked up once."""
        if not text:
            raise KpiError("no KPI in this row", hint="write it in each row, also of merged cells")
        if text not in self._kpis:
            try:
                self._kpis[text] = self.scorecard.definitions.kpi(text)
            except KpiError as error:
                if error.hint.startswith("known"):
                    first = next(iter(self.scorecard.definitions.kpis))
                    error.hint += f"; to take some rows alone: --columns {first}='NAME OF ITS ROW'"
                self._kpis[text] = error
        kpi = self._kpis[text]
        if isinstance(kpi, KpiError):
            raise kpi
        return kpi

    def _period(self, text: str, frequency: Frequency) -> Period:
        """The period of a text, which is read once."""
        key = text, frequency
        period = self._periods.get(key)
        if period is None:
            today, calendar = self.scorecard.clock.today, self.scorecard.definitions.calendar
            period = named_period(text, frequency, today, calendar=calendar)
            self._periods[key] = period
        return period

    def date_labels(self) -> bool | OpenDates:
        """Whether the dates stand for the own periods that they lie in, or what leaves it open."""
        return labels_or_open(self.dates(), self.scorecard.definitions.kpis)

    def dates(self) -> dict[str, set[date]]:
        """The dates of each KPI that has some."""
        rows = self._rows.entries.items()
        return {id: days for id, entries in rows if (days := _days(entries))}

    def settle(self, *, are_labels: bool, how: Combination | None) -> Iterator[BatchFault]:
        """Make one record of the rows of each KPI and period; faults as they come."""
        for id in list(self._rows.entries):
            entries = self._rows.entries.pop(id)  # what is settled needs no memory
            kpi = self.scorecard.definitions.kpis[id]
            self.label = self.label or _label(kpi, entries)
            first: dict[Period, CellEntry] = {}
            others: dict[Period, list[CellEntry]] = {}
            for entry in entries:
                period = entry.period
                if are_labels and period.frequency is Frequency.DAILY:
                    period = kpi.period_of(period.start)
                if first.setdefault(period, entry) is not entry:
                    others.setdefault(period, []).append(entry)
            groups = ([first[it], *others[it]] for it in others)
            if how in _ADDED and (line := line_of_sum(groups)):
                message = f"{id}: in each period a row is the sum of the others"
                yield BatchFault(KpiError(message, hint="leave the sums out of the file"), line)
                continue
            for period, entry in first.items():
                if fault := self._refusal(kpi, period, entry):
                    yield fault
                elif period in others or how is Combination.COUNT:
                    yield from self._merge(kpi, period, [entry, *others.get(period, ())], how)
                else:
                    self.drafts.add(id, entry._replace(period=period))

    def _merge(
        self, kpi: Kpi, period: Period, group: Sequence[CellEntry], how: Combination | None
    ) -> Iterator[BatchFault]:
        """Make one record of several rows, or say why they make none."""
        if how is Combination.SUM and kpi.unit == PERCENT:
            hint = "--rows mean or last, or import what they are shares of"
            error = KpiError(f"{kpi.id} {period}: percentages do not add up", hint=hint)
            yield BatchFault(error, group[0].line)
            return
        faults = [] if how else [*self._contradictions(kpi, period, group)]
        yield from faults
        if not faults:
            entry = combined(group, how) if how else group[0]
            self.drafts.add(kpi.id, entry._replace(period=period))

    def _refusal(self, kpi: Kpi, period: Period, entry: CellEntry) -> BatchFault | None:
        """Why nothing may be recorded for a period; an own one that has begun needs no look."""
        is_own = period.frequency is kpi.frequency and kpi.until is None
        if is_own and period.start <= self.scorecard.clock.today:
            return None
        try:
            require_period(self.scorecard, kpi, period)
        except KpiError as error:
            if period.frequency is Frequency.DAILY and kpi.rollup is None:
                noun = kpi.frequency.noun
                error.hint = f"if a date stands for its {noun}: --dates own; else {error.hint}"
            return BatchFault(error, entry.line)
        return None

    def _contradictions(
        self, kpi: Kpi, period: Period, group: Sequence[CellEntry]
    ) -> Iterator[BatchFault]:
        """What differs in rows of which one counts; equal ones are counted."""
        self.repeated[kpi.id] = self.repeated.get(kpi.id, 0) + len(group) - 1
        for other in group[1:]:
            if error := contradiction(kpi.id, period, group[0], other):
                yield BatchFault(error, other.line)

    def _dated_record(self, kpi: Kpi, row: SourceRow) -> Record:
        """As it was recorded at its time, whatever the definitions are today; with point marks."""
        number = None if row.value is None else number_of(kpi, row.value, row.mark or ".")
        period, at = recorded_period(row.period, kpi.calendar), read_instant(row.at)
        if at > self.now:
            raise KpiError(f"{kpi.id} {period}: {at} is in the future", hint="leave the at empty")
        if not period.has_begun(self.scorecard.clock.day_of(at)):
            hint = "leave the at empty, or correct one of the two"
            raise KpiError(f"{kpi.id} {period} had not begun at {at}", hint=hint)
        by = self.by if row.by is None else row.by
        unit = row.unit if len(row.unit) <= LONGEST_UNIT else ""
        record = Record(kpi.id, period, number, at, by=by, note=row.note, unit=unit)
        return record._replace(skip=row.skip, replaces=row.replaces)

    @property
    def ids(self) -> set[str]:
        """The KPIs that they are about."""
        return {*self.drafts.entries, *(draft.record.kpi for draft in self.dated)}


def batch_from(
    source: Source, definitions: Definitions, clock: Clock, by: str = "", now: str = ""
) -> Batch:
    """An empty batch for the table of a source, the numbers of which are read as it says."""
    numbers = CellNumbers(
        source.decimal.value if source.decimal else definitions.reading_mark,
        are_fractions=source.fractions,
        places=source.round,
    )
    return Batch(Scorecard(definitions, {}, clock), by, numbers, now)


def _label(kpi: Kpi, entries: Iterable[CellEntry]) -> tuple[Period, Period] | None:
    """The first date of a KPI that is not daily, and the own period that it lies in."""
    if kpi.frequency is Frequency.DAILY:
        return None
    dates = (each.period for each in entries if each.period.frequency is Frequency.DAILY)
    day = next(dates, None)
    return (day, kpi.period_of(day.start)) if day else None


def _days(entries: Iterable[CellEntry]) -> set[date]:
    return {each.period.start for each in entries if each.period.frequency is Frequency.DAILY}


def dated_changes(
    scorecard: Scorecard, dated: Iterable[BatchRecord]
) -> Iterator[tuple[BatchRecord, Concerns]]:
    """Those that were recorded at their own time, and change what stands today."""
    latest: dict[tuple[str, Period], BatchRecord] = {}
    for draft in dated:
        pair = draft.record.kpi, draft.record.period
        latest_draft = latest.get(pair)
        if latest_draft is None or draft.record.order > latest_draft.record.order:
            latest[pair] = draft
    for draft in latest.values():
        old = current_record(scorecard, draft.record)
        if old and not old.says_as(draft.record) and draft.record.order > old.order:
            yield draft, Concerns(old)
