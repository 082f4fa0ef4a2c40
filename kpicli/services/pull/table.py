"""The table of a source, read once for all of its KPIs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.build.source import date_words
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.scorecard import Clock
from kpicli.model.source import DateReading, Source, SourceRow
from kpicli.noun import NamedTuple
from kpicli.recording.batch import Batch, batch_from
from kpicli.recording.date_labels import OpenDates
from kpicli.services.pull.ask import Value
from kpicli.sources._board import file_table, kind_of
from kpicli.sources._cell_text import Answer, text_of_cell
from kpicli.sources._grid import Grid, grid_of
from kpicli.sources._header import Sight, sight_of
from kpicli.sources._input import SourceInput
from kpicli.sources._json import json_grid
from kpicli.sources._rows import SourceTable, source_table

Values = Mapping[str, Sequence[Value | KpiError]]
"""What a table says of each KPI; what is wrong with all of it stands under the empty id."""


class TableInput(NamedTuple):
    """A table that came, how it is named where it is at fault, and how its rows are had."""

    shown: str
    read: Callable[[Sight], SourceTable]


def file_input(given: SourceInput) -> TableInput:
    """The table of a file, or of what a program or an address gives in place of one."""

    def read(sight: Sight) -> SourceTable:
        kind = kind_of(given.path, given.shown, given.content)
        return file_table(kind, given.content, given.shown, sight)

    return TableInput(given.shown, read)


def answer_input(answer: Answer) -> TableInput:
    """The table that a database answers."""
    rows = ([cell or "" for cell in row] for row in answer.rows)
    return _grid_input(grid_of([answer.columns, *rows], "answer"))


def json_input(content: bytes, path: str) -> TableInput | None:
    """The rows of a JSON answer, found by keys such as `data.items`; nothing for what is no JSON.

    An object without lists is one row.
    """
    grid = json_grid(content, "answer", path, lambda text: text_of_cell(Decimal(text)))
    return _grid_input(grid) if grid else None


def _grid_input(grid: Grid) -> TableInput:
    return TableInput(grid.shown, lambda sight: source_table([grid], sight))


def table_values(
    definitions: Definitions, source: Source, inputs: Iterable[TableInput], clock: Clock
) -> Values:
    """What the tables say, KPI by KPI; rows of KPIs that the board lacks are ignored."""
    batch = batch_from(source, definitions, clock)
    sight = sight_of(definitions, source, clock)
    values: dict[str, list[Value | KpiError]] = {"": []}
    for shown, read in inputs:
        try:
            for row in read(sight):
                if isinstance(row, KpiError):
                    values[""].append(row)
                elif kpi := definitions.kpi_named(row.kpi):
                    values.setdefault(kpi.id, []).extend(_faults(batch, kpi, row, shown))
        except ManyErrors as errors:
            values[""] += errors.errors
    if not values[""]:  # a row that is no actual, or is not known whose, may belong to any sum
        _settle(batch, source, values)
    return values


def _faults(batch: Batch, kpi: Kpi, row: SourceRow, shown: str) -> Iterator[KpiError]:
    """What is wrong with a row; nothing where it was taken."""
    try:
        batch.take(row._replace(at="", by=None))
    except KpiError as error:
        message = error.message.removeprefix(f"{kpi.id}: ")
        yield KpiError(message, where=f"{shown}:{row.line}", hint=error.hint)


def _settle(batch: Batch, source: Source, values: dict[str, list[Value | KpiError]]) -> None:
    words = date_words(source.dates or "")
    meaning = batch.date_labels()
    are_labels = DateReading.OWN in words
    if not words & {DateReading.OWN, DateReading.DAYS}:
        if isinstance(meaning, OpenDates):
            message = f"{meaning.day} may be a day of {meaning.kpi.id} or a label of its period"
            raise KpiError(message, hint='say which: dates = "own", or dates = "days"')
        are_labels = meaning
    spoiled = {id for id, answers in values.items() if answers}  # a row of their sums is missing
    faults = batch.settle(are_labels=are_labels, how=source.combination)
    values[""] += [fault.error for fault in faults]
    for draft in batch.drafts:
        kpi = batch.scorecard.definitions.kpis[draft.record.kpi]
        if source.combination and kpi.id in spoiled:
            continue
        number = draft.record.value
        value = Value(kpi, draft.record.period, None if number is None else f"{number:f}")
        values.setdefault(kpi.id, []).append(value)
