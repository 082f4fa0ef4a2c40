"""JSON: an object a line, as the log itself is written, or rows of somebody else's in a list."""

from collections.abc import Iterator
from typing import Any

from kpicli.errors import KpiError, NotationError, or_none
from kpicli.model.number import Mark
from kpicli.model.source import EXPORTED, SourceRow
from kpicli.sources._encoding import BOM, decoded, is_wide
from kpicli.sources._grid import JSON_STARTS, MOST_COLUMNS, Grid, GridLine, check_length, placed
from kpicli.sources._header import Sight
from kpicli.sources._json import flat, json_cell, json_grid
from kpicli.sources._rows import SourceTable, source_table
from kpicli.store.log.json_line import MARKERS, Digits, NotPlainError, not_plain, read_object
from kpicli.text import did_you_mean, safe

ENDINGS = ("jsonl", "ndjson")
WITHOUT = ("sheet", "delimiter", "skip")

COLUMNS = ("kpi", "period", "value", "note", "by", "at")  # of an actual, the first three always
_SEALED = b'{"id":'
_ONE_A_LINE = "write one object a line, or all of them in a list"


def looks_like(first: bytes) -> bool:
    """Whether it begins as JSON does, or as a conflict of git in a log."""
    return first.startswith(JSON_STARTS)


def read(content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of the lines; raises `KpiError` where it can't be seen what is what."""
    settings = {}
    if sight.source.encoding or is_wide(content):
        text, encoding = decoded(content, shown, sight.source.encoding)
        content, settings = text.encode(), {"encoding": encoding}
    if not sight.source.columns and _is_own(content):
        return LogLines(object_lines(content), shown)
    if grid := json_grid(content, shown):
        return source_table([grid], sight)
    names = _names(content, shown)
    return source_table([Grid(shown, lambda: _grid_lines(content, shown, names), settings)], sight)


def _is_own(content: bytes) -> bool:
    """Whether the first line has a key of a record, or is none that can be read."""
    for _, raw in object_lines(content):
        fields = or_none(record_fields, raw)
        if fields is None:
            return raw[:1] != b"[" and raw != b"{"
        return not fields or "kpi" in fields
    return True


def object_lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, without its end; a line ends at a line feed alone."""
    start, line = len(BOM) if content.startswith(BOM) else 0, 0
    while start < len(content):
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        line += 1
        if (raw := content[start:end].removesuffix(b"\r")) and not raw.isspace():
            yield line, raw
        start = end + 1


def _names(content: bytes, shown: str) -> list[str]:
    """All keys, in the order in which they come first."""
    names: dict[str, None] = {}
    for number, raw in object_lines(content):
        try:
            names |= dict.fromkeys(flat(record_fields(raw)))
            if len(names) > MOST_COLUMNS:
                raise NotationError(f"more than {MOST_COLUMNS:,} keys")
        except NotationError as error:
            raise placed(error, shown, number) from None
    return list(names)


def _grid_lines(content: bytes, _shown: str, names: list[str]) -> Iterator[GridLine]:
    yield GridLine(0, 0, list(names))
    for number, raw in object_lines(content):
        fields = flat(record_fields(raw))
        yield GridLine(number, number, [json_cell(fields.get(name)) for name in names])


class LogLines:
    """A row an object; a number keeps its digits."""

    survey = None

    def __init__(self, lines: Iterator[tuple[int, bytes]], shown: str) -> None:
        self.lines, self.shown = lines, shown
        self.empty = 0

    def __iter__(self) -> Iterator[SourceRow | KpiError]:
        has_rows = False
        for line, raw in self.lines:
            has_rows = True
            try:
                yield _row(line, raw)
            except NotationError as error:
                yield placed(error, self.shown, line)
        if not has_rows:
            yield KpiError("no rows", where=self.shown)


def record_fields(raw: bytes) -> dict[str, Any]:
    """The members of the object on a line; raises `NotationError` where there is none."""
    if raw.startswith(MARKERS):
        hint = "delete the marker lines, and keep the lines of both sides"
        raise NotationError("git conflict marker", hint=hint)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte 0x{raw[error.start]:02x})"
        raise NotationError(message, hint="save it as UTF-8") from None
    return read_object(text, _ONE_A_LINE)


def _row(line: int, raw: bytes) -> SourceRow:
    try:
        return _read(line, raw)
    except NotPlainError as error:
        raise NotationError(error.message, hint='or text, such as "12 kr"') from None


def _read(line: int, raw: bytes) -> SourceRow:
    fields = record_fields(raw)
    is_sealed = raw.startswith(_SEALED)
    _check_keys(fields, is_sealed=is_sealed)
    kpi, period = _text(fields, "kpi"), _text(fields, "period")
    note, at = _text(fields, "note", ""), _text(fields, "at", "")
    by = _text(fields, "by", "") if "by" in fields else None
    check_length(note, by or "")
    value, mark = _value(fields["value"])
    unit, skip = _text(fields, "unit", ""), value is None and fields.get("skip") is True
    return SourceRow(
        *(line, kpi, period, value, note, by, at, mark, raw, is_sealed),
        unit=unit,
        skip=skip,
        replaces=_text(fields, "replaces", "") if "replaces" in fields else "unknown",
    )


def _value(value: Any) -> tuple[str | None, Mark | None]:
    """Its text and, of a number, the decimal mark."""
    if isinstance(value, Digits) and "e" not in value.lower():
        return str(value), "."
    if value is not None and type(value) is not str:
        not_plain()
    return value, None


def _check_keys(fields: dict[str, Any], *, is_sealed: bool) -> None:
    is_own = "unit" in fields
    if "id" in fields and not is_sealed and not is_own:
        raise NotationError("the id must come first, as kpi writes it", hint="or be left out")
    for key in () if is_sealed else fields:
        if key not in COLUMNS and not (is_own and key in EXPORTED):
            hint = did_you_mean(key, COLUMNS) or f"one of: {', '.join(COLUMNS)}"
            raise NotationError(f"unknown key '{safe(key[:40])}'", hint=hint)
    for key in COLUMNS[:3]:
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
