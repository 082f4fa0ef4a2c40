"""Read a log by what is remembered of it: hash what is known, read what is wanted or new."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from operator import sub

from kpicli.model.record import LogLine
from kpicli.store.cache import blake2b
from kpicli.store.disk import Disk
from kpicli.store.log.codec import sound_line, usual_lines
from kpicli.store.log.read import BOM, LogFile
from kpicli.store.log.seal import MUCH, Digest
from kpicli.store.log.snapshot.builder import IndexBuilder
from kpicli.store.log.snapshot.index import LineIndex, SnapshotFile, empty_index

_ALGORITHMS = "blake2b", "sha256"  # which is quicker depends on the processor
_CHUNK = 1 << 18
_IN_A_ROW, _BATCH = 64, 64  # lines in a row that are one piece, and pieces read at once
_MOST_HELD = 1 << 25  # bytes of lines held until the hash is known; of more all are read
_NEW_SHARE = 32  # what was read anew is remembered as well once it is such a part of the log


def recall(log: LogFile, descriptor: int, size: int, home: str) -> Iterator[LogLine]:
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
        index = empty_index(_quickest(log.disk) if size >= MUCH else _ALGORITHMS[0])
    numbers, left_out = _wanted(log, index)
    if len(numbers) * index.size > _MOST_HELD * index.last_line:
        del index, numbers  # which take much memory
        yield from log.sound(descriptor, size, most=True)
        return
    rows, hasher = _rows(numbers), _hasher(index.algorithm)
    pieces = _pieces(log.disk, descriptor, index, rows, hasher)
    if index.size and hasher.digest() != index.digest:
        index, rows, left_out = empty_index(index.algorithm), [], {}
        hasher = _hasher(index.algorithm)
    log.left_out = left_out
    yield from _lines(log, index, rows, pieces)
    log.index = IndexBuilder(index, hasher)
    yield from log.sound(descriptor, size, index.last_line, index.size)
    is_worth_it = 0 < log.index.size <= (log.index.size - index.size) * _NEW_SHARE
    if is_worth_it and (new := log.index.built()):
        place.save(new)


def _hasher(algorithm: str) -> Digest:
    if algorithm == _ALGORITHMS[0]:
        return blake2b()
    import hashlib

    hasher: Digest = getattr(hashlib, algorithm)()
    return hasher


def _quickest(disk: Disk) -> str:
    """The algorithm that takes the least time on this machine."""
    content, times = bytes(_CHUNK), dict[str, float]()
    for name in _ALGORITHMS * 3:
        began = disk.elapsed()
        _hasher(name).update(content)
        times[name] = min(disk.elapsed() - began, times.get(name, float("inf")))
    return min(times, key=lambda name: times[name])


def _wanted(log: LogFile, index: LineIndex) -> tuple[list[int], dict[str, date]]:
    """The numbers of the lines that a reading wants, and what it leaves out."""
    if log.lookback is None:
        return index.write_of(log.writer or ""), {}
    return index.within(log.lookback)


def _rows(numbers: Sequence[int]) -> list[range]:
    """The numbers of lines that stand in a row, in order; a long row is several."""
    steps = enumerate(map(sub, numbers[1:], numbers), 1)
    gaps = [at for at, step in steps if step > 1]
    return [
        range(numbers[at], numbers[min(at + _IN_A_ROW, end) - 1] + 1)
        for begin, end in zip([0, *gaps], [*gaps, len(numbers)], strict=True)
        for at in range(begin, end, _IN_A_ROW)
    ]


def _pieces(
    disk: Disk, descriptor: int, index: LineIndex, rows: Sequence[range], hasher: Digest
) -> list[bytes]:
    """Those lines without the last end, of the bytes that are hashed; fewer of a shorter log."""
    pieces: list[bytes] = []
    window, start = b"", 0
    spans = ((index.span(row[0])[0], index.span(row[-1])[1]) for row in rows)
    for begin, end in (*spans, (index.size, index.size)):
        while (offset := start + len(window)) < end:
            chunk = disk.read(descriptor, min(_CHUNK, index.size - offset), offset)
            if not chunk:
                return pieces
            hasher.update(chunk)
            kept = window[begin - start :]
            window, start = kept + chunk, offset - len(kept)
        pieces.append(window[begin - start : end - start])
    return pieces[:-1]


def _lines(
    log: LogFile, index: LineIndex, rows: Sequence[range], pieces: Sequence[bytes]
) -> Iterator[LogLine]:
    """What stands in those lines; of a damaged one its issue, as when it is read.

    The others were held against their ids when they were read, and the hash is that of the log.
    """
    if index.bounds[0]:
        log.without_mark(BOM)
    damaged = {*index.damaged}
    for place in range(0, len(rows), _BATCH):
        batch = slice(place, place + _BATCH)
        content, numbers = b"\n".join(pieces[batch]), chain(*rows[batch])
        raws: list[bytes] = []
        for at, (usual, number) in enumerate(zip(usual_lines(content), numbers, strict=True)):
            if usual[0] and number not in damaged:
                yield sound_line(usual, number, log.name)
                continue
            raws = raws or content.split(b"\n")
            if line := log.line(number, raws[at], usual):
                yield line
