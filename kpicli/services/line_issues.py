"""What is wrong with a sound line of the log, by itself and by the definitions."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

from kpicli.model.kpi import Definitions
from kpicli.model.log_issue import Flaw, Kind
from kpicli.model.period import read_period
from kpicli.model.record import LogLine
from kpicli.model.timestamp import LONG_AGO
from kpicli.recording.misfit import Misfit, misfit, nobody
from kpicli.text import plural, safe

_AHEAD = timedelta(hours=14)
"""How far ahead of UTC the first time zone is: a day begins there."""

_MOST_FITS = 10_000
"""KPIs and periods that are remembered at a time; lines of one time are close to each other."""

_CORRECT = "record it again if it is wrong, retract it if it is not meant"


class Judge:
    """Judges one line after the other; what it found of a KPI and period it remembers a while."""

    def __init__(self, definitions: Definitions, now: str) -> None:
        self.definitions, self.now = definitions, now
        self._unknown: dict[str, Misfit] = {}
        self._fits: dict[tuple[str, str], tuple[Misfit | None, str]] = {}

    def flaws(self, line: LogLine) -> Iterator[Flaw]:
        """Everything that is wrong with it."""
        if not line.is_sealed:
            message = "unsealed: nobody can tell whether it was changed since it was written"
            yield _flaw(Kind.UNSEALED, line, message, "leave writing to kpi record or kpi import")
        if line.at > self.now:
            hint = "set the clock of that machine; a correction counts, whatever its clock says"
            yield _flaw(Kind.FUTURE, line, f"recorded {self._ahead(line)}{_by(line)}", hint)
        elif line.at < LONG_AGO:
            message = f"recorded in {line.at[:4]}{_by(line)}: by a clock that was not set"
            yield _flaw(Kind.LONG_AGO, line, message, "set the clock, then record it again")
        yield from self._by_definitions(line)

    def _by_definitions(self, line: LogLine) -> Iterator[Flaw]:
        id = self.definitions.ids.get(line.kpi)
        if id is None:
            unknown = self._nobody(line.kpi)
            meant = f" — {unknown.meant}" if unknown.meant else ""
            yield _flaw(Kind.UNKNOWN_KPI, line, f"{unknown.message}{meant}", unknown.hint)
            return
        found, begins = self._fit(id, line.period)
        if found:
            yield _flaw(Kind.PERIOD, line, found.message, found.hint)
        if LONG_AGO <= line.at[:10] < begins and _latest_day(line.at) < begins:
            message = f"{line.period} had not begun when it was recorded, on {line.at[:10]}"
            yield _flaw(Kind.PERIOD, line, message, _CORRECT)

    def _nobody(self, id: str) -> Misfit:
        if id not in self._unknown:
            self._unknown[id] = nobody(self.definitions, id)
        return self._unknown[id]

    def _fit(self, id: str, label: str) -> tuple[Misfit | None, str]:
        """What speaks against the period, and its first day."""
        pair = id, label
        if pair not in self._fits:
            period = read_period(label)
            found = misfit(self.definitions.kpis[id], period)
            if len(self._fits) == _MOST_FITS:
                self._fits.clear()
            self._fits[pair] = found, period.start.isoformat()
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


def _flaw(kind: Kind, line: LogLine, message: str, hint: str) -> Flaw:
    return Flaw(kind, line.file, line.number, message, hint, line.kpi, line.period)


def _by(line: LogLine) -> str:
    return f" by '{safe(line.by)}'" if line.by else ""


def _latest_day(at: str) -> str:
    """The latest day that it was anywhere at an instant."""
    return (datetime.fromisoformat(at) + _AHEAD).date().isoformat()
