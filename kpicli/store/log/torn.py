"""What a write of kpi leaves at the end of a log where it was interrupted."""

import re

from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.disk import Disk
from kpicli.store.log.codec import LONGEST

_CHUNK = 1 << 18

_MEMBERS = r'(?:,"[a-z_]+":(?:"(?:[^"\\\x00-\x1f]|\\.)*"|true|null|[0-9.-]+))*'
_MEMBER_BEGUN = r'(?:,(?:"(?:[a-z_]+(?:"(?::(?:"(?:[^"\\\x00-\x1f]|\\.)*\\?|[a-z0-9.-]*)?)?)?)?)?)?'


def _begun(*pieces: str | tuple[str, int, int], then: str) -> str:
    """A pattern for every start of a text: of words, and of characters so many at least and most.

    What may follow the whole of the text is what `then` matches.
    """
    pattern = then
    for piece in reversed(pieces):
        if isinstance(piece, str):
            for char in reversed(piece):
                pattern = f"(?:{re.escape(char)}{pattern})?"
        else:
            chars, least, most = piece
            pattern = f"(?:{chars}{{{least},{most}}}{pattern}|{chars}{{0,{least}}})"
    return pattern


_INSTANT = _begun(',"at":"', ("[0-9TZ:.-]", 27, 27), '"', then=_MEMBERS + _MEMBER_BEGUN)
_LETTER = r'(?:[^"\\\x00-\x1f]|\\.|\\$)'
_UNIT = _begun(',"unit":"', (_LETTER, 0, 6 * LONGEST_UNIT), '"', then=_INSTANT)
_SKIP = _begun(',"skip":true', then=f"(?:{_UNIT}|{_INSTANT})")

_BEGUN_LINE = _begun(
    '{"id":"',
    ("[0-9a-f]", 16, 16),
    '","kpi":"',
    ("[a-z0-9_]", 1, 64),
    '","period":"',
    ("[0-9A-Z-]", 4, 12),
    '","value":',
    ("[a-z0-9.-]", 1, 32),
    then=f"(?:{_SKIP}|{_UNIT}|{_INSTANT})",
)


def is_torn(raw: bytes) -> bool:
    """Whether it is a start of a line of kpi without its closing brace, or zeros, or both."""
    return re.fullmatch(_BEGUN_LINE.encode(), raw.rstrip(b"\0")) is not None


def is_torn_end(disk: Disk, descriptor: int, raw: bytes) -> bool:
    """Whether what a log ends with is what an interrupted write leaves; zeros may be very many."""
    if len(raw) < LONGEST:
        return is_torn(raw)
    end = disk.status(descriptor).st_size
    while end:
        start = max(end - _CHUNK, 0)
        text = disk.read(descriptor, end - start, start).rstrip(b"\0")
        if text:
            return text.endswith(b"\n")
        end = start
    return True
