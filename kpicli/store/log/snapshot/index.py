"""Where the lines of a log stand: by KPI and day, and each last write; and that as a file."""

import marshal
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Literal, TypeAlias

from kpicli import __version__
from kpicli.model.record import NOTE_ID
from kpicli.noun import NamedTuple
from kpicli.store.cache import Buffer, Cache

Numbers: TypeAlias = "array[int] | memoryview"
LARGEST = (1 << 32) - 1  # bytes of a log that is remembered, and its highest line
DAY = 32  # the bits of an entry that are the number of its line; those above are the day


class LastWrite(NamedTuple):
    """The last write of somebody: its instant, and the numbers of its lines."""

    at: str
    numbers: Numbers


class LineIndex(NamedTuple):
    """Where the lines stand in the first bytes of a log, and by which hash these are known.

    `bounds` are how many bytes stand in front of the first line, and up to the end of each, line
    ends not counted. An entry of `by_kpi` is the first day of a period, and the number of a line on
    it; they are in order. The `damaged` are the numbers of lines that have to be looked at whatever
    is wanted.
    """

    algorithm: str
    digest: bytes
    bounds: Numbers
    by_kpi: Mapping[str, Numbers]
    writes: Mapping[str, LastWrite]
    damaged: Numbers

    @property
    def size(self) -> int:
        """How many bytes of the log it knows; the last of them ends a line."""
        return self.bounds[-1] + self.last_line

    @property
    def last_line(self) -> int:
        """The number of the last line in them."""
        return len(self.bounds) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, its end not included."""
        return self.bounds[number - 1] + number - 1, self.bounds[number] + number - 1

    def within(self, first: Mapping[str, date]) -> tuple[list[int], dict[str, date]]:
        """The lines that begin on the `first` day of their KPI or later, and those damaged.

        Also the latest day of the others of each KPI that has any; see `Log.left_out`.
        """
        numbers, left_out = [*self.damaged], {}
        for kpi, entries in self.by_kpi.items():
            place = bisect_left(entries, first.get(kpi, date.max).toordinal() << DAY)
            if place and kpi != NOTE_ID:
                left_out[kpi] = date.fromordinal(entries[place - 1] >> DAY)
            numbers += [entry & LARGEST for entry in entries[place:]]
        return sorted(numbers), left_out

    def write_of(self, writer: str) -> list[int]:
        """The lines of the last write of somebody."""
        return sorted(self.writes[writer].numbers) if writer in self.writes else []


def empty_index(algorithm: str) -> LineIndex:
    """What is known of a log before it is read."""
    return LineIndex(algorithm, b"", array("I", [0]), {}, {}, array("I"))


MOST_FILES, MOST_BYTES = 128, 512_000_000
"""So many indexes are kept, and so many bytes of them; a log of twenty million lines takes half."""


class SnapshotFile:
    """The index of the log at `path`, in kpi's own folder `home`."""

    def __init__(self, home: str, path: str) -> None:
        self._cache = Cache(home, "lines-1", MOST_FILES, MOST_BYTES)
        name = "\0".join((__version__, sys.version, sys.byteorder, os.path.realpath(path)))
        self._about = name.encode(errors="surrogateescape")

    def is_writable(self) -> bool:
        """Whether an index can be kept."""
        return self._cache.is_writable()

    def load(self) -> LineIndex | None:
        """The index, if one is there that is sound."""
        content = self._cache.load(self._about)
        if content is not None:
            with suppress(EOFError, ValueError, TypeError, MemoryError):
                return _index(content)
        return None

    def save(self, index: LineIndex) -> None:
        """Put an index in the place of the one before; where that can't be, it is left out."""
        self._cache.save(self._about, *_pieces(index))


def _pieces(index: LineIndex) -> Iterator[Buffer]:
    """What the columns are, then these."""
    names = [(kpi, len(entries)) for kpi, entries in index.by_kpi.items()]
    writes = [(writer, write.at, len(write.numbers)) for writer, write in index.writes.items()]
    counts = len(index.bounds), len(index.damaged)
    head = marshal.dumps((index.algorithm, index.digest, counts, names, writes))
    yield len(head).to_bytes(8)
    yield head
    yield index.bounds
    yield index.damaged
    yield from index.by_kpi.values()
    yield from (write.numbers for write in index.writes.values())


def _index(content: memoryview) -> LineIndex:
    """The index that its pieces make; raises where they do not."""
    size = int.from_bytes(content[:8])
    head, rest = content[8 : 8 + size], content[8 + size :]
    algorithm, digest, counts, names, writes = marshal.loads(head)  # noqa: S302 - it is what kpi wrote, by its checksum
    columns = _Columns(rest)
    bounds, damaged = (columns.column("I", count) for count in counts)
    by_kpi = {kpi: columns.column("Q", count) for kpi, count in names}
    latest = {by: LastWrite(at, columns.column("I", count)) for by, at, count in writes}
    return LineIndex(algorithm, digest, bounds, by_kpi, latest, damaged)


class _Columns:
    """Numbers that stand one column behind the other."""

    def __init__(self, rest: memoryview) -> None:
        self._rest = rest

    def column(self, code: Literal["I", "Q"], count: int) -> Numbers:
        """The next column; raises `ValueError` where it is not whole."""
        size = count * (8 if code == "Q" else 4)
        column, self._rest = self._rest[:size], self._rest[size:]
        if len(column) < size:
            raise ValueError
        return column.cast(code)
