"""JSON Lines: one object a line, as the log itself is written, or with keys of somebody else's."""

from collections.abc import Iterator

from kpicli.errors import NotationError
from kpicli.sources._encoding import BOM, decoded, is_wide
from kpicli.sources._grid import JSON_STARTS, MOST_COLUMNS, Grid, GridLine, Typed
from kpicli.sources._header import Sight
from kpicli.sources._log_lines import LogLines, record_fields
from kpicli.sources._row import placed
from kpicli.sources._rows import SourceTable, source_table
from kpicli.store.log.json_object import Digits

ENDINGS = ("jsonl", "ndjson")


def looks_like(first: bytes) -> bool:
    """Whether it begins as JSON does, or as a conflict of git in a log."""
    return first.startswith(JSON_STARTS)


def read(content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of the lines; raises `KpiError` where it can't be seen what is what."""
    if sight.source.delimiter:
        raise NotationError("JSON Lines has no delimiter", hint="leave --delimiter out")
    settings = {}
    if sight.source.encoding or is_wide(content):
        text, encoding = decoded(content, shown, sight.source.encoding)
        content, settings = text.encode(), {"encoding": encoding}
    if not sight.source.columns and _is_own(content):
        return LogLines(object_lines(content), shown)
    names = _names(content, shown)
    return source_table([Grid(shown, lambda: _grid_lines(content, shown, names), settings)], sight)


def _is_own(content: bytes) -> bool:
    """Whether the first line has a key of a record, or is none that can be read."""
    for _, raw in object_lines(content):
        try:
            fields = record_fields(raw)
        except NotationError:
            return True
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
            names |= dict.fromkeys(record_fields(raw))
            if len(names) > MOST_COLUMNS:
                raise NotationError(f"more than {MOST_COLUMNS:,} keys")
        except NotationError as error:
            raise placed(error, shown, number) from None
    return list(names)


def _grid_lines(content: bytes, _shown: str, names: list[str]) -> Iterator[GridLine]:
    yield GridLine(0, 0, list(names))
    for number, raw in object_lines(content):
        fields = record_fields(raw)
        yield GridLine(number, number, [_cell(fields.get(name)) for name in names])


def _cell(value: object) -> str:
    if isinstance(value, Digits):
        return Typed(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()
