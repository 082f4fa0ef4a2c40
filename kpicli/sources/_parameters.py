"""The parameters of a query: `:start`, `:end` and `:period`; nothing else of it is read."""

import re
from collections.abc import Iterator

PARAMETERS = frozenset({"start", "end", "period"})
"""Days, half-open, and the label of a period."""

_QUOTED = r"""'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|--[^\n]*|/\*.*?\*/"""
_TOKEN = re.compile(
    rf"(?:{_QUOTED})|(?<![:\w]):(?P<name>\w+)(?!:\w|\w)|(?P<rest>[^'\"`$:/-]+|.)", re.DOTALL
)
"""A text in quotes or a comment, a word behind one colon, or what is neither."""


def parameters(query: str) -> frozenset[str]:
    """Which of the three a query asks for, outside of its texts and comments."""
    return frozenset(name for name, _ in _tokens(query) if name)


def escaped_value(query: str) -> str:
    r"""The query for SQLAlchemy's `text()`: every colon that is no parameter of ours is `\:`."""
    return "".join(text if name else text.replace(":", r"\:") for name, text in _tokens(query))


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        name = match["name"] or ""
        yield name if name in PARAMETERS else "", match[0]
