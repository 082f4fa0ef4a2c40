"""Verify the log: one pass over all of it, and a look at what git has of it."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kpicli.errors import KpiError
from kpicli.model.log_issue import Flaw, Kind
from kpicli.model.record import Damage, LogLine
from kpicli.services.line_issues import Judge
from kpicli.services.load import reading_of
from kpicli.store.disk import DISK, Disk
from kpicli.store.git import ATTRIBUTE, conflicts, pattern
from kpicli.store.log.read import CONFLICT, TORN, Reading
from kpicli.store.log.revision import as_at, lines_at
from kpicli.text import plural

if TYPE_CHECKING:
    from kpicli.store.definitions.read import DefinitionsFile
    from kpicli.store.log.folder import FolderReading


_MOST_LINES = 1 << 40
"""Of one file: numbers beyond are those of the next one."""


class Verified(NamedTuple):
    """What was found: by file and line, then what is missing; and how many records there are.

    `is_new` says that the log was not there yet at the revision it was compared with.
    """

    flaws: tuple[Flaw, ...]
    records: int
    is_new: bool = False

    @property
    def has_damage(self) -> bool:
        """Whether lines of the log were left out."""
        return any(flaw.kind in {Kind.DAMAGED, Kind.CONFLICT} for flaw in self.flaws)

    @property
    def is_found(self) -> bool:
        """Whether there is more than a warning."""
        return any(not flaw.kind.is_warning for flaw in self.flaws)


def verify(
    file: "DefinitionsFile", now: str, since: str | None = None, disk: Disk = DISK
) -> Verified:
    """Judge every line of the log as of the instant `now`.

    With `since` every record that the log had at that revision of git has to be there still, under
    the name that it had then or has now.
    """
    then = None if since is None else _lines_at(file, since)
    reading, seen = reading_of(file, disk), _Seen()
    judge = Judge(file.definitions, now)
    found: list[Flaw] = []
    for line in reading.lines():
        found += judge.flaws(line)
        if place := seen.before(line):
            found.append(_duplicate(line, place))
    found += _left_out(reading)
    found.sort(key=lambda flaw: (flaw.file, flaw.line))
    records = len(seen)
    missing = [_missing(line, file.log_shown) for line in then or () if not seen.before(line)]
    is_new = since is not None and then is None
    return Verified((*_merging(file), *_beside(file, disk), *found, *missing), records, is_new)


def _lines_at(file: "DefinitionsFile", revision: str) -> Iterator[LogLine] | None:
    logs = {one.log_path: one.log_shown for one in (as_at(file, revision), file)}
    found = [lines_at(path, shown, revision) for path, shown in logs.items()]
    there = [lines for lines in found if lines is not None]
    return chain.from_iterable(there) if there else None


def _beside(file: "DefinitionsFile", disk: Disk) -> Iterator[Flaw]:
    """The log that it would usually be, with records that this one lacks."""
    if found := unread(file, disk):
        yield Flaw(Kind.UNREAD, found.shown, 0, found.message)


class _Seen:
    """Every id, as 8 bytes of a number, and the place where it stood first."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._files: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._first)

    def before(self, line: LogLine) -> tuple[str, int] | None:
        """File and number of the line that had its id before; nothing where it is the first."""
        file = self._files.setdefault(line.file, len(self._files))
        place = file * _MOST_LINES + line.number
        known = len(self._first)
        first = self._first.setdefault(int(line.id, 16), place)
        if len(self._first) > known:
            return None
        index, number = divmod(first, _MOST_LINES)
        return list(self._files)[index], number


def _duplicate(line: LogLine, place: tuple[str, int]) -> Flaw:
    file, number = place
    beside = f"line {number}" if file == line.file else f"{file}:{number}"
    message = f"same record as on {beside}" if file == line.file else f"same record as {beside}"
    hint = "it counts once; kpi repair takes it out"
    return Flaw(Kind.DUPLICATE, line.file, line.number, message, hint, line.kpi, line.period)


def _missing(line: LogLine, log: str) -> Flaw:
    by = f" by '{line.by}'" if line.by else ""
    message = f"{line.kpi} {line.period}, recorded on {line.at[:10]}{by}, is missing"
    hint = "take it back from git: git show REV:FILE > copy.jsonl; kpi import copy.jsonl"
    return Flaw(Kind.MISSING, log, 0, message, hint, line.kpi, line.period)


def _left_out(reading: "Reading | FolderReading") -> Iterator[Flaw]:
    """What the reader has damaged lines and warnings for."""
    yield from map(_damaged, reading.damages)
    for one in readings_of(reading):
        for warning in one.warnings:
            number, _, message = warning.removeprefix(f"{one.shown}:").partition(": ")
            is_torn = message == TORN
            kind = Kind.TORN if is_torn else Kind.BYTE_ORDER_MARK
            hint = "" if is_torn else "kpi repair takes it out"
            yield Flaw(kind, one.shown, int(number), message, hint)


def _damaged(damage: Damage) -> Flaw:
    kind = Kind.CONFLICT if damage.reason == CONFLICT else Kind.DAMAGED
    again = "record its KPI and period again, then run kpi repair"
    hint = again if damage.pairs else "kpi repair sets it aside"
    if kind is Kind.CONFLICT:
        hint = ""
    kpi, period = damage.pairs[0] if len(damage.pairs) == 1 else ("", "")
    return Flaw(kind, damage.file, damage.line, damage.reason, hint, kpi, str(period))


def readings_of(reading: "Reading | FolderReading") -> Iterable[Reading]:
    """The reading of each file, once it was read."""
    return [reading] if isinstance(reading, Reading) else reading.readings


def _merging(file: "DefinitionsFile") -> Iterator[Flaw]:
    """Files of one writer each never conflict."""
    if file.is_folder_log or not conflicts(file.log_path):
        return
    name = file.log_path.rpartition("/")[2]
    line = f"{pattern(name)} {ATTRIBUTE}"
    message = f"git would not keep both sides of a merge: put '{line}' into .gitattributes"
    hint = "a git host's merge button does not keep to it; a folder log never conflicts there"
    yield Flaw(Kind.NO_UNION_MERGE, file.log_shown, 0, message, hint)


class Unread(NamedTuple):
    """The file that nothing reads, and what is wrong with it."""

    shown: str
    message: str


def unread(file: "DefinitionsFile", disk: Disk = DISK) -> Unread | None:
    """The usual log beside another one, where it holds records that this one lacks."""
    usual = file._replace(definitions=replace(file.definitions, log=None))
    if os.path.realpath(usual.log_path) == os.path.realpath(file.log_path):
        return None
    ids: set[str] = set()
    with suppress(KpiError):  # what is no file, or can't be read, is not what is looked for
        ids.update(line.id for line in Reading(usual.log_path, usual.log_shown, disk).lines())
    if ids:
        ids.difference_update(line.id for line in reading_of(file, disk).lines())
    if not ids:
        return None
    message = f"holds {plural(len(ids), 'record')} that nothing reads: {_advice(file, usual)}"
    return Unread(usual.log_shown, message)


def _advice(file: "DefinitionsFile", usual: "DefinitionsFile") -> str:
    """To move it, where nothing would be written over."""
    target = file.log_path
    if file.is_folder_log:
        target = os.path.join(target, os.path.basename(usual.log_path))
    if os.path.lexists(target):
        return f"kpi import {usual.log_shown} takes them in"
    return f"move it to {file.log_shown}"
