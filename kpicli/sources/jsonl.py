"""JSON Lines: one object a line, as the log itself is written."""

from collections.abc import Iterator
from typing import Any

from kpicli.errors import KpiError, NotationError
from kpicli.model.number import Mark
from kpicli.sources import COLUMNS, NEEDED, OWN, Row, check_length, no_rows, placed
from kpicli.sources._csv_reader import BOM, decoded, require_utf_8
from kpicli.store.log.json_object import MARKERS, Digits, NotPlainError, not_plain, read_object
from kpicli.text import did_you_mean, safe

ENDINGS = ("jsonl", "ndjson")

_SEALED = b'{"id":'
_ONE_A_LINE = "write one object a line; jq -c '.[]' makes that of an array"


def looks_like(first: bytes) -> bool:
    """Whether it begins as JSON does."""
    return first.startswith((b"{", b"["))


def read(content: bytes, shown: str, delimiter: str | None = None) -> Iterator[Row | KpiError]:
    """A row an object; a number keeps its digits. A line ends at a line feed and nowhere else."""
    has_rows = False
    try:
        if delimiter is not None:
            raise NotationError("JSON Lines has no delimiter", hint="leave --delimiter out")
        require_utf_8(content, shown)
        for line, raw in _lines(content):
            has_rows = True
            try:
                yield _row(line, raw)
            except NotationError as error:
                yield placed(error, shown, line)
        if not has_rows:
            yield no_rows(shown)
    except NotationError as error:
        yield error


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, without its end."""
    start, line = len(BOM) if content.startswith(BOM) else 0, 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line += 1
        if (raw := content[start:end].removesuffix(b"\r")) and not raw.isspace():
            yield line, raw
        start = end + 1


def _row(line: int, raw: bytes) -> Row:
    try:
        return _read(line, raw)
    except NotPlainError as error:
        raise NotationError(error.message, hint='or text, such as "12 kr"') from None


def _read(line: int, raw: bytes) -> Row:
    fields = _fields(raw)
    is_sealed = raw.startswith(_SEALED)
    _check_keys(fields, is_sealed=is_sealed)
    kpi, period = _text(fields, "kpi"), _text(fields, "period")
    note, at = _text(fields, "note", ""), _text(fields, "at", "")
    by = _text(fields, "by", "") if "by" in fields else None
    check_length(note, by or "")
    value, mark = _value(fields["value"])
    return Row(line, kpi, period, value, note, by, at, mark, raw, is_sealed)


def _value(value: Any) -> tuple[str | None, Mark | None]:
    """Its text and, of a number, the decimal mark."""
    if isinstance(value, Digits) and "e" not in value.lower():
        return str(value), "."
    if value is not None and type(value) is not str:
        not_plain()
    return value, None


def _fields(raw: bytes) -> dict[str, Any]:
    if raw.startswith(MARKERS):
        hint = "delete the marker lines, and keep the lines of both sides"
        raise NotationError("git conflict marker", hint=hint)
    return read_object(decoded(raw), _ONE_A_LINE)


def _check_keys(fields: dict[str, Any], *, is_sealed: bool) -> None:
    is_own = "unit" in fields
    if "id" in fields and not is_sealed and not is_own:
        raise NotationError("the id must stand first, as kpi writes it", hint="or be left out")
    for key in () if is_sealed else fields:
        if key not in COLUMNS and not (is_own and key in OWN):
            hint = did_you_mean(key, COLUMNS) or f"one of: {', '.join(COLUMNS)}"
            raise NotationError(f"unknown key '{safe(key[:40])}'", hint=hint)
    for key in NEEDED:
        if key not in fields:
            raise NotationError(f"no key '{key}'")


def _text(fields: dict[str, Any], key: str, absent: str | None = None) -> str:
    """A text; what may be absent may be `null` too."""
    text = fields.get(key)
    if text is None and absent is not None:
        return absent
    if type(text) is not str:
        raise NotationError(f"{key} must be text")
    return text
