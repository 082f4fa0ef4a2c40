"""How far something is: a line on a terminal that is written over, and gone when it is done."""

import os
import sys
from contextlib import suppress
from time import monotonic
from typing import Self

from kpicli.cli.output import error_columns

_ERASE = "\r\x1b[2K"
_PATIENCE = 1.0
"""Seconds after which somebody wonders."""


class StatusLine:
    """Nothing off a terminal, or where it is to be `quiet`; texts are safe and ASCII."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._begun, self._shown = monotonic(), ""
        is_plain = os.environ.get("TERM", "dumb") == "dumb"
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._is_wanted = is_terminal and not is_plain and not is_quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write it, where it takes so long that somebody wonders."""
        if self._is_wanted and text != self._shown and monotonic() - self._begun > _PATIENCE:
            columns = error_columns() - 1
            short = text if len(text) <= columns else f"{text[: max(0, columns - 3)]}..."
            self._write(_ERASE + short)
            self._shown = text

    def clear(self) -> None:
        """Make room for what is said to stay."""
        if self._shown:
            self._write(_ERASE)
            self._shown = ""

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            os.write(sys.stderr.fileno(), text.encode())
