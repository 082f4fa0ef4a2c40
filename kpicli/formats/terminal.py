"""A terminal: Rich draws the tables, in the width and the colours that are there."""

from collections.abc import Iterator
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from kpicli.formats import COLORS, Canvas, carried, read_aloud
from kpicli.text import safe, shown, width
from kpicli.views.blocks import (
    Bar,
    Cell,
    Change,
    Claim,
    Excerpt,
    Fields,
    Note,
    Row,
    Table,
    Verdict,
    View,
    words,
)

ENDINGS = ()
IS_MACHINE = False
_GAP = 2
_RULED_IN_ASCII = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_INDENT = 4
_NARROW = 20
"""Columns with less of which wrapping makes no text easier to read."""
_MOST_MARKED = 4
"""Characters in a column, a letter with all its marks."""


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
    is_narrow = _is_narrow(view, canvas)
    with console.capture() as captured:
        for part in _parts(view, canvas):
            console.print(part, soft_wrap=is_narrow and not isinstance(part, Padding))
    yield "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _is_narrow(view: View, canvas: Canvas) -> bool:
    """Whether lines are left whole, for the terminal itself to break."""
    return canvas.width < _NARROW or not all(_fits(block, canvas) for block in view.for_people())


def _fits(block: Table | Fields | Note, canvas: Canvas) -> bool:
    if isinstance(block, Table):
        return block.is_list or _widths(block, canvas) is not None
    lines = _lines(block, canvas) if isinstance(block, Fields) else []
    heads = max((width(head) for head, _ in lines), default=0)
    longest = max((_longest_word(text.plain) for _, text in lines), default=0)
    return heads + _GAP + longest <= canvas.width


def _parts(view: View, canvas: Canvas) -> Iterator[RenderableType]:
    if view.heading:
        yield Text(carried(safe(view.heading), canvas), style="bold")
    for block in view.for_people():
        yield from _drawn(block, canvas)
    if view.footer:
        yield Text(carried(shown(view.footer), canvas), style="dim")


def _drawn(block: Table | Fields | Note, canvas: Canvas) -> Iterator[RenderableType]:
    if isinstance(block, Table) and block.is_list:
        for name, rows in block.sections():
            yield from [""] if name and rows[0] is not block.rows[0] else []
            yield from [Text(carried(name, canvas), style="bold underline")] if name else []
            for row in rows:
                yield from _item(block, row, canvas)
    elif isinstance(block, Table):
        yield from _table(block, canvas)
    elif isinstance(block, Fields):
        yield from _fields(block, canvas)
    else:
        text = Text(carried(block.text if block.is_code else shown(block.text), canvas))
        text.stylize("bold" if block.is_heading else "")
        yield _indented(text, canvas) if block.is_code else text


def _table(table: Table, canvas: Canvas) -> Iterator[RenderableType]:
    widths = _widths(table, canvas)
    if widths is None:
        for name, rows in table.sections():
            yield from [Text(carried(name, canvas), style="bold")] if name else []
            yield from (_brief(table, row, canvas) for row in rows)
        return
    head = _grid(table, widths, canvas, is_headed=True)
    for name, rows in table.sections():
        if name:
            yield from [head] if rows[0] is table.rows[0] else [""]
            yield Text(carried(name, canvas), style="bold")
        part = _grid(table, widths, canvas, is_headed=not name)
        for row in rows:
            part.add_row(*(_ink(table, row, at, canvas) for at in widths))
        yield part
    if not table.rows:
        yield head


def _grid(table: Table, widths: dict[int, int], canvas: Canvas, *, is_headed: bool) -> RichTable:
    """A table of those columns without a row."""
    drawn = RichTable(
        box=box.SIMPLE_HEAD if canvas.carries("─") else _RULED_IN_ASCII,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        show_header=is_headed,
        header_style="bold",
    )
    for at, columns in widths.items():
        drawn.add_column(
            Text(carried(table.columns[at].heading, canvas)),
            justify="right" if table.columns[at].is_number else "left",
            width=columns,
            overflow="fold",
        )
    return drawn


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
    return sum(widths.values()) + _GAP * len(widths) - 1


def _texts(table: Table, at: int, canvas: Canvas) -> Iterator[tuple[int, str]]:
    """Each cell of a column with its indent, the heading first."""
    yield 0, carried(table.columns[at].heading, canvas)
    for row in table.rows:
        yield _indent(table, row, at), _read(row.cells[at], canvas)


def _indent(table: Table, row: Row, at: int) -> int:
    return 2 * row.depth if at == table.for_people()[0] else 0


def _widest(table: Table, at: int, canvas: Canvas) -> int:
    return max(indent + width(text) for indent, text in _texts(table, at, canvas))


def _least(table: Table, at: int, canvas: Canvas) -> int:
    """The width of a number, and of the longest word of a text."""
    if table.columns[at].is_number:
        return _widest(table, at, canvas)
    return max(indent + _longest_word(text) for indent, text in _texts(table, at, canvas))


def _longest_word(text: str) -> int:
    return max(map(width, text.split()), default=0)


def _ink(table: Table, row: Row, at: int, canvas: Canvas) -> RenderableType:
    cell = row.cells[at]
    text = Text(_read(cell, canvas), style=_style(cell))
    indent = _indent(table, row, at)
    return Padding(text, (0, 0, 0, indent)) if indent else text


def _read(cell: Cell, canvas: Canvas) -> str:
    """As it is read aloud, but for a bar: its sign, and a block for each step."""
    if isinstance(cell, Bar) and canvas.carries("█"):
        return f"{str(cell)[:1]}{'█' * cell.steps}"
    return read_aloud(cell, canvas)


def _style(cell: Cell) -> str:
    if isinstance(cell, Verdict):
        return COLORS.get(cell.status, "dim")
    if isinstance(cell, Claim):
        return "green" if cell.is_met else "red"
    if isinstance(cell, Change | Bar) and cell.is_favourable is not None:
        return "green" if cell.is_favourable else "red"
    return ""


def _brief(table: Table, row: Row, canvas: Canvas) -> Text:
    """One line without a table, for a terminal too narrow for any."""
    cells = [row.cells[at] for at, column in enumerate(table.columns) if column.is_brief]
    return Text(" ".join(carried(words(cell), canvas) or "-" for cell in cells))


def _item(table: Table, row: Row, canvas: Canvas) -> Iterator[RenderableType]:
    """A row of a list: its brief cells in bold, and beneath them its sentences."""
    columns = table.for_people()
    head = [row.cells[at] for at in columns if table.columns[at].is_brief]
    yield Text("  ".join(read_aloud(cell, canvas) for cell in head), style="bold")
    for at in columns:
        cell = row.cells[at]
        if isinstance(cell, Excerpt):
            yield from (_indented(part, canvas) for part in _excerpt(cell, canvas))
        elif cell is not None and not table.columns[at].is_brief:
            yield _indented(_ink(table, row, at, canvas), canvas)


def _excerpt(cell: Excerpt, canvas: Canvas) -> Iterator[Text]:
    """The line, cut around what is meant where there is no room for all, and carets under that."""
    room = max(canvas.width - (_INDENT if canvas.width >= _NARROW else 0), 1)
    dots = carried("…", canvas)
    before, meant, after = (
        carried(safe(part.expandtabs(1)), canvas) for part in cell.parts(_MOST_MARKED * room)
    )
    kept = max(room // 3 - width(dots), 0)
    is_far = width(before + meant + (dots if after else "")) > room and width(before) > kept
    if is_far:
        before = dots + _within(before[::-1], kept)[::-1]
    line = before + meant + after
    if width(line) > room:
        line = _within(line, room - width(dots)) + dots
    carets = "^" * min(width(meant), room - width(before))
    yield Text(line, style="dim", no_wrap=True)
    yield Text(" " * width(before) + carets, style="red", no_wrap=True)


def _within(text: str, columns: int) -> str:
    """As much of its beginning as takes no more columns."""
    text = text[: max(columns, 0) * _MOST_MARKED]
    while width(text) > columns:
        text = text[:-1]
    return text


def _indented(part: RenderableType, canvas: Canvas) -> RenderableType:
    return Padding(part, (0, 0, 0, _INDENT)) if canvas.width >= _NARROW else part


def _fields(block: Fields, canvas: Canvas) -> Iterator[RenderableType]:
    """Headings beside what they name, or in front of it where there is no room for columns."""
    if not _fits(block, canvas):
        yield from (Text.assemble(head, "  ", text) for head, text in _lines(block, canvas))
        return
    grid = RichTable.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for head, text in _lines(block, canvas):
        grid.add_row(Text(head), text)
    yield grid


def _lines(block: Fields, canvas: Canvas) -> list[tuple[str, Text]]:
    """The fields that people read: heading and what it names."""
    return [
        (carried(field.heading, canvas), Text(read_aloud(field.cell, canvas), _style(field.cell)))
        for field in block.fields
        if field.heading
    ]
