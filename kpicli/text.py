"""What people wrote: safe to print, no password in it, compared as people do, the nearest word."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import category, combining, normalize

_PASSWORD = (
    r"(?i)(?P<before>(?<=://)[^/@:\s]*:)(?P<password>(?!\d+[/?#])[^@\s]*)(?=@)|"
    r"(?P<key>[?&](?:pass(?:word|wd)?|pwd|token|access_token|api_?key|secret)=)(?P<value>[^&\s'\"]*)"
)
"""Of a user in front of a host, or of a parameter behind it."""

LONGEST = 200  # characters of a name that a screen shows before it is cut with an ellipsis
_MOST_MARKS = 3
_MOST_COMPARED = 200
_MOST_SUGGESTIONS = 20
_FIRST_MARK = "\u0300"
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SELECTORS = *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)
_BLANK = "\u115f\u1160\u3164\uffa0\ufffe\uffff" + "".join(map(chr, _SELECTORS))
"""Letters without ink, what XML refuses, and selectors of a variant of the letter before them."""
_STYLED = frozenset("#*0123456789‼⁉ℹ")  # noqa: RUF001 - emoji, where the style is asked for
_ESCAPED = r"(?s)(\\+)(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[^\\])"
"""Backslashes, and what they stand before: what may be the rest of an escape, or any character."""
_RUN = "[=+@\t\r\n＝＋－＠-]"  # noqa: RUF001 - a spreadsheet takes the wide ones too
"""What begins a text that a spreadsheet runs as a formula."""
_PARTS_WORDS = r"[_\-\u2010-\u2015\s]+"


@lru_cache(maxsize=4096)
def safe(text: str, most_marks: int = _MOST_MARKS) -> str:
    """The text with every control, format and escape character turned visible.

    A letter keeps three combining marks. A zero-width joiner stays between two pictographs alone,
    and what asks for a symbol's emoji behind such a symbol alone.
    """
    if text.isprintable() and (text.isascii() or not _is_odd(text)):
        return text
    visible: list[str] = []
    marks = 0
    for at, char in enumerate(text):
        is_mark, is_hidden, is_blank = _traits(char)
        marks = marks + 1 if is_mark else 0
        if char == _JOINER and _joins_pictographs(text, at):
            visible.append(char)
        elif is_hidden or (is_blank and not _styles_symbol(text, at)):
            visible.append(_visible(char))
        elif marks <= most_marks:
            visible.append(char)
    return "".join(visible)


def _is_odd(text: str) -> bool:
    """Whether any of its characters has to be looked at with those around it."""
    return any(any(_traits(char)) for char in {*text} if char >= _FIRST_MARK)


@lru_cache(maxsize=4096)
def _traits(char: str) -> tuple[bool, bool, bool]:
    """Whether a character combines with others, does something unseen, or has no ink."""
    kind = category(char)
    return kind in {"Mn", "Me"}, kind in _UNSAFE, char in _BLANK


def _joins_pictographs(text: str, at: int) -> bool:
    before = text[max(at - 2, 0) : at]
    if before.endswith(_EMOJI_STYLE) and _styles_symbol(text, at - 1):
        before = before[:-1]
    before = before[-1:]
    after = text[at + 1 : at + 2]
    return bool(before and after) and {category(before), category(after)} <= {"So", "Sk"}


def _styles_symbol(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    is_symbol = bool(before) and (before in _STYLED or category(before) in {"So", "Sm"})
    return text[at] == _EMOJI_STYLE and is_symbol


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def is_whole(text: str) -> bool:
    """Whether no half of a character is in it, which strict programs refuse."""
    return text.isascii() or not re.search("[\ud800-\udfff]", text)


def escaped(text: str) -> str:
    r"""The text with what `safe` turns visible as escapes, all else kept; `unescaped` undoes it.

    Backslashes that stand before such a character or before its escape are doubled.
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return safe(re.sub(_ESCAPED, _doubled, text), most_marks=len(text))


def unescaped(text: str) -> str:
    r"""What was `escaped`: a line end for `\x0a`; no escape of a plain character is read."""
    return re.sub(_ESCAPED, _restored, text) if "\\" in text else text


def _doubled(found: re.Match[str]) -> str:
    slashes, rest = found.groups()
    return slashes * (2 if _is_unsafe(rest) or _hidden(rest) else 1) + rest


def _restored(found: re.Match[str]) -> str:
    slashes, rest = found.groups()
    char = _hidden(rest)
    if not char:
        return slashes + rest
    return slashes[::2][1:] + char if len(slashes) % 2 else slashes[::2] + rest


def _hidden(rest: str) -> str:
    """The unsafe character whose escape ends like that, or nothing."""
    code = int(rest[1:], 16) if len(rest) > 1 else 0
    char = chr(code) if code < 0x110000 else ""
    return char if char and _is_unsafe(char) and _visible(char)[1:] == rest else ""


def _is_unsafe(char: str) -> bool:
    return len(char) == 1 and (category(char) in _UNSAFE or char in _BLANK)


def guarded(text: str) -> str:
    """A `'` put before what a spreadsheet would run as a formula; `unguarded` takes it off."""
    return f"'{text}" if re.match(f"'*{_RUN}", text) else text


def unguarded(text: str) -> str:
    """What was `guarded`."""
    return text[1:] if text.startswith("'") and re.match(f"'+{_RUN}", text) else text


def clipped(text: str) -> str:
    """Safe, and cut to what a screen can carry."""
    whole = safe(text)
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """`did you mean 'churn_rate'?` for `churnrate` or `rate`; nothing where nothing is close."""
    close = closest(word, words)
    return f"did you mean '{safe(close)}'?" if close else ""


def closest(word: str, words: Iterable[str]) -> str:
    """The word of some that is closest to another one; nothing where none is close."""
    from difflib import get_close_matches

    meant, spellings = folded(word), {folded(name): name for name in words}
    close_to = list(spellings)
    if len(close_to) > _MOST_COMPARED:
        close_to = [name for name in close_to if name[:1] == meant[:1]][:_MOST_COMPARED]
    close = get_close_matches(meant, close_to, n=3, cutoff=0.6)
    close.sort(key=lambda name: sorted(name) != sorted(meant))  # letters that changed places first
    close += [name for name in close_to if meant in name.split()]
    return spellings[close[0]] if close else ""


class Suggestions:
    """`did_you_mean` for many words against the same ones.

    Only the first words are looked up: hundreds of slips have one cause, and each look-up costs.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = words
        self._remaining = _MOST_SUGGESTIONS

    def of(self, word: str) -> str:
        """`did you mean …?`, or nothing."""
        self._remaining -= 1
        return did_you_mean(word, self._words) if self._remaining >= 0 else ""


def folded(text: str) -> str:
    """What all spellings of a name share: case, accents, and what parts its words do not count."""
    letters = normalize("NFKD", text.casefold()) if not text.isascii() else text.casefold()
    bare = "".join(char for char in letters if not combining(char))
    return " ".join(re.sub(_PARTS_WORDS, " ", bare).split())


def name_order(text: str) -> tuple[list[str | int], str]:
    """The key by which people sort names: É beside E, 2 before 10, whatever the case."""
    words = re.split(r"(\d+)", folded(text))
    return [int(word) if at % 2 else word for at, word in enumerate(words)], text


def passwords_in(text: str) -> set[str]:
    """What stands as a password in the URLs of a text."""
    return {match["password"] or match["value"] or "" for match in re.finditer(_PASSWORD, text)}


def hide_password(text: str) -> str:
    """A URL without the password that is written into it; a `${NAME}` in its place is none."""
    return re.sub(_PASSWORD, _hide, text)


def _hide(found: re.Match[str]) -> str:
    password = found["password"] or found["value"] or ""
    if re.fullmatch(r"\$\{\w+\}", password):
        return found[0]
    return f"{found['before'] or found['key']}***"


def plural(count: int, noun: str) -> str:
    """`1 KPI`, `4 KPIs`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def capitalized(text: str) -> str:
    """As a name or a heading begins; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def comma_list(words: Sequence[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} {joint} {last}" if most else last
