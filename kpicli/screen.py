"""What fits a screen: the columns of a text, its lines, its direction, what an encoding carries."""

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_NO_COLUMNS = frozenset({"Mn", "Me", "Mc", "Cf"})
_NO_COLUMN_SPANS = range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0x1F3FB, 0x1F400)
"""What a Korean syllable goes on with, and colours of skin."""
_RTL_SPANS = (
    range(0x590, 0x900),
    range(0xFB1D, 0xFE00),
    range(0xFE70, 0xFEFD),
    range(0x10800, 0x11000),
    range(0x1E800, 0x1F000),
)
_RTL = "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in _RTL_SPANS)
_RTL_RUN = rf"[{_RTL}](?:[{_RTL}\W\d_]*[{_RTL}])?"
"""From a letter that is read from right to left to the last before one that is not."""
ISOLATES = "\u2068\u2069"  # what sets a text of its own direction apart (Unicode UAX #9)
_SIMPLER = str.maketrans({
    "≥": ">=", "≤": "<=", "…": "...", "→": "->", "—": "-", "–": "-", "−": "-", "·": "-",  # noqa: RUF001
    "«": '"', "»": '"', "’": "'", "€": "EUR ", "£": "GBP ", "¥": "JPY ",  # noqa: RUF001
    "\u00a0": " ", "\u202f": " ",
})  # fmt: skip
"""What stands in ASCII for the signs that kpi and its readers write."""


def width(text: str) -> int:
    """Terminal columns of a safe text (Unicode UAX #11; a joined emoji counts once)."""
    if text.isascii():
        return len(text)
    columns, last, is_joined = 0, "", False
    for char in text:
        if is_joined or char == _JOINER:
            is_joined = char == _JOINER
        elif char == _EMOJI_STYLE:
            columns += bool(last) and _columns(last) == 1
            last = ""
        elif own := _columns(char):
            columns, last = columns + own, char
    return columns


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    if category(char) in _NO_COLUMNS or any(ord(char) in span for span in _NO_COLUMN_SPANS):
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def encodable(text: str, encoding: str) -> str:
    """The text in what an encoding has: `>=` for a `≥` that it has not, else an escape."""
    if can_carry(encoding, text):
        return text
    simple = "".join(
        char if can_carry(encoding, char) else char.translate(_SIMPLER) for char in text
    )
    return simple.encode(encoding, "backslashreplace").decode(encoding)


def can_carry(encoding: str, text: str) -> bool:
    """Whether an encoding has every character, as all that are written in have those of ASCII."""
    if text.isascii():
        return True
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def isolated(text: str, *, is_whole: bool = False) -> str:
    """A safe text in which what is read from right to left moves nothing that stands beside it.

    All of a text that `is_whole`, such as a name, is read in its own direction.
    """
    if text.isascii() or not any(ord(char) in span for char in text for span in _RTL_SPANS):
        return text
    if is_whole:
        return _isolate(text)
    return re.sub(_RTL_RUN, lambda run: _isolate(run[0]), text)


@lru_cache(maxsize=4096)
def _isolate(text: str) -> str:
    return f"{ISOLATES[0]}{text}{ISOLATES[1]}"


def wrapped(text: str, columns: int) -> str:
    """Safe text broken between words where a line is longer than that; a longer word is not."""
    return "\n".join(_wrapped(line, columns) for line in text.split("\n"))


def _wrapped(line: str, columns: int) -> str:
    """Each line begins as far in as the first, or as the last of several columns."""
    lines: list[str] = []
    cells = re.match(r" +(?:\S+(?: \S+)* {2,})+(?=\S)", line)
    is_list = cells and width(cells[0]) <= columns // 2
    indent = " " * (width(cells[0]) if cells and is_list else len(line) - len(line.lstrip()))
    current, *words = re.split(r"(?<=\S) (?=\S)", line)
    for word in words:
        if width(f"{current} {word}".rstrip()) <= columns:
            current += f" {word}"
        else:
            lines.append(current)
            current = indent + word
    return "\n".join([*lines, current])


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces to that many columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space
