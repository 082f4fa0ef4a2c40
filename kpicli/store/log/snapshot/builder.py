"""Make the index of a log while its lines are read, block by block."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from kpicli.model.period import recorded_period
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.seal import Digest
from kpicli.store.log.seals import Seals
from kpicli.store.log.snapshot.index import DAY, LARGEST, LastWrite, LineIndex, Numbers

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue

_MOST_NAMES = 20_000  # KPIs and writers; a log that names more is read as ever


_Texts = Sequence[Any]  # KPI, period, instant and writer of a line


class IndexBuilder:
    """Adds the lines behind those of an index; the `hasher` knows these already."""

    def __init__(self, base: LineIndex, hasher: Digest) -> None:
        self.base, self.hasher = base, hasher
        self._bounds = array("I", base.bounds[-1:])
        self._by_kpi: dict[bytes | None, array[int]] = {}
        self._latest: dict[bytes, bytes] = {}
        self._writes: dict[bytes, array[int]] = {}
        self._damaged = array("I")
        self._days: dict[bytes | None, int] = {None: 0}
        self._is_possible = True

    @property
    def size(self) -> int:
        """How many bytes of the log it would know."""
        return self._bounds[-1] + self.base.last_line + len(self._bounds) - 1

    def add(self, block: bytes, seals: Seals, issues: Sequence["LogIssue"]) -> None:
        """The next block without its last line end, what stands in its lines, and their issues."""
        if not self._is_possible:
            return
        number = self.base.last_line + len(self._bounds)
        damaged = {issue.line for issue in issues if issue.kind.is_damage}
        for line in damaged:
            seals.distrust(line - number)
        is_whole = all(len(seals.raw(line - number)) < LONGEST for line in damaged)
        self._is_possible &= is_whole and self.size + len(block) < LARGEST
        self._is_possible &= len(self._by_kpi) + len(self._writes) <= _MOST_NAMES
        if not self._is_possible:
            return
        self.hasher.update(block)
        self.hasher.update(b"\n")
        sizes = seals.lengths()
        self._bounds[-1] += len(block) + 1 - len(sizes) - sum(sizes)  # a mark in front
        self._bounds.extend(accumulate(sizes, initial=self._bounds.pop()))
        self._damaged.extend(sorted(damaged))
        texts = seals.kpis, seals.periods, seals.instants, seals.writers
        self._place(number, zip(*texts, strict=True))
        for line in self._by_kpi.pop(None, ()):
            if line not in damaged and (own := _texts(seals.raw(line - number))):
                self._place(line, [own])

    def _place(self, number: int, lines: Iterable[_Texts]) -> None:
        """Note the lines from a number on; those that are not usual as if of a KPI without id."""
        by_kpi, days, writer, instant = self._by_kpi, self._days, None, None
        note: Callable[[int], None] = _ignore
        for line, (kpi, label, at, by) in enumerate(lines, number):
            try:
                by_kpi[kpi].append(days[label] | line)
            except KeyError:
                if label not in days:
                    days[label] = recorded_period(label.decode()).start.toordinal() << DAY
                by_kpi.setdefault(kpi, array("Q")).append(days[label] | line)
            if at != instant or by != writer:
                instant, writer, note = at, by, self._write(by or b"", at or b"")
            note(line)

    def _write(self, writer: bytes, at: bytes) -> Callable[[int], None]:
        """Where to note a line of a write; one that is no longer the last is not noted."""
        latest = self._latest.get(writer, b"")
        if at > latest:
            self._latest[writer], self._writes[writer] = at, array("I")
        return self._writes[writer].append if at >= latest and at else _ignore

    def built(self) -> LineIndex | None:
        """The index of all that was read; none where that can't be."""
        if not self._is_possible:
            return None
        base = self.base
        by_kpi: dict[str, Numbers] = {**base.by_kpi}
        for name in [*self._by_kpi]:
            entries = self._by_kpi.pop(name)  # which takes much memory
            kpi = (name or b"").decode()
            by_kpi[kpi] = array("Q", sorted(chain(base.by_kpi.get(kpi, ()), entries)))
        writes = {**base.writes}
        for by, numbers in self._writes.items():
            writer, at = by.decode(errors="surrogatepass"), self._latest[by].decode()
            earlier = writes.get(writer, LastWrite("", array("I")))
            if at > earlier.at:
                writes[writer] = LastWrite(at, numbers)
            elif at == earlier.at:
                writes[writer] = LastWrite(at, array("I", chain(earlier.numbers, numbers)))
        bounds = array("I", chain(base.bounds[:-1], self._bounds))
        damaged = array("I", chain(base.damaged, self._damaged))
        digest = self.hasher.digest()
        return LineIndex(base.algorithm, digest, bounds, by_kpi, writes, damaged)


def _ignore(_line: int) -> None:
    """What is done about a line of no last write."""


def _texts(raw: bytes) -> _Texts | None:
    """What would be there if it were usual; in a blank line nothing."""
    if not raw.strip(b" \t\r"):
        return None
    line = read_line(raw.removesuffix(b"\r"))
    texts = line.kpi, line.period, line.at, line.by
    kpi, period, at, by = (text.encode(errors="surrogatepass") for text in texts)
    return kpi, period, at, by
