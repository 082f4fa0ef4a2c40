"""What a sealed line was before it was damaged, proven by its id.

The id is the hash of the line's own bytes. Where a small change of what the line is now, a bit, a
byte, another KPI or period, makes the hash fit again, that is what the line was.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, product

from kpicli.store.log.seal import sha256

START = b'{"id":"'  # what a sealed line begins with
_ID, _CONTENT = slice(7, 23), 25  # where its id and the content that is sealed stand
_MAX_HASHED = 16_000_000  # bytes hashed for all lines of a file; that takes a fifth of a second
_ALMOST = 14  # digits of an id, of 16, that fit only where the content is what it was
_LENGTH, _HEX = 16, b"0123456789abcdefABCDEF"
"""The digits of an id, how many and which: without them there is nothing to be made to fit."""
_PRINTABLE = [bytes([code]) for code in range(0x20, 0x7F)]
_PAIR = re.compile(rb'"kpi":"([^"]*)","period":"([^"]*)"')
_YEAR = re.compile(rb'"period":"(?:FY)?([0-9]{4})')
_DAY = re.compile(rb'"at":"([0-9]{4}-[0-9]{2}-[0-9]{2})T')
_YEARS_AWAY = 3  # so far apart a period and the day on which its record was made are thought of


class Restorer:
    """Restores the lines of a file; another KPI that is thought of is one of the `kpis`."""

    def __init__(self, kpis: Collection[str] = ()) -> None:
        self.kpis = kpis
        self._hashes_left = _MAX_HASHED

    def restored(self, raw: bytes) -> bytes | None:
        """The sealed line that this was, where that is proven."""
        if len(raw) <= _CONTENT or len(raw[_ID].translate(None, _HEX)) > _LENGTH - _ALMOST:
            return None
        content = b"{" + raw[_CONTENT:]
        digest = sha256(content).hexdigest()[:16].encode()
        if sum(map(int.__eq__, digest, raw[_ID])) >= _ALMOST:
            return _sealed(digest, content)
        if self._hashes_left < 0 or not raw.startswith(START):
            return None
        line, hashed = _search(raw, tuple(self.kpis), self._hashes_left)
        self._hashes_left -= hashed
        return line


@lru_cache(maxsize=128)
def _search(raw: bytes, kpis: tuple[str, ...], most: int) -> tuple[bytes | None, int]:
    """The line whose content one small change makes fit its id, and how many bytes were hashed.

    A log is read several times in a run, and what is damaged in it stays the same.
    """
    try:
        wanted = bytes.fromhex(raw[_ID].decode())
    except ValueError:
        return None, 0
    content, hashed = b"{" + raw[_CONTENT:], 0
    others = [kpi.encode() for kpi in kpis]
    changes = (
        _flips(content),
        _other_days(content),
        _bytes(content),
        _other_pairs(content, others),
    )
    for change in chain.from_iterable(changes):
        hashed += len(change)
        if hashed > most:
            break
        if sha256(change).digest()[:8] == wanted:
            return _sealed(raw[_ID], change), hashed
    return None, hashed


def _sealed(id: bytes, content: bytes) -> bytes:
    return START + id + b'",' + content[1:]


def _flips(content: bytes) -> Iterator[bytes]:
    """Another bit, anywhere."""
    for at, code in enumerate(content):
        before, after = content[:at], content[at + 1 :]
        for bit in range(8):
            yield before + bytes([code ^ 1 << bit]) + after


def _other_pairs(content: bytes, kpis: Collection[bytes]) -> Iterator[bytes]:
    """Another KPI, another period, and last of all both."""
    pair, day = _PAIR.search(content), _DAY.search(content)
    if not pair:
        return
    labels = list(_labels(_around(day))) if day else []
    before, after = content[: pair.start(1)], content[pair.end(2) :]
    pairs = chain(product(kpis, [pair[2]]), product([pair[1]], labels), product(kpis, labels))
    for kpi, label in pairs:
        yield b'%s%s","period":"%s%s' % (before, kpi, label, after)


def _other_days(content: bytes) -> Iterator[bytes]:
    """Another day on which it was made, in the years around the one of its period."""
    year, day = _YEAR.search(content), _DAY.search(content)
    if year and day:
        for other in _days(_around(year)):
            yield content[: day.start(1)] + other + content[day.end(1) :]


def _around(year: re.Match[bytes]) -> range:
    """The years around one that begins a text, in which a period and its record may lie."""
    number = int(year[1][:4])
    return range(max(number - _YEARS_AWAY, 1), min(number + _YEARS_AWAY, 9998) + 1)


def _days(years: range) -> Iterator[bytes]:
    day = date(years[0], 1, 1)
    while day.year in years:
        yield day.isoformat().encode()
        day += timedelta(days=1)


def _labels(years: range) -> Iterator[bytes]:
    """Every period of some years."""
    yield from _days(years)
    for year in years:
        for prefix in (b"%d" % year, b"FY%d" % year):
            yield prefix
            yield from (b"%s-Q%d" % (prefix, number) for number in range(1, 5))
        yield from (b"%d-%02d" % (year, number) for number in range(1, 13))
        yield from (b"%d-W%02d" % (year, number) for number in range(1, 54))


def _bytes(content: bytes) -> Iterator[bytes]:
    """Another byte, one more or one less, anywhere."""
    for at in range(len(content)):
        before, after = content[:at], content[at + 1 :]
        yield before + after
        for char in _PRINTABLE:
            yield before + char + after
            yield before + char + content[at:]
