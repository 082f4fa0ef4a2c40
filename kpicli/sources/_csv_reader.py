"""A sheet of cells as text (RFC 4180): each row with the lines that it stands on."""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from kpicli.errors import NotationError

BOM = b"\xef\xbb\xbf"

_WIDE_CHARACTERS = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16."""
_AS_UTF_8 = "save it as UTF-8; a spreadsheet calls that CSV UTF-8"
_BLOCK = 65_536
_LOOKS = {
    ";": "semicolon-separated: add --delimiter ';' --decimal ','",
    "\t": "tab-separated: add --format tsv",
    ",": "comma-separated: add --delimiter ','",
    "|": "bar-separated: add --delimiter '|'",
}


class Line(NamedTuple):
    """A row of cells, and the first and the last line that it stands on, from 1."""

    first: int
    last: int
    cells: list[str]


def read_sheet(content: bytes, shown: str, usual: str, given: str | None = None) -> Iterator[Line]:
    r"""The rows that are not blank; `\n`, `\r\n` and `\r` end a line.

    The delimiter is the usual one unless one is given. Raises `NotationError` with the place,
    after which nothing can be read.
    """
    require_utf_8(content, shown)
    if given is None:
        _check_separator(content, shown, usual)
    elif len(given) != 1 or given in '"\r\n':
        raise NotationError("--delimiter must be one character, and no quote", hint="such as ';'")
    reader = csv.reader(_lines(content, shown), delimiter=given or usual, strict=True)
    before = 0
    try:
        for cells in reader:
            first, before = before + 1, reader.line_num
            if any(map(str.strip, cells)):
                yield Line(first, before, cells)
    except csv.Error as error:
        raise _broken(error, shown, before + 1, reader.line_num) from None


def first_line(content: bytes) -> bytes:
    """The first line that is not blank."""
    start = content[:_BLOCK].removeprefix(BOM).lstrip()
    return start.splitlines()[0] if start else b""


def require_utf_8(content: bytes, shown: str) -> None:
    """Raise `NotationError` for a file that is no UTF-8 from its start."""
    if content.startswith(_WIDE_CHARACTERS) or b"\0" in content[:4]:
        where = f"{shown}:1"
        raise NotationError("not UTF-8 (looks like UTF-16)", where=where, hint=_AS_UTF_8)


def decoded(raw: bytes, where: str = "") -> str:
    """The text of a line; raises `NotationError` with the byte that is wrong."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte 0x{raw[error.start]:02x})"
        raise NotationError(message, where=where, hint=_AS_UTF_8) from None


def _check_separator(content: bytes, shown: str, usual: str) -> None:
    header = first_line(content)
    if usual.encode() in header:
        return
    for mark, said in _LOOKS.items():
        if mark.encode() in header:
            line = len(content.partition(header)[0].splitlines()) + 1
            raise NotationError(f"looks {said}", where=f"{shown}:{line}")


def _lines(content: bytes, shown: str) -> Iterator[str]:
    """Every line with its end. Bytes are split, as a text would be at U+2028 too."""
    start, line = len(BOM) if content.startswith(BOM) else 0, 0
    while start < len(content):
        end = content.find(b"\n", start + _BLOCK) + 1 or len(content)
        for raw in content[start:end].splitlines(keepends=True):
            line += 1
            yield raw.decode() if raw.isascii() else decoded(raw, f"{shown}:{line}")
        start = end


def _broken(error: csv.Error, shown: str, first: int, last: int) -> NotationError:
    """What is wrong with a row; one that goes over several lines has a quote too few."""
    where, hint = f"{shown}:{first}", 'a quote inside a quoted cell is written ""'
    said = str(error)
    if last > first or said == "unexpected end of data":
        return NotationError("quote never closed", where=where, hint=hint)
    if "larger" in said:
        most = f"{csv.field_size_limit():,}"
        return NotationError(f"a cell is longer than {most} characters", where=where)
    return NotationError("text after a closing quote", where=where, hint=hint)
