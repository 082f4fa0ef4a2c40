"""A terminal: tables and charts in the width and the colours that are there."""

from collections.abc import Iterator

from kpicli.render.canvas import Canvas, line_on_screen
from kpicli.render.formats._places import is_any
from kpicli.render.terminal.cells import NARROW, longest_word, set_in, whole_cell
from kpicli.render.terminal.ink import ENDLESS, Line, Run, broken, line_text, paragraph
from kpicli.render.terminal.layout import GAP
from kpicli.render.terminal.tables import table_ink
from kpicli.screen import pad, width
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Block, Fields, Note, Table, View

ENDINGS = ()
IS_MACHINE = False
takes = is_any


def render(view: View, canvas: Canvas) -> Iterator[str]:
    """Heading, blocks and footer; where that is too narrow, lines are left to the terminal."""
    lines = _lines(view, canvas, canvas.width if canvas.width >= NARROW else ENDLESS)
    yield "".join([f"{line_text(line, has_color=canvas.has_color)}\n" for line in lines])


def _lines(view: View, canvas: Canvas, room: int) -> Iterator[Line]:
    if view.heading:
        yield from paragraph(line_on_screen(safe(view.heading), canvas), "bold", room)
    has_parts = False
    for block in view.for_people():
        is_part = (
            block.is_heading if isinstance(block, Note) else not isinstance(block, Table | Fields)
        )
        lines = list(_block(block, canvas, room))
        if is_part and has_parts and lines:
            yield []
        yield from lines
        has_parts = has_parts or bool(lines)
    if view.footer:
        yield from paragraph(line_on_screen(clipped(view.footer), canvas), "dim", room)


def _block(block: Block, canvas: Canvas, room: int) -> Iterator[Line]:
    if isinstance(block, Table):
        return table_ink(block, canvas, room)
    if isinstance(block, Fields):
        return (_grid if canvas.width >= NARROW else _down)(_fields(block, canvas), canvas)
    if isinstance(block, Note):
        return _note(block, canvas, room)
    from kpicli.render.terminal.charts import chart_ink

    return chart_ink(block, canvas, room)


def _note(note: Note, canvas: Canvas, room: int) -> Iterator[Line]:
    text = line_on_screen(note.text if note.is_code else clipped(note.text), canvas)
    if not note.is_code:
        yield from paragraph(text, "bold" if note.is_heading else "", room)
        return
    for line in paragraph(text, "bold" if note.is_heading else "", ENDLESS):
        yield from set_in(line, canvas)


def _grid(fields: list[tuple[str, Line]], canvas: Canvas) -> Iterator[Line]:
    """Headings beside what they name, those that take half of the width above it.

    A word with no room there, as an address, stays whole.
    """
    widths = [width(head) for head, _ in fields]
    heads = max((each for each in widths if 2 * each <= canvas.width), default=0)
    room = canvas.width - heads - GAP
    for head, cell in fields:
        is_above = width(head) > heads
        if is_above:
            yield from paragraph(head, "bold", canvas.width)
        margin = [Run(pad("" if is_above else head, heads), "bold"), Run(" " * GAP, "bold")]
        is_whole = longest_word("".join(run.text for run in cell)) > room
        for line in broken(cell, ENDLESS if is_whole else room):
            yield [*margin, *line]
            margin = [Run(" " * (heads + GAP), "bold")]


def _down(fields: list[tuple[str, Line]], _canvas: Canvas) -> Iterator[Line]:
    """Headings in front of what they name, where there is no room for columns."""
    for head, cell in fields:
        yield [Run(head), Run("  "), *cell]


def _fields(block: Fields, canvas: Canvas) -> list[tuple[str, Line]]:
    """The fields that people read: heading and what it names."""
    return [
        (line_on_screen(field.heading, canvas), whole_cell(field.cell, canvas))
        for field in block.fields
        if field.heading
    ]
