"""Lines of another log, or of an export of one: those that this log does not have yet."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kpicli.errors import KpiError
from kpicli.model.actual import Line, Record
from kpicli.store.line import read_line, write_line


class Copied(NamedTuple):
    """A record that was made elsewhere or before: its line with the end, and where it was found."""

    id: str
    kpi: str
    period: str
    at: str
    content: bytes
    line: int
    is_whole: bool
    """Whether it is the very line, and not one made anew of what it said."""


class Merge(NamedTuple):
    """The lines that are new here, how many were here already, and what can't be merged."""

    content: bytes
    new: tuple[Copied, ...]
    known: int
    faults: tuple[tuple[int, KpiError], ...]


NOTHING_MERGED = Merge(b"", (), 0, ())
"""What comes of no copies."""


def copied(raw: bytes, number: int) -> Copied:
    """A sealed line as it is; raises `NotationError` where it is damaged."""
    line = read_line(raw, number)
    return Copied(line.id, line.kpi, line.period, line.at, raw + b"\n", number, is_whole=True)


def sealed(record: Record, number: int) -> Copied:
    """The line that a record was, or would have been, written as."""
    content, id = write_line(record)
    return Copied(id, record.kpi, str(record.period), record.at, content, number, is_whole=False)


def merge(lines: Iterable[Line], copies: Iterable[Copied], ids: Mapping[str, str]) -> Merge:
    """Hold the copies against all lines of this log; each id is taken once.

    A copy of which only the value, note or name was changed has the instant of a record here, and
    neither would be the later: that is a fault. `ids` maps former ids to today's.
    """
    waiting = {copy.id: copy for copy in copies}
    total = len(waiting)
    instants = {_instant(copy, ids): copy for copy in waiting.values()}
    changed: dict[str, Copied] = {}
    for line in lines:
        waiting.pop(line.id, None)
        copy = instants.get(_instant(line, ids))
        if copy is not None and copy.id != line.id and not copy.is_whole:
            changed[copy.id] = copy
    faults = [(copy.line, _fault(copy)) for id, copy in changed.items() if id in waiting]
    new = tuple(waiting.values())
    return Merge(b"".join(copy.content for copy in new), new, total - len(new), tuple(faults))


def _instant(line: Line | Copied, ids: Mapping[str, str]) -> tuple[str, str, str]:
    return ids.get(line.kpi, line.kpi), line.period, line.at


def _fault(copy: Copied) -> KpiError:
    return KpiError(
        f"{copy.kpi} {copy.period}: another record of the same instant, {copy.at}, is here already",
        hint="to correct that one, leave the at of this row empty",
    )
