"""What a format needs to know of where it draws, and how a cell is said there."""

from collections.abc import Sequence

from kpicli import screen
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.views.parts.cells import Cell, Claim, Spark, Verdict, cell_text

_BARS = "▁▂▃▄▅▆▇█"
_MIDDLE = "▄"
_GAP = "·"
_ARROWS = {"up": "↗", "down": "↘", "flat": "→"}


class Dialect(NamedTuple):
    """How a table of texts is written: what stands between two cells, and the decimal mark."""

    delimiter: str = ","
    decimal: str = "."


class Canvas(NamedTuple):
    """Where a view is drawn: columns, colour, what the encoding can carry, and how tables go."""

    width: int = 80
    has_color: bool = False
    encoding: str = "utf-8"
    dialect: Dialect = Dialect()

    def carries(self, text: str) -> bool:
        """Whether the encoding has every character."""
        return screen.can_carry(self.encoding, text)


def encodable_text(text: str, canvas: Canvas) -> str:
    """The text in what the encoding can carry."""
    return screen.encodable(text, canvas.encoding)


def readable_text(cell: Cell, canvas: Canvas) -> str:
    """A cell for people, with its mark where the encoding has it."""
    text = cell_text(cell)
    if not text.isascii():
        text = encodable_text(text, canvas)
    if isinstance(cell, Verdict) and canvas.carries(cell.status.mark):
        return f"{cell.status.mark} {text}"
    if isinstance(cell, Claim):
        mark = cell.mark if canvas.carries(cell.mark) else cell.word
        return f"{mark} {text}" if cell.reason else mark
    return text


def line_on_screen(text: str, canvas: Canvas) -> str:
    """A safe line for a terminal or a pipe: what reads from right to left moves nothing else."""
    return encodable_text(isolated_text(text, canvas), canvas)


def cell_on_screen(cell: Cell, canvas: Canvas) -> str:
    """A cell for a terminal or a pipe: a name that reads from right to left keeps its place."""
    text = readable_text(cell, canvas)
    return text if text.isascii() else isolated_text(text, canvas, is_whole=isinstance(cell, str))


def isolated_text(text: str, canvas: Canvas, *, is_whole: bool = False) -> str:
    """The text by kpi's own marks, where the encoding has them: see `screen.isolated`."""
    if text.isascii() or not canvas.carries(screen.ISOLATES):
        return text
    return screen.isolated(text, is_whole=is_whole)


def spark_texts(spark: Spark, canvas: Canvas) -> tuple[str, str]:
    """For the eye: the line of the values and the arrow of the move, or else the word of it."""
    line, move = sparkline(spark.points), arrow(spark.move)
    return (line, move) if canvas.carries(line + move) else ("", cell_text(spark))


def sparkline(values: Sequence[float | None]) -> str:
    """A bar a value from the least to the greatest of them, a dot where there is none.

    Where all are equal the bars are of middle height (Tufte, «Beautiful Evidence», 2006).
    """
    numbers = [value for value in values if value is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    return "".join(_GAP if value is None else _bar(value, low, high) for value in values)


def _bar(value: float, low: float, high: float) -> str:
    if low == high:
        return _MIDDLE
    return _BARS[min(int((value - low) / (high - low) * len(_BARS)), len(_BARS) - 1)]


def arrow(move: str) -> str:
    """Which way it goes, nothing where nothing is said."""
    return _ARROWS.get(move, "")


COLORS = {Status.ON_TARGET: "green", Status.AT_RISK: "yellow", Status.OFF_TARGET: "red"}
"""The colour of a status, where it has one."""
