"""The sealed lines of a log: as they stand on disk, byte for byte, and held against their ids."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from kpicli.errors import NotationError
from kpicli.noun import NamedTuple
from kpicli.store.disk import Disk, give_back, open_to_read, refused
from kpicli.store.log import Log
from kpicli.store.log.codec import LONGEST, blocks, read_line
from kpicli.store.log.merge import Copied
from kpicli.store.log.read import BOM, LogFile
from kpicli.store.log.seal import sha256
from kpicli.store.log.seals import seals

_ID = slice(7, 23)  # where the id of a sealed line stands


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


class SealedLine(NamedTuple):
    """The id under which a line is known, its bytes without their end, and which one it is."""

    id: str
    raw: bytes
    number: int


def sound_lines(batch: Sequence[SealedLine]) -> Iterator[Copied | str]:
    """The copy that each line is, or why it is no sealed one with that id."""
    every = seals(b"\n".join(line.raw for line in batch), sha256)
    columns: Iterable[Any] = zip(every.ids, every.kpis, every.periods, every.instants, strict=True)
    if len(every.ids) != len(batch):  # one of them is more than a line
        columns = repeat((None,) * 4, len(batch))
    periods: dict[bytes, str] = {}
    for (id, raw, number), (own, kpi, period, at) in zip(batch, columns, strict=True):
        if own and own.decode() == id and period in periods:
            yield Copied(id, kpi.decode(), periods[period], at.decode(), raw + b"\n", number)
            continue
        copy = _sound(id, raw, number)
        if not isinstance(copy, str):
            periods[copy.period.encode()] = copy.period
        yield copy


def _sound(id: str, raw: bytes, number: int) -> Copied | str:
    if b"\n" in raw or b"\r" in raw:
        return "more than one line"
    if len(raw) >= LONGEST:
        return f"longer than {LONGEST:,} bytes"
    try:
        line = read_line(raw)
    except NotationError as error:
        return error.message
    if not line.is_sealed:
        return "not sealed"
    if line.id != id:
        return f"its own id is {line.id}"
    return Copied(id, line.kpi, line.period, line.at, raw + b"\n", number)
