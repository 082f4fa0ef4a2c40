"""The series of a KPI whose lines are packed: each record is made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping

from kpicli.evaluation.packing.lines import KpiLines
from kpicli.model.calendar import Calendar
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import LogLine, Record, Series

MakeRecord = Callable[[LogLine], Record]


class PackedRecords(Mapping[Period, Record]):
    """The records of one KPI by their periods, each made when it is asked for."""

    def __init__(self, lines: KpiLines, calendar: Calendar, record: MakeRecord) -> None:
        self.lines = lines
        self._calendar, self._record = calendar, record

    def __getitem__(self, period: Period) -> Record:
        """The record that counts for a period."""
        label = str(period)
        line = self.lines.find(label)
        if line is None or recorded_period(label, self._calendar) != period:
            raise KeyError(period)
        return self._record(line)

    def __contains__(self, period: object) -> bool:
        """Whether there is one."""
        label = str(period)
        return label in self.lines and recorded_period(label, self._calendar) == period

    def __iter__(self) -> Iterator[Period]:
        """The periods, in no order."""
        return (recorded_period(label, self._calendar) for label in self.lines)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)

    @property
    def standing_periods(self) -> Iterator[Period]:
        """Those of which something is said."""
        said = self.lines.said(has_skips=True)
        return (recorded_period(label, self._calendar) for label in said)

    @property
    def valued_periods(self) -> Iterator[Period]:
        """Those that have a value."""
        valued = self.lines.said(has_skips=False)
        return (recorded_period(label, self._calendar) for label in valued)

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        return (self._record(self.lines[label]) for label in self.lines.noted)


class PackedSeries(Series):
    """A series whose records are packed."""

    __slots__ = ()
    records: PackedRecords

    @property
    def standing_periods(self) -> Iterator[Period]:
        """The periods of which something is said."""
        return self.records.standing_periods

    @property
    def valued_periods(self) -> Iterator[Period]:
        """The periods that have a value."""
        return self.records.valued_periods

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        return self.records.noted
