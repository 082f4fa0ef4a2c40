"""The lines that count, KPI by KPI, and their records: each is made when it is asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from kpicli.model.calendar import Calendar
from kpicli.model.notation.duration import in_unit
from kpicli.model.number import Number
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import LogLine, Record, Series, decimal_of
from kpicli.noun import NamedTuple

if TYPE_CHECKING:
    from kpicli.evaluation.lines.packed_lines import PackedKpiLines


_VALUE, _UNIT = (itemgetter(LogLine._fields.index(name)) for name in ("value", "unit"))
"""What is asked of every line, in a fifth of the time that an attribute takes."""


class RecordForm(NamedTuple):
    """By what a line becomes a record: its KPI of today, a calendar and a unit, if it has one."""

    kpi: str
    calendar: Calendar
    unit: str | None

    @lru_cache  # noqa: B019 - it keeps a few, since a period is judged, and then told by whom
    def record(self, line: LogLine) -> Record:
        """The record that a line is, in the unit of today where it can be converted into that."""
        record = line.record(self.kpi, self.calendar)
        if line.about or not line.unit or self.unit is None or line.unit == self.unit:
            return record
        return in_unit(record, self.unit)


class KpiLines(dict[str, LogLine]):
    """The lines of one KPI by the labels of their periods."""

    def in_other_unit(self, unit: str) -> list[str]:
        """The labels of those in another unit."""
        units = zip(self, map(_UNIT, self.values()), strict=True)
        return [label for label, own in units if own and own != unit]

    def records(self, form: RecordForm) -> "RecordsByPeriod":
        """The records that they are."""
        calendar = form.calendar
        lines = {recorded_period(label, calendar): line for label, line in self.items()}
        return RecordsByPeriod(lines, form)


K = TypeVar("K")
V = TypeVar("V")


class FoundByKey(Mapping[K, V]):
    """A mapping that is looked up by `get`; nothing in it is `None`."""

    def __getitem__(self, key: K) -> V:
        value: V | None = self.get(key)
        if value is None:
            raise KeyError(key)
        return value


class RecordsByPeriod(FoundByKey[Period, Record]):
    """The records of one KPI by their periods."""

    def __init__(self, lines: Mapping[Period, LogLine], form: RecordForm) -> None:
        self._lines, self._form = lines, form

    def get(self, period: Period, default: Any = None) -> Any:
        """The record that counts for a period, if there is one."""
        line = self._lines.get(period)
        return self._form.record(line) if line else default

    def __contains__(self, period: object) -> bool:
        return period in self._lines

    def __iter__(self) -> Iterator[Period]:
        """The periods, in no order."""
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def standing_periods(self) -> Iterator[Period]:
        """Those of which something is said."""
        return self._said(has_skips=True)

    @property
    def valued_periods(self) -> Iterator[Period]:
        """Those that have a value."""
        return self._said(has_skips=False)

    def _said(self, *, has_skips: bool) -> Iterator[Period]:
        lines = self._lines
        if "null" not in map(_VALUE, lines.values()):
            return iter(lines)
        said = lines.items()
        return (at for at, line in said if line.value != "null" or (has_skips and line.skip))

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        return (self[period] for period, line in self._lines.items() if line.note)

    def numbers(self, periods: Iterable[Period]) -> list[Number | None]:
        """The numbers that stand for some periods, `None` where none does."""
        form, usual = self._form, {"", self._form.unit}
        return [  # a record takes five times as long
            line and (decimal_of(line.value) if line.unit in usual else form.record(line).number)
            for line in map(self._lines.get, periods)
        ]


class LoggedSeries(Series):
    """A series whose records are made of the lines of a log."""

    __slots__ = ()
    records: RecordsByPeriod

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

    def numbers(self, periods: Iterable[Period]) -> list[Number | None]:
        """The numbers that stand for some periods, `None` where none does."""
        return self.records.numbers(periods)


LinesOfKpi: TypeAlias = "KpiLines | PackedKpiLines"

Key = tuple[str, ...]  # a KPI's id of today and the label of a period; of a note its writer as well


class NewestLines(Mapping[Key, LogLine]):
    """The lines by KPI and the label of their period; notes stand apart, by what they are on."""

    def __init__(self) -> None:
        self.by_kpi: dict[str, LinesOfKpi] = {}
        self.notes: dict[Key, LogLine] = {}
        self._none_yet: Callable[[], LinesOfKpi] = KpiLines

    def of(self, kpi: str) -> LinesOfKpi:
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
        return self.notes[key] if len(key) > 2 else self.by_kpi[key[0]][key[1]]

    def __iter__(self) -> Iterator[Key]:
        """KPI by KPI, then the notes."""
        for kpi, lines in self.by_kpi.items():
            for label in lines:
                yield kpi, label
        yield from self.notes

    def __len__(self) -> int:
        return sum(map(len, self.by_kpi.values())) + len(self.notes)
