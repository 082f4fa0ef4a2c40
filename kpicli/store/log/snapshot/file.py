"""An index on disk, of this version of kpi alone."""

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from kpicli import __version__
from kpicli.store.cache import Buffer, Cache
from kpicli.store.log.snapshot.index import LastWrite, LineIndex, Numbers

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
