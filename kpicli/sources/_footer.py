"""What stands around the rows of a table: their sum, their units, notes behind a blank line."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import inf

from kpicli.errors import or_none
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import Mark
from kpicli.model.source import Layout
from kpicli.sources._grid import EMPTY, ColumnMapping, GridLine, Typed
from kpicli.sources._header import Sight, is_sum_of_others
from kpicli.sources._periods import PeriodLabels


def lines_around(
    mapping: ColumnMapping,
    ends: tuple[GridLine | None, Sequence[GridLine]],
    labels: PeriodLabels,
    sight: Sight,
    marks: Mapping[int, Mark],
) -> tuple[GridLine, ...]:
    """The lines at the ends that are no rows: the first one, and those found from below."""
    first, last = ends

    def is_row(line: GridLine) -> bool:
        label = _label(mapping, line)
        return labels.are_of(label) or sight.definitions.kpi_named(label) is not None

    end = len(last)
    while end > 1 and (_is_apart(mapping, last, end - 1) or not is_row(last[end - 1])):
        if not _is_below(mapping, last, end - 1, marks):
            break
        end -= 1
    if first is None or is_row(first) or not end or not _is_head(mapping, first, sight, marks):
        return tuple(last[end:])
    return (first, *last[end:])


def _is_head(
    mapping: ColumnMapping, line: GridLine, sight: Sight, marks: Mapping[int, Mark]
) -> bool:
    """Whether the line beneath the header has the sum of all rows, or the unit of each KPI."""
    if _is_total(line):
        return True
    kpis = sight.definitions.kpis
    cells = {of: line.cells[place] for place, of in mapping.values if place < len(line.cells)}
    units = {of: cell.strip(" ()[]") for of, cell in cells.items() if cell.strip()}
    is_unit = bool(units) and all(of in kpis and kpis[of].unit == units[of] for of in units)
    return not _label(mapping, line) and (is_unit or _adds_up(mapping, line, marks, is_first=True))


def _is_total(line: GridLine) -> bool:
    """Whether its first cell says so."""
    return is_sum_of_others(next(filter(None, map(str.strip, line.cells)), ""))


def _is_apart(mapping: ColumnMapping, last: Sequence[GridLine], at: int) -> bool:
    """Whether a line has one cell where rows have several, and stands behind a blank line."""
    is_one = len(last[at].cells) == 1 < len(mapping.header.cells)
    return is_one and any(_is_gap(last, other) for other in range(at))


def _is_below(
    mapping: ColumnMapping, last: Sequence[GridLine], at: int, marks: Mapping[int, Mark]
) -> bool:
    line = last[at]
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    is_no_row = mapping.grid.delimiter == "|" and len(line.cells) == 1
    if is_no_row or _is_total(line):
        return True
    if not _label(mapping, line):
        return _adds_up(mapping, line, marks)
    if len(filled) == 1 and mapping.layout is not Layout.LONG:
        return True
    before = max((other for other in range(at) if _is_gap(last, other)), default=-1)
    return before >= 0 and all(
        _is_note(mapping, other, marks) for other in last[before + 1 : at + 1]
    )


def _is_gap(last: Sequence[GridLine], at: int) -> bool:
    """Whether a blank line stands behind that one."""
    return at + 1 < len(last) and last[at + 1].first > last[at].last + 1


def _is_note(mapping: ColumnMapping, line: GridLine, marks: Mapping[int, Mark]) -> bool:
    """Whether a line is a sentence, also one with commas: where the first value is, words are."""
    is_one = sum(map(bool, map(str.strip, line.cells))) == 1
    cells = {place: cell.strip() for place, cell in enumerate(line.cells)}
    filled = [place for place in mapping.places if cells.get(place, "").casefold() not in EMPTY]
    return is_one or (filled != [] and _number(line, min(filled), marks) is None)


def _label(mapping: ColumnMapping, line: GridLine) -> str:
    """What says of a row which one it is."""
    is_kpi = mapping.layout is Layout.ACROSS and mapping.kpi >= 0
    place = mapping.kpi if is_kpi else mapping.period[0]
    return line.cells[place].strip() if place < len(line.cells) else ""


def _adds_up(
    mapping: ColumnMapping, line: GridLine, marks: Mapping[int, Mark], *, is_first: bool = False
) -> bool:
    """Whether each number of a row without a name is the sum of those above it, or below it."""
    sums: dict[int, Decimal] = {}
    start, end = (line.first, inf) if is_first else (mapping.header.first, line.first)
    for other in mapping.grid.lines():
        if start < other.first < end:
            for place in mapping.places:
                number = _number(other, place, marks)
                if number is not None:
                    sums[place] = sums.get(place, Decimal(0)) + number
    totals = {place: _number(line, place, marks) for place in mapping.places}
    wanted = {place: total for place, total in totals.items() if total is not None}
    return bool(wanted) and all(sums.get(place) == total for place, total in wanted.items())


def _number(line: GridLine, place: int, marks: Mapping[int, Mark]) -> Decimal | None:
    cell = line.cells[place] if place < len(line.cells) else ""
    mark: Mark = "." if isinstance(cell, Typed) else marks.get(place, ".")
    quantity = or_none(read_quantity, str(cell), mark)
    return quantity and quantity[0]
