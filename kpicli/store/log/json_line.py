"""A line of the log that is not as kpi writes it: any sound JSON, read strictly, sealed or not."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from kpicli.errors import NotationError
from kpicli.model.kpi import ID
from kpicli.model.number import STORED_NUMBER
from kpicli.model.period import recorded_period
from kpicli.model.record import MOST_BY, MOST_NOTE, MOST_SOURCE, NOTE_ID, REPLACES, LogLine
from kpicli.model.timestamp import STAMP, read_instant
from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.log.seal import changed, sha256
from kpicli.text import safe

if TYPE_CHECKING:
    from json import JSONDecoder

MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
"""How lines of a git conflict begin; they may stand alone or be longer, and no object does so."""
_BLANK = " \t\n\r"
_FIRST = frozenset('{["-0123456789tfnNI')
"""What JSON begins with, as Python reads it; of much that is none the decoder is slow to say so."""
_ID_FIRST = rb'\{"([^"]*)":"([0-9a-f]{16})",'


class NotPlainError(NotationError):
    """A value that is no number in plain digits."""


class Digits(str):
    """The digits of a JSON number."""

    __slots__ = ()


def read_object(text: str, hint: str = "") -> dict[str, Any]:
    """The members of an object; raises `NotationError`, with the hint where it is none."""
    try:
        members = _decoder().decode(text) if text.lstrip(_BLANK)[:1] in _FIRST else None
    except RecursionError:
        raise NotationError("nested too deeply") from None
    except ValueError:
        members = None
    if not isinstance(members, dict):
        raise NotationError("not a JSON object", hint=hint)
    return members


def not_plain(_constant: str = "") -> NoReturn:
    """Refuse what is no plain number: NaN, an infinity, an exponent, a list."""
    raise NotPlainError("value must be a plain decimal number")


@cache
def _decoder() -> "JSONDecoder":
    from json import JSONDecoder

    return JSONDecoder(**STRICT)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise NotationError(f"duplicate key '{safe(name[:40])}'")
        fields[name] = value
    return fields


STRICT: dict[str, Any] = {
    "object_pairs_hook": _unique,
    "parse_float": Digits,
    "parse_int": Digits,
    "parse_constant": not_plain,
}
"""How JSON is decoded: no key twice, numbers by their digits, and no NaN."""


def read_json_line(raw: bytes, number: int, file: str) -> LogLine:
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
        fields["value"] is None and fields.get("skip") is True,
        _about(fields),
        _replaces(fields),
    )


def _id(raw: bytes) -> tuple[str, bool]:
    """The id, and whether it is written; one that fits under another key was an id before."""
    first = re.match(_ID_FIRST, raw)
    if first is None:
        return sha256(raw).hexdigest()[:16], False
    key, seal = first[1], first[2].decode()
    is_sealed = key == b"id"
    if is_sealed is not (sha256(b"{" + raw[first.end() :]).hexdigest()[:16] == seal):
        raise changed(seal)
    return (seal, True) if is_sealed else (sha256(raw).hexdigest()[:16], False)


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
    recorded_period(period)
    return period


def _value(fields: dict[str, Any]) -> str:
    value = fields.get("value", "")
    if value is None:
        return "null"
    if not isinstance(value, Digits) or not re.fullmatch(STORED_NUMBER, value):
        not_plain()
    return str(value)


def _unit(fields: dict[str, Any]) -> str:
    """The unit; whatever else stands in its place was never kpi's, and is ignored."""
    unit = fields.get("unit", "")
    return unit if type(unit) is str and len(unit) <= LONGEST_UNIT else ""


def _about(fields: dict[str, Any]) -> str:
    """The KPI that a note is on; of any other line that key says nothing."""
    if fields["kpi"] != NOTE_ID:
        return ""
    about = fields.get("about")
    if type(about) is not str or not ID.fullmatch(about) or fields["value"] is not None:
        raise NotationError("a note must be about a KPI, with null as its value")
    return about


def _replaces(fields: dict[str, Any]) -> str:
    """The ids that it names; whatever else stands there was never kpi's, and is ignored."""
    replaces = fields.get("replaces", "")
    return replaces if type(replaces) is str and re.fullmatch(REPLACES, replaces) else ""


def _at(fields: dict[str, Any], *, is_sealed: bool) -> str:
    return read_instant(fields.get("at"), STAMP) if is_sealed else read_instant(fields.get("at"))


def _text(fields: dict[str, Any], key: str, most: int) -> str:
    text = fields.get(key, "")
    if type(text) is not str or len(text) > most:
        raise NotationError(f"{key} must be text of at most {most:,} characters")
    return text
