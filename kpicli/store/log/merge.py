"""Lines of another log, or of an export of one: those that this log does not have yet."""

from collections.abc import Iterable, Iterator, Mapping

from kpicli.errors import KpiError
from kpicli.model.record import LogLine, Record
from kpicli.noun import NamedTuple
from kpicli.store.log.codec import read_line, write_line

_CORRECTED = "to correct that one, leave the at of this row empty"

_Instant = tuple[str, str, str]


class Copied(NamedTuple):
    """A record that was made elsewhere or before: its line with the end, and where it was found.

    `fields` are value, skip, name and note where the line was made anew of them; empty where it is
    the very line.
    """

    id: str
    kpi: str
    period: str
    at: str
    content: bytes
    line: int
    fields: tuple[object, ...] = ()


class Merge(NamedTuple):
    """The lines that are new here, how many were here already, and what can't be merged."""

    new: tuple[Copied, ...]
    duplicates: int
    faults: tuple[tuple[int, KpiError], ...]

    @property
    def content(self) -> bytes:
        """The new lines, each with its end."""
        return b"".join(copy.content for copy in self.new)


NOTHING_MERGED = Merge((), 0, ())  # what comes of no copies


def copied(raw: bytes, number: int) -> Copied:
    """A sealed line as it is; raises `NotationError` where it is damaged."""
    line = read_line(raw, number)
    return Copied(line.id, line.subject, line.period, line.at, raw + b"\n", number)


def sealed(record: Record, number: int) -> Copied:
    """The line that a record was, or would have been, written as."""
    if record.replaces == "unknown" and not record.unit:  # a line that has neither says so too
        record = record._replace(replaces="")
    content, id = write_line(record)
    fields = record.value, record.skip, record.by, record.note
    return Copied(id, record.kpi, str(record.period), record.at, content, number, fields)


def merge(lines: Iterable[LogLine], copies: Iterable[Copied], ids: Mapping[str, str]) -> Merge:
    """Hold the copies against all lines of this log; each id is taken once.

    A copy that was made anew is here already where a line says the same, however that is written.
    One that says something else at the instant of a record here, or of another copy, is a fault:
    neither would be the later. `ids` maps former ids to today's.
    """
    waiting = {copy.id: copy for copy in copies}
    total = len(waiting)
    anew: dict[_Instant, list[Copied]] = {}
    for copy in waiting.values():
        if copy.fields:
            anew.setdefault(_instant(copy, ids), []).append(copy)
    changed: dict[str, Copied] = {}
    for line in lines:
        waiting.pop(line.id, None)
        for copy in anew.get(_instant(line, ids), ()):
            if copy.fields == (line.decimal, line.skip, line.by, line.note):
                waiting.pop(copy.id, None)
            changed[copy.id] = copy
    new = tuple(waiting.values())
    faults = [(copy.line, _fault(copy)) for id, copy in changed.items() if id in waiting]
    for group in anew.values():
        faults += _ties([copy for copy in group if copy.id in waiting])
    return Merge(new, total - len(new), tuple(faults))


def _instant(line: LogLine | Copied, ids: Mapping[str, str]) -> _Instant:
    return ids.get(line.kpi, line.kpi), line.period, line.at


def _fault(copy: Copied) -> KpiError:
    return KpiError(
        f"{copy.kpi} {copy.period}: another record of the same instant, {copy.at}, is here already",
        hint=_CORRECTED,
    )


def _ties(group: list[Copied]) -> Iterator[tuple[int, KpiError]]:
    """New copies of one instant that do not say the same."""
    for copy in group[1:]:
        if copy.fields != group[0].fields:
            message = f"also on line {group[0].line} with the same at, {copy.at}"
            yield copy.line, KpiError(f"{copy.kpi} {copy.period} {message}", hint=_CORRECTED)
