"""Records to be, KPI by KPI, with the lines that ask for them; very many take little memory."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, compress, groupby
from typing import Any

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.number import to_decimal
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.source import Combination
from kpicli.noun import NamedTuple

_FIELDS = 4  # numbers an entry: period, line, note and writer, and where its number ends
_FEWEST_PARTS, _UNLIKELY = 4, Decimal(50)
"""Of sums that are no chance: so many parts, and so much do the sums make, times each other."""


class CellEntry(NamedTuple):
    """One row as it was read: for which period, its number, where it stands, and who says why."""

    period: Period
    number: Decimal
    line: int
    note: str = ""
    by: str = ""


def line_of_sum(groups: Iterable[Sequence[CellEntry]]) -> int:
    """The line of a row that is the sum of those beside it; 0 unless each group has such a one.

    Groups of two, or of zeros, say nothing; and few or small numbers may add up by chance.
    """
    line, parts, product = 0, 0, Decimal(1)
    for group in groups:
        largest = max(group, key=lambda entry: abs(entry.number))
        if len(group) > 2 and largest.number:
            if 2 * largest.number != sum(each.number for each in group):
                return 0
            line, parts = line or largest.line, parts + len(group) - 1
            product = min(product * abs(largest.number), _UNLIKELY)
    return line if parts >= _FEWEST_PARTS and product >= _UNLIKELY else 0


def combined(entries: Sequence[CellEntry], how: Combination) -> CellEntry:
    """One entry out of several of a period; the latest is that of the latest day, then line."""
    last = max(entries, key=lambda entry: (entry.period.start, entry.line))
    numbers = [entry.number for entry in entries]
    match how:
        case Combination.LAST:
            return last
        case Combination.COUNT:
            number = Decimal(len(numbers))
        case Combination.SUM:
            number = sum(numbers, Decimal(0))
        case Combination.MEAN:
            number = to_decimal(sum(map(Fraction, numbers), Fraction(0)) / len(numbers))
    notes = {entry.note for entry in entries}
    return last._replace(number=number, note=notes.pop() if len(notes) == 1 else "")


def contradiction(id: str, period: Period, first: CellEntry, other: CellEntry) -> KpiError | None:
    """Why two rows are not one and the same."""
    for what in ("number", "note", "by"):
        if getattr(first, what) != getattr(other, what):
            word = "value" if what == "number" else what
            message = f"{id} {period} also on line {first.line} with another {word}"
            return KpiError(message, hint=_HINTS[word])
    return None


_ONE_OUT = "leave one of the two out"
_HINTS = {
    "value": f"{_ONE_OUT}, or --rows sum, mean, last or count",
    "note": _ONE_OUT,
    "by": _ONE_OUT,
}


class CommonNouns:
    """What many entries have in common, kept once and known by its place."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def place(self, noun: Hashable) -> int:
        """Where it is."""
        place = self._places.setdefault(noun, len(self.all))
        if place == len(self.all):
            self.all.append(noun)
        return place


class CellEntries:
    """Entries in order."""

    def __init__(self, common: CommonNouns) -> None:
        self._common, self._fields, self._numbers = common, array("Q"), bytearray()

    def append(self, entry: CellEntry) -> None:
        """Keep one more."""
        place = self._common.place
        self._numbers += str(entry.number).encode()
        extras = place((entry.note, entry.by))
        fields = place(entry.period), entry.line, extras, len(self._numbers)
        self._fields.extend(fields)

    def __len__(self) -> int:
        return len(self._fields) // _FIELDS

    def __iter__(self) -> Iterator[CellEntry]:
        common, fields, start = self._common.all, iter(self._fields), 0
        for period, line, extras, end in zip(fields, fields, fields, fields, strict=True):
            number = Decimal(self._numbers[start:end].decode())
            note, by = common[extras]
            yield CellEntry(common[period], number, line, note, by)
            start = end

    @property
    def writers(self) -> set[str]:
        """Who says any of them."""
        return {self._common.all[extras][1] for extras in {*self._fields[2::_FIELDS]}}


class BatchRecord(NamedTuple):
    """A record to be, and the line of the file that asks for it."""

    record: Record
    line: int


class Drafts:
    """Records to be, KPI by KPI; each is made when they are gone through."""

    def __init__(self, kpis: Mapping[str, Kpi], common: CommonNouns) -> None:
        self.kpis, self.common = kpis, common
        self.entries: dict[str, CellEntries] = {}

    def add(self, id: str, entry: CellEntry) -> None:
        """An entry that stands for its KPI and period."""
        if id not in self.entries:
            self.entries[id] = CellEntries(self.common)
        self.entries[id].append(entry)

    def __len__(self) -> int:
        return sum(map(len, self.entries.values()))

    def __iter__(self) -> Iterator[BatchRecord]:
        return chain.from_iterable(map(self._records, self.entries))

    def _records(self, id: str) -> Iterator[BatchRecord]:
        unit = self.kpis[id].unit
        for period, number, line, note, by in self.entries[id]:
            yield BatchRecord(Record(id, period, number, "", "", by, note, "", unit), line)

    def lines_of(self, id: str) -> dict[Period, int]:
        """The lines on which those of a KPI stand."""
        return {entry.period: entry.line for entry in self.entries.get(id, ())}

    def without(self, is_known: Callable[[Record], bool]) -> "Drafts":
        """Those that say something new."""
        rest = Drafts(self.kpis, self.common)
        for id, entries in self.entries.items():
            new = [not is_known(record) for record, _ in self._records(id)]
            if all(new):
                rest.entries[id] = entries
                continue
            for entry in compress(entries, new):
                rest.add(id, entry)
        return rest

    @property
    def writers(self) -> set[str]:
        """Who records any of them."""
        return {by for entries in self.entries.values() for by in entries.writers}


def records_by_kpi(
    definitions: Definitions, drafts: Iterable[BatchRecord]
) -> Iterator[tuple[Kpi, list[Record]]]:
    """The records to be of each KPI, one KPI at a time."""
    for id, group in groupby(drafts, lambda draft: draft.record.kpi):
        yield definitions.kpis[id], [draft.record for draft in group]
