"""Verify the log, in one pass over all of it and a look at git; and repair it, file by file."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain

from kpicli.environment import moment
from kpicli.errors import KpiError
from kpicli.evaluation.lookback import lookback_from
from kpicli.evaluation.series import newest_lines
from kpicli.model.log_issue import FileRepair, IssueKind, LogIssue
from kpicli.model.record import LogLine
from kpicli.noun import NamedTuple
from kpicli.services.line_issues import LineCheck, SharedFiles, line_issue
from kpicli.services.load import Loaded, load_board, log_of
from kpicli.services.log_trust import Agree, require_trusted_log
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.disk import DISK, Disk
from kpicli.store.git import ATTRIBUTE, GitHangsError, pattern
from kpicli.store.log import Log
from kpicli.store.log.read import LogFile
from kpicli.store.log.repair import repair
from kpicli.store.log.repeats import Repeats
from kpicli.store.log.replace import sweep
from kpicli.store.log.revision import as_at, lines_at
from kpicli.text import plural, safe

_PERSON = 20  # bits that tell who recorded something


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
    file: DefinitionsFile, now: str, since: str | None = None, disk: Disk = DISK
) -> Verification:
    """Check every line of the log as of the instant `now`.

    With `since` every record that the log had at that revision of git has to be there still, under
    the name that it had then or has now.
    """
    then = None if since is None else _lines_at(file, since)
    log, ids, pairs = log_of(file, disk), Repeats(), Repeats(_PERSON)
    check = LineCheck(file.definitions, now)
    shared = SharedFiles()
    issues: list[LogIssue] = []
    for line in log.lines():
        issues += check.issues(line)
        ids.add(int(line.id, 16))
        pairs.add(_pair(line, file) + check.people[line.by])
        if file.is_folder_log:
            shared.take(line)
    issues = [check.advised(issue) for issue in issues]
    if ids:
        issues += _duplicates(log_of(file, disk), ids, shared)
    issues += [*log.issues, *shared.issues(log_of(file, disk).lines())]
    if pairs:
        issues += _disagreements(file, pairs, disk)
    issues.sort(key=lambda issue: (issue.file, issue.line))
    gone = (line for line in then or () if int(line.id, 16) not in ids)
    missing = {line.id: _missing(line, file.log_name) for line in gone}
    is_new = since is not None and then is None
    beside = filter(None, [unread(file, disk)])
    found = (*_merging(file, log), *beside, *issues, *missing.values())
    return Verification(found, ids.distinct, is_new)


def _pair(line: LogLine, file: DefinitionsFile) -> int:
    """A number for the KPI, as it is called today, and the period that a line is on."""
    return hash((file.definitions.ids.get(line.subject, line.subject), line.period)) << _PERSON


def _lines_at(file: DefinitionsFile, revision: str) -> Iterator[LogLine] | None:
    logs = {each.log_path: each.log_name for each in (as_at(file, revision), file)}
    committed = [lines_at(path, name, revision) for path, name in logs.items()]
    present = [lines for lines in committed if lines is not None]
    return chain.from_iterable(present) if present else None


def _duplicates(log: Log, ids: Repeats, shared: SharedFiles) -> Iterator[LogIssue]:
    """What is in the log more than once, found in a pass of its own."""
    first: dict[str, tuple[str, int]] = {}
    for line in log.lines():
        if not ids.is_repeated(int(line.id, 16)):
            continue
        if line.id not in first:
            first[line.id] = line.file, line.number
        else:
            file, number = first[line.id]
            where = f"on line {number}" if file == line.file else f"{file}:{number}"
            hint = "it counts once; kpi repair takes it out"
            yield line_issue(IssueKind.DUPLICATE, line, f"same record as {where}", hint)
            shared.meet(line.file, file)


def _disagreements(file: DefinitionsFile, pairs: Repeats, disk: Disk) -> Iterator[LogIssue]:
    """What people recorded apart, neither having seen the other's."""
    from kpicli.evaluation.disagreement import disagreements

    ids, contested = file.definitions.ids, set[tuple[str, ...]]()
    lines = log_of(file, disk).lines()
    repeated = (line for line in lines if pairs.is_repeated(_pair(line, file)))
    newest_lines(repeated, ids, contested=contested, many=1)
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
    value = line.value if line.decimal is not None else "nothing"
    return f"{'not applicable' if line.skip else value} by '{safe(line.by)}'"


def _missing(line: LogLine, log: str) -> LogIssue:
    by = f" by '{line.by}'" if line.by else ""
    message = f"{line.subject} {line.period}, recorded on {line.at[:10]}{by}, is missing"
    hint = "get it back from git: git show REV:FILE > copy.jsonl; kpi import copy.jsonl"
    return LogIssue(IssueKind.MISSING, log, 0, message, hint, line.subject, line.period)


def _merging(file: DefinitionsFile, log: Log) -> Iterator[LogIssue]:
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


def unread(file: DefinitionsFile, disk: Disk = DISK) -> LogIssue | None:
    """That the usual log is there beside another one, with records which that one lacks."""
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
    return LogIssue(IssueKind.UNREAD, usual.log_name, 0, message)


def _advice(file: DefinitionsFile, usual: DefinitionsFile) -> str:
    """To move it, where nothing would be written over."""
    target = file.log_path
    if file.is_folder_log:
        target = os.path.join(target, os.path.basename(usual.log_path))
    if os.path.lexists(target):
        return f"kpi import {usual.log_name} takes them in"
    return f"move it to {file.log_name}"


def load_damage(file: DefinitionsFile) -> Loaded:
    """The damage of the log, and what stands of the KPIs that it touches; of no others."""
    loaded = load_board(file, moment(None), lookback={}, is_anew=True)
    names = {lost.kpi for damage in loaded.damages for lost in damage.lost}
    if not names:
        return loaded
    if "" in names:
        return load_board(file, moment(None))
    ids = file.definitions.ids
    today = {ids.get(name, name): date.min for name in names}
    lookback = {**dict.fromkeys(names, date.min), **lookback_from(file.definitions, today)}
    return load_board(file, moment(None), lookback=lookback, is_anew=True)


def repair_log(
    loaded: Loaded, *, is_dry: bool, agree: Agree | None = None
) -> tuple[list[FileRepair], Sequence[str]]:
    """What became of each file, and which temporary files were removed.

    A file that can't be repaired leaves those before it repaired. Raises `KpiError` where it may be
    no log of kpi's and nobody agrees that it is.
    """
    if not is_dry:
        require_trusted_log(loaded.file, loaded.log, agree, "nothing repaired")
    ids: set[int] = set()
    files = [repair(file.path, file.name, ids=ids, is_dry=is_dry) for file in loaded.log.files]
    return files, sweep(loaded.log.folder, is_dry=is_dry)
