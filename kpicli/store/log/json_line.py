"""A line of the log that is not as kpi writes it: any sound JSON, sealed or not."""

import re
from typing import Any

from kpicli.errors import NotationError
from kpicli.model.kpi import ID
from kpicli.model.number import STORED_NUMBER
from kpicli.model.period import recorded_period
from kpicli.model.record import MOST_BY, MOST_NOTE, MOST_SOURCE, NOTE_ID, REPLACES, LogLine
from kpicli.model.timestamp import STAMP, read_instant
from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.log.json_object import Digits, not_plain, read_object
from kpicli.store.log.seal import changed, sha256

_FIRST = rb'\{"([^"]*)":"([0-9a-f]{16})",'


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
    first = re.match(_FIRST, raw)
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
