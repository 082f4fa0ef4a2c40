"""The last write of somebody, and what stood before it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kpicli.model.record import LogLine

Pair = tuple[str, str]
"""A KPI's id of today, and the label of a period."""


class UndoStep(NamedTuple):
    """One pair of a write: what it recorded, what stood before, and what was recorded since."""

    pair: Pair
    written: LogLine
    before: LogLine | None = None
    since: LogLine | None = None


def last_write(lines: Iterable[LogLine], writer: str) -> list[LogLine]:
    """The lines of the writer's greatest instant: one write has one `(by, at)`."""
    found: list[LogLine] = []
    for line in lines:
        if line.by != writer:
            continue
        if found and line.at > found[0].at:
            found = []
        if not found or line.at == found[0].at:
            found.append(line)
    return found


def undo_steps(
    lines: Iterable[LogLine], write: Sequence[LogLine], ids: Mapping[str, str]
) -> dict[Pair, UndoStep]:
    """What taking a write back means for each of its pairs, found in one pass over the log."""
    found: dict[Pair, UndoStep] = {}
    for line in sorted(write, key=_order):
        pair = _pair(line, ids)
        found[pair] = UndoStep(pair, line)
    for line in lines:
        step = found.get(_pair(line, ids))
        if step is None or (line.by, line.at) == (step.written.by, step.written.at):
            continue
        if _order(line) > _order(step.written):
            found[step.pair] = step._replace(since=max(line, step.since or line, key=_order))
        else:
            found[step.pair] = step._replace(before=max(line, step.before or line, key=_order))
    return found


def _pair(line: LogLine, ids: Mapping[str, str]) -> Pair:
    return ids.get(line.kpi, line.kpi), line.period


def _order(line: LogLine) -> tuple[str, str]:
    return line.at, line.id
