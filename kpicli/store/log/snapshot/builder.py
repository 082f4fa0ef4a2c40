"""Make the index of a log while its lines are read, block by block."""

from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Protocol

from kpicli.model.period import recorded_period
from kpicli.store.log.codec import LONGEST, Seal, read_line
from kpicli.store.log.snapshot.index import DAY, LARGEST, LastWrite, LineIndex, Numbers

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue

_UNUSUAL: Seal = ("",) * 5
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
        self._bounds = array("I", base.bounds[-1:])
        self._by_kpi: dict[str, array[int]] = {}
        self._latest: dict[str, str] = {}
        self._writes: dict[str, array[int]] = {}
        self._damaged = array("I")
        self._days = {"": 0}
        self._is_possible = True

    @property
    def size(self) -> int:
        """How many bytes of the log it would know."""
        return self._bounds[-1] + self.base.last_line + len(self._bounds) - 1

    def add(
        self,
        block: bytes,
        raws: Sequence[bytes],
        seals: Sequence[Seal],
        issues: Sequence["LogIssue"],
    ) -> None:
        """The next block without its last line end, its lines, and their issues."""
        number = self.base.last_line + len(self._bounds)
        damaged = {issue.line for issue in issues if issue.kind.is_damage}
        is_whole = all(len(raws[line - number]) < LONGEST for line in damaged)
        self._is_possible &= is_whole and self.size + len(block) < LARGEST
        self._is_possible &= len(self._by_kpi) + len(self._writes) <= _MOST_NAMES
        if not self._is_possible:
            return
        self.hasher.update(block)
        self.hasher.update(b"\n")
        mark = len(block) + 1 - len(raws) - sum(map(len, raws))
        self._bounds[-1] += mark
        self._bounds.extend(accumulate(map(len, raws), initial=self._bounds.pop()))
        self._damaged.extend(sorted(damaged))
        if damaged:
            seals = [_UNUSUAL if at in damaged else seal for at, seal in enumerate(seals, number)]
        self._place(number, seals)
        for line in self._by_kpi.pop("", ()):
            if line not in damaged and (seal := _seal(raws[line - number])):
                self._place(line, [seal])

    def _place(self, number: int, seals: Sequence[Seal]) -> None:
        """Note the lines from a number on; those that are not usual as if of a KPI without id."""
        by_kpi, days, writer, instant = self._by_kpi, self._days, "", ""
        note: Callable[[int], None] = _ignore
        for line, (_, kpi, label, at, by) in enumerate(seals, number):
            try:
                by_kpi[kpi].append(days[label] | line)
            except KeyError:
                if label not in days:
                    days[label] = recorded_period(label).start.toordinal() << DAY
                by_kpi.setdefault(kpi, array("Q")).append(days[label] | line)
            if at != instant or by != writer:
                instant, writer, note = at, by, self._write(by, at)
            note(line)

    def _write(self, writer: str, at: str) -> Callable[[int], None]:
        """Where to note a line of a write; one that is no longer the last is not noted."""
        latest = self._latest.get(writer, "")
        if at > latest:
            self._latest[writer], self._writes[writer] = at, array("I")
        return self._writes[writer].append if at >= latest and at else _ignore

    def built(self) -> LineIndex | None:
        """The index of all that was read; none where that can't be."""
        if not self._is_possible:
            return None
        base = self.base
        by_kpi: dict[str, Numbers] = {**base.by_kpi}
        for kpi, entries in self._by_kpi.items():
            by_kpi[kpi] = array("Q", sorted(chain(base.by_kpi.get(kpi, ()), entries)))
        writes = {**base.writes}
        for writer, numbers in self._writes.items():
            at = self._latest[writer]
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


def _seal(raw: bytes) -> Seal | None:
    """What would be its seal if it were usual; a blank line has none."""
    if not raw.strip(b" \t\r"):
        return None
    line = read_line(raw.removesuffix(b"\r"))
    return line.id, line.kpi, line.period, line.at, line.by
