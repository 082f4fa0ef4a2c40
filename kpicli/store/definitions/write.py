"""Definitions as TOML text: written as a person does, put at the end of a file, or into it."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import tomli_w

from kpicli.errors import KpiError
from kpicli.model.finding import Correction
from kpicli.model.kpi import KPI_KEYS
from kpicli.model.source import SOURCE_KEYS
from kpicli.store.definitions.positions import Place, Positions
from kpicli.store.definitions.read import read

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Goals, KPIs, sources and schedules of targets by kind and id.

A value that is `None` is left to be filled in.
"""
_WIDEST = 100
_TO_DO = "# remove the # in front, and fill it in"
_KINDS = ("goals", "kpis", "targets", "sources")
_KEYS = {"sources": SOURCE_KEYS}

_DEFAULTS = ("defaults",)
_FIRST_TABLE = re.compile(r"^(?:#.*\r?\n)*\[", re.MULTILINE)
_ONE_LINE = re.compile(r"[ \t]*=[ \t]*\{[ \t]*(?P<end>\})?")
_VALUE = re.compile(r"[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<text>[^\"',}\s#]*)")


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
    if len(line) > _WIDEST:
        return "\n".join([f"{key} = [", *(f"    {item}," for item in items), "]"])
    return line


def inline(table: Mapping[str, str]) -> str:
    """A table on one line: `{ "2026-01" = "450 kr" }`."""
    return f"{{ {', '.join(map(_entry, table.items()))} }}"


def _entry(pair: tuple[str, str]) -> str:
    key = tomli_w.dumps({pair[0]: ""}).partition(" = ")[0]
    key = f'"{key}"' if key[:1].isdigit() else key  # a period is a text, as people read it
    return f"{key} = {toml_value(pair[1])}"


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


def corrected(path: str, content: bytes, corrections: Iterable[Correction]) -> bytes:
    """The content with all corrections that can be made by putting something in.

    A key that is written in a way that no single place shows, or that would not load afterwards,
    is left as it is.
    """
    for correction in corrections:
        if (new := _with(content, correction)) is not None:
            with suppress(KpiError):
                read(path, new)
                content = new
    return content


def _with(content: bytes, correction: Correction) -> bytes | None:
    text = content.decode()
    positions = Positions(text)
    place = positions.place(correction.path)
    if correction.sign:
        return _with_sign(text, place, correction) if place.path == correction.path else None
    return None if place.path == correction.path else _with_key(text, positions, correction)


def _with_key(text: str, positions: Positions, correction: Correction) -> bytes | None:
    table = correction.path[:-1]
    header = positions.place(table)
    if header.path[: len(table)] != table:
        return _with_defaults(text, correction) if table == _DEFAULTS else None
    start = _start(text, header)
    if header.path != table:
        return _with_dotted_key(text, start, header, correction)
    if not text.startswith("[", start):
        return _with_key_inside(text, start + header.length, correction)
    end = text.find("\n", start)
    line_end = "\r\n" if text[:end].endswith("\r") else "\n"
    line = f"{correction.path[-1]} = {correction.value}{line_end}"
    if end < 0:
        return f"{text}\n{line}".encode()
    return f"{text[: end + 1]}{line}{text[end + 1 :]}".encode()


def _with_dotted_key(text: str, start: int, first: Place, correction: Correction) -> bytes:
    """The key on a line before the first dotted one of its table: `defaults.owner = …`."""
    *prefix, key = correction.path
    deeper = len(first.path) - len(prefix)
    table = text[start : start + first.length].rsplit(".", deeper)[0]
    line_end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:start]}{table}.{key} = {correction.value}{line_end}{text[start:]}".encode()


def _with_key_inside(text: str, after_key: int, correction: Correction) -> bytes | None:
    """The key as the first of a table in one line, `defaults = { … }`."""
    table = _ONE_LINE.match(text, after_key)
    if not table:
        return None
    key = f"{correction.path[-1]} = {correction.value}"
    if table["end"]:
        start = text.index("{", after_key)
        return f"{text[:start]}{{ {key} }}{text[table.end() :]}".encode()
    return f"{text[: table.end()]}{key}, {text[table.end() :]}".encode()


def _with_defaults(text: str, correction: Correction) -> bytes:
    """A table of defaults before the first table, and before what is said of that."""
    first = _FIRST_TABLE.search(text)
    at = len(text) if first is None else first.start() or first.end() - 1
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = f"{correction.path[-1]} = {correction.value}"
    return f"{text[:at]}[defaults]{line_end}{line}{line_end * 2}{text[at:]}".encode()


def _with_sign(text: str, place: Place, correction: Correction) -> bytes | None:
    """The sign within the quotes of a text, or a number with both in quotes."""
    value = _VALUE.match(text, _start(text, place) + place.length)
    if not value or not value["text"]:
        return None
    start, end = value.start("text"), value.end("text")
    if value["quote"]:
        return f"{text[:start]}{correction.sign}{text[start:]}".encode()
    return f'{text[:start]}"{correction.sign}{value["text"]}"{text[end:]}'.encode()


def _start(text: str, place: Place) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
