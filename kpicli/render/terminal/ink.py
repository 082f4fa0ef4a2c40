"""Lines of a terminal: runs of text with their styles, broken between words where room ends."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

from kpicli.noun import NamedTuple
from kpicli.screen import width

ENDLESS = 10**6  # columns of what is left whole, so that the terminal breaks it

_CODES = {
    "bold": "1",
    "dim": "2",
    "bold underline": "1;4",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "bright_blue": "94",
}
"""Of the styles that there are (ECMA-48, 8.3.117)."""


class Run(NamedTuple):
    """A piece of a line, and what it looks like."""

    text: str
    style: str = ""


Line: TypeAlias = "list[Run]"


def line_text(line: Line, *, has_color: bool) -> str:
    """The line as it is written, without spaces at its end."""
    if has_color:
        return "".join(map(_painted, line)).rstrip()
    return "".join([run.text for run in line]).rstrip()


def _painted(run: Run) -> str:
    text, style = run
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text


def columns_of(line: Line) -> int:
    """How wide it is."""
    return sum([width(run.text) for run in line])


def paragraph(text: str, style: str, room: int) -> Iterator[Line]:
    """A text of one style, each of its lines broken where it has to be."""
    for line in text.split("\n"):
        yield from broken([Run(line.expandtabs(), style)], room)


def broken(line: Line, room: int) -> Iterator[Line]:
    """The line between words, and within a word that is longer than all the room there is."""
    if columns_of(line) <= room:
        yield line
        return
    text = "".join(run.text for run in line)
    for begin, end in pairwise([0, *_starts(text, room), len(text)]):
        piece = text[begin:end]
        spaces = min(len(piece) - len(piece.rstrip()), max(width(piece) - room, 0))
        yield list(_cut(line, begin, end - spaces))


def _starts(text: str, room: int) -> list[int]:
    """Where the second line begins, and each one after it."""
    starts, used = [], 0
    for match in re.finditer(r"\s*\S+\s*", text):
        word, start = match[0], match.start()
        columns = width(word.rstrip())
        if columns <= room - used:
            used += width(word)
        elif columns > room:
            for part in _chopped(word, room):
                starts += [start] if start else []
                start, used = start + len(part), width(part)
        elif used and start:
            starts.append(start)
            used = width(word)
    return starts


def _chopped(word: str, room: int) -> Iterator[str]:
    part = ""
    for char in word:
        if part and width(part + char) > room:
            yield part
            part = ""
        part += char
    yield part


def _cut(line: Line, begin: int, end: int) -> Iterator[Run]:
    """What stands from one character of the line to another."""
    for text, style in line:
        yield Run(text[max(begin, 0) : max(end, 0)], style)
        begin, end = begin - len(text), end - len(text)
