"""A table on a terminal: rows beneath their headings, or one under the other."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import dropwhile, takewhile

from kpicli.render.canvas import Canvas, encodable_text, line_on_screen
from kpicli.render.terminal.cells import (
    NARROW,
    cell_lines,
    cell_runs,
    excerpt_lines,
    set_in,
    visible_text,
    whole_cell,
)
from kpicli.render.terminal.ink import ENDLESS, Line, Run, columns_of, paragraph
from kpicli.render.terminal.layout import GAP, INDENT, TableLayout, indent_of, layout, total
from kpicli.screen import width
from kpicli.views.parts.cells import Excerpt, Verdict, cell_and_remark, cell_text
from kpicli.views.parts.view import Row, Table

_APART = " · "  # between two remarks beneath a row
_space = cache(lambda columns: Run(" " * columns))  # so many columns of nothing


def table_ink(table: Table, canvas: Canvas, room: int) -> Iterator[Line]:
    """Its rows beneath their headings; a list as paragraphs; where neither fits, a line a cell."""
    return _list(table, canvas, room) if table.is_list else _TableInk(table, canvas).lines()


class _TableInk:
    """A table in its layout, as lines of runs."""

    def __init__(self, table: Table, canvas: Canvas) -> None:
        self.table, self.canvas = table, canvas
        self.layout = layout(table, canvas)
        self.room = canvas.width if canvas.width >= NARROW else ENDLESS
        self.first, *self.rest = table.for_people(has_extras=True)

    def lines(self) -> Iterator[Line]:
        """Headings, then the rows of each section beneath its name."""
        if self.layout:
            yield from self._head(self.layout)
        for name, rows in self.table.sections():
            if name and rows[0] is not self.table.rows[0]:
                yield []
            yield from self._spread(line_on_screen(name, self.canvas), "bold") if name else ()
            for row in rows:
                yield from self._row(row)

    def _head(self, form: TableLayout) -> Iterator[Line]:
        cells = {
            at: [
                [Run(line, "bold")]
                for line in cell_lines(self._heading(at), form.widths.get(at, self.canvas.width))
            ]
            for at in (self.first, *form.widths)
        }
        yield from self._cells(cells, form)
        yield [Run(("─" if self.canvas.carries("─") else "-") * total(form.widths))]

    def _heading(self, at: int) -> str:
        return encodable_text(self.table.columns[at].heading, self.canvas)

    def _row(self, row: Row) -> Iterator[Line]:
        form, margin = self.layout, indent_of(row)
        if form is None:
            yield from self._down(row)
            return
        cells = {at: self._runs(row, at, room) for at, room in form.widths.items()}
        name = form.widths.get(self.first, self.canvas.width)
        cells[self.first] = [
            [_space(margin), *line] for line in self._runs(row, self.first, name - margin)
        ]
        yield from self._cells(cells, form)
        yield from self._spread(self._remarks(row, form), margin=margin + INDENT)

    def _runs(self, row: Row, at: int, room: int) -> list[Line]:
        cell = row.cells[at]
        is_tight = self.layout and self.layout.is_tight
        return cell_runs(cell_and_remark(cell)[0] if is_tight else cell, self.canvas, room)

    def _cells(self, cells: dict[int, list[Line]], form: TableLayout) -> Iterator[Line]:
        """Side by side; the first above the others where it is stacked, and they leave no room."""
        if not form.is_stacked:
            yield from self._beside(form, cells)
            return
        *names, name = cells[self.first]
        line, *lines = self._beside(form, cells)
        yield from names
        free = sum(len(run.text) for run in takewhile(lambda run: not run.text.strip(), line))
        space = free - columns_of(name)
        if space >= GAP:
            yield [*name, Run(" " * space), *dropwhile(lambda run: not run.text.strip(), line)]
        else:
            yield from (name, line)
        yield from lines

    def _beside(self, form: TableLayout, cells: dict[int, list[Line]]) -> Iterator[Line]:
        """Cells of as many lines as they have, side by side."""
        for number in range(max(len(cells[at]) for at in form.widths)):
            line: Line = []
            for at, room in form.widths.items():
                runs = cells[at][number] if number < len(cells[at]) else []
                space = _space(room - columns_of(runs))
                line += [space, *runs] if self.table.columns[at].is_number else [*runs, space]
                line.append(_space(GAP))
            yield line

    def _remarks(self, row: Row, form: TableLayout) -> str:
        """What has no room beside the cells of a row; what completes a number is first."""
        kept = [self._kept(row, at) for at in form.beneath]
        on_numbers: list[str] = []
        others: list[str] = []
        for at in form.widths if form.is_tight else ():
            column, (_, remark) = self.table.columns[at], cell_and_remark(row.cells[at])
            if remark != column.common:
                (on_numbers if column.is_number else others).append(remark)
        remarks = filter(None, (*on_numbers, *kept, *others))
        return line_on_screen(_APART.join(remarks), self.canvas)

    def _kept(self, row: Row, at: int) -> str:
        """A cell without its column, but for what the heading of the view says."""
        column, text = self.table.columns[at], cell_text(row.cells[at])
        return f"{column.heading}: {text}" if text and text != column.common else ""

    def _down(self, row: Row) -> Iterator[Line]:
        """A line a cell, for a terminal too narrow for any table."""
        margin = indent_of(row)
        yield from self._set_in(row, self.first, margin)
        for at in self.rest:
            column = self.table.columns[at]
            is_kept = not column.rank or (column.is_kept and self._kept(row, at))
            if cell_text(row.cells[at]) and is_kept:
                yield from self._set_in(row, at, margin + INDENT, f"{self._heading(at)}: ")

    def _set_in(self, row: Row, at: int, margin: int, heading: str = "") -> Iterator[Line]:
        """A cell after its heading, or beneath it; a remark on it beneath in any case."""
        cell, remark = cell_and_remark(row.cells[at])
        room = self.room - margin
        is_whole = self.table.columns[at].is_number or isinstance(cell, Verdict)
        lines = cell_runs(cell, self.canvas, ENDLESS if is_whole else room - width(heading))
        if heading and (len(lines) > 1 or width(heading) + columns_of(lines[0]) > room):
            yield [Run(" " * margin), Run(heading)]
            heading, margin = "", margin + INDENT
            lines = lines if is_whole else cell_runs(cell, self.canvas, room - INDENT)
        yield from ([Run(" " * margin), Run(heading), *line] for line in lines)
        yield from self._spread(remark, margin=margin + INDENT * bool(heading))

    def _spread(self, text: str, style: str = "", margin: int = 0) -> Iterator[Line]:
        lines: Iterable[str] = cell_lines(text, self.room - margin) if text else ()
        yield from ([Run(" " * margin), Run(line, style)] for line in lines)


def _list(table: Table, canvas: Canvas, room: int) -> Iterator[Line]:
    for name, rows in table.sections():
        if name and rows[0] is not table.rows[0]:
            yield []
        if name:
            yield from paragraph(line_on_screen(name, canvas), "bold underline", room)
        for row in rows:
            yield from _item(table, row, canvas, room)


def _item(table: Table, row: Row, canvas: Canvas, room: int) -> Iterator[Line]:
    """A row of a list: its brief cells in bold, and beneath them its sentences."""
    columns = table.for_people()
    head = [row.cells[at] for at in columns if table.columns[at].is_brief]
    texts = (visible_text(cell, canvas) for cell in head)
    yield from paragraph("  ".join(filter(None, texts)), "bold", room)
    for at in columns:
        cell = row.cells[at]
        if isinstance(cell, Excerpt):
            yield from excerpt_lines(cell, canvas)
        elif cell is not None and not table.columns[at].is_brief:
            yield from set_in(whole_cell(cell, canvas), canvas)
