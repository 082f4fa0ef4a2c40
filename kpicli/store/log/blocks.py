"""The lines of a file, many at a time."""

from collections.abc import Iterator

from kpicli.store.disk import Disk
from kpicli.store.log.codec import LONGEST

_CHUNK = 1 << 16


def blocks(disk: Disk, descriptor: int, size: int, offset: int = 0) -> Iterator[tuple[bytes, bool]]:
    """Whole lines, many at a time, without the end of the last; what is not ended stands alone.

    They begin at `offset`. The boolean says whether it is ended; a line that is too long keeps its
    start alone.
    """
    rest = b""
    while offset < size and (chunk := disk.read(descriptor, min(_CHUNK, size - offset), offset)):
        offset += len(chunk)
        lines, end, last = chunk.rpartition(b"\n")
        if end:
            yield rest + lines, True
            rest = last
        elif len(rest) <= LONGEST:
            rest += last
    if rest:
        yield rest, False
