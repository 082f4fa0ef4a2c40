"""One line of the log: a record as JSON, sealed with the hash of its own bytes."""

import re
from itertools import islice, product
from typing import Any, NoReturn

from kpicli.errors import NotationError
from kpicli.model.actual import MOST_BY, MOST_NOTE, Line, Record
from kpicli.model.instant import STAMP, read_instant
from kpicli.model.kpi import ID
from kpicli.model.number import MOST_AFTER, MOST_BEFORE, machine
from kpicli.model.period import read_period
from kpicli.store.seal import Hash, sha256
from kpicli.text import safe

LONGEST = 65_536
"""Bytes of a line, its end included."""

_VALUE = rf"-?(?:0|[1-9][0-9]{{0,{MOST_BEFORE - 1}}})(?:\.[0-9]{{1,{MOST_AFTER}}})?"
_FIRST = rb'\{"([^"]*)":"([0-9a-f]{16})",'
_CHAR = r'[^"\\\x00-\x1f]'
_USUAL = (
    rf'\{{"id":"([0-9a-f]{{16}})","kpi":"({ID.pattern})","period":"([0-9QW-]{{4,10}})"'
    rf',"value":(null|{_VALUE}),"at":"({STAMP})"'
    rf'(?:,"by":"({_CHAR}{{0,{MOST_BY}}})")?(?:,"note":"({_CHAR}{{0,{MOST_NOTE}}})")?\}}'
)
"""A line as kpi itself writes it, where nothing has to be escaped."""

_EVERY = re.compile(rf"^(?:{_USUAL}|.*)$", re.MULTILINE).findall
_SEALED_FROM = len('{"id":"0123456789abcdef",')
_LATE_DAYS = frozenset(("29", "30", "31"))
"""Days of a month that not every month has."""


Usual = tuple[str, str, str, str, str, str, str]
"""What stands in a usual line: id, KPI, period, value, instant, who and note."""

_NONE: Usual = ("",) * 7


def read_line(raw: bytes, number: int = 0, file: str = "") -> Line:
    """What a line without its end says; raises `NotationError` with the damage."""
    [usual] = usual_lines(raw)
    if not usual[0]:
        return _unusual(raw, number, file)
    check_usual(raw, usual)
    return usual_line(usual, number, file)


def usual_lines(block: bytes) -> list[Usual]:
    """What stands in each of many lines, or emptiness for one that is not as kpi writes it.

    Each is still to be held against its id.
    """
    try:
        return _EVERY(block.decode())
    except UnicodeDecodeError:
        if b"\n" not in block:
            return [_NONE]
        return [usual for raw in block.split(b"\n") for usual in usual_lines(raw)]


def check_usual(raw: bytes, usual: Usual, hashed: Hash = sha256) -> None:
    """Raise `NotationError` where the id does not fit, or the period or instant is impossible."""
    id, _, period, _, at, _, _ = usual
    if hashed(b"{" + raw[_SEALED_FROM:]).hexdigest()[:16] != id:
        raise _changed(id)
    if at[8:10] in _LATE_DAYS:
        read_instant(at, STAMP)
    read_period(period)


def usual_line(usual: Usual, number: int, file: str) -> Line:
    """The line that it is."""
    id, kpi, period, value, at, by, note = usual
    return Line(kpi, period, at, id, value, by, note, True, number, file)  # noqa: FBT003 - by place it is made twice as fast


def _unusual(raw: bytes, number: int, file: str) -> Line:
    """What any sound JSON says: with escapes, other keys, another order or no seal."""
    fields = _fields(raw)
    id, is_sealed = _id(raw)
    if "id" in fields and not is_sealed:
        raise NotationError("the id must stand first, as kpi writes it")
    return Line(
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


def _changed(seal: str) -> NotationError:
    return NotationError(f"record changed after it was written (id {seal} does not match)")


class _Number(str):
    """The digits of a JSON number."""

    __slots__ = ()


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise NotationError("not UTF-8") from None


def _fields(raw: bytes) -> dict[str, Any]:
    text = _decoded(raw)
    import json

    try:
        fields = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_Number,
            parse_int=_Number,
            parse_constant=_not_plain,
        )
    except RecursionError:
        raise NotationError("nested too deeply") from None
    except ValueError:
        raise NotationError("not a JSON object") from None
    if not isinstance(fields, dict):
        raise NotationError("not a JSON object")
    return fields


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotationError(f"duplicate key '{safe(twice[:40])}'")
    return fields


def _not_plain(_constant: str = "") -> NoReturn:
    raise NotationError("value must be a plain decimal number")


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
    if not isinstance(value, _Number) or not re.fullmatch(_VALUE, value):
        _not_plain()
    return str(value)


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
    value = "null" if record.value is None else machine(record.value)
    text = f'"kpi":"{record.kpi}","period":"{record.period}","value":{value}'
    text += f',"at":"{at or record.at}"'
    if record.by:
        text += f',"by":{_quoted(record.by)}'
    if record.note:
        text += f',"note":{_quoted(record.note)}'
    sealed = f"{text}}}".encode()
    id = sha256(b"{" + sealed).hexdigest()[:16]
    line = b'{"id":"%s",%s\n' % (id.encode(), sealed)
    if len(line) > LONGEST:
        raise NotationError(f"the record is longer than {LONGEST:,} bytes", hint="shorten the note")
    return line, id


def _quoted(text: str) -> str:
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    import json

    is_utf8 = not any("\ud800" <= char <= "\udfff" for char in text)
    return json.dumps(text, ensure_ascii=not is_utf8)


_MOST_SHOWN = 1000
"""Pairs that are kept of a line which is no record at all."""
_KPI_SHOWN = rb'"kpi"\s*:\s*"(%s)"' % ID.pattern.encode()
_PERIOD_SHOWN = rb'"period"\s*:\s*"([0-9QW-]{4,10})"'
_AT_SHOWN = rb'"at"\s*:\s*"(%s)"' % STAMP.encode()


def still_shown(raw: bytes) -> tuple[list[tuple[str, str]], str]:
    """The KPIs and periods that a damaged line may have been about, and its instant if any."""
    kpis = dict.fromkeys(re.findall(_KPI_SHOWN, raw))
    periods = dict.fromkeys(re.findall(_PERIOD_SHOWN, raw))
    pairs = islice(product(kpis, periods), _MOST_SHOWN)
    return [(kpi.decode(), period.decode()) for kpi, period in pairs], _at_shown(raw)


def _at_shown(raw: bytes) -> str:
    found = re.search(_AT_SHOWN, raw)
    try:
        return read_instant(found[1].decode(), STAMP) if found else ""
    except NotationError:
        return ""
