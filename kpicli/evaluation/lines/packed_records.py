"""The records of a KPI whose lines are packed: each is made anew when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kpicli.evaluation.lines.kpi_lines import RecordForm, RecordsByPeriod
from kpicli.model.calendar import Calendar
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import LogLine, Record

if TYPE_CHECKING:
    from kpicli.evaluation.lines.packed_lines import PackedKpiLines


class LinesByPeriod(Mapping[Period, LogLine]):
    """The packed lines of one KPI by their periods."""

    def __init__(self, lines: "PackedKpiLines", calendar: Calendar) -> None:
        self.lines, self._calendar = lines, calendar

    def get(self, period: Period, default: Any = None) -> Any:
        """The line that counts for a period, if there is one."""
        label = str(period)
        line = self.lines.get(label)
        is_its_own = line is not None and recorded_period(label, self._calendar) == period
        return line if is_its_own else default

    def __getitem__(self, period: Period) -> LogLine:
        """The line that counts for a period."""
        line: LogLine | None = self.get(period)
        if line is None:
            raise KeyError(period)
        return line

    def __iter__(self) -> Iterator[Period]:
        """The periods, in no order."""
        return self.periods(self.lines)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.lines)

    def periods(self, labels: Iterable[str]) -> Iterator[Period]:
        """The periods of some labels."""
        return (recorded_period(label, self._calendar) for label in labels)


class PackedRecords(RecordsByPeriod):
    """The records of one KPI by their periods, of which none is kept."""

    _lines: LinesByPeriod

    def __init__(self, lines: "PackedKpiLines", form: RecordForm) -> None:
        super().__init__(LinesByPeriod(lines, form.calendar), form)

    def get(self, period: Period, default: Any = None) -> Any:
        """The record that counts for a period, if there is one."""
        line = self._lines.get(period)
        return self._form.record(line) if line else default

    @property
    def standing_periods(self) -> Iterator[Period]:
        """Those of which something is said."""
        return self._lines.periods(self._lines.lines.said(has_skips=True))

    @property
    def valued_periods(self) -> Iterator[Period]:
        """Those that have a value."""
        return self._lines.periods(self._lines.lines.said(has_skips=False))

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        lines = self._lines.lines
        return (self._form.record(lines[label]) for label in lines.noted)
