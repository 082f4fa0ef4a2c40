"""What is wrong with sound lines of the log: each by itself, and those that two machines wrote."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property

from kpicli.model.kpi import Definitions
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.period import recorded_period
from kpicli.model.record import LogLine
from kpicli.model.timestamp import LONG_AGO, stamp
from kpicli.recording.misfit import Misfit, former_ids, misfit, unknown_kpi
from kpicli.store.log.folder import COPIES, file_of
from kpicli.text import plural, safe

_AHEAD = timedelta(hours=14)  # how far ahead of UTC the first time zone is: a day begins there
_MOST_FITS = 10_000  # KPIs and periods remembered at a time; lines of one time are close
_CORRECT = "record it again if it is wrong, retract it if it is not meant"

_OWN = re.compile(r"(.+-[0-9a-f]{4}-([0-9a-f]{8}))\.jsonl")
_CONFLICT = re.compile(r"(.+-[0-9a-f]{4}-[0-9a-f]{8})\b.*\bconflict.*\.jsonl")
_HINT = (
    "on one of them remove ~/.local/state/kpi/replicas, so that it gets a file of its own, "
    "and rename this one"
)


class LineCheck:
    """Checks one line after the other; what fits a KPI and period is remembered for a while."""

    def __init__(self, definitions: Definitions, now: str) -> None:
        self.definitions, self.now = definitions, now
        self.people: dict[str, int] = {}
        self._recorded: set[str] = set()
        self._fits: dict[tuple[str, str], tuple[Misfit | None, str]] = {}

    def issues(self, line: LogLine) -> Iterator[LogIssue]:
        """Everything that is wrong with it; who recorded it is one of the `people`, in order."""
        self.people.setdefault(line.by, len(self.people))
        if not line.is_sealed:
            message = "unsealed: nobody can tell whether it was changed since it was written"
            hint = "write only with kpi record or kpi import"
            yield line_issue(IssueKind.UNSEALED, line, message, hint)
        if line.at > self.now:
            hint = "set the clock of that machine; a correction counts, whatever its clock says"
            message = f"recorded {self._ahead(line)}{_by(line)}"
            yield line_issue(IssueKind.FUTURE, line, message, hint)
        elif line.at < LONG_AGO:
            message = f"recorded in {line.at[:4]}{_by(line)}: by a machine whose clock was not set"
            hint = "set the clock, then record it again"
            yield line_issue(IssueKind.LONG_AGO, line, message, hint)
        yield from self._by_definitions(line)

    def _by_definitions(self, line: LogLine) -> Iterator[LogIssue]:
        id = self.definitions.ids.get(line.subject)
        if id is None:
            self._recorded.add(line.subject)
            message = f"no definition has the KPI '{safe(line.subject)}'"
            yield line_issue(IssueKind.UNKNOWN_KPI, line, message, "")
            return
        if line.about:
            return
        self._recorded.add(id)
        reason, begins = self._fit(id, line.period)
        if reason:
            yield line_issue(IssueKind.PERIOD, line, reason.message, reason.hint)
        if LONG_AGO <= line.at[:10] < begins and _latest_day(line.at) < begins:
            message = f"{line.period} had not begun when it was recorded, on {line.at[:10]}"
            yield line_issue(IssueKind.PERIOD, line, message, _CORRECT)

    def advised(self, issue: LogIssue) -> LogIssue:
        """An issue with what to do about an unknown id, once all lines have been checked."""
        if issue.kind is not IssueKind.UNKNOWN_KPI:
            return issue
        former = self._former.get(issue.kpi, "")
        return issue._replace(hint=unknown_kpi(self.definitions, issue.kpi, former).hint)

    @cached_property
    def _former(self) -> dict[str, str]:
        return former_ids(self.definitions, self._recorded)

    def _fit(self, id: str, label: str) -> tuple[Misfit | None, str]:
        """What speaks against the period, and its first day."""
        pair = id, label
        if pair not in self._fits:
            period = recorded_period(label, self.definitions.calendar)
            reason = misfit(self.definitions.kpis[id], period)
            if len(self._fits) == _MOST_FITS:
                self._fits.clear()
            self._fits[pair] = reason, period.start.isoformat()
        return self._fits[pair]

    def _ahead(self, line: LogLine) -> str:
        """`2 days in the future`."""
        seconds = (datetime.fromisoformat(line.at) - self._now).total_seconds()
        for noun, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
            if count := round(seconds / length):
                return f"{plural(count, noun)} in the future"
        return "seconds in the future"

    @cached_property
    def _now(self) -> datetime:
        return datetime.fromisoformat(self.now)


def line_issue(kind: IssueKind, line: LogLine, message: str, hint: str) -> LogIssue:
    """What is wrong with a line, where it stands, and which KPI and period it is on."""
    return LogIssue(kind, line.file, line.number, message, hint, line.subject, line.period)


def _by(line: LogLine) -> str:
    return f" by '{safe(line.by)}'" if line.by else ""


def _latest_day(at: str) -> str:
    """The latest day that it was anywhere at an instant."""
    return (datetime.fromisoformat(at) + _AHEAD).date().isoformat()


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
                yield line_issue(IssueKind.SHARED_FILE, line, message, _HINT)


def _before(at: str) -> str:
    """The instant that a record at `at` would have been a microsecond later than."""
    try:
        return stamp(datetime.fromisoformat(at) - timedelta(microseconds=1))
    except OverflowError:
        return ""
