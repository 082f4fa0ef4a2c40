"""A cell on a terminal: its text, its colour, and a line of a file with carets under it."""

from collections.abc import Iterator

from kpicli.render.canvas import (
    COLORS,
    Canvas,
    encodable_text,
    isolated_text,
    readable_text,
    spark_texts,
)
from kpicli.render.terminal.ink import Line, Run, broken
from kpicli.screen import pad, width, wrapped
from kpicli.text import safe
from kpicli.views.parts.cells import Bar, Cell, Change, Claim, Excerpt, Spark, Verdict

_INDENT = 4
NARROW = 20  # columns with less of which wrapping makes no text easier to read
_FEWEST_VALUES = 3  # values of which a line still says something
_MOST_MARKED = 4  # characters in a column, a letter with all its marks


def visible_text(cell: Cell, canvas: Canvas) -> str:
    """The cell as it is seen, without its colour."""
    if isinstance(cell, Bar) and canvas.carries("█"):
        return f"{str(cell)[:1]}{'█' * cell.steps}"
    if isinstance(cell, Spark):
        line, move = spark_texts(cell, canvas)
        return f"{line} {move or ' '}" if line else move
    return readable_text(cell, canvas)


def cell_lines(text: str, room: int) -> list[str]:
    """A text broken between words into lines of so many columns."""
    return wrapped(text, room).split("\n") if width(text) > room else [text]


def longest_word(text: str) -> int:
    """The columns of its longest word."""
    return max(map(width, text.split()), default=0)


def cell_runs(cell: Cell, canvas: Canvas, room: int) -> list[Line]:
    """The cell in so many columns, as lines; of a line of values only the move has a colour."""
    if isinstance(cell, Spark):
        line, move = spark_texts(cell, canvas)
        return [_spark(line, Run(move, _style(cell)), room)]
    is_whole = isinstance(cell, str)
    return [
        [Run(isolated_text(line, canvas, is_whole=is_whole), _style(cell))]
        for line in cell_lines(visible_text(cell, canvas), room)
    ]


def _spark(line: str, move: Run, room: int) -> Line:
    """The latest of its values, as many as there is room for, so that moves are aligned."""
    count = room - 2
    if not line or count < _FEWEST_VALUES:
        return [move]
    return [Run(f"{pad(line[-count:], count, right=True)} "), move]


def whole_cell(cell: Cell, canvas: Canvas) -> Line:
    """All of the cell as it is seen."""
    return cell_runs(cell, canvas, width(visible_text(cell, canvas)))[0]


def _style(cell: Cell) -> str:
    if isinstance(cell, Verdict):
        return COLORS.get(cell.status, "dim")
    if isinstance(cell, Claim):
        return "dim" if cell.is_silent else "green" if cell.is_met else "red"
    if isinstance(cell, Change | Bar | Spark) and cell.is_favourable is not None:
        return "green" if cell.is_favourable else "red"
    return ""


def excerpt_lines(cell: Excerpt, canvas: Canvas) -> Iterator[Line]:
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
    yield from set_in([Run(line, "dim")], canvas)
    yield from set_in([Run(" " * width(before) + carets, "red")], canvas)


def _within(text: str, columns: int) -> str:
    """As much of its beginning as takes no more columns."""
    text = text[: max(columns, 0) * _MOST_MARKED]
    while width(text) > columns:
        text = text[:-1]
    return text


def set_in(line: Line, canvas: Canvas) -> Iterator[Line]:
    """A line beneath what it belongs to, further in where there is room for that."""
    if canvas.width < NARROW:
        yield line
        return
    for part in broken(line, canvas.width - _INDENT):
        yield [Run(" " * _INDENT), *part]
