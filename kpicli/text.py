"""What people wrote, made safe to print; the width of a cell; the nearest word."""

from collections.abc import Iterable
from unicodedata import category, east_asian_width

LONGEST = 200
"""Characters of a name that a screen shows before it is cut with an ellipsis."""

_MOST_MARKS = 3
_MOST_COMPARED = 200
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def safe(text: str) -> str:
    """The text with every control, format and escape character turned visible.

    A letter keeps three combining marks; a zero-width joiner stays between two pictographs alone.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for at, char in enumerate(text):
        kind = category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if char == _JOINER and _joins_pictographs(text, at):
            shown.append(char)
        elif kind in _UNSAFE:
            shown.append(_visible(char))
        elif marks <= _MOST_MARKS:
            shown.append(char)
    return "".join(shown)


def _joins_pictographs(text: str, at: int) -> bool:
    before = text[max(at - 2, 0) : at].removesuffix(_EMOJI_STYLE)[-1:]
    after = text[at + 1 : at + 2]
    return bool(before and after) and {category(before), category(after)} <= {"So", "Sk"}


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shown(text: str) -> str:
    """Safe, and cut to what a screen can carry."""
    whole = safe(text)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"


def width(text: str) -> int:
    """Terminal columns of a safe text (Unicode UAX #11; a joined emoji counts once)."""
    if text.isascii():
        return len(text)
    columns, joined = 0, False
    for char in text:
        if char == _EMOJI_STYLE:
            continue
        columns += 0 if joined else _columns(char)
        joined = char == _JOINER
    return columns


def _columns(char: str) -> int:
    if category(char) in {"Mn", "Me", "Cf"} or "\U0001f3fb" <= char <= "\U0001f3ff":
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with spaces to that many columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """`did you mean 'churn_rate'?` for `churnrate` or `rate`; nothing where nothing is close."""
    from difflib import get_close_matches

    meant, known = word.lower(), list(words)
    if len(known) > _MOST_COMPARED:
        known = [other for other in known if other[:1] == meant[:1]][:_MOST_COMPARED]
    close = get_close_matches(meant, known, n=1, cutoff=0.6)
    close += [longer for longer in known if meant in longer.split("_")]
    return f"did you mean '{safe(close[0])}'?" if close else ""


def plural(count: int, noun: str) -> str:
    """`1 KPI`, `4 KPIs`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
