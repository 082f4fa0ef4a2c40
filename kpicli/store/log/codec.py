"""One line of the log: a record as JSON, sealed with the hash of its own bytes."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from kpicli.errors import NotationError
from kpicli.model.kpi import ID
from kpicli.model.number import MOST_AFTER, MOST_BEFORE, json_number
from kpicli.model.period import read_period
from kpicli.model.record import MOST_BY, MOST_NOTE, MOST_SOURCE, LogLine, Record
from kpicli.model.timestamp import STAMP, SURE_STAMP, read_instant
from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.log.json_object import Digits, not_plain, read_object

try:
    from _sha2 import sha256 as sha256  # type: ignore[import-not-found] # noqa: PLC0414 - exported
except ImportError:
    try:
        from _sha256 import sha256 as sha256  # type: ignore[import-not-found,no-redef,unused-ignore] # noqa: PLC0414 - exported
    except ImportError:  # another build of Python: the same hash by the longer way
        from hashlib import sha256 as sha256  # noqa: PLC0414 - exported

_MUCH = 4_000_000
"""Bytes from which on the faster code of OpenSSL earns the 3 ms that it takes to load."""


class Digest(Protocol):
    """What a hash is asked for."""

    def hexdigest(self) -> str:
        """Its hexadecimal digits."""
        ...


Hash = Callable[[bytes], Digest]

_usual: Hash = sha256


def sha256_for(size: int) -> Hash:
    """The fastest way to hash so many bytes, line by line."""
    if size < _MUCH:
        return _usual
    import hashlib

    return hashlib.sha256


LONGEST = 65_536
"""Bytes of a line, its end included."""

_VALUE = rf"-?(?:0|[1-9][0-9]{{0,{MOST_BEFORE - 1}}})(?:\.[0-9]{{1,{MOST_AFTER}}})?"
_FIRST = rb'\{"([^"]*)":"([0-9a-f]{16})",'
_CHAR = r'[^"\\\x00-\x1f]'
_HEAD = rf'\{{"id":"([0-9a-f]{{16}})","kpi":"({ID.pattern})","period":"([0-9QW-]{{4,10}})","value":'
_UNIT = rf"{_CHAR}{{1,{LONGEST_UNIT}}}"
_BY, _NOTE = rf"{_CHAR}{{0,{MOST_BY}}}", rf"{_CHAR}{{0,{MOST_NOTE}}}"
_FROM = rf"{_CHAR}{{0,{MOST_SOURCE}}}"
_USUAL = (
    rf'{_HEAD}(null|{_VALUE})(?:,"unit":"({_UNIT})")?,"at":"({SURE_STAMP})"'
    rf'(?:,"by":"({_BY})")?(?:,"note":"({_NOTE})")?(?:,"from":"({_FROM})")?\}}'
)
"""A line as kpi itself writes it, where nothing has to be escaped."""

_QUICK = (
    rf'{_HEAD}(?:null|{_VALUE})(?:,"unit":"{_UNIT}")?,"at":"{SURE_STAMP}"'
    rf'(?:,"by":"{_BY}")?(?:,"note":"{_NOTE}")?(?:,"from":"{_FROM}")?\}}'
)
_SEALED_FROM = len('{"id":"0123456789abcdef",')

Usual = tuple[str, str, str, str, str, str, str, str, str]
"""What stands in a usual line: id, KPI, period, value, unit, instant, who, note and source."""

Seal = tuple[str, str, str]
"""As much of it as is needed to pass over it: id, KPI and period."""

_T = TypeVar("_T", Usual, Seal)


def _every(pattern: str) -> Callable[[str], list[Any]]:
    return re.compile(rf"^(?:{pattern}|.*)$", re.MULTILINE).findall


_EVERY_USUAL, _EVERY_SEAL = _every(_USUAL), _every(_QUICK)


_NOT_USUAL: Usual = ("",) * 9


def read_line(raw: bytes, number: int = 0, file: str = "") -> LogLine:
    """What a line without its end says; raises `NotationError` with the damage."""
    usual, *rest = usual_lines(raw)
    return read_usual(raw, _NOT_USUAL if rest else usual, number, file)


def usual_lines(block: bytes) -> list[Usual]:
    """What stands in each of many lines; empty texts for one that is not as kpi writes it.

    Each is still to be held against its id.
    """
    return _all_of(block, _EVERY_USUAL, _NOT_USUAL)


def seals(block: bytes) -> list[Seal]:
    """Id, KPI and period of each of many lines, of which most will be ignored."""
    return _all_of(block, _EVERY_SEAL, ("",) * 3)


def _all_of(block: bytes, every: Callable[[str], list[_T]], empty: _T) -> list[_T]:
    try:
        return every(block.decode())
    except UnicodeDecodeError:
        if b"\n" not in block:
            return [empty]
        return [line for raw in block.split(b"\n") for line in _all_of(raw, every, empty)]


def has_id(raw: bytes, id: str, hashed: Hash = sha256) -> bool:
    """Whether a usual line is what its id was made of."""
    return hashed(b"{" + raw[_SEALED_FROM:]).hexdigest()[:16] == id


def read_usual(raw: bytes, usual: Usual, number: int, file: str, hashed: Hash = sha256) -> LogLine:
    """The line that it is, or what can be made of one that is not usual."""
    id, kpi, period, value, unit, at, by, note, source = usual
    if not id:
        return _unusual(raw, number, file)
    if not has_id(raw, id, hashed):
        raise _changed(id)
    read_period(period)
    return LogLine(kpi, period, at, id, value, by, note, True, number, file, source, unit)  # noqa: FBT003 - by place it is made twice as fast


def _unusual(raw: bytes, number: int, file: str) -> LogLine:
    """What any sound JSON says: with escapes, other keys, another order or no seal."""
    fields = _fields(raw)
    id, is_sealed = _id(raw)
    if "id" in fields and not is_sealed:
        raise NotationError("the id must come first, as kpi writes it")
    return LogLine(
        _kpi(fields),
        _period(fields),
        _at(fields, is_sealed=is_sealed),
        id,
        _value(fields),
        _text(fields, "by", MOST_BY),
        _text(fields, "note", MOST_NOTE),
        is_sealed,
        number,
        file,
        _text(fields, "from", MOST_SOURCE),
        _unit(fields),
    )


def _id(raw: bytes) -> tuple[str, bool]:
    """The id, and whether it is written; one that fits under another key was an id before."""
    first = re.match(_FIRST, raw)
    if first is None:
        return sha256(raw).hexdigest()[:16], False
    key, seal = first[1], first[2].decode()
    is_sealed = key == b"id"
    if is_sealed is not (sha256(b"{" + raw[first.end() :]).hexdigest()[:16] == seal):
        raise _changed(seal)
    return (seal, True) if is_sealed else (sha256(raw).hexdigest()[:16], False)


class SealError(NotationError):
    """The id of a line is not the hash of what it says."""


def _changed(seal: str) -> SealError:
    return SealError(f"record changed after it was written (id {seal} does not match)")


def _fields(raw: bytes) -> dict[str, Any]:
    try:
        return read_object(raw.decode())
    except UnicodeDecodeError:
        raise NotationError("not UTF-8") from None


def _kpi(fields: dict[str, Any]) -> str:
    kpi = fields.get("kpi")
    if type(kpi) is not str or not ID.fullmatch(kpi):
        raise NotationError("kpi must be the id of a KPI")
    return kpi


def _period(fields: dict[str, Any]) -> str:
    period = fields.get("period")
    if type(period) is not str:
        raise NotationError("period must be text, such as 2026-11")
    read_period(period)
    return period


def _value(fields: dict[str, Any]) -> str:
    value = fields.get("value", "")
    if value is None:
        return "null"
    if not isinstance(value, Digits) or not re.fullmatch(_VALUE, value):
        not_plain()
    return str(value)


def _unit(fields: dict[str, Any]) -> str:
    """The unit; whatever else stands in its place was never kpi's, and is ignored."""
    unit = fields.get("unit", "")
    return unit if type(unit) is str and len(unit) <= LONGEST_UNIT else ""


def _at(fields: dict[str, Any], *, is_sealed: bool) -> str:
    return read_instant(fields.get("at"), STAMP) if is_sealed else read_instant(fields.get("at"))


def _text(fields: dict[str, Any], key: str, most: int) -> str:
    text = fields.get(key, "")
    if type(text) is not str or len(text) > most:
        raise NotationError(f"{key} must be text of at most {most:,} characters")
    return text


def write_line(record: Record, at: str | None = None) -> tuple[bytes, str]:
    """The sealed line with its end, and its id; raises `NotationError` for one too long.

    With `at` that is its instant, instead of the record's own.
    """
    value = "null" if record.value is None else json_number(record.value)
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
