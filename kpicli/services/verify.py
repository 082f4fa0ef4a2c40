"""Verify the log: one pass over all of it, and a look at what git has of it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kpicli.errors import KpiError
from kpicli.evaluation.series import newest_lines
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.record import LogLine
from kpicli.services.line_issues import LineCheck
from kpicli.services.load import log_of
from kpicli.services.shared_files import SharedFiles
from kpicli.store.disk import DISK, Disk
from kpicli.store.git import ATTRIBUTE, GitHangsError, pattern
from kpicli.store.log import Log
from kpicli.store.log.read import LogFile
from kpicli.store.log.revision import as_at, lines_at
from kpicli.text import plural, safe

if TYPE_CHECKING:
    from kpicli.store.definitions.read import DefinitionsFile


_MOST_LINES = 1 << 40
"""Of one file: numbers beyond are those of the next one."""


class Verification(NamedTuple):
    """The issues by file and line, then what is missing; and how many records there are.

    `is_new` says that the log was not there yet at the revision it was compared with.
    """

    issues: tuple[LogIssue, ...]
    records: int
    is_new: bool = False

    @property
    def has_damage(self) -> bool:
        """Whether lines of the log were left out."""
        return any(issue.kind.is_damage for issue in self.issues)

    @property
    def is_found(self) -> bool:
        """Whether there is more than a warning."""
        return any(not issue.kind.is_warning for issue in self.issues)


def verify(
    file: "DefinitionsFile", now: str, since: str | None = None, disk: Disk = DISK
) -> Verification:
    """Check every line of the log as of the instant `now`.

    With `since` every record that the log had at that revision of git has to be there still, under
    the name that it had then or has now.
    """
    then = None if since is None else _lines_at(file, since)
    log, places = log_of(file, disk), _Places()
    check = LineCheck(file.definitions, now)
    shared = SharedFiles()
    issues: list[LogIssue] = []
    for line in log.lines():
        issues += check.issues(line)
        if place := places.first(line):
            issues.append(_duplicate(line, place))
            shared.meet(line.file, place[0])
        if file.is_folder_log:
            shared.take(line)
    issues = [*map(check.advised, issues), *log.issues, *shared.issues(log_of(file, disk).lines())]
    if len(check.people) > 1:
        issues += _disagreements(file, disk)
    issues.sort(key=lambda issue: (issue.file, issue.line))
    records = len(places)
    missing = [_missing(line, file.log_name) for line in then or () if not places.first(line)]
    is_new = since is not None and then is None
    whole = (*_merging(file, log), *_beside(file, disk))
    return Verification((*whole, *issues, *missing), records, is_new)


def _lines_at(file: "DefinitionsFile", revision: str) -> Iterator[LogLine] | None:
    logs = {each.log_path: each.log_name for each in (as_at(file, revision), file)}
    committed = [lines_at(path, name, revision) for path, name in logs.items()]
    present = [lines for lines in committed if lines is not None]
    return chain.from_iterable(present) if present else None


def _beside(file: "DefinitionsFile", disk: Disk) -> Iterator[LogIssue]:
    """The log that it would usually be, with records that this one lacks."""
    if log := unread(file, disk):
        yield LogIssue(IssueKind.UNREAD, log.name, 0, log.message)


class _Places:
    """The place where each id stood first; an id is kept as a number of 8 bytes."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._files: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._first)

    def first(self, line: LogLine) -> tuple[str, int] | None:
        """File and number of the line that had its id before; nothing where this is the first."""
        file = self._files.setdefault(line.file, len(self._files))
        place = file * _MOST_LINES + line.number
        size = len(self._first)
        first = self._first.setdefault(int(line.id, 16), place)
        if len(self._first) > size:
            return None
        index, number = divmod(first, _MOST_LINES)
        return list(self._files)[index], number


def _disagreements(file: "DefinitionsFile", disk: Disk) -> Iterator[LogIssue]:
    """What people recorded apart, neither having seen the other's."""
    from kpicli.analysis.disagreement import disagreements

    ids, contested = file.definitions.ids, set[tuple[str, ...]]()
    newest_lines(log_of(file, disk).lines(), ids, contested=contested)
    if not contested:
        return
    for pair, (newest, rivals) in disagreements(log_of(file, disk).lines(), contested, ids).items():
        kpi, period = pair
        message = (
            f"{kpi} {period}: {', '.join(map(_statement, rivals))} and {_statement(newest)}, "
            "neither of whom had seen the other's; the latter counts"
        )
        hint = f"agree on one, and record it: kpi record {kpi} VALUE --period {period}"
        yield LogIssue(
            IssueKind.DISAGREEMENT, newest.file, newest.number, message, hint, kpi, period
        )


def _statement(line: LogLine) -> str:
    return f"{line.value} by '{safe(line.by)}'"


def _duplicate(line: LogLine, place: tuple[str, int]) -> LogIssue:
    file, number = place
    beside = f"line {number}" if file == line.file else f"{file}:{number}"
    message = f"same record as on {beside}" if file == line.file else f"same record as {beside}"
    hint = "it counts once; kpi repair takes it out"
    return LogIssue(
        IssueKind.DUPLICATE, line.file, line.number, message, hint, line.subject, line.period
    )


def _missing(line: LogLine, log: str) -> LogIssue:
    by = f" by '{line.by}'" if line.by else ""
    message = f"{line.subject} {line.period}, recorded on {line.at[:10]}{by}, is missing"
    hint = "get it back from git: git show REV:FILE > copy.jsonl; kpi import copy.jsonl"
    return LogIssue(IssueKind.MISSING, log, 0, message, hint, line.subject, line.period)


def _merging(file: "DefinitionsFile", log: Log) -> Iterator[LogIssue]:
    """What git is to be told of the log."""
    try:
        if not log.conflicts():
            return
    except GitHangsError as error:
        message = f"{error.message}: so it is not known how it merges the log"
        yield LogIssue(IssueKind.NO_UNION_MERGE, file.log_name, 0, message, error.hint)
        return
    name = file.log_path.rpartition("/")[2]
    line = f"{pattern(name)} {ATTRIBUTE}"
    message = f"git would not keep both sides of a merge: put '{line}' into .gitattributes"
    hint = "a git host's merge button ignores that; a folder log never conflicts there"
    yield LogIssue(IssueKind.NO_UNION_MERGE, file.log_name, 0, message, hint)


class Unread(NamedTuple):
    """The file that nothing reads, and what is wrong with it."""

    name: str
    message: str


def unread(file: "DefinitionsFile", disk: Disk = DISK) -> Unread | None:
    """The usual log beside another one, where it holds records that this one lacks."""
    usual = file._replace(definitions=replace(file.definitions, log=None))
    if os.path.realpath(usual.log_path) == os.path.realpath(file.log_path):
        return None
    ids: set[str] = set()
    with suppress(KpiError):  # what is no file, or can't be read, is not what is looked for
        ids.update(line.id for line in LogFile(usual.log_path, usual.log_name, disk).lines())
    if ids:
        ids.difference_update(line.id for line in log_of(file, disk).lines())
    if not ids:
        return None
    message = f"holds {plural(len(ids), 'record')} that nothing reads: {_advice(file, usual)}"
    return Unread(usual.log_name, message)


def _advice(file: "DefinitionsFile", usual: "DefinitionsFile") -> str:
    """To move it, where nothing would be written over."""
    target = file.log_path
    if file.is_folder_log:
        target = os.path.join(target, os.path.basename(usual.log_path))
    if os.path.lexists(target):
        return f"kpi import {usual.log_name} takes them in"
    return f"move it to {file.log_name}"
