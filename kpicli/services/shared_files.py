"""Files of a folder log that two machines write to, though each should have one of its own."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.record import LogLine
from kpicli.model.timestamp import stamp
from kpicli.store.log.folder import COPIES, file_of

_OWN = re.compile(r"(.+-[0-9a-f]{4}-([0-9a-f]{8}))\.jsonl")
_CONFLICT = re.compile(r"(.+-[0-9a-f]{4}-[0-9a-f]{8})\b.*\bconflict.*\.jsonl")
_HINT = (
    "on one of them remove ~/.local/state/kpi/replicas, so that it gets a file of its own, "
    "and rename this one"
)


class SharedFiles:
    """Takes the lines of a folder log, and finds what only two machines with one id can leave.

    In a file of one writer and machine each line is later than the one above it, but for one that
    had to be later than another machine's clock. What file sync makes of two that differ is a copy,
    which has lines in common with the file, or a conflict in its name.
    """

    def __init__(self) -> None:
        self._latest: dict[str, LogLine] = {}
        self._is_own: dict[tuple[str, str], bool] = {}
        self._earlier: list[tuple[LogLine, LogLine]] = []
        self._copies: dict[str, str] = {}

    def take(self, line: LogLine) -> None:
        """The next line of a file."""
        pair = line.file, line.by
        if pair not in self._is_own:
            name = os.path.basename(line.file)
            own, conflict = _OWN.fullmatch(name), _CONFLICT.fullmatch(name)
            self._is_own[pair] = own is not None and own[0] == file_of(line.by, own[2])
            if conflict:
                self._copies[line.file] = f"{conflict[1]}.jsonl"
        if not self._is_own[pair] or not line.is_sealed:
            return
        latest = self._latest.get(line.file)
        if latest and line.at < latest.at:
            self._earlier.append((latest, line))
        self._latest[line.file] = line

    def meet(self, file: str, other: str) -> None:
        """Two files that have a line in common."""
        for path, copy in ((file, other), (other, file)):
            own, name = _OWN.fullmatch(os.path.basename(path)), os.path.basename(copy)
            if own and path != copy and name.startswith(own[1]) and not name.endswith(COPIES):
                self._copies[copy] = own[0]

    def issues(self, lines: Iterable[LogLine]) -> Iterator[LogIssue]:
        """What was found, once a file; `lines` are all of the log, read only where that is open."""
        for copy, name in self._copies.items():
            message = f"a copy of {name} that went its own way: two machines share that file"
            yield LogIssue(IssueKind.SHARED_FILE, copy, 0, message, _HINT)
        waits = {_before(latest.at) for latest, _ in self._earlier}
        instants = {line.at for line in lines if line.at in waits} if waits else set()
        files: set[str] = set()
        for latest, line in self._earlier:
            if _before(latest.at) not in instants and line.file not in files:
                files.add(line.file)
                message = (
                    f"recorded before line {latest.number}, which stands above it: two machines "
                    "share this file, or its clock was set back"
                )
                yield LogIssue(
                    IssueKind.SHARED_FILE, line.file, line.number, message, _HINT, line.kpi,
                    line.period,
                )  # fmt: skip


def _before(at: str) -> str:
    """The instant that a record at `at` would have been a microsecond later than."""
    try:
        return stamp(datetime.fromisoformat(at) - timedelta(microseconds=1))
    except OverflowError:
        return ""
