"""The actuals of a table, row by row, and the rows that are at fault."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from kpicli.errors import KpiError, ManyErrors, NotationError
from kpicli.model.number import Mark
from kpicli.model.source import Layout
from kpicli.sources._grid import Grid, GridLine, Typed
from kpicli.sources._header import Sight
from kpicli.sources._ragged import check_cells
from kpicli.sources._row import SourceRow, check_length, placed
from kpicli.sources._sight import readable
from kpicli.sources._survey import Survey, survey
from kpicli.text import safe, unescaped, unguarded

EMPTY = frozenset({"", "-", "–", "n/a", "na", "#n/a", "null"})  # noqa: RUF001 - what people write
"""Cells in which nothing was measured, in any case; never 0."""


class SourceTable(Protocol):
    """Rows and faults as they come, and what was seen of the table they stand in.

    While they are read `empty` counts the cells without a value.
    """

    empty: int

    @property
    def survey(self) -> Survey | None:
        """What holds for all rows; nothing for kpi's own lines of JSON."""
        ...

    def __iter__(self) -> Iterator[SourceRow | KpiError]: ...


def source_table(grids: Sequence[Grid], sight: Sight) -> SourceTable:
    """The table of the one grid in which one is seen; raises `KpiError` where none is, or two."""
    return TableRows(survey(readable(grids, sight), sight), sight)


class TableRows:
    """The rows of a table; while they are read `empty` counts the cells without a value."""

    def __init__(self, survey: Survey, sight: Sight) -> None:
        self.survey, self.sight = survey, sight
        self.mapping = survey.mapping
        self.nothing = EMPTY | {text.strip().casefold() for text in sight.source.empty}
        self.empty = 0

    def __iter__(self) -> Iterator[SourceRow | KpiError]:
        actuals: Callable[[GridLine], Iterator[SourceRow]] = {
            Layout.LONG: self._long,
            Layout.WIDE: self._wide,
            Layout.ACROSS: self._across,
        }[self.mapping.layout]
        width, grid = len(self.mapping.header.cells), self.mapping.grid
        unnamed = self._unnamed()
        has_rows = False
        try:
            for line in self.survey.body():
                has_rows = True
                try:
                    if line.last > line.first or len(line.cells) != width:
                        self._fit(line, width)
                    if unnamed:
                        _check_unnamed(line, unnamed)
                    yield from actuals(line)
                except NotationError as error:
                    yield placed(error, grid.shown, line.first)
        except ManyErrors as faults:
            yield from faults.errors
        except NotationError as error:
            yield error
        if not has_rows:
            yield KpiError("no rows", where=grid.shown)

    def _unnamed(self) -> list[int]:
        """The columns without a name that nothing stands in, unless some columns are named."""
        mapping = self.mapping
        used = {*mapping.period, *mapping.places, mapping.kpi}
        cells = enumerate(mapping.header.cells)
        if self.sight.source.columns:
            return []
        return [place for place, name in cells if place not in used and not name.strip()]

    def _fit(self, line: GridLine, width: int) -> None:
        """Hold a row that was cut at delimiters against the header; fill up any other."""
        if self.mapping.grid.is_ragged:
            check_cells(line, self.mapping, self.survey.labels)
        line.cells.extend([""] * (width - len(line.cells)))

    def _value(self, cell: str) -> str | None:
        value = cell.strip()
        if value.casefold() in self.nothing:
            self.empty += 1
            return None
        return value

    def _mark(self, cell: str, place: int) -> Mark | None:
        return "." if isinstance(cell, Typed) else self.survey.marks.get(place)

    def _extras(self, cells: list[str]) -> tuple[str, str | None, str]:
        """Note, name and time; as they were typed, where kpi made them safe for a spreadsheet."""
        mapping = self.mapping
        note = cells[mapping.extras.note] if mapping.extras.note >= 0 else ""
        by = cells[mapping.extras.by] if mapping.extras.by >= 0 else None
        if mapping.is_own:
            note, by = unguarded(unescaped(note)), by and unguarded(unescaped(by))
        check_length(note, by or "")
        return note, by, cells[mapping.extras.at].strip() if mapping.extras.at >= 0 else ""

    def _target(self, cells: list[str]) -> str:
        place = self.mapping.extras.target
        return cells[place].strip() if place >= 0 else ""

    def _period(self, cells: list[str]) -> str:
        return self.survey.labels[" ".join(cells[at].strip() for at in self.mapping.period)]

    def _long(self, line: GridLine) -> Iterator[SourceRow]:
        mapping, cells = self.mapping, line.cells
        kpi = mapping.only or cells[mapping.kpi].strip()
        note, by, at = self._extras(cells)
        cell = cells[mapping.value] if mapping.value >= 0 else "1"
        value = self._value(cell) if not at else cell.strip() or None
        mark = self._mark(cell, mapping.value)
        period, target = self._period(cells), self._target(cells)
        yield SourceRow(line.first, kpi, period, value, note, by, at, mark, target=target)

    def _wide(self, line: GridLine) -> Iterator[SourceRow]:
        mapping, cells = self.mapping, line.cells
        note, by, at = self._extras(cells)
        period = self._period(cells)
        target = self._target(cells)
        for column in mapping.values:
            cell = cells[column.place]
            if (value := self._value(cell)) is not None or target:
                mark = self._mark(cell, column.place)
                yield SourceRow(
                    line.first, column.of, period, value, note, by, at, mark, target=target
                )

    def _across(self, line: GridLine) -> Iterator[SourceRow]:
        mapping, cells = self.mapping, line.cells
        kpi = cells[mapping.kpi].strip()
        note = cells[mapping.extras.note] if mapping.extras.note >= 0 else ""
        target = self._target(cells)
        for column in mapping.values:
            cell = cells[column.place]
            if (value := self._value(cell)) is not None or target:
                mark = self._mark(cell, column.place)
                label = self.survey.labels[mapping.name(column.place)]
                yield SourceRow(line.first, kpi, label, value, note, None, "", mark, target=target)
                target = ""


def _check_unnamed(line: GridLine, unnamed: Sequence[int]) -> None:
    """Raise `NotationError` for a cell under no name."""
    for place in unnamed:
        if text := line.cells[place].strip():
            hint = "give the column a name, or name those to take with --columns"
            raise NotationError(f"'{safe(text[:40])}' stands in a column without a name", hint=hint)
