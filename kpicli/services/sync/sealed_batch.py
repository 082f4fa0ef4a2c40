"""Lines of a shared log held against their ids, many at a time."""

from collections.abc import Iterator, Sequence

from kpicli.errors import NotationError
from kpicli.model.record import LogLine
from kpicli.store.log.codec import LONGEST, NOT_USUAL, Usual, read_usual, usual_lines

SealedLine = tuple[str, bytes]
"""The id under which a line is known, and its bytes without their end."""


def sound_lines(batch: Sequence[SealedLine]) -> Iterator[LogLine | str]:
    """What each line says, or why it is no sealed one with that id."""
    usuals = usual_lines(b"\n".join(raw for _, raw in batch))
    if len(usuals) != len(batch):  # one of them is more than a line
        usuals = [NOT_USUAL] * len(batch)
    for (id, raw), usual in zip(batch, usuals, strict=True):
        yield _sound(id, raw, usual)


def _sound(id: str, raw: bytes, usual: Usual) -> LogLine | str:
    if b"\n" in raw or b"\r" in raw:
        return "more than one line"
    if len(raw) >= LONGEST:
        return f"longer than {LONGEST:,} bytes"
    try:
        line = read_usual(raw, usual, 0, "")
    except NotationError as error:
        return error.message
    if not line.is_sealed:
        return "not sealed"
    return line if line.id == id else f"its own id is {line.id}"
