"""An index on disk: written whole, and believed only where nothing about it is odd."""

import hashlib
import marshal
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Literal, TypeAlias

from kpicli import __version__
from kpicli.store.log.snapshot.index import LastWrite, LineIndex, Numbers
from kpicli.store.markers import is_own, is_private, make_private

LARGEST_FILE = 256_000_000
"""Bytes of one index: that of some twenty million lines."""

MOST_FILES, MOST_BYTES = 128, 512_000_000
"""So many indexes are kept, and so many bytes of them; of more the oldest go."""

_NAME = r"[0-9a-f]{64}(?:\.[0-9a-f]{8})?"
_CHECKSUM = 32

Buffer: TypeAlias = "bytes | Numbers"


class SnapshotFile:
    """The index of the log at `path`, in kpi's own folder `home`; of this version alone."""

    def __init__(self, home: str, path: str) -> None:
        self.home, self.folder = home, os.path.join(home, "lines-1")
        name = "\0".join((__version__, sys.version, sys.byteorder, os.path.realpath(path)))
        digest = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()
        self.path = os.path.join(self.folder, digest)

    def is_writable(self) -> bool:
        """Whether there is a folder of one's own for it; it is made where there can be one."""
        with suppress(OSError):
            make_private(self.folder)
            return self._is_own() and os.access(self.folder, os.W_OK)
        return False

    def load(self) -> LineIndex | None:
        """The index, if one is there that is sound."""
        with suppress(OSError, EOFError, ValueError, TypeError, MemoryError):
            if self._is_own():
                return _index(_content(self.path))
        return None

    def save(self, index: LineIndex) -> None:
        """Put an index in the place of the one before; where that can't be, it is left out."""
        pieces = [*_pieces(index)]
        if sum(memoryview(piece).nbytes for piece in pieces) >= LARGEST_FILE:
            return
        with suppress(OSError):
            if self.is_writable():
                self._replace([_checksum(pieces), *pieces])
                self._forget_oldest()

    def _is_own(self) -> bool:
        return is_own(self.home) and is_own(self.folder)

    def _replace(self, pieces: Sequence[Buffer]) -> None:
        new = f"{self.path}.{os.urandom(4).hex()}"
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(new, flags, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.writelines(pieces)
            os.rename(new, self.path)
        except BaseException:
            os.unlink(new)
            raise

    def _forget_oldest(self) -> None:
        entries = [entry for entry in os.scandir(self.folder) if re.fullmatch(_NAME, entry.name)]
        statuses = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        own = [(status, path) for status, path in statuses if _is_own_file(status)]
        own.sort(key=lambda each: each[0].st_mtime_ns, reverse=True)
        sizes = accumulate(status.st_size for status, _ in own)
        for count, ((_, path), size) in enumerate(zip(own, sizes, strict=True)):
            if count >= MOST_FILES or size > MOST_BYTES:
                os.unlink(path)


def _is_own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and is_private(status)


def _content(path: str) -> bytes:
    """What is in a file of one's own."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with open(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not _is_own_file(status) or not _CHECKSUM < status.st_size <= LARGEST_FILE:
            raise ValueError(path)
        return file.read(LARGEST_FILE)


def _checksum(pieces: Sequence[Buffer]) -> bytes:
    checksum = hashlib.blake2b(digest_size=_CHECKSUM)
    for piece in pieces:
        checksum.update(piece)
    return checksum.digest()


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


def _index(content: bytes) -> LineIndex:
    """The index that a file holds; raises where it does not fit its checksum."""
    view = memoryview(content)
    if _checksum([view[_CHECKSUM:]]) != content[:_CHECKSUM]:
        raise ValueError
    start = _CHECKSUM + 8
    size = int.from_bytes(view[_CHECKSUM:start])
    algorithm, digest, counts, names, writes = marshal.loads(view[start : start + size])  # noqa: S302 - it is what kpi wrote, by its checksum
    columns = _Columns(view[start + size :])
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
