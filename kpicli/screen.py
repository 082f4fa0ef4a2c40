"""What fits a screen: the columns of a text, its lines, its direction, what an encoding carries."""

import re
from unicodedata import category, east_asian_width

_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_NO_COLUMNS = frozenset({"Mn", "Me", "Mc", "Cf"})
_TAKES_NO_COLUMN = "[\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff]"
"""What a Korean syllable goes on with, and colours of skin."""
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_RUN = re.compile(rf"[{_RTL}](?:[{_RTL}\W\d_]*[{_RTL}])?")
"""From a letter that is read from right to left to the last before one that is not."""
ISOLATES = "\u2068\u2069"
"""What isolates a text of its own direction from what stands beside it (Unicode UAX #9)."""
_SIMPLER = str.maketrans(
    {
        "≥": ">=",
        "≤": "<=",
        "…": "...",
        "→": "->",
        "—": "-",
        "–": "-",  # noqa: RUF001 - what is replaced
        "−": "-",
        "·": "-",
        "«": '"',
        "»": '"',
        "’": "'",  # noqa: RUF001 - what is replaced
        "€": "EUR ",
        "£": "GBP ",
        "¥": "JPY ",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


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


def _columns(char: str) -> int:
    if category(char) in _NO_COLUMNS or re.match(_TAKES_NO_COLUMN, char):
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
    """Whether an encoding has every character."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def isolated(text: str, *, is_whole: bool = False) -> str:
    """A safe text in which what is read from right to left moves nothing that stands beside it.

    All of a text that `is_whole`, such as a name, is read in its own direction.
    """
    if text.isascii() or not _RTL_RUN.search(text):
        return text
    if is_whole:
        return _isolate(text)
    return _RTL_RUN.sub(lambda run: _isolate(run[0]), text)


def _isolate(text: str) -> str:
    return f"{ISOLATES[0]}{text}{ISOLATES[1]}"


def wrapped(text: str, columns: int) -> str:
    """Safe text broken between words where a line is longer than that; a longer word is not."""
    return "\n".join(_wrapped(line, columns) for line in text.split("\n"))


def _wrapped(line: str, columns: int) -> str:
    """Each line begins as far in as the first."""
    lines: list[str] = []
    indent = line[: len(line) - len(line.lstrip())]
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
