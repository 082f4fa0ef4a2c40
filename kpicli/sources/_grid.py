"""A table as it stands: rows of cells with their lines, and which column of it is what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kpicli.errors import KpiError, NotationError
from kpicli.model.record import MOST_BY, MOST_NOTE, check_text
from kpicli.model.source import Layout
from kpicli.noun import NamedTuple
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.sources._periods import PeriodLabels

JSON_STARTS = (b"{", b"[", b"<<<<<<<")  # how lines begin that are no cells
EMPTY = frozenset({"", "-", "–", "—", "--", "n/a", "na", "#n/a", "null"})  # noqa: RUF001 - dashes
"""Cells in which nothing was measured, in any case; never 0."""
MOST_COLUMNS = 16_384  # as many as a spreadsheet has


class Typed(str):
    """A cell that a machine wrote: a number with a point, whatever the table's own mark is.

    `unit` is what a workbook shows beside it, where it shows one.
    """

    __slots__ = ("unit",)
    unit: str


class GridLine(NamedTuple):
    """A row of cells that is not blank, and the first and the last line that it stands on."""

    first: int
    last: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """One way to see a table as rows of cells; `lines` begins anew each time.

    `settings` are the keys of a source that make it be seen so again, `remarks` what there is to
    say of it, `sheet` its name in a workbook. Of a `ragged` one every row is held against the
    header, as text may lack a cell.
    """

    shown: str
    lines: Callable[[], Iterator[GridLine]]
    settings: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    delimiter: str = ""
    sheet: str = ""

    @property
    def is_ragged(self) -> bool:
        """Whether its rows were cut at a delimiter, and so may be short or long."""
        return bool(self.delimiter)

    def place(self, line: GridLine) -> str:
        """Where a line is; the first where each line names its columns, and none is the header."""
        return f"{self.shown}:{line.first or 1}"


def grid_of(rows: Sequence[Sequence[str]], shown: str) -> Grid:
    """Rows of typed cells, of which the first are names."""
    lines = [GridLine(number, number, list(cells)) for number, cells in enumerate(rows)]
    return Grid(shown, lambda: (line._replace(cells=[*line.cells]) for line in lines))


def check_length(note: str, by: str) -> None:
    """Raise `NotationError` for a note or a name that no record may have."""
    check_text("note", note, MOST_NOTE)
    check_text("by", by, MOST_BY)


def placed(error: KpiError, shown: str, line: int) -> KpiError:
    """A fault with its place."""
    return KpiError(error.message, where=f"{shown}:{line}", hint=error.hint)


class SourceColumn(NamedTuple):
    """A column of values: its place in a row, and the KPI or the period that it is of."""

    place: int
    of: str


class RowLabel(NamedTuple):
    """What a KPI is called in the rows of a table."""

    id: str
    name: str


class Extras(NamedTuple):
    """The places of what may stand beside an actual."""

    note: int = -1
    by: int = -1
    at: int = -1
    target: int = -1


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What is where; -1 is the place of a column that is not there.

    Long: `kpi`, `period` and `value`, or for a table of one KPI `only` and no `kpi`. Wide: `period`
    and a column of `values` a KPI. Across: `kpi` or `only`, and a column of `values` a period, of
    which `period` may be the other half, as of years beside months. With
    `row_labels`, by how they are folded, these rows alone are taken.
    """

    grid: Grid
    layout: Layout
    header: GridLine
    above: tuple[GridLine, ...] = ()
    kpi: int = -1
    only: str = ""
    period: tuple[int, ...] = ()
    value: int = -1
    values: tuple[SourceColumn, ...] = ()
    extras: Extras = NO_EXTRAS
    unit: int = -1
    skip: int = -1
    replaces: int = -1
    row_labels: Mapping[str, RowLabel] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    is_own: bool = False

    def name(self, place: int) -> str:
        """The name of a column, its number from 1 where it has none."""
        cells = self.header.cells
        return (cells[place].strip() if place < len(cells) else "") or str(place + 1)

    @property
    def has_halves(self) -> bool:
        """Whether a period is made of several cells, each in its own column or heading."""
        return len(self.period) + (self.layout is Layout.ACROSS) > 1

    @property
    def columns(self) -> Mapping[str, str]:
        """Its columns as a source of the definitions names them."""
        named = {"period": "+".join(map(self.name, self.period))} if self.period else {}
        others = {"kpi": self.kpi, "value": self.value, "unit": self.unit, **self.extras._asdict()}
        for role, place in others.items():
            if place >= 0:
                named[role] = self.name(place)
        if self.layout is Layout.WIDE:
            named |= {column.of: self.name(column.place) for column in self.values}
        return named | {label.id: label.name for label in self.row_labels.values()}

    @property
    def used(self) -> set[int]:
        """The columns that are taken for something."""
        return {*self.period, *self.places, self.kpi, self.unit, *self.extras}

    @property
    def places(self) -> Iterable[int]:
        """The columns that hold numbers."""
        return [self.value] if self.value >= 0 else [column.place for column in self.values]


def check_cells(line: GridLine, mapping: ColumnMapping, labels: "PeriodLabels") -> None:
    """Raise `NotationError` for a row that no header has."""
    names = mapping.header.cells
    least = max(at for at, name in enumerate(names) if name.strip()) + 1
    while len(line.cells) > len(names) and not line.cells[-1].strip():
        line.cells.pop()  # a delimiter at the end of each row
    count, delimiter = len(line.cells), mapping.grid.delimiter
    if not least <= count <= len(names):
        many = f"a cell with a '{safe(delimiter)}' in it is written in quotes"
        hint = "leave a cell empty, not out" if count < least else many
        raise NotationError(f"{count} cells under a header of {least}", hint=hint)
    if line.last > line.first and (row := _swallowed(line, mapping, labels, least)):
        message = f"a quoted cell holds what may be a row: '{safe(row[:40])}'"
        hint = "close the quote, or write the cell on one line"
        raise NotationError(message, hint=hint)


def _swallowed(line: GridLine, mapping: ColumnMapping, labels: "PeriodLabels", least: int) -> str:
    """A line inside a cell that has as many cells as a row, and a period where a row has it."""
    period = mapping.period[0] if mapping.period else mapping.kpi
    for cell in line.cells:
        for text in cell.splitlines():
            parts = text.split(mapping.grid.delimiter)
            if least <= len(parts) <= len(mapping.header.cells) and labels.are_of(
                parts[period].strip()
            ):
                return text
    return ""


def check_unnamed(line: GridLine, unnamed: Sequence[int], count: int) -> None:
    """Raise `NotationError` for a cell under no name, but for the number of the row in front."""
    for place in unnamed:
        text = line.cells[place].strip()
        if text and (place or text not in {f"{count}", f"{count + 1}"}):
            hint = "give the column a name, or name those to take with --columns"
            raise NotationError(f"'{safe(text[:40])}' is in a column without a name", hint=hint)
