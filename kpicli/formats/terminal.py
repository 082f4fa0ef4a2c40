"""A terminal: Rich draws the tables, in the width and the colours that are there."""

from collections.abc import Iterator
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from kpicli.formats import COLORS, Canvas, carried, read_aloud
from kpicli.text import shown, width
from kpicli.views.blocks import Cell, Change, Fields, Note, Row, Table, Verdict, View, words

ENDINGS = ()
IS_MACHINE = False
_GAP = 2
_NARROWEST_NAME = 8


def takes(_view: View) -> bool:
    """Every view."""
    return True


def render(view: View, canvas: Canvas) -> Iterator[str]:
    """Heading, blocks and footer."""
    console = Console(
        file=StringIO(),
        width=max(canvas.width, 1),
        color_system="standard" if canvas.has_color else None,
        force_terminal=canvas.has_color,
        no_color=not canvas.has_color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        if view.heading:
            console.print(Text(carried(shown(view.heading), canvas), style="bold"))
        for block in view.blocks:
            for part in _drawn(block, canvas):
                console.print(part)
        if view.footer:
            console.print(Text(carried(shown(view.footer), canvas), style="dim"))
    yield "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _drawn(block: Table | Fields | Note, canvas: Canvas) -> Iterator[RenderableType]:
    if isinstance(block, Table):
        yield from _table(block, canvas)
    elif isinstance(block, Fields):
        yield _fields(block, canvas)
    else:
        text = block.text if block.is_code else shown(block.text)
        yield Padding(Text(carried(text, canvas)), (0, 0, 0, 4 if block.is_code else 0))


def _table(table: Table, canvas: Canvas) -> Iterator[RenderableType]:
    columns = _fitting(table, canvas)
    if columns is None:
        yield from (_brief(table, row, canvas) for row in table.rows)
        return
    drawn = RichTable(
        box=box.SIMPLE_HEAD if canvas.carries("─") else box.ASCII2,
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    for place, at in enumerate(columns):
        column = table.columns[at]
        drawn.add_column(
            Text(carried(column.heading, canvas)),
            justify="right" if column.is_number else "left",
            no_wrap=column.is_number,
            overflow="fold",
            min_width=_NARROWEST_NAME if place == 0 else None,
        )
    for row in table.rows:
        drawn.add_row(
            *(_ink(row, at, canvas, indent=place == 0) for place, at in enumerate(columns))
        )
    yield drawn


def _fitting(table: Table, canvas: Canvas) -> list[int] | None:
    """The columns that there is room for; nothing where not even the ones that stay have any."""
    columns = table.for_people()
    while _needed(table, columns, canvas) > canvas.width:
        ranks = [table.columns[at].rank for at in columns]
        if max(ranks, default=0) == 0:
            return columns if _least(table, columns, canvas) <= canvas.width else None
        columns.remove(columns[ranks.index(max(ranks))])
    return columns


def _needed(table: Table, columns: list[int], canvas: Canvas) -> int:
    """The width at which no cell is wrapped."""
    return sum(_widest(table, at, canvas) for at in columns) + (_GAP + 1) * (len(columns) - 1)


def _least(table: Table, columns: list[int], canvas: Canvas) -> int:
    """The width at which only words are wrapped, in columns that are not numbers."""
    least = 0
    for at in columns:
        is_number = table.columns[at].is_number
        least += _widest(table, at, canvas) if is_number else _longest_word(table, at, canvas)
    return least + (_GAP + 1) * (len(columns) - 1)


def _texts(table: Table, at: int, canvas: Canvas) -> Iterator[str]:
    yield table.columns[at].heading
    for row in table.rows:
        indent = "  " * row.depth if at == table.for_people()[0] else ""
        yield indent + read_aloud(row.cells[at], canvas)


def _widest(table: Table, at: int, canvas: Canvas) -> int:
    return max(width(text) for text in _texts(table, at, canvas))


def _longest_word(table: Table, at: int, canvas: Canvas) -> int:
    return max(width(word) for text in _texts(table, at, canvas) for word in text.split() or [""])


def _ink(row: Row, at: int, canvas: Canvas, *, indent: bool) -> RenderableType:
    cell = row.cells[at]
    text = Text(read_aloud(cell, canvas), style=_style(cell))
    return Padding(text, (0, 0, 0, 2 * row.depth)) if indent and row.depth else text


def _style(cell: Cell) -> str:
    if isinstance(cell, Verdict):
        return COLORS.get(cell.status, "dim")
    if isinstance(cell, Change) and cell.is_favourable is not None:
        return "green" if cell.is_favourable else "red"
    return ""


def _brief(table: Table, row: Row, canvas: Canvas) -> Text:
    """One line without a table, for a terminal too narrow for any."""
    cells = [row.cells[at] for at, column in enumerate(table.columns) if column.is_brief]
    return Text(
        " ".join(carried(words(cell), canvas) or "-" for cell in cells),
        no_wrap=True,
        overflow="ignore",
    )


def _fields(block: Fields, canvas: Canvas) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for field in block.fields:
        if field.heading:
            grid.add_row(
                Text(carried(field.heading, canvas)),
                Text(read_aloud(field.cell, canvas), style=_style(field.cell)),
            )
    return grid
