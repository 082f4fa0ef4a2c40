"""Many actuals from elsewhere, held against the definitions: what to record, and every fault."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.number import Mark
from kpicli.model.period import Period, read_period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.timestamp import read_instant
from kpicli.recording.draft import number_of, period_to_record
from kpicli.recording.plausibility import Concerns, current_record


class BatchRow(Protocol):
    """One actual as text; without an `at` it is recorded anew, with one it was recorded then.

    A value of `None` takes the actual back; `mark` is the decimal mark where that is known.
    """

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def kpi(self) -> str: ...  # noqa: D102
    @property
    def period(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str | None: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def by(self) -> str | None: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def mark(self) -> Mark | None: ...  # noqa: D102


class BatchRecord(NamedTuple):
    """A record to be, and the line of the file that asks for it."""

    record: Record
    line: int


class Batch:
    """What came out of the rows that were taken in.

    `drafts` are to be recorded `now`, by KPI and period; `dated` were recorded at their own time;
    `by` is for rows that do not say who, `mark` the decimal mark that was asked for.
    """

    def __init__(self, scorecard: Scorecard, by: str, mark: Mark | None, now: str) -> None:
        self.scorecard, self.by, self.mark, self.now = scorecard, by, mark, now
        self.drafts: dict[str, dict[Period, BatchRecord]] = {}
        self.dated: list[BatchRecord] = []

    def take(self, row: BatchRow) -> None:
        """Take one row in; raises `KpiError` for what can't be recorded."""
        kpi = self.scorecard.definitions.kpi(row.kpi)
        if row.at:
            self.dated.append(BatchRecord(self._dated_record(kpi, row), row.line))
            return
        if row.value is None:
            raise KpiError(f"{kpi.id} {row.period}: no value", hint="leave the row out")
        record = self._record(kpi, row, row.value)
        records = self.drafts.setdefault(kpi.id, {})
        earlier = records.setdefault(record.period, BatchRecord(record, row.line))
        for key in ("value", "note", "by"):
            if getattr(earlier.record, key) != getattr(record, key):
                message = f"{kpi.id} {record.period} also on line {earlier.line} with another {key}"
                raise KpiError(message, hint="leave one of the two out")

    @property
    def count(self) -> int:
        """How many are to be recorded now."""
        return sum(map(len, self.drafts.values()))

    def __iter__(self) -> Iterator[BatchRecord]:
        """Everything that is to be recorded now."""
        for records in self.drafts.values():
            yield from records.values()

    def _record(self, kpi: Kpi, row: BatchRow, value: str) -> Record:
        period = period_to_record(self.scorecard, kpi, row.period)
        mark = row.mark or self.mark or self.scorecard.definitions.reading_mark
        number = number_of(kpi, value, mark)
        return Record(kpi.id, period, number, "", by=row.by or self.by, note=row.note)

    def _dated_record(self, kpi: Kpi, row: BatchRow) -> Record:
        """As it was recorded at its time, whatever the definitions are today.

        A machine wrote it, so its decimal mark is the point.
        """
        number = None
        if row.value is not None:
            number = number_of(kpi, row.value, row.mark or self.mark or ".")
        period, at = read_period(row.period), read_instant(row.at)
        if at > self.now:
            raise KpiError(f"{kpi.id} {period}: {at} is in the future", hint="leave the at empty")
        if not period.has_begun(self.scorecard.clock.day_of(at)):
            hint = "leave the at empty, or correct one of the two"
            raise KpiError(f"{kpi.id} {period} had not begun at {at}", hint=hint)
        by = self.by if row.by is None else row.by
        return Record(kpi.id, period, number, at, by=by, note=row.note)

    @property
    def ids(self) -> set[str]:
        """The KPIs that they are about."""
        return {*self.drafts, *(draft.record.kpi for draft in self.dated)}


def restatements(
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
        if old and old.value != draft.record.value and draft.record.order > old.order:
            yield draft, Concerns(old)


def records_by_kpi(
    definitions: Definitions, drafts: Iterable[BatchRecord]
) -> Iterator[tuple[Kpi, list[Record]]]:
    """The records to be of each KPI."""
    by_kpi: dict[str, list[Record]] = {}
    for draft in drafts:
        by_kpi.setdefault(draft.record.kpi, []).append(draft.record)
    for id, records in by_kpi.items():
        yield definitions.kpis[id], records
