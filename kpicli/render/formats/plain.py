"""Plain text for pipes: one line a row, aligned, the same at any width."""

from collections.abc import Iterator

from kpicli.render.canvas import COLORS, Canvas, cell_on_screen, line_on_screen
from kpicli.render.formats._places import is_any
from kpicli.screen import pad, width
from kpicli.text import clipped
from kpicli.views.parts.cells import Cell, Verdict
from kpicli.views.parts.view import Fields, Note, Table, View

ENDINGS = ("txt",)
IS_MACHINE = False
takes = is_any
_CODES = {"green": "32", "yellow": "33", "red": "31"}


def render(view: View, canvas: Canvas) -> Iterator[str]:
    """The rows alone: heading, footer and plots are for a screen."""
    for block in view.for_people():
        if isinstance(block, Table):
            yield from _table(block, canvas)
        elif isinstance(block, Fields):
            yield from _fields(block, canvas)
        elif isinstance(block, Note):
            yield from _note(block, canvas)


def _table(table: Table, canvas: Canvas) -> Iterator[str]:
    columns = table.for_people(below_heading=False)
    is_number = [column.is_number for column in table.columns]
    texts = [
        [
            ("  " * row.depth if not place else "") + (cell_on_screen(row.cells[at], canvas) or "-")
            for place, at in enumerate(columns)
        ]
        for row in table.rows
    ]
    widths = [[width(text) for text in line] for line in texts]
    widest = [max(column) for column in zip(*widths, strict=True)]
    section = ""
    for row, line, sizes in zip(table.rows, texts, widths, strict=True):
        if row.section != section and not table.is_list:
            section = row.section
            yield f"{line_on_screen(section, canvas)}\n"
        if row.line:
            yield f"{line_on_screen(row.line, canvas)}\n"
            continue
        spaces = [" " * (most - own) for most, own in zip(widest, sizes, strict=True)]
        cells = [
            _colored(space + text if is_number[at] else text + space, row.cells[at], canvas)
            for text, space, at in zip(line, spaces, columns, strict=True)
        ]
        yield f"{'  '.join(cells).rstrip()}\n"


def _colored(text: str, cell: Cell, canvas: Canvas) -> str:
    if canvas.has_color and isinstance(cell, Verdict) and cell.status in COLORS:
        return f"\x1b[{_CODES[COLORS[cell.status]]}m{text}\x1b[0m"
    return text


def _fields(block: Fields, canvas: Canvas) -> Iterator[str]:
    headed = [field for field in block.fields if field.heading]
    widest = max((width(field.heading) for field in headed), default=0)
    for field in headed:
        text = cell_on_screen(field.cell, canvas) or "-"
        yield f"{pad(line_on_screen(field.heading, canvas), widest)}  {text}\n"


def _note(note: Note, canvas: Canvas) -> Iterator[str]:
    text = note.text if note.is_code else clipped(note.text)
    yield f"{line_on_screen(text, canvas)}\n"
