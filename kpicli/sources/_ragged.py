"""Rows of text that are short or long, or that have swallowed others, held against the header."""

from kpicli.errors import NotationError
from kpicli.sources._grid import GridLine
from kpicli.sources._mapping import ColumnMapping
from kpicli.sources._periods import PeriodLabels
from kpicli.text import safe


def check_cells(line: GridLine, mapping: ColumnMapping, labels: PeriodLabels) -> None:
    """Raise `NotationError` for a row that no header has."""
    names = mapping.header.cells
    least = max(at for at, name in enumerate(names) if name.strip()) + 1
    count, delimiter = len(line.cells), mapping.grid.delimiter
    if not least <= count <= len(names):
        many = f"a cell with a '{safe(delimiter)}' in it is written in quotes"
        hint = "leave a cell empty, not out" if count < least else many
        raise NotationError(f"{count} cells under a header of {least}", hint=hint)
    if line.last > line.first and (row := _swallowed(line, mapping, labels, least)):
        raise NotationError(
            f"a quoted cell holds what may be a row: '{safe(row[:40])}'",
            hint="close the quote, or write the cell on one line",
        )


def _swallowed(line: GridLine, mapping: ColumnMapping, labels: PeriodLabels, least: int) -> str:
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
