"""The table of a source, read once for all of its KPIs."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.build.source import date_words
from kpicli.model.kpi import Definitions
from kpicli.model.record import Clock
from kpicli.model.scorecard import Scorecard
from kpicli.model.source import Combination, DateReading, Source
from kpicli.recording.batch import Batch
from kpicli.recording.cell_number import CellNumbers
from kpicli.recording.date_labels import OpenDates
from kpicli.services.ask import Value
from kpicli.sources._answer import Answer
from kpicli.sources._board import file_kind, kind_of
from kpicli.sources._header import Sight
from kpicli.sources._input import SourceInput
from kpicli.sources._periods import PeriodLabels

Values = Mapping[str, Sequence[Value | KpiError]]
"""What a table says of each KPI; what is wrong with all of it stands under the empty id."""


def answer_input(answer: Answer) -> SourceInput:
    """The table that a database answers, as CSV whose numbers have a point."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(answer.columns)
    writer.writerows([cell or "" for cell in row] for row in answer.rows)
    return SourceInput("answer.csv", "answer", text.getvalue().encode())


def json_input(content: bytes, path: str) -> SourceInput:
    """The rows of a JSON answer, found by keys such as `data.items`, an object a line."""
    try:
        rows: Any = json.loads(content, parse_float=str, parse_int=str)
        for key in filter(None, path.split(".")):
            rows = rows[int(key)] if isinstance(rows, list) else rows[key]
        lines = [json.dumps({key: row[key] for key in row}) for row in rows]
    except (KeyError, IndexError, TypeError, ValueError, RecursionError):
        hint = 'say where its rows are: rows = "data.items"'
        raise KpiError("answers JSON without a list of rows there", hint=hint) from None
    return SourceInput("answer.jsonl", "answer", "\n".join(lines).encode())


def table_values(
    definitions: Definitions, source: Source, inputs: Iterable[SourceInput], clock: Clock
) -> Values:
    """What the tables say, KPI by KPI; rows of KPIs that the board lacks are ignored."""
    mark = source.decimal.value if source.decimal else definitions.reading_mark
    numbers = CellNumbers(mark, are_fractions=source.fractions, places=source.round)
    batch = Batch(Scorecard(definitions, {}, clock), "", numbers, "")
    sight = Sight(definitions, source, PeriodLabels(clock))
    values: dict[str, list[Value | KpiError]] = {"": []}
    for given in inputs:
        try:
            kind = file_kind(kind_of(given.path, given.shown, given.content))
            table = kind.read(given.content, given.shown, sight)
        except ManyErrors as errors:
            values[""] += errors.errors
            continue
        for row in table:
            if isinstance(row, KpiError):
                values[""].append(row)
            elif kpi := definitions.kpi_named(row.kpi):
                try:
                    batch.take(row._replace(at="", by=None))
                except KpiError as error:
                    where = f"{given.shown}:{row.line}"
                    message = error.message.removeprefix(f"{kpi.id}: ")
                    fault = KpiError(message, where=where, hint=error.hint)
                    values.setdefault(kpi.id, []).append(fault)
    _settle(batch, source, values)
    return values


def _settle(batch: Batch, source: Source, values: dict[str, list[Value | KpiError]]) -> None:
    words = date_words(source.dates or "")
    meaning = batch.date_labels()
    are_labels = DateReading.OWN in words
    if not words & {DateReading.OWN, DateReading.DAYS}:
        if isinstance(meaning, OpenDates):
            message = f"{meaning.day} may be a day of {meaning.kpi.id} or a label of its period"
            raise KpiError(message, hint='say which: dates = "own", or dates = "days"')
        are_labels = meaning
    how = Combination(source.rows) if source.rows in list(Combination) else None
    values[""] += [fault.error for fault in batch.settle(are_labels=are_labels, how=how)]
    for draft in batch:
        kpi = batch.scorecard.definitions.kpis[draft.record.kpi]
        number = draft.record.value
        value = Value(kpi, draft.record.period, None if number is None else f"{number:f}")
        values.setdefault(kpi.id, []).append(value)
