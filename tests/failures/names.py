"""Names that people would not think of, and definitions with them."""

import pytest

from tests.failures.board import DEFINITIONS, Board

NAMES = [
    pytest.param("MRR [/red]", "MRR [/red]", id="a closing tag of Rich"),
    pytest.param("x [/]", "x [/]", id="a tag that closes anything"),
    pytest.param(
        "[link=file:///etc/passwd]Revenue[/link]",
        "[link=file:///etc/passwd]Revenue[/link]",
        id="a link of Rich",
    ),
    pytest.param("[blink]a[/blink] \\[b]", "[blink]a[/blink] \\[b]", id="an escaped tag"),
    pytest.param(":skull: :100:", ":skull: :100:", id="codes of emoji"),
    pytest.param("\x1b[2J", r"\x1b[2J", id="clear the screen"),
    pytest.param("\x1b]0;x\x07", r"\x1b]0;x\x07", id="name the window"),
    pytest.param("\x1b]52;c;aGk=\x1b\\", r"\x1b]52;c;aGk=\x1b" + "\\", id="fill the clipboard"),
    pytest.param("\x1b]8;;http://x\x07y", r"\x1b]8;;http://x\x07y", id="a link of the terminal"),
    pytest.param("\x9b31m", r"\x9b31m", id="a colour by one byte"),
    pytest.param("\x08\x08\x7f", r"\x08\x08\x7f", id="backspaces"),
    pytest.param("a\nb", r"a\x0ab", id="a line end"),
    pytest.param("a\r\tb", r"a\x0d\x09b", id="a carriage return and a tab"),
    pytest.param("a\x0b\x0c\x1c\x85b", r"a\x0b\x0c\x1c\x85b", id="other line ends"),
    pytest.param("a\u2028b\u2029c", r"a\u2028b\u2029c", id="those of Unicode"),
    pytest.param("a\u202eb\u202c", r"a\u202eb\u202c", id="text turned around"),
    pytest.param("a\u2066b\u2069\u200f", r"a\u2066b\u2069\u200f", id="text set apart"),
    pytest.param("a\u200b\u2060\ufeff\u00adb", r"a\u200b\u2060\ufeff\xadb", id="no width"),
    pytest.param("a\U000e0041\U000e007f", r"a\U000e0041\U000e007f", id="invisible tags"),
    pytest.param("a\ufe00\U000e0100\ufe0f", r"a\ufe00\U000e0100\ufe0f", id="variants of a letter"),
    pytest.param("\u115f\u3164\uffff", r"\u115f\u3164\uffff", id="no ink, no character"),
    pytest.param("e" + "\u0301" * 200, "e" + "\u0301" * 3, id="200 accents on a letter"),
    pytest.param("x" * 10_000, "x" * 199 + "…", id="10,000 letters"),
    pytest.param("\x1b" * 10_000, r"\x1b" * 49 + r"\x1…", id="10,000 escapes"),
    pytest.param("売上高", "売上高", id="wide letters"),
    pytest.param(
        "👨\u200d👩\u200d👧 👍🏽", "👨\u200d👩\u200d👧 👍🏽", id="joined emoji, a colour of skin"
    ),
    pytest.param(
        "❤\ufe0f 1\ufe0f\u20e3 ✈\ufe0f", "❤\ufe0f 1\ufe0f\u20e3 ✈\ufe0f", id="emoji style"
    ),
    pytest.param("🇳🇴 Ærø", "🇳🇴 Ærø", id="a flag and letters of the north"),
    pytest.param("עברית", "עברית", id="letters from right to left"),
    pytest.param("हिन्दी", "हिन्दी", id="letters with signs in front and above"),
]


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def name(board: Board, text: str) -> None:
    """Give the first KPI a name, an owner and a title of its own."""
    written = DEFINITIONS.replace('"MRR"', f"{quoted(text)}\nowner = {quoted(text)}")
    board.define(written.replace('"Board"', quoted(text)))
