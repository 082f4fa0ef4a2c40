"""What was recorded: what stands, every record and what replaced it, changes, moved targets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from kpicli.evaluation.series import note_key, standing_notes, time_order
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.record import EMPTY_SERIES, NOTE_ID, LogLine, Record
from kpicli.model.scorecard import Scorecard
from kpicli.noun import NamedTuple

PeriodPredicate = Callable[[str, Period], bool]  # whether a history shows a record of that KPI


class HistoryEntry(NamedTuple):
    """A record, and the one of the same KPI and period that came after it, if any.

    `damage` is the place of a damaged line by which it is hidden, so that nothing stands.
    """

    record: Record
    successor: Record | None = None
    damage: str = ""


class Restatement(NamedTuple):
    """A record that stood, and the one that stands instead; a value of `None` is nothing."""

    previous: Record
    record: Record


class Recency(NamedTuple):
    """How much of a history is asked for: what was recorded from an instant on, the latest of it.

    Without `most` all of it. What was recorded at once counts in the order of the history.
    """

    since: str = ""
    most: int | None = None

    def of(self, entries: Iterable[HistoryEntry]) -> list[HistoryEntry]:
        """Those of the entries, in the order that they have."""
        recent = [entry for entry in entries if entry.record.at >= self.since]
        if self.most is None:
            return recent
        places = sorted(range(len(recent)), key=lambda place: recent[place].record.at)
        return [recent[place] for place in sorted(places[-self.most :])]


class MovedTarget(NamedTuple):
    """A KPI as it was defined, and as it is now with another target, or another way there."""

    previous: Kpi
    kpi: Kpi


_TARGET_KEYS = ("target", "targets", "baseline", "start", "by", "tolerance", "direction")
"""What a status follows from, beside the actual."""


def moved_targets(
    then: Definitions, now: Definitions, kpis: Iterable[Kpi]
) -> Iterator[MovedTarget]:
    """Those of the KPIs that had another target then, under any of their ids; new ones are news."""
    before = {now.ids.get(id, id): kpi for id, kpi in then.kpis.items()}
    for kpi in kpis:
        previous = before.get(kpi.id)
        if previous and any(getattr(previous, key) != getattr(kpi, key) for key in _TARGET_KEYS):
            yield MovedTarget(previous, kpi)


class PeriodFilter:
    """The period that was asked for, of each KPI's own length where it was named by a word."""

    def __init__(self, definitions: Definitions, text: str | None, today: date) -> None:
        self.definitions, self.text, self.today = definitions, text, today
        if text is not None:
            self._named(text, Frequency.MONTHLY)

    def has(self, id: str, period: Period) -> bool:
        """Whether a period of a KPI lies in it."""
        if self.text is None:
            return True
        kpi = self.definitions.kpis.get(id)
        frequency = kpi.frequency if kpi else Frequency.MONTHLY
        return self._named(self.text, frequency).contains(period)

    def _named(self, text: str, frequency: Frequency) -> Period:
        from kpicli.model.notation.period import named_period

        return named_period(text, frequency, self.today, calendar=self.definitions.calendar)


def standing_entries(
    scorecard: Scorecard, kpis: Iterable[Kpi], is_asked: PeriodPredicate
) -> Iterator[HistoryEntry]:
    """What stands of each KPI in turn, in order of time; what damage hides does not.

    What is in another unit than the definition's is there to be looked at.
    """
    for kpi in kpis:
        series = scorecard.series_of(kpi)
        standing = [
            record
            for period, record in series.records.items()
            if record.is_standing and not series.is_damaged(period) and is_asked(kpi.id, period)
        ]
        yield from map(HistoryEntry, sorted(standing, key=time_order))


def note_entries(
    scorecard: Scorecard, kpis: Iterable[Kpi], is_asked: PeriodPredicate
) -> Iterator[HistoryEntry]:
    """The notes that stand of each KPI in turn, in order of time."""
    for kpi in kpis:
        notes = standing_notes(scorecard, kpi)
        yield from (HistoryEntry(note) for note in notes if is_asked(kpi.id, note.period))


def restatements(
    then: Scorecard, now: Scorecard, kpis: Iterable[Kpi], is_asked: PeriodPredicate
) -> Iterator[Restatement]:
    """What was recorded by then and says something else now, of each KPI in order of time.

    What was not recorded by then at all is news; what damage hides is not known.
    """
    for kpi in kpis:
        before, after = then.series_of(kpi), now.series_of(kpi)
        periods = before.records.keys() & after.records.keys()
        periods = periods - before.damaged.keys() - after.damaged.keys()
        pairs = [Restatement(before.records[at], after.records[at]) for at in periods]
        changed = [pair for pair in pairs if not pair.record.says_as(pair.previous)]
        changed.sort(key=lambda pair: time_order(pair.record))
        yield from (pair for pair in changed if is_asked(kpi.id, pair.record.period))


def all_entries(
    lines: Iterable[LogLine], ids: Mapping[str, str], until: str = "", calendar: Calendar = PLAIN
) -> dict[str, list[HistoryEntry]]:
    """Every record of each name in the log, in order of time, each once.

    All notes stand under `NOTE_ID`. `ids` maps former ids to today's; what was recorded at `until`
    or later is left out.
    """
    records_by_key: dict[tuple[str, ...], dict[str, Record]] = {}
    for line in lines:
        if not until or line.at < until:
            kpi = ids.get(line.subject, line.subject)
            key = (NOTE_ID, *note_key(line, ids)) if line.about else (kpi, line.period)
            records_by_key.setdefault(key, {})[line.id] = line.record(kpi, calendar)
    entries_by_kpi: dict[str, list[HistoryEntry]] = {}
    for (kpi, *_), records in records_by_key.items():
        ordered = sorted(records.values(), key=lambda record: record.order)
        of_key = map(HistoryEntry, ordered, [*ordered[1:], None])
        entries_by_kpi.setdefault(kpi, []).extend(of_key)
    for entries in entries_by_kpi.values():
        entries.sort(key=lambda entry: time_order(entry.record))
    return entries_by_kpi


def with_damage(
    entries_by_kpi: Mapping[str, Iterable[HistoryEntry]], scorecard: Scorecard
) -> dict[str, list[HistoryEntry]]:
    """The entries, those that damage hides with the place of the damage."""
    hidden: dict[str, list[HistoryEntry]] = {}
    for id, entries in entries_by_kpi.items():
        damaged = scorecard.series.get(id, EMPTY_SERIES).damaged
        hidden[id] = [
            entry._replace(damage=damaged[entry.record.period].reason)
            if entry.successor is None and entry.record.period in damaged
            else entry
            for entry in entries
        ]
    return hidden
