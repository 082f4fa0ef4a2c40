"""Where each key of a TOML file stands, which the standard parser does not tell."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property

from kpicli.model.finding import Finding, LocatedFinding
from kpicli.noun import NamedTuple

Path = tuple[str, ...]

_DEEPEST = 100  # parts of a path that are kept; a parser of TOML gives up about there

_TOKEN = (
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?|\'\'\'(?:[^\']|\'(?!\'\'))*+(?:\'{3,5})?'
    r'|"(?:[^"\\\n]|\\[^\n])*+"?|\'[^\'\n]*+\'?)'
    r"|(?P<skip>\#[^\n]*|[ \t\r]+)"
    r"|(?P<end>\n)"
    r"|(?P<sign>\[\[|\]\]|[\[\]{}=,])"
    r"|(?P<bare>[^\s\[\]{}=,\#\"']+|.)"
)
"""A text that is never closed goes on to the end of its line, or of all: nothing is read twice."""


class Place(NamedTuple):
    """A key with its line and column, both from 1, and the length of the key as written.

    `extent` is the length from its column on, for a header with its brackets.
    """

    path: Path
    line: int
    column: int
    length: int
    extent: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def places(text: str) -> Iterator[Place]:
    """Every table header and key of a TOML text, in file order.

    A text that is no TOML gives what can be made out of it; it never raises.
    """
    tokens = [
        _Token(match.lastgroup or "", match[0], match.start())
        for match in re.finditer(_TOKEN, text, re.DOTALL)
        if match.lastgroup != "skip"
    ]
    lines = _Lines(text)
    table: Path = ()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "end":
            at += 1
        elif token.kind == "sign" and token.text in {"[", "[["}:
            table, at, length = _key(tokens, at + 1)
            table = table[:_DEEPEST]
            yield Place(table, *lines.of(token.start), length, _header(tokens, at, token.start))
            while at < len(tokens) and tokens[at].kind != "end":
                at += 1
        else:
            key, at, length = _key(tokens, at)
            path = (table + key)[:_DEEPEST]
            if key:
                yield Place(path, *lines.of(token.start), length, length)
            inner_places, at = _value(tokens, at, path, lines)
            yield from inner_places


def _key(tokens: list[_Token], at: int) -> tuple[Path, int, int]:
    """A dotted key from there on: its parts, the token after it, its length."""
    parts: list[str] = []
    start = end = tokens[at].start if at < len(tokens) else 0
    while at < len(tokens) and tokens[at].kind in {"bare", "text"}:
        parts += _parts(tokens[at].text)
        end = tokens[at].end
        at += 1
    return tuple(parts), at, end - start


def _header(tokens: list[_Token], at: int, start: int) -> int:
    """The length of a header that starts there, up to the token after its key."""
    is_closed = at < len(tokens) and tokens[at].text in {"]", "]]"}
    return tokens[at if is_closed else at - 1].end - start


def _parts(text: str) -> list[str]:
    """The keys that a token stands for: apart at its dots, or without its quotes, escapes read."""
    if text[:1] not in {'"', "'"}:
        return [part for part in text.split(".") if part]
    if text[0] == '"' and "\\" in text:
        import tomllib

        with suppress(ValueError):
            return [str(tomllib.loads(f"key = {text}")["key"])]
    return [text[1:-1]]


def _value(tokens: list[_Token], at: int, path: Path, lines: "_Lines") -> tuple[list[Place], int]:
    """The keys of inline tables in a value, and the token after the value."""
    inner_places: list[Place] = []
    around: list[tuple[bool, Path]] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "end" and not around:
            break
        if token.text in {"{", "[", "[["}:
            around += [(token.text == "{", path)] * len(token.text)
        elif token.text in {"}", "]", "]]"} and around:
            path = around[max(0, len(around) - len(token.text))][1]
            del around[-len(token.text) :]
        elif token.kind in {"bare", "text"} and around and around[-1][0]:
            key, after, length = _key(tokens, at)
            if after < len(tokens) and tokens[after].text == "=":
                path = (around[-1][1] + key)[:_DEEPEST]
                inner_places.append(Place(path, *lines.of(token.start), length, length))
                after += 1
            at = after
            continue
        at += 1
    return inner_places, at


class _Lines:
    """Line and column of an offset."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


class Positions:
    """Where any key stands, by one reading of the text, or as is `known` from an earlier one."""

    def __init__(self, text: str, known: Mapping[Path, Place] | None = None) -> None:
        self._text = text
        self.known = {**known} if known else dict[Path, Place]()
        for place in () if known else places(text):
            for end in range(1, len(place.path) + 1):
                self.known.setdefault(place.path[:end], place)

    def place(self, path: Path) -> Place:
        """The place of a key, or of the nearest table around it that is written."""
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, Place((), 1, 1, 0, 0))

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column of that place."""
        place = self.place(path)
        return place.line, place.column

    def line(self, number: int) -> str:
        """A line of the text, without its end."""
        return self._lines[number - 1] if number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")


def located_in(positions: Positions, findings: Iterable[Finding]) -> Iterator[LocatedFinding]:
    """Each finding with the place of its key in the definitions."""
    for finding in findings:
        place = positions.place(finding.path)
        source = positions.line(place.line)
        yield LocatedFinding(finding, place.line, place.column, place.extent, source)
