"""The lines that count of a very long log, in a tenth of the memory that they take as objects."""

from array import array
from collections.abc import Iterator, Mapping

from kpicli.evaluation.packing.rows import PackedRows
from kpicli.model.record import LogLine

_CHUNK, _WITHIN = 7, 127
"""Places are kept in chunks of 128, since periods that follow each other are met together."""


class PackedLines(Mapping[tuple[str, ...], LogLine]):
    """The lines of `newest_lines`; each is made anew when it is asked for.

    Notes are kept as they are.
    """

    def __init__(self, lines: Mapping[tuple[str, ...], LogLine]) -> None:
        self.by_kpi: dict[str, KpiLines] = {}
        self.notes: dict[tuple[str, ...], LogLine] = {}
        self._all = PackedRows()
        for key, line in lines.items():
            self[key] = line

    def __getitem__(self, key: tuple[str, ...]) -> LogLine:
        """The line that counts."""
        line = self.find(key)
        if line is None:
            raise KeyError(key)
        return line

    def find(self, key: tuple[str, ...]) -> LogLine | None:
        """The line that counts, if there is one."""
        if len(key) > 2:
            return self.notes.get(key)
        lines = self.by_kpi.get(key[0])
        return lines.find(key[1]) if lines else None

    def __setitem__(self, key: tuple[str, ...], line: LogLine) -> None:
        """Keep a line, in place of the one before."""
        if line.about:
            self.notes[key] = line
            return
        kpi, label = key
        lines = self.by_kpi.get(kpi)
        if lines is None:
            lines = self.by_kpi[kpi] = KpiLines(self._all)
        lines.put(label, line)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """KPI by KPI, then the notes."""
        for kpi, lines in self.by_kpi.items():
            for label in lines:
                yield kpi, label
        yield from self.notes

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_kpi.values())) + len(self.notes)

    def in_other_units(self, units: Mapping[str, str]) -> Iterator[tuple[str, LogLine]]:
        """The lines in another unit than their KPI has today, with that KPI."""
        for kpi, lines in self.by_kpi.items():
            if kpi in units:
                for label in lines.in_other_unit(units[kpi]):
                    yield kpi, lines[label]


class KpiLines(Mapping[str, LogLine]):
    """The lines of one KPI by the labels of their periods."""

    def __init__(self, rows: PackedRows) -> None:
        self._all = rows
        self._chunks: dict[int, array[int]] = {}
        self._count = 0

    def put(self, label: str, line: LogLine) -> None:
        """Keep a line, in place of the one before."""
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

    def find(self, label: str) -> LogLine | None:
        """The line that counts for the period of a label, if there is one."""
        place = self._place(label)
        return self._all.line(place - 1, label) if place else None

    def _place(self, label: object) -> int:
        """The number of its row, from 1; 0 where there is none."""
        index = self._all.labels.get(label, -1)  # type: ignore[call-overload]
        chunk = self._chunks.get(index >> _CHUNK)
        return chunk[index & _WITHIN] if chunk else 0

    def __getitem__(self, label: str) -> LogLine:
        """The line that counts for the period of a label."""
        line = self.find(label)
        if line is None:
            raise KeyError(label)
        return line

    def __contains__(self, label: object) -> bool:
        """Whether there is one."""
        return self._place(label) > 0

    def __iter__(self) -> Iterator[str]:
        """The labels."""
        return (label for label, _ in self._places())

    def __len__(self) -> int:
        """How many periods there are."""
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
