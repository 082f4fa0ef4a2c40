"""A terminal: Rich draws tables and charts, in the width and the colours that are there."""

from collections.abc import Iterator
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from kpicli.render.canvas import Canvas, line_on_screen
from kpicli.render.terminal.cells import NARROW, indent, longest_word, styled_text
from kpicli.render.terminal.layout import GAP
from kpicli.render.terminal.tables import table_renderables
from kpicli.screen import width
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Block, Fields, Note, Table, View

ENDINGS = ()
IS_MACHINE = False


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
            is_broken = is_narrow and not isinstance(part, Padding)
            is_line = isinstance(part, Text) and part.no_wrap is True
            console.print(part, soft_wrap=is_broken or is_line)
    yield "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _is_narrow(view: View, canvas: Canvas) -> bool:
    """Whether lines are left whole, for the terminal itself to break."""
    return canvas.width < NARROW or not all(_fits(block, canvas) for block in view.for_people())


def _fits(block: Block, canvas: Canvas) -> bool:
    lines = _lines(block, canvas) if isinstance(block, Fields) else []
    heads = max((width(head) for head, _ in lines), default=0)
    longest = max((longest_word(text.plain) for _, text in lines), default=0)
    return heads + GAP + longest <= canvas.width


def _parts(view: View, canvas: Canvas) -> Iterator[RenderableType]:
    if view.heading:
        yield Text(line_on_screen(safe(view.heading), canvas), style="bold")
    has_parts = False
    for block in view.for_people():
        is_part = block.is_heading if isinstance(block, Note) else _is_plot(block)
        parts = list(_renderables(block, canvas))
        yield from [""] if is_part and has_parts and parts else []
        yield from parts
        has_parts = has_parts or bool(parts)
    if view.footer:
        yield Text(line_on_screen(clipped(view.footer), canvas), style="dim")


def _renderables(block: Block, canvas: Canvas) -> Iterator[RenderableType]:
    if isinstance(block, Table):
        yield from table_renderables(block, canvas)
    elif isinstance(block, Fields):
        yield from _fields(block, canvas)
    elif isinstance(block, Note):
        yield _note(block, canvas)
    else:
        from kpicli.render.terminal.charts import chart_renderables

        yield from chart_renderables(block, canvas)


def _is_plot(block: Block) -> bool:
    return not isinstance(block, Table | Fields | Note)


def _note(note: Note, canvas: Canvas) -> RenderableType:
    text = Text(line_on_screen(note.text if note.is_code else clipped(note.text), canvas))
    text.stylize("bold" if note.is_heading else "")
    return indent(text, canvas) if note.is_code else text


def _fields(block: Fields, canvas: Canvas) -> Iterator[RenderableType]:
    """Headings beside what they name, or in front of it where there is no room for columns."""
    if not _fits(block, canvas):
        yield from (Text.assemble(head, "  ", text) for head, text in _lines(block, canvas))
        return
    grid = RichTable.grid(padding=(0, GAP, 0, 0))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for head, text in _lines(block, canvas):
        grid.add_row(Text(head), text)
    yield grid


def _lines(block: Fields, canvas: Canvas) -> list[tuple[str, Text]]:
    """The fields that people read: heading and what it names."""
    return [
        (line_on_screen(field.heading, canvas), styled_text(field.cell, canvas))
        for field in block.fields
        if field.heading
    ]
