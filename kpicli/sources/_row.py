"""One actual as it stands in a table."""

from typing import NamedTuple

from kpicli.errors import KpiError, NotationError
from kpicli.model.number import Mark
from kpicli.model.record import MOST_BY, MOST_NOTE

EXPORTED = frozenset({"id", "name", "replaced_by", "replaces", "skip", "source", "unit"})
"""Columns of kpi's own exports, beside those of an actual."""


class SourceRow(NamedTuple):
    """One actual as it was given; `line` counts from 1, a value of `None` is none.

    `mark` is the decimal mark where that is settled. `raw` is a line of JSON as it stands, without
    its end, and `is_sealed` says that it begins with an id, as a line of a log does.
    """

    line: int
    kpi: str
    period: str
    value: str | None
    note: str = ""
    by: str | None = None
    at: str = ""
    mark: Mark | None = None
    raw: bytes = b""
    is_sealed: bool = False
    target: str = ""
    unit: str = ""
    """Of an actual that kpi itself exported, as it was recorded."""
    skip: bool = False
    """Whether kpi itself exported it as not applicable."""
    replaces: str = "unknown"
    """What it replaces, as kpi itself exported that."""


def check_length(note: str, by: str) -> None:
    """Raise `NotationError` for a note or a name longer than a record may have."""
    if len(note) > MOST_NOTE:
        raise NotationError(f"note is longer than {MOST_NOTE:,} characters", hint="shorten it")
    if len(by) > MOST_BY:
        raise NotationError(f"by is longer than {MOST_BY} characters", hint="shorten it")


def placed(error: KpiError, shown: str, line: int) -> KpiError:
    """A fault with its place."""
    return KpiError(error.message, where=f"{shown}:{line}", hint=error.hint)
