"""Import a table: take its rows in, settle what they mean, and tell how it was read."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpicli.errors import KpiError, ManyErrors, by_cause
from kpicli.model.build.source import date_words
from kpicli.model.notation.period import named_period
from kpicli.model.scorecard import Clock
from kpicli.model.source import DateReading, Layout, Source, SourceRow
from kpicli.recording.batch import Batch, batch_from
from kpicli.recording.date_labels import OpenDates, require_no_weeks
from kpicli.recording.table_reading import TableReading, TargetCell, target_of
from kpicli.sources._board import file_table, kind_of
from kpicli.sources._grid import GridLine
from kpicli.sources._header import sight_of
from kpicli.sources._input import SourceInput
from kpicli.sources._rows import SourceTable
from kpicli.sources._survey import Survey
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.merge import Copied, copied
from kpicli.text import folded

NOTHING = "nothing recorded; correct it and import it again"
_NO_ID = re.compile(r"[^a-z0-9]+")
_LINES = 10**9  # lines are counted through several files: those of the next begin at so many more
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
    intake = Intake(file, source, batch_from(source, definitions, clock, by, now))
    sight = sight_of(definitions, source, clock)
    for given in inputs:
        kind = format or kind_of(given.path, given.shown, given.content)
        intake.paths.append(given.path)
        intake.names.append(given.shown)
        try:
            table = file_table(kind, given.content, given.shown, sight)
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
    period = named_period(row.period, kpi.frequency, clock.today, calendar=kpi.calendar)
    cell = TargetCell(period, row.target, row.mark, base + row.line)
    target_of(kpi, cell, intake.file.definitions)
    intake.targets.setdefault(kpi.id, []).append(cell)


def open_dates(intake: Intake) -> OpenDates | None:
    """What leaves open for what the dates stand; where nothing does, they stand for it."""
    words = date_words(intake.source.dates or "")
    if words & {DateReading.OWN, DateReading.DAYS}:
        intake.are_labels = DateReading.OWN in words
        return None
    require_no_weeks(intake.batch.dates(), intake.file.definitions.kpis, intake.names[0])
    meaning = intake.batch.date_labels()
    if isinstance(meaning, OpenDates):
        return meaning
    intake.are_labels = meaning
    return None


def settle(intake: Intake) -> None:
    """Make one record of the rows of each KPI and period; raises all that contradicts."""
    how = intake.source.combination
    for fault in intake.batch.settle(are_labels=intake.are_labels, how=how):
        intake.faults.append(intake.placed(fault.error, fault.line))
    intake.require_sound()


def source_block(intake: Intake) -> dict[str, dict[str, Any]]:
    """The source by its id, read as the first table was."""
    path = intake.paths[0]
    return {_source_id(path): _source_keys(intake, intake.surveys[0], path)}


def _source_id(path: str) -> str:
    """An id made of the name of a file: `omsetning_2026` for `Omsetning 2026.csv.gz`."""
    stem = os.path.basename(path).split(".")[0]
    id = _NO_ID.sub("_", folded(stem)).strip("_")[:40]
    return id if id[:1].isalpha() else f"table_{id}".rstrip("_")


def _source_keys(intake: Intake, survey: Survey, path: str) -> dict[str, Any]:
    """The keys of that source, those that were asked for among them."""
    mapping = survey.mapping
    keys = dict(intake.source.keys)
    if path != "-":
        keys["file"] = path
    keys |= {"columns": dict(mapping.columns), "layout": str(mapping.layout)}
    keys |= mapping.grid.settings
    if mapping.header.first > 1:
        keys["skip"] = mapping.header.first - 1
    if mapping.only:
        keys["kpi"] = mapping.only
    marks = set(survey.marks.values())
    if len(marks) == 1:
        keys["decimal"] = marks.pop()
    dates = [str(survey.labels.first)] if survey.labels.first else []
    if intake.batch.label and not intake.are_dates_open:
        dates.insert(0, str(DateReading.OWN if intake.are_labels else DateReading.DAYS))
    return keys | ({"dates": ", ".join(dates)} if dates else {})


def table_reading(intake: Intake, survey: Survey) -> TableReading:
    """What there is to say of it."""
    mapping = survey.mapping
    return TableReading(
        name=mapping.grid.shown,
        layout=mapping.layout,
        rows=survey.rows,
        header=mapping.header.first,
        remarks=mapping.grid.remarks,
        columns=mapping.columns,
        periods=tuple(
            f"{mapping.name(each.place)} = {survey.labels[mapping.name(each.place)]}"
            for each in mapping.values
        )
        if mapping.layout is Layout.ACROSS
        else (),
        marks=() if mapping.is_own else tuple(sorted(set(survey.marks.values()))),
        above=tuple(map(_text, mapping.above)),
        below=tuple(map(_text, survey.around)),
        passed_over=mapping.passed_over,
        empty=intake.empty,
        label=intake.batch.label if intake.are_labels else None,
    )


def _text(line: GridLine) -> str:
    return next((text for cell in line.cells if (text := cell.strip())), "")
