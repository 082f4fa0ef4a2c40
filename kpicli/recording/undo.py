"""The last write of somebody, and what stood before it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from kpicli.evaluation.series import note_key
from kpicli.model.period import recorded_period
from kpicli.model.record import LogLine
from kpicli.noun import NamedTuple

_ORDER = attrgetter("order")
Pair = tuple[str, ...]  # a KPI of today and the label of a period; of a note its writer too


class UndoStep(NamedTuple):
    """One pair of a write: what it recorded, what stood before, and what was recorded since."""

    pair: Pair
    written: LogLine
    before: LogLine | None = None
    since: LogLine | None = None

    @property
    def noun(self) -> str:
        """What it recorded."""
        return "note" if self.written.about else "actual"


def last_write(lines: Iterable[LogLine], writer: str) -> list[LogLine]:
    """The lines of the writer's greatest instant: one write has one `(by, at)`."""
    write: list[LogLine] = []
    for line in lines:
        if line.by != writer:
            continue
        if write and line.at > write[0].at:
            write = []
        if not write or line.at == write[0].at:
            write.append(line)
    return write


def first_days(write: Sequence[LogLine], ids: Mapping[str, str]) -> dict[str, date]:
    """Of each KPI of a write the day on which the first of its periods begins."""
    days: dict[str, date] = {}
    for line in write:
        id, day = ids.get(line.subject, line.subject), recorded_period(line.period).start
        days[id] = min(day, days.get(id, day))
    return days


def undo_steps(
    lines: Iterable[LogLine], write: Sequence[LogLine], ids: Mapping[str, str]
) -> dict[Pair, UndoStep]:
    """What taking a write back means for each of its pairs, found in one pass over the log."""
    steps: dict[Pair, UndoStep] = {}
    for line in sorted(write, key=_ORDER):
        pair = _pair(line, ids)
        steps[pair] = UndoStep(pair, line)
    for line in lines:
        step = steps.get(_pair(line, ids))
        if step is None or (line.by, line.at) == (step.written.by, step.written.at):
            continue
        if line.order > step.written.order:
            steps[step.pair] = step._replace(since=max(line, step.since or line, key=_ORDER))
        else:
            steps[step.pair] = step._replace(before=max(line, step.before or line, key=_ORDER))
    return steps


def _pair(line: LogLine, ids: Mapping[str, str]) -> Pair:
    return note_key(line, ids) if line.about else (ids.get(line.kpi, line.kpi), line.period)
