"""A table on a terminal: the columns that there is room for, or a line a row."""

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from kpicli.render.canvas import Canvas, encodable_text, line_on_screen
from kpicli.render.terminal.cells import excerpt_lines, indent, styled_text, visible_text
from kpicli.screen import width
from kpicli.views.parts.cells import Excerpt, cell_text
from kpicli.views.parts.view import Row, Table

GAP = 2
"""Columns between two columns."""
_RULED_IN_ASCII = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def fits(table: Table, canvas: Canvas) -> bool:
    """Whether it is drawn without a word broken."""
    return table.is_list or _widths(table, canvas) is not None


def table_renderables(table: Table, canvas: Canvas) -> Iterator[RenderableType]:
    """Its rows beneath their headings; a list as paragraphs; where neither fits, brief lines."""
    return _list(table, canvas) if table.is_list else _grid_of(table, canvas)


def _list(table: Table, canvas: Canvas) -> Iterator[RenderableType]:
    for name, rows in table.sections():
        yield from [""] if name and rows[0] is not table.rows[0] else []
        yield from [Text(line_on_screen(name, canvas), style="bold underline")] if name else []
        for row in rows:
            yield from _item(table, row, canvas)


def _grid_of(table: Table, canvas: Canvas) -> Iterator[RenderableType]:
    widths = _widths(table, canvas)
    if widths is None:
        for name, rows in table.sections():
            yield from [Text(line_on_screen(name, canvas), style="bold")] if name else []
            yield from (_brief(table, row, canvas) for row in rows)
        return
    head = _grid(table, widths, canvas, is_headed=True)
    for name, rows in table.sections():
        if name:
            yield from [head] if rows[0] is table.rows[0] else [""]
            yield Text(line_on_screen(name, canvas), style="bold")
        part = _grid(table, widths, canvas, is_headed=not name)
        for row in rows:
            part.add_row(*(_ink(table, row, at, canvas) for at in widths))
        yield part
    if not table.rows:
        yield head


def _grid(table: Table, widths: dict[int, int], canvas: Canvas, *, is_headed: bool) -> RichTable:
    """A table of those columns without a row."""
    grid = RichTable(
        box=box.SIMPLE_HEAD if canvas.carries("─") else _RULED_IN_ASCII,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        show_header=is_headed,
        header_style="bold",
    )
    for at, columns in widths.items():
        grid.add_column(
            Text(encodable_text(table.columns[at].heading, canvas)),
            justify="right" if table.columns[at].is_number else "left",
            width=columns,
            overflow="fold",
        )
    return grid


def _widths(table: Table, canvas: Canvas) -> dict[int, int] | None:
    """The columns that there is room for, and how wide; nothing where words would have to break.

    Columns go by rank; then texts are wrapped between words, the widest first; numbers never.
    """
    widths = {at: _widest(table, at, canvas) for at in table.for_people()}
    while (excess := _total(widths) - canvas.width) > 0:
        last = max(widths, key=lambda at: table.columns[at].rank)
        if table.columns[last].rank == 0:
            break
        del widths[last]
    least = {at: _least(table, at, canvas) for at in widths}
    for _ in range(excess):
        wide = [at for at in widths if widths[at] > least[at]]
        if not wide:
            return None
        widths[max(wide, key=lambda at: widths[at])] -= 1
    return widths


def _total(widths: dict[int, int]) -> int:
    """All columns with their gaps, the last one's as well: Rich counts it."""
    return sum(widths.values()) + GAP * len(widths) - 1


def _texts(table: Table, at: int, canvas: Canvas) -> Iterator[tuple[int, str]]:
    """Each cell of a column with its indent, the heading first."""
    yield 0, encodable_text(table.columns[at].heading, canvas)
    for row in table.rows:
        yield _indent(table, row, at), visible_text(row.cells[at], canvas)


def _indent(table: Table, row: Row, at: int) -> int:
    return 2 * row.depth if at == table.for_people()[0] else 0


def _widest(table: Table, at: int, canvas: Canvas) -> int:
    return max(indent + width(text) for indent, text in _texts(table, at, canvas))


def _least(table: Table, at: int, canvas: Canvas) -> int:
    """The width of a number, and of the longest word of a text."""
    if table.columns[at].is_number:
        return _widest(table, at, canvas)
    return max(indent + longest_word(text) for indent, text in _texts(table, at, canvas))


def longest_word(text: str) -> int:
    """The columns of its longest word."""
    return max(map(width, text.split()), default=0)


def _ink(table: Table, row: Row, at: int, canvas: Canvas) -> RenderableType:
    text = styled_text(row.cells[at], canvas)
    indent = _indent(table, row, at)
    return Padding(text, (0, 0, 0, indent)) if indent else text


def _brief(table: Table, row: Row, canvas: Canvas) -> Text:
    """One line without a table, for a terminal too narrow for any."""
    cells = [row.cells[at] for at, column in enumerate(table.columns) if column.is_brief]
    return Text(" ".join(line_on_screen(cell_text(cell), canvas) or "-" for cell in cells))


def _item(table: Table, row: Row, canvas: Canvas) -> Iterator[RenderableType]:
    """A row of a list: its brief cells in bold, and beneath them its sentences."""
    columns = table.for_people()
    head = [row.cells[at] for at in columns if table.columns[at].is_brief]
    texts = (visible_text(cell, canvas) for cell in head)
    yield Text("  ".join(filter(None, texts)), style="bold")
    for at in columns:
        cell = row.cells[at]
        if isinstance(cell, Excerpt):
            yield from excerpt_lines(cell, canvas)
        elif cell is not None and not table.columns[at].is_brief:
            yield indent(_ink(table, row, at, canvas), canvas)
