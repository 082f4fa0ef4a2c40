"""Definitions as TOML text, the way a person writes them, and put at the end of a file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tomli_w

from kpicli.model.kpi import KPI_KEYS
from kpicli.model.source import SOURCE_KEYS

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Goals, KPIs, sources and schedules of targets by kind and id.

A value that is `None` is left to be filled in.
"""

_WIDEST = 100
_TO_DO = "# remove the # in front, and fill it in"
_KINDS = ("goals", "kpis", "targets", "sources")
_KEYS = {"sources": SOURCE_KEYS}


def text_of(tables: Tables) -> str:
    """The tables as text, goals first, keys in the order of the documentation.

    What is left to be filled in stands there as a comment, `# owner = "…"`, that says so.
    """
    return "\n".join(
        _table(kind, id, table) for kind in _KINDS for id, table in tables.get(kind, {}).items()
    )


def _table(kind: str, id: str, table: Mapping[str, Any]) -> str:
    if kind == "targets":
        lines = [_header({"kpis": {id: {"targets": {}}}}), *map(_entry, table.items())]
    else:
        ordered = sorted(table, key=_KEYS.get(kind, KPI_KEYS).index)
        lines = [_header({kind: {id: {}}}), *(_line(key, table[key]) for key in ordered)]
    return "".join(f"{line}\n" for line in lines)


def _header(path: Mapping[str, Any]) -> str:
    """The header of the innermost table."""
    return tomli_w.dumps(path).strip().rpartition("\n")[2]


def _line(key: str, value: Any) -> str:
    if value is None:
        return f'# {key} = "…"    {_TO_DO}'
    if isinstance(value, Mapping):
        return f"{key} = {inline(value)}"
    if not isinstance(value, list | tuple):
        return f"{key} = {toml_value(value)}"
    items = [toml_value(item) for item in value]
    line = f"{key} = [{', '.join(items)}]"
    return line if len(line) <= _WIDEST else "\n".join(_spread(key, items))


def inline(table: Mapping[str, str]) -> str:
    """A table on one line: `{ "2026-01" = "450 kr" }`."""
    return f"{{ {', '.join(map(_entry, table.items()))} }}"


def _entry(pair: tuple[str, str]) -> str:
    key = tomli_w.dumps({pair[0]: ""}).partition(" = ")[0]
    key = f'"{key}"' if key[:1].isdigit() else key  # a period is a text, as people read it
    return f"{key} = {toml_value(pair[1])}"


def _spread(key: str, items: Iterable[str]) -> Iterator[str]:
    yield f"{key} = ["
    yield from (f"    {item}," for item in items)
    yield "]"


def toml_value(value: Any) -> str:
    """As TOML, with what does not show on a screen as an escape."""
    text = tomli_w.dumps({"key": value}).removeprefix("key = ").rstrip("\n")
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def appended(content: bytes, text: str) -> bytes:
    """The content with the text after it, a blank line between them, and line ends like its own.

    Not a byte of the content is changed: a last line without an end gets one.
    """
    end = b"\r\n" if content.rpartition(b"\n")[0].endswith(b"\r") else b"\n"
    is_begun = content.removeprefix(b"\xef\xbb\xbf") != b""
    gap = end * (is_begun and not content.endswith(end * 2))
    if is_begun and not content.endswith(b"\n"):
        gap += end
    return content + gap + text.encode().replace(b"\n", end)
