"""What was recorded, by as much of the log as that takes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpicli.evaluation.history import (
    HistoryEntry,
    PeriodFilter,
    all_entries,
    standing_entries,
    with_damage,
)
from kpicli.evaluation.lookback import Lookback, full_lookback
from kpicli.model.kpi import Kpi
from kpicli.model.record import Clock
from kpicli.services.load import load, reading_of
from kpicli.store.definitions.read import DefinitionsFile

if TYPE_CHECKING:
    from kpicli.store.log.folder import FolderReading
    from kpicli.store.log.read import Reading


class Wanted(NamedTuple):
    """What a history is to be of; of what was recorded at the instant `until` or later nothing."""

    file: DefinitionsFile
    named: Sequence[Kpi]
    within: PeriodFilter
    until: str

    @property
    def kpis(self) -> Sequence[Kpi]:
        """Those that were named, else every KPI of the definitions."""
        return self.named or tuple(self.file.definitions.kpis.values())

    @property
    def reach(self) -> Lookback | None:
        """How far back the log is looked at: all of it, and of the others nothing."""
        ids = [kpi.id for kpi in self.named]
        return full_lookback(self.file.definitions, ids) if ids else None


class Found(NamedTuple):
    """What was recorded, and the reading that found it."""

    entries: Sequence[HistoryEntry]
    reading: "Reading | FolderReading"


def standing(wanted: Wanted, clock: Clock) -> Found:
    """What stands."""
    loaded = load(wanted.file, clock, wanted.until, wanted.reach)
    entries = standing_entries(loaded.scorecard, wanted.kpis, wanted.within.has)
    return Found(list(entries), loaded.reading)


def every(wanted: Wanted, clock: Clock) -> Found:
    """Every record that there is."""
    reading, definitions = reading_of(wanted.file), wanted.file.definitions
    known = all_entries(reading.lines(wanted.reach), definitions.ids, wanted.until)
    if reading.damages:
        loaded = load(wanted.file, clock, wanted.until, wanted.reach)
        known = with_damage(known, loaded.scorecard)
    return Found(_in_order(wanted, known), reading)


def _in_order(wanted: Wanted, known: Mapping[str, Iterable[HistoryEntry]]) -> list[HistoryEntry]:
    """As in the definitions; what these do not have comes last."""
    kpis = wanted.file.definitions.kpis
    strays = sorted(known.keys() - kpis.keys())
    return [
        entry
        for id in (*kpis, *strays)
        for entry in known.get(id, ())
        if wanted.within.has(id, entry.record.period)
    ]
