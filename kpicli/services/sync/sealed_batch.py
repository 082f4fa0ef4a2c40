"""Lines of a shared log held against their ids, many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from kpicli.errors import NotationError
from kpicli.noun import NamedTuple
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.merge import Copied
from kpicli.store.log.seal import sha256
from kpicli.store.log.seals import seals


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
