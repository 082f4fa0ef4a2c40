"""A table as it stands: rows of cells with the lines that they are on, and how they were had."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kpicli.errors import KpiError, NotationError
from kpicli.model.record import MOST_BY, MOST_NOTE
from kpicli.noun import NamedTuple

JSON_STARTS = (b"{", b"[", b"<<<<<<<")
"""How lines begin that are no cells."""

EMPTY = frozenset({"", "-", "–", "n/a", "na", "#n/a", "null"})  # noqa: RUF001 - what people write
"""Cells in which nothing was measured, in any case; never 0."""

MOST_COLUMNS = 16_384
"""As many as a spreadsheet has."""


class Typed(str):
    """A cell that a machine wrote: a number with a point, whatever the table's own mark is."""

    __slots__ = ()


class GridLine(NamedTuple):
    """A row of cells that is not blank, and the first and the last line that it stands on."""

    first: int
    last: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """One way to see a table as rows of cells; `lines` begins anew each time.

    `settings` are the keys of a source that make it be seen so again, `remarks` what there is to
    say of it. Of a `ragged` one every row is held against the header, as text may lack a cell.
    """

    shown: str
    lines: Callable[[], Iterator[GridLine]]
    settings: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    delimiter: str = ""

    @property
    def is_ragged(self) -> bool:
        """Whether its rows were cut at a delimiter, and so may be short or long."""
        return bool(self.delimiter)


def check_length(note: str, by: str) -> None:
    """Raise `NotationError` for a note or a name longer than a record may have."""
    if len(note) > MOST_NOTE:
        raise NotationError(f"note is longer than {MOST_NOTE:,} characters", hint="shorten it")
    if len(by) > MOST_BY:
        raise NotationError(f"by is longer than {MOST_BY} characters", hint="shorten it")


def placed(error: KpiError, shown: str, line: int) -> KpiError:
    """A fault with its place."""
    return KpiError(error.message, where=f"{shown}:{line}", hint=error.hint)
