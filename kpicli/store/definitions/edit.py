"""Change single keys of a definitions file, and no other byte of it."""

import re
from collections.abc import Iterable

from kpicli.errors import KpiError
from kpicli.model.finding import Correction
from kpicli.store.definitions.positions import Place, Positions
from kpicli.store.definitions.read import read

_DEFAULTS = ("defaults",)
_FIRST_TABLE = re.compile(r"^(?:#.*\r?\n)*\[", re.MULTILINE)
_ONE_LINE = re.compile(r"[ \t]*=[ \t]*\{[ \t]*(?P<end>\})?")
_VALUE = re.compile(r"[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<text>[^\"',}\s#]*)")


def corrected(path: str, content: bytes, corrections: Iterable[Correction]) -> bytes:
    """The content with all corrections that can be made by putting something in.

    A key that is written in a way that no single place shows, or that would not load afterwards,
    is left as it is.
    """
    for correction in corrections:
        new = _with(content, correction)
        if new is not None and _loads(path, new):
            content = new
    return content


def _loads(path: str, content: bytes) -> bool:
    try:
        read(path, content)
    except KpiError:
        return False
    return True


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
    """Where a place is in the text."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
