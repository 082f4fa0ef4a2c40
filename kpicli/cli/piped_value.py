"""A value that comes through a pipe, as in `wc -l < queue.txt | kpi record backlog -`."""

import sys
from collections.abc import Sequence

from kpicli.errors import KpiError
from kpicli.text import safe

_PIPED = "-"
_MOST = 1_000
"""Bytes of a value with all that may stand around it."""
_HINT = "pipe in one value; kpi import - reads a table"


def with_piped_value(words: Sequence[str]) -> list[str]:
    """The words with what is piped in for a `-` in a value's place; raises `KpiError` for no value.

    That is the last of several words, or what stands behind a `=`.
    """
    places = [place for place, word in enumerate(words) if word.endswith(f"={_PIPED}")]
    if words[1:] and words[-1] == _PIPED:
        places.append(len(words) - 1)
    if not places:
        return list(words)
    if len(places) > 1:
        raise KpiError("one value comes through a pipe, and two are asked for", hint=_HINT)
    [place] = places
    word = words[place].removesuffix(_PIPED)
    return [*words[:place], f"{word}{_value()}", *words[place + 1 :]]


def _value() -> str:
    """The one line that is piped in, without the space around it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise KpiError("nothing is piped in", hint=_HINT)
    try:
        lines = sys.stdin.buffer.read(_MOST + 1).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise KpiError("what is piped in is not valid UTF-8", hint=_HINT) from None
    values = [line.strip() for line in lines if line.strip()]
    if not values:
        raise KpiError("nothing came through the pipe", hint=_HINT)
    if len(values) > 1 or len(values[0]) > _MOST:
        raise KpiError(f"more than one value is piped in: '{safe(values[0])}' …", hint=_HINT)
    return values[0]
