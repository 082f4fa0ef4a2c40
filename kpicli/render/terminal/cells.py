"""A cell on a terminal: its text, its colour, and a line of a file with carets under it."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from kpicli.render.canvas import COLORS, Canvas, carried, read_aloud, seen
from kpicli.text import safe, width
from kpicli.views.parts.cells import Bar, Cell, Change, Claim, Excerpt, Spark, Verdict

_INDENT = 4
NARROW = 20
"""Columns with less of which wrapping makes no text easier to read."""
_MOST_MARKED = 4
"""Characters in a column, a letter with all its marks."""


def read(cell: Cell, canvas: Canvas) -> str:
    """The cell as it is seen, without its colour."""
    if isinstance(cell, Bar) and canvas.carries("█"):
        return f"{str(cell)[:1]}{'█' * cell.steps}"
    if isinstance(cell, Spark):
        return " ".join(filter(None, seen(cell, canvas)))
    return read_aloud(cell, canvas)


def ink(cell: Cell, canvas: Canvas) -> Text:
    """The cell as it is seen; of a line of values only the move has a colour."""
    if isinstance(cell, Spark):
        text = Text(read(cell, canvas))
        text.stylize(_style(cell), len(seen(cell, canvas)[0]))
        return text
    return Text(read(cell, canvas), _style(cell))


def _style(cell: Cell) -> str:
    if isinstance(cell, Verdict):
        return COLORS.get(cell.status, "dim")
    if isinstance(cell, Claim):
        return "green" if cell.is_met else "red"
    if isinstance(cell, Change | Bar | Spark) and cell.is_favourable is not None:
        return "green" if cell.is_favourable else "red"
    return ""


def excerpt(cell: Excerpt, canvas: Canvas) -> Iterator[RenderableType]:
    """The line, cut around what is meant where there is no room for all, and carets under that."""
    room = max(canvas.width - (_INDENT if canvas.width >= NARROW else 0), 1)
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
    yield indented(Text(line, style="dim", no_wrap=True), canvas)
    yield indented(Text(" " * width(before) + carets, style="red", no_wrap=True), canvas)


def _within(text: str, columns: int) -> str:
    """As much of its beginning as takes no more columns."""
    text = text[: max(columns, 0) * _MOST_MARKED]
    while width(text) > columns:
        text = text[:-1]
    return text


def indented(part: RenderableType, canvas: Canvas) -> RenderableType:
    """Set in beneath what it belongs to, where there is room for that."""
    return Padding(part, (0, 0, 0, _INDENT)) if canvas.width >= NARROW else part
