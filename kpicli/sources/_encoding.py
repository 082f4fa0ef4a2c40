"""Bytes to text: the encoding that is named, else the one that they can only be."""

import codecs
import re

from kpicli.errors import KpiError
from kpicli.text import safe

BOM = b"\xef\xbb\xbf"
USUAL = "utf-8"
_MARKS = ((BOM, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
_UTF_8_LETTER = re.compile(rb"[\xc3-\xcf][\x80-\xbf](?![\x80-\xbf])")
"""A letter of two bytes, as no text in Windows-1252 has it but by chance."""
_NAMED = "--encoding, such as utf-8, utf-16 or windows-1252"


def decoded(content: bytes, shown: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and its encoding; raises `KpiError` where it is in none or may be in two."""
    if encoding is not None:
        return _named(content, shown, encoding), encoding
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _named(content, shown, name), USUAL if mark == BOM else name
    if name := _wide(content[:_HEAD]):
        return _named(content, shown, name), name
    try:
        return content.decode(), USUAL
    except UnicodeDecodeError as error:
        return _western(content, shown, error), "windows-1252"


def is_wide(content: bytes) -> bool:
    """Whether it is in UTF-16, with a mark or without."""
    return content.startswith(_WIDE_MARKS) or bool(_wide(content[:_HEAD]))


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: in every other byte of a table in it a zero."""
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 4 else ""


def _named(content: bytes, shown: str, encoding: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        message = f"no encoding is called '{safe(encoding[:40])}'"
        raise KpiError(message, hint=_NAMED) from None
    except (UnicodeDecodeError, ValueError) as error:
        message = f"is not in {safe(encoding[:40])} ({_wrong(content, error)})"
        raise KpiError(message, where=shown, hint=_NAMED) from None


def _western(content: bytes, shown: str, error: UnicodeDecodeError) -> str:
    """What is no UTF-8, read as Windows does; not where parts of it are UTF-8."""
    line = content.count(b"\n", 0, error.start) + 1
    where = f"{shown}:{line}"
    if _UTF_8_LETTER.search(content):
        message = f"partly UTF-8, and partly not ({_wrong(content, error)})"
        hint = "save it as UTF-8, or say which it is: --encoding utf-8 or windows-1252"
        raise KpiError(message, where=where, hint=hint)
    try:
        return content.decode("windows-1252")
    except UnicodeDecodeError as western:
        message = f"neither UTF-8 nor Windows-1252 ({_wrong(content, western)})"
        raise KpiError(message, where=where, hint=_NAMED) from None


def _wrong(content: bytes, error: ValueError) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return "it can't be read"
    return f"byte 0x{content[error.start]:02x}"
