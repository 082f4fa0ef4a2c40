"""A cell on a terminal: its text, its colour, and a line of a file with carets under it."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from kpicli.render.canvas import COLORS, Canvas, cell_on_screen, encodable_text, spark_texts
from kpicli.screen import width
from kpicli.text import safe
from kpicli.views.parts.cells import Bar, Cell, Change, Claim, Excerpt, Spark, Verdict

_INDENT = 4
NARROW = 20
"""Columns with less of which wrapping makes no text easier to read."""
_MOST_MARKED = 4
"""Characters in a column, a letter with all its marks."""


def visible_text(cell: Cell, canvas: Canvas) -> str:
    """The cell as it is seen, without its colour."""
    if isinstance(cell, Bar) and canvas.carries("█"):
        return f"{str(cell)[:1]}{'█' * cell.steps}"
    if isinstance(cell, Spark):
        return " ".join(filter(None, spark_texts(cell, canvas)))
    return cell_on_screen(cell, canvas)


def styled_text(cell: Cell, canvas: Canvas) -> Text:
    """The cell as it is seen; of a line of values only the move has a colour."""
    if isinstance(cell, Spark):
        text = Text(visible_text(cell, canvas))
        text.stylize(_style(cell), len(spark_texts(cell, canvas)[0]))
        return text
    return Text(visible_text(cell, canvas), _style(cell))


def _style(cell: Cell) -> str:
    if isinstance(cell, Verdict):
        return COLORS.get(cell.status, "dim")
    if isinstance(cell, Claim):
        return "dim" if cell.is_silent else "green" if cell.is_met else "red"
    if isinstance(cell, Change | Bar | Spark) and cell.is_favourable is not None:
        return "green" if cell.is_favourable else "red"
    return ""


def excerpt_lines(cell: Excerpt, canvas: Canvas) -> Iterator[RenderableType]:
    """The line, cut around what is meant where there is no room for all, and carets under that."""
    room = max(canvas.width - (_INDENT if canvas.width >= NARROW else 0), 1)
    dots = encodable_text("…", canvas)
    before, marked, after = (
        encodable_text(safe(part.expandtabs(1)), canvas) for part in cell.parts(_MOST_MARKED * room)
    )
    kept = max(room // 3 - width(dots), 0)
    is_far = width(before + marked + (dots if after else "")) > room and width(before) > kept
    if is_far:
        before = dots + _within(before[::-1], kept)[::-1]
    line = before + marked + after
    if width(line) > room:
        line = _within(line, room - width(dots)) + dots
    carets = "^" * min(width(marked), room - width(before))
    yield indent(Text(line, style="dim", no_wrap=True), canvas)
    yield indent(Text(" " * width(before) + carets, style="red", no_wrap=True), canvas)


def _within(text: str, columns: int) -> str:
    """As much of its beginning as takes no more columns."""
    text = text[: max(columns, 0) * _MOST_MARKED]
    while width(text) > columns:
        text = text[:-1]
    return text


def indent(part: RenderableType, canvas: Canvas) -> RenderableType:
    """Set in beneath what it belongs to, where there is room for that."""
    return Padding(part, (0, 0, 0, _INDENT)) if canvas.width >= NARROW else part
