"""What is wrong with a sound line of the log, by itself and by the definitions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from kpicli.model.kpi import Definitions
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.period import recorded_period
from kpicli.model.record import LogLine
from kpicli.model.timestamp import LONG_AGO
from kpicli.recording.misfit import Misfit, former_ids, misfit, unknown_kpi
from kpicli.text import plural, safe

_AHEAD = timedelta(hours=14)
"""How far ahead of UTC the first time zone is: a day begins there."""

_MOST_FITS = 10_000
"""KPIs and periods that are remembered at a time; lines of one time are close to each other."""

_CORRECT = "record it again if it is wrong, retract it if it is not meant"


class LineCheck:
    """Checks one line after the other; what fits a KPI and period is remembered for a while."""

    def __init__(self, definitions: Definitions, now: str) -> None:
        self.definitions, self.now = definitions, now
        self.people: set[str] = set()
        self._recorded: set[str] = set()
        self._fits: dict[tuple[str, str], tuple[Misfit | None, str]] = {}

    def issues(self, line: LogLine) -> Iterator[LogIssue]:
        """Everything that is wrong with it; who recorded it is one of the `people`."""
        self.people.add(line.by)
        if not line.is_sealed:
            message = "unsealed: nobody can tell whether it was changed since it was written"
            yield _issue(
                IssueKind.UNSEALED, line, message, "write only with kpi record or kpi import"
            )
        if line.at > self.now:
            hint = "set the clock of that machine; a correction counts, whatever its clock says"
            yield _issue(IssueKind.FUTURE, line, f"recorded {self._ahead(line)}{_by(line)}", hint)
        elif line.at < LONG_AGO:
            message = f"recorded in {line.at[:4]}{_by(line)}: by a machine whose clock was not set"
            yield _issue(IssueKind.LONG_AGO, line, message, "set the clock, then record it again")
        yield from self._by_definitions(line)

    def _by_definitions(self, line: LogLine) -> Iterator[LogIssue]:
        id = self.definitions.ids.get(line.subject)
        if id is None:
            self._recorded.add(line.subject)
            message = f"no definition has the KPI '{safe(line.subject)}'"
            yield _issue(IssueKind.UNKNOWN_KPI, line, message, "")
            return
        if line.about:
            return
        self._recorded.add(id)
        reason, begins = self._fit(id, line.period)
        if reason:
            yield _issue(IssueKind.PERIOD, line, reason.message, reason.hint)
        if LONG_AGO <= line.at[:10] < begins and _latest_day(line.at) < begins:
            message = f"{line.period} had not begun when it was recorded, on {line.at[:10]}"
            yield _issue(IssueKind.PERIOD, line, message, _CORRECT)

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


def _issue(kind: IssueKind, line: LogLine, message: str, hint: str) -> LogIssue:
    return LogIssue(kind, line.file, line.number, message, hint, line.subject, line.period)


def _by(line: LogLine) -> str:
    return f" by '{safe(line.by)}'" if line.by else ""


def _latest_day(at: str) -> str:
    """The latest day that it was anywhere at an instant."""
    return (datetime.fromisoformat(at) + _AHEAD).date().isoformat()
