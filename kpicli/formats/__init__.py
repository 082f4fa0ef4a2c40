"""Ink: how a view is drawn, one format a file."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from kpicli import text as texts
from kpicli.model.status import Status
from kpicli.views.blocks import Cell, Claim, Verdict, View, words


class Canvas(NamedTuple):
    """Where a view is drawn: columns, colour, and what the encoding can carry."""

    width: int = 80
    has_color: bool = False
    encoding: str = "utf-8"

    def carries(self, text: str) -> bool:
        """Whether the encoding has every character."""
        return texts.can_carry(self.encoding, text)


class Format(Protocol):
    """The shape of a member of this board.

    `ENDINGS` are the file name endings that mean it; `IS_MACHINE` says that its bytes do not
    depend on where they go.
    """

    @property
    def ENDINGS(self) -> tuple[str, ...]: ...  # noqa: D102, N802 - a constant of a module

    @property
    def IS_MACHINE(self) -> bool: ...  # noqa: D102, N802 - a constant of a module

    def takes(self, view: View) -> bool:
        """Whether it can draw such a view."""
        ...

    def render(self, view: View, canvas: Canvas) -> Iterator[str]:
        """The text, in pieces."""
        ...


class Drawing(NamedTuple):
    """A format, the canvas for it, and the file that it goes to, or `None` for stdout."""

    format: Format
    canvas: Canvas
    path: str | None = None


def carried(text: str, canvas: Canvas) -> str:
    """The same content in what the encoding can carry."""
    return texts.carried(text, canvas.encoding)


def read_aloud(cell: Cell, canvas: Canvas) -> str:
    """A cell for people, with its mark where the encoding has it."""
    text = carried(words(cell), canvas)
    if isinstance(cell, Verdict) and canvas.carries(cell.status.mark):
        return f"{cell.status.mark} {text}"
    if isinstance(cell, Claim):
        mark = cell.mark if canvas.carries(cell.mark) else ("yes" if cell.is_met else "no")
        return f"{mark} {text}" if cell.said else mark
    return text


COLORS = {
    Status.ON_TARGET: "green",
    Status.AT_RISK: "yellow",
    Status.OFF_TARGET: "red",
}
"""The colour of a status, where it has one."""
