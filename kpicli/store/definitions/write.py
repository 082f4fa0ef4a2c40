"""Definitions as TOML text, the way a person writes them, and put at the end of a file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tomli_w

from kpicli.model.kpi import KPI_KEYS

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Goals and KPIs by kind and id; a value that is `None` is left to be filled in."""

_WIDEST = 100
_KINDS = ("goals", "kpis")


def text_of(tables: Tables) -> str:
    """The tables as text, goals first, keys in the order of the documentation.

    What is left to be filled in stands there as a comment, `# owner = "…"`.
    """
    return "\n".join(
        _table(kind, id, table) for kind in _KINDS for id, table in tables.get(kind, {}).items()
    )


def _table(kind: str, id: str, table: Mapping[str, Any]) -> str:
    header = tomli_w.dumps({kind: {id: {}}}).strip()
    ordered = sorted(table, key=KPI_KEYS.index)
    return "".join(f"{line}\n" for line in (header, *(_line(key, table[key]) for key in ordered)))


def _line(key: str, value: Any) -> str:
    if value is None:
        return f'# {key} = "…"'
    if not isinstance(value, list | tuple):
        return f"{key} = {_value(value)}"
    items = [_value(item) for item in value]
    line = f"{key} = [{', '.join(items)}]"
    return line if len(line) <= _WIDEST else "\n".join(_spread(key, items))


def _spread(key: str, items: Iterable[str]) -> Iterator[str]:
    yield f"{key} = ["
    yield from (f"    {item}," for item in items)
    yield "]"


def _value(value: Any) -> str:
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
