"""Lines of the log, one a record: JSON, sealed with the hash of its own bytes; or many at once."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from sys import intern

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN
from kpicli.model.kpi import ID
from kpicli.model.number import STORED_NUMBER, json_number
from kpicli.model.period import recorded_period
from kpicli.model.record import MOST_BY, MOST_NOTE, MOST_SOURCE, REPLACES, LogLine, Record
from kpicli.model.timestamp import SURE_STAMP
from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.disk import Disk
from kpicli.store.log.seal import Hash, changed, sha256

_CHUNK = 1 << 16
LONGEST = 65_536  # bytes of a line, its end included
_CHAR = r'[^"\\\x00-\x1f]'
_SKIP = 'null,"skip":true'
_KPI, _PERIOD, _VALUE = rf"{ID.pattern}+", "[0-9FYQW-]{4,10}+", rf"{STORED_NUMBER}|{_SKIP}|null"
_UNIT = rf"{_CHAR}{{1,{LONGEST_UNIT}}}+"
_BY, _NOTE = rf"{_CHAR}{{0,{MOST_BY}}}+", rf"{_CHAR}{{0,{MOST_NOTE}}}+"
_FROM = rf"{_CHAR}{{0,{MOST_SOURCE}}}+"
_USUAL = (
    rf'\{{"id":"([0-9a-f]{{16}}+)","kpi":"({_KPI})","period":"({_PERIOD})","value":({_VALUE})'
    rf'(?:,"unit":"({_UNIT})"|),"at":"({SURE_STAMP})"(?:,"by":"({_BY})"|)(?:,"note":"({_NOTE})"|)'
    rf'(?:,"from":"({_FROM})"|)(?:,"replaces":"({REPLACES})"|)\}}'
)
"""A line as kpi itself writes it, where nothing has to be escaped.

That something may be left out is said by `|`, which is matched in half the time that `?` takes.
"""

_ESCAPED = rf'(?:{_CHAR}|\\["\\/bfnrt]){{0,{MOST_NOTE}}}+'


def quick(write: str) -> str:
    """The pattern of a usual line that may be passed over, notes included: id, the rest, its parts.

    What stands in the place of the id is held against the rest in any case. A `write` of `(` gives
    instant and writer too, one of `(?:` does not.
    """
    return (
        rf'\{{"id":"(.{{16}}+)",("kpi":"({_KPI})","period":"({_PERIOD})","value":(?:{_VALUE})'
        rf'(?:,"unit":"{_UNIT}"|),"at":"{write}{SURE_STAMP})"(?:,"by":"{write}{_BY})"|)'
        rf'(?:\}}|(?:,"note":"(?:{_NOTE}"|{_ESCAPED}")|)(?:,"from":"{_FROM}"|)'
        rf'(?:,"about":"{_KPI}"|,"replaces":"(?:{REPLACES})"|)\}}))'
    )


_SEALED_FROM = len('{"id":"0123456789abcdef",')

Usual = tuple[str, str, str, str, str, str, str, str, str, str]
"""What stands in a usual line: id, KPI, period, value, unit, at, by, note, from and replaces."""
NOT_USUAL: Usual = ("",) * 10


def read_line(raw: bytes, number: int = 0, file: str = "") -> LogLine:
    """What a line without its end says; raises `NotationError` with the damage."""
    usual, *rest = usual_lines(raw)
    return read_usual(raw, NOT_USUAL if rest else usual, number, file)


def usual_lines(block: bytes) -> list[Usual]:
    """What stands in each of many lines; empty texts for one that is not as kpi writes it.

    Each is still to be held against its id.
    """
    try:
        return _every()(block.decode())
    except UnicodeDecodeError:
        if b"\n" not in block:
            return [NOT_USUAL]
        return [usual for raw in block.split(b"\n") for usual in usual_lines(raw)]


@cache
def _every() -> Callable[[str], list[Usual]]:
    return re.compile(rf"^(?:{_USUAL}|.*)$", re.MULTILINE).findall


def read_usual(raw: bytes, usual: Usual, number: int, file: str, hashed: Hash = sha256) -> LogLine:
    """The line that it is, or what can be made of one that is not usual."""
    id = usual[0]
    if not id:
        from kpicli.store.log.json_line import read_json_line

        return read_json_line(raw, number, file)
    if hashed(b"{" + raw[_SEALED_FROM:]).hexdigest()[:16] != id:
        raise changed(id)
    recorded_period(usual[2], PLAIN)
    return sound_line(usual, number, file)


_noun = tuple.__new__


def sound_line(usual: Usual, number: int, file: str) -> LogLine:
    """A usual line of which it is known that nothing has changed."""
    id, kpi, period, value, unit, at, by, note, source, replaces = usual
    skip = value == _SKIP
    digits = "null" if skip else value
    return _noun(LogLine, (  # which takes half the time
        intern(kpi), intern(period), intern(at), id, digits, intern(by), note,
        True, number, file, source, unit, skip, "", replaces,
    ))  # fmt: skip


def write_line(record: Record, at: str | None = None) -> tuple[bytes, str]:
    """The sealed line with its end, and its id; raises `NotationError` for one too long.

    With `at` that is its instant, instead of the record's own.
    """
    value = "null" if record.value is None else json_number(record.value)
    value = _SKIP if record.skip else value
    text = f'"kpi":"{record.kpi}","period":"{record.period}","value":{value}'
    if record.unit:
        text += f',"unit":{_quoted(record.unit)}'
    text += f',"at":"{at or record.at}"'
    if record.by:
        text += f',"by":{_quoted(record.by)}'
    if record.note:
        text += f',"note":{_quoted(record.note)}'
    if record.source:
        text += f',"from":{_quoted(record.source)}'
    if record.about:
        text += f',"about":"{record.about}"'
    elif record.replaces and re.fullmatch(REPLACES, record.replaces):
        text += f',"replaces":"{record.replaces}"'
    sealed = f"{text}}}".encode()
    id = sha256(b"{" + sealed).hexdigest()[:16]
    line = b'{"id":"%s",%s\n' % (id.encode(), sealed)
    if len(line) > LONGEST:
        raise NotationError(f"the record is longer than {LONGEST:,} bytes", hint="shorten the note")
    return line, id


@lru_cache(maxsize=64)
def _quoted(text: str) -> str:
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    import json

    is_utf8 = not any("\ud800" <= char <= "\udfff" for char in text)
    return json.dumps(text, ensure_ascii=not is_utf8)


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
