"""Read a log by what is remembered of it: hash what is known, read what is wanted or new."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kpicli.store.log.read import BOM
from kpicli.store.log.seal import Digest
from kpicli.store.log.snapshot.builder import IndexBuilder
from kpicli.store.log.snapshot.file import SnapshotFile
from kpicli.store.log.snapshot.index import LineIndex, empty_index

if TYPE_CHECKING:
    from datetime import date

    from kpicli.model.record import LogLine
    from kpicli.store.disk import Disk
    from kpicli.store.log.read import LogFile

_ALGORITHMS = "blake2b", "sha256"
"""Either is quick; which one is quicker depends on the processor."""

_CHUNK = 1 << 18
_BATCH = 1000
_NEW_SHARE = 32
"""What was read anew is remembered as well once it is such a part of the log."""

_MOST_WANTED = 4
"""Where more than such a part of the lines is wanted, it is as well to read all of them."""


def recall(log: "LogFile", descriptor: int, size: int, home: str) -> Iterator["LogLine"]:
    """The lines that a reading of an open log wants, as it would give them itself.

    Nothing is remembered of a line but where it stands. All that is known is hashed in the pass
    that picks out the lines; where the hash is another one, the whole log is read.
    """
    place = SnapshotFile(home, log.path)
    if not place.is_writable():
        yield from log.sound(descriptor, size)
        return
    index = place.load()
    if index is None or index.size > size:
        index = empty_index(_quickest(log.disk))
    numbers, left_out = _wanted(log, index)
    if len(numbers) * _MOST_WANTED > index.last_line:
        yield from log.sound(descriptor, size, most=True)
        return
    hasher = _hasher(index)
    raws = _raws(log.disk, descriptor, index, numbers, hasher)
    if index.size and hasher.digest() != index.digest:
        index, numbers, left_out = empty_index(index.algorithm), [], {}
        hasher = _hasher(index)
    log.left_out = left_out
    yield from _lines(log, index, numbers, raws)
    log.index = IndexBuilder(index, hasher)
    yield from log.sound(descriptor, size, index.last_line, index.size)
    is_worth_it = 0 < log.index.size <= (log.index.size - index.size) * _NEW_SHARE
    if is_worth_it and (new := log.index.built()):
        place.save(new)


def _hasher(index: LineIndex) -> Digest:
    hasher: Digest = getattr(hashlib, index.algorithm)()
    return hasher


def _quickest(disk: "Disk") -> str:
    """The algorithm that takes the least time on this machine."""
    content, times = bytes(_CHUNK), dict[str, float]()
    for name in _ALGORITHMS * 3:
        began = disk.elapsed()
        getattr(hashlib, name)(content)
        times[name] = min(disk.elapsed() - began, times.get(name, float("inf")))
    return min(times, key=lambda name: times[name])


def _wanted(log: "LogFile", index: LineIndex) -> tuple[list[int], dict[str, "date"]]:
    """The numbers of the lines that a reading wants, and what it leaves out."""
    if log.first is None:
        return index.write_of(log.writer or ""), {}
    return index.within(log.first)


def _raws(
    disk: "Disk", descriptor: int, index: LineIndex, numbers: Sequence[int], hasher: Digest
) -> list[bytes]:
    """Those lines without their ends, of the very bytes that are hashed; fewer of a shorter log."""
    raws: list[bytes] = []
    window, start = b"", 0
    for begin, end in (*map(index.span, numbers), (index.size, index.size)):
        while (offset := start + len(window)) < end:
            chunk = disk.read(descriptor, min(_CHUNK, index.size - offset), offset)
            if not chunk:
                return raws
            hasher.update(chunk)
            kept = window[begin - start :]
            window, start = kept + chunk, offset - len(kept)
        raws.append(window[begin - start : end - start])
    return raws[:-1]


def _lines(
    log: "LogFile", index: LineIndex, numbers: Sequence[int], raws: Sequence[bytes]
) -> Iterator["LogLine"]:
    """What stands in those lines; of a damaged one its issue, as when it is read."""
    if index.bounds[0]:
        log.without_mark(BOM)
    for place in range(0, len(numbers), _BATCH):
        batch = slice(place, place + _BATCH)
        yield from log.every(numbers[batch], b"\n".join(raws[batch]))
