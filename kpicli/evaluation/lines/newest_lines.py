"""The line that counts for each KPI and period, and the notes; of a long log they are packed."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from kpicli.evaluation.lines.kpi_lines import KpiLines
from kpicli.model.record import LogLine

if TYPE_CHECKING:
    from kpicli.evaluation.lines.packed_lines import PackedKpiLines

    LinesOfKpi: TypeAlias = KpiLines | PackedKpiLines

Key = tuple[str, ...]
"""A KPI's id of today and the label of a period; of a note its writer as well."""


class NewestLines(Mapping[Key, LogLine]):
    """The lines by KPI and the label of their period; notes stand apart, by what they are on."""

    def __init__(self) -> None:
        self.by_kpi: dict[str, LinesOfKpi] = {}
        self.notes: dict[Key, LogLine] = {}
        self._none_yet: Callable[[], LinesOfKpi] = KpiLines

    def of(self, kpi: str) -> "LinesOfKpi":
        """Those of one KPI, to which more may be added."""
        lines = self.by_kpi.get(kpi)
        if lines is None:
            lines = self.by_kpi[kpi] = self._none_yet()
        return lines

    def pack(self) -> None:
        """Keep them, and what comes, in a tenth of the memory: each is made anew when asked for."""
        from kpicli.evaluation.lines.packed_lines import PackedKpiLines
        from kpicli.evaluation.lines.packed_rows import PackedRows

        self._none_yet = partial(PackedKpiLines, PackedRows())
        for kpi, lines in self.by_kpi.items():
            packed = self._none_yet()
            for label, line in lines.items():
                packed[label] = line
            self.by_kpi[kpi] = packed

    def in_other_units(self, units: Mapping[str, str]) -> Iterator[tuple[str, LogLine]]:
        """The lines in another unit than their KPI has today, with that KPI."""
        for kpi, lines in self.by_kpi.items():
            if kpi in units:
                for label in lines.in_other_unit(units[kpi]):
                    yield kpi, lines[label]

    def __getitem__(self, key: Key) -> LogLine:
        """The line that counts."""
        return self.notes[key] if len(key) > 2 else self.by_kpi[key[0]][key[1]]

    def __iter__(self) -> Iterator[Key]:
        """KPI by KPI, then the notes."""
        for kpi, lines in self.by_kpi.items():
            for label in lines:
                yield kpi, label
        yield from self.notes

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_kpi.values())) + len(self.notes)
