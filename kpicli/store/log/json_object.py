"""One line of JSON, read strictly: numbers keep their digits, and no key appears twice."""

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from kpicli.errors import NotationError
from kpicli.text import safe

if TYPE_CHECKING:
    from json import JSONDecoder

MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
"""How lines of a git conflict begin; they may stand alone or be longer, and no object does so."""


_BLANK = " \t\n\r"
_FIRST = frozenset('{["-0123456789tfnNI')
"""What JSON begins with, as Python reads it; of much that is none the decoder is slow to say so."""


class NotPlainError(NotationError):
    """A value that is no number in plain digits."""


class Digits(str):
    """The digits of a JSON number."""

    __slots__ = ()


def read_object(text: str, hint: str = "") -> dict[str, Any]:
    """The members of an object; raises `NotationError`, with the hint where it is none."""
    if text.lstrip(_BLANK)[:1] not in _FIRST:
        raise NotationError("not a JSON object", hint=hint)
    try:
        members = _decoder().decode(text)
    except RecursionError:
        raise NotationError("nested too deeply") from None
    except ValueError:
        raise NotationError("not a JSON object", hint=hint) from None
    if not isinstance(members, dict):
        raise NotationError("not a JSON object", hint=hint)
    return members


def not_plain(_constant: str = "") -> NoReturn:
    """Refuse what is no plain number: NaN, an infinity, an exponent, a list."""
    raise NotPlainError("value must be a plain decimal number")


@cache
def _decoder() -> "JSONDecoder":
    from json import JSONDecoder

    return JSONDecoder(
        object_pairs_hook=_unique, parse_float=Digits, parse_int=Digits, parse_constant=not_plain
    )


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            raise NotationError(f"duplicate key '{safe(name[:40])}'")
        fields[name] = value
    return fields
