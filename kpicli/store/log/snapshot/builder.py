"""Make the index of a log while its lines are read, block by block."""

from array import array
from collections.abc import Sequence
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Protocol

from kpicli.errors import NotationError
from kpicli.model.period import recorded_period
from kpicli.store.log.codec import LONGEST, Seal, read_line
from kpicli.store.log.snapshot.index import DAY, LARGEST, LastWrite, LineIndex, Numbers

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue

_MOST_NAMES = 20_000
"""KPIs and writers; a log that names more is read as ever."""


class Hasher(Protocol):
    """A hash of what has been read so far."""

    def update(self, content: bytes, /) -> None: ...  # noqa: D102
    def digest(self) -> bytes: ...  # noqa: D102


class IndexBuilder:
    """Adds the lines behind those of an index; the `hasher` knows these already."""

    def __init__(self, base: LineIndex, hasher: Hasher) -> None:
        self.base, self.hasher = base, hasher
        self._bounds = array("I", [base.size])
        self._by_kpi: dict[str, array[int]] = {}
        self._writes: dict[str, tuple[str, array[int]]] = {}
        self._damaged = array("I")
        self._days = _Days()
        self._is_possible = True

    @property
    def size(self) -> int:
        """How many bytes of the log it would know."""
        return self._bounds[-1]

    def add(
        self,
        block: bytes,
        raws: Sequence[bytes],
        seals: Sequence[Seal],
        issues: Sequence["LogIssue"],
    ) -> None:
        """The next block without its last line end, its lines, and their issues."""
        number = self.base.last_line + len(self._bounds) - 1
        lengths = [len(raw) + 1 for raw in raws]
        self._bounds[-1] += len(block) + 1 - sum(lengths)  # a byte order mark
        self._is_possible &= len(self._by_kpi) + len(self._writes) <= _MOST_NAMES
        self._is_possible &= max(lengths) <= LONGEST and self.size + sum(lengths) <= LARGEST
        if not self._is_possible:
            return
        self.hasher.update(block)
        self.hasher.update(b"\n")
        self._bounds.extend(islice(accumulate(lengths, initial=self.size), 1, None))
        damaged = {issue.line for issue in issues if issue.kind.is_damage}
        self._damaged.extend(sorted(damaged))
        self._place(number, raws, seals, damaged)

    def _place(
        self, number: int, raws: Sequence[bytes], seals: Sequence[Seal], damaged: set[int]
    ) -> None:
        by_kpi, days, last, numbers = self._by_kpi, self._days, ("", ""), array("I")
        for raw, seal in zip(raws, seals, strict=True):
            number += 1
            id, kpi, label, at, by = seal
            if number in damaged:
                continue
            if not id:
                try:
                    line = read_line(raw.removesuffix(b"\r"))
                except NotationError:  # a blank one
                    continue
                kpi, label, at, by = line.kpi, line.period, line.at, line.by
            try:
                by_kpi[kpi].append(days[label] | number)
            except KeyError:
                by_kpi[kpi] = array("Q", [days[label] | number])
            if (by, at) != last:
                last, numbers = (by, at), self._write(by, at)
            numbers.append(number)

    def _write(self, writer: str, at: str) -> "array[int]":
        """The numbers of a write; of an earlier one than the last they are of no use."""
        latest, numbers = self._writes.get(writer, ("", array("I")))
        if at < latest:
            return array("I")
        if at > latest:
            numbers = array("I")
            self._writes[writer] = at, numbers
        return numbers

    def built(self) -> LineIndex | None:
        """The index of all that was read; none where that can't be."""
        if not self._is_possible:
            return None
        base = self.base
        by_kpi: dict[str, Numbers] = {**base.by_kpi}
        for kpi, entries in self._by_kpi.items():
            by_kpi[kpi] = array("Q", sorted(chain(base.by_kpi.get(kpi, ()), entries)))
        writes = {**base.writes}
        for writer, (at, numbers) in self._writes.items():
            earlier = writes.get(writer, LastWrite("", array("I")))
            if at > earlier.at:
                writes[writer] = LastWrite(at, numbers)
            elif at == earlier.at:
                writes[writer] = LastWrite(at, array("I", chain(earlier.numbers, numbers)))
        bounds = array("I", chain(base.bounds[:-1], self._bounds))
        damaged = array("I", chain(base.damaged, self._damaged))
        digest = self.hasher.digest()
        return LineIndex(base.algorithm, digest, bounds, by_kpi, writes, damaged)


class _Days(dict[str, int]):
    """The day of an entry by the label of its period."""

    def __missing__(self, label: str) -> int:
        self[label] = recorded_period(label).start.toordinal() << DAY
        return self[label]
