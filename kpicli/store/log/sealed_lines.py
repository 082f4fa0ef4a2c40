"""The sealed lines of a log as they stand on disk, byte for byte."""

from collections.abc import Collection, Iterator

from kpicli.store.disk import Disk, give_back, open_to_read, refused
from kpicli.store.log import Log
from kpicli.store.log.blocks import blocks
from kpicli.store.log.read import BOM, LogFile

_ID = slice(7, 23)
"""Where the id of a sealed line stands."""


def sealed_lines(log: Log, ids: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Id and bytes of each line with one of these ids, without its end, in order; once each.

    The log has been read, and found them sound.
    """
    waiting = set(ids)
    for file in log.files:
        for raw in _raws(file, file.disk):
            id = raw[_ID].decode(errors="replace")
            if id in waiting and raw.startswith(b'{"id":"'):
                waiting.discard(id)
                yield id, raw


def _raws(file: LogFile, disk: Disk) -> Iterator[bytes]:
    descriptor = open_to_read(file.path, file.name, disk)
    if descriptor is None:
        return
    try:
        for block, _ in blocks(disk, descriptor, disk.status(descriptor).st_size):
            for raw in block.removeprefix(BOM).split(b"\n"):
                yield raw.removesuffix(b"\r")
    except OSError as error:
        raise refused(file.name, error) from None
    finally:
        give_back(descriptor, disk)
