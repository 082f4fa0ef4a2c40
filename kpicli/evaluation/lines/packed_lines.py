"""The lines that count of a very long log, in a tenth of the memory that they take as objects."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from kpicli.evaluation.lines.kpi_lines import FoundByKey, RecordForm, RecordsByPeriod
from kpicli.evaluation.lines.packed_rows import PackedRows
from kpicli.model.calendar import Calendar
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import LogLine, Record


class LinesByPeriod(FoundByKey[Period, LogLine]):
    """The packed lines of one KPI by their periods."""

    def __init__(self, lines: "PackedKpiLines", calendar: Calendar) -> None:
        self.lines, self._calendar = lines, calendar

    def get(self, period: Period, default: Any = None) -> Any:
        """The line that counts for a period, if there is one."""
        label = str(period)
        line = self.lines.get(label)
        is_its_own = line is not None and recorded_period(label, self._calendar) == period
        return line if is_its_own else default

    def __iter__(self) -> Iterator[Period]:
        return self.periods(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def periods(self, labels: Iterable[str]) -> Iterator[Period]:
        """The periods of some labels."""
        return (recorded_period(label, self._calendar) for label in labels)


class PackedRecords(RecordsByPeriod):
    """The records of one KPI by their periods, whose lines are packed."""

    _lines: LinesByPeriod

    def __init__(self, lines: "PackedKpiLines", form: RecordForm) -> None:
        super().__init__(LinesByPeriod(lines, form.calendar), form)

    def _said(self, *, has_skips: bool) -> Iterator[Period]:
        return self._lines.periods(self._lines.lines.said(has_skips=has_skips))

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        lines = self._lines.lines
        return (self._form.record(lines[label]) for label in lines.noted)


_CHUNK, _WITHIN = 7, 127  # places in chunks of 128: neighbouring periods are met together


class PackedKpiLines(FoundByKey[str, LogLine]):
    """The lines of one KPI by the labels of their periods, each made anew when it is asked for."""

    def __init__(self, rows: PackedRows) -> None:
        self._all = rows
        self._chunks: dict[int, array[int]] = {}
        self._count = 0

    def __setitem__(self, label: str, line: LogLine) -> None:
        index = self._all.label(label)
        chunk = self._chunks.get(index >> _CHUNK)
        if chunk is None:
            chunk = self._chunks[index >> _CHUNK] = array("I", bytes(4 << _CHUNK))
        place = chunk[index & _WITHIN]
        if place:
            self._all.put(line, place - 1)
        else:
            chunk[index & _WITHIN] = self._all.put(line, None) + 1
            self._count += 1

    def get(self, label: str, default: Any = None) -> Any:
        """The line that counts for the period of a label, if there is one."""
        place = self._place(label)
        return self._all.line(place - 1, label) if place else default

    def _place(self, label: object) -> int:
        """The number of its row, from 1; 0 where there is none."""
        index = self._all.labels.get(label, -1)  # type: ignore[call-overload]
        chunk = self._chunks.get(index >> _CHUNK)
        return chunk[index & _WITHIN] if chunk else 0

    def __contains__(self, label: object) -> bool:
        return self._place(label) > 0

    def __iter__(self) -> Iterator[str]:
        return (label for label, _ in self._places())

    def __len__(self) -> int:
        return self._count

    def _places(self) -> Iterator[tuple[str, int]]:
        """The label and the place of each."""
        labels = self._all.all_labels
        for number, chunk in self._chunks.items():
            for within, place in enumerate(chunk):
                if place:
                    yield labels[(number << _CHUNK) + within], place - 1

    def said(self, *, has_skips: bool) -> Iterator[str]:
        """The labels of those that have a value; with `has_skips` also of what is skipped."""
        for label, place in self._places():
            if self._all.is_said(place, has_skips=has_skips):
                yield label

    @property
    def noted(self) -> Iterator[str]:
        """The labels of those with a note."""
        return (label for label, place in self._places() if self._all.note(place))

    def in_other_unit(self, unit: str) -> list[str]:
        """The labels of those in another unit."""
        if all(shared[-2] in {"", unit} for shared in self._all.all_shared):
            return []
        return [label for label, place in self._places() if self._all.unit(place) not in {"", unit}]

    def records(self, form: RecordForm) -> PackedRecords:
        """The records that they are."""
        return PackedRecords(self, form)
