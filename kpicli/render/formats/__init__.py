"""Ink: how a view is drawn, one format a file."""

from collections.abc import Iterator
from typing import Protocol

from kpicli.noun import NamedTuple
from kpicli.render.canvas import Canvas
from kpicli.views.parts.view import View


class Format(Protocol):
    """The shape of a member of this board.

    `ENDINGS` are the file name endings that mean it; `IS_MACHINE` says that its bytes do not
    depend on where they go. Of one that `HAS_DIALECT` delimiter and decimal mark can be chosen. One
    that `IS_SPECIAL` is for the answers of those commands alone that name it in their `FORMATS`.
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
    """A format, what it draws, the canvas for it, and the file that it goes to, or stdout."""

    format: Format
    view: View
    canvas: Canvas
    path: str | None = None
