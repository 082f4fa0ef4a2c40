"""The ground of a chart: cells of braille dots, or of one ASCII character each."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter

from kpicli.noun import NamedTuple
from kpicli.views.parts.plot import Role

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""What a dot adds to the empty pattern, by its row and column (Unicode, «Braille Patterns»)."""
_NO_DOTS = 0x2800


class TextRun(NamedTuple):
    """Text of a line, and what it stands for."""

    text: str
    role: Role | None = None


ChartLine = tuple[TextRun, ...]


class Pen(NamedTuple):
    """How many dots a cell has, and the characters that things are drawn with.

    A role's sign is its point on a line and what its area is filled with; its sample shows in a
    legend how it is drawn.
    """

    across: int
    down: int
    signs: Mapping[Role, str]
    samples: Mapping[Role, str]
    upright: str
    upright_tick: str
    corner: str
    level: str
    level_tick: str
    rule: str
    event: str

    @property
    def is_coarse(self) -> bool:
        """Whether a cell is one dot, so that no line is finer than its points."""
        return self.down == 1


_SIGNS = dict(zip(Role, "●─·╌┈○▒░", strict=True))
_ASCII_SIGNS = dict(zip(Role, "*='~.o%:", strict=True))
_SAMPLES = dict(zip(Role, ["⠒●⠒", "⠒⠒⠒", "· ·", "⠒ ⠒", "⠂⠂⠂", "⠒○⠂", "▒▒▒", "░░░"], strict=True))
BRAILLE = Pen(2, 4, _SIGNS, _SAMPLES, *"│┤└─┬┊▲")
ASCII = Pen(1, 1, _ASCII_SIGNS, _ASCII_SIGNS, *"|++-+|^")


_Cell = tuple[str, Role | None]
_BLANK = " "


class DotGrid:
    """Cells in columns and rows; what is drawn later is what a cell stands for."""

    def __init__(self, columns: int, rows: int, pen: Pen) -> None:
        self.columns, self.rows, self.pen = columns, rows, pen
        self.across, self.down = columns * pen.across, rows * pen.down
        self._cells: list[list[_Cell]] = [[(_BLANK, None)] * columns for _ in range(rows)]

    def dot(self, x: int, y: int, role: Role) -> None:
        """A dot, counted from the top left; it joins those that are in its cell already."""
        if self.pen.is_coarse:
            self.fill(x, y, role)
            return
        row, column = self._cells[y // 4], x // 2
        before = ord(row[column][0])
        bits = before if before >> 8 == _NO_DOTS >> 8 else _NO_DOTS
        row[column] = chr(bits | _BITS[y % 4][x % 2]), role

    def point(self, x: int, y: int, role: Role) -> None:
        """A sign in place of the dots around it."""
        self.fill(x // self.pen.across, y // self.pen.down, role)

    def fill(self, column: int, row: int, role: Role, *, is_blank: bool = False) -> None:
        """A cell of an area; a blank one is part of it too, where an area is sparse."""
        self._cells[row][column] = _BLANK if is_blank else self.pen.signs[role], role

    def rule(self, column: int) -> None:
        """A line from top to bottom, where there is nothing else."""
        for row in self._cells:
            if row[column][0] == _BLANK:
                row[column] = self.pen.rule, None

    def roles(self) -> set[Role]:
        """What is to be seen of the roles."""
        return {role for row in self._cells for text, role in row if role and text != _BLANK}

    def line(self, row: int) -> ChartLine:
        """A row of cells, those of one role in one run."""
        runs = groupby(self._cells[row], key=itemgetter(1))
        return tuple(TextRun("".join(text for text, _ in run), role) for role, run in runs)
