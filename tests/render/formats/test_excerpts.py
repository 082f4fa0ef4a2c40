"""An excerpt on a screen: the carets stand under what is meant, and as much of the line as fits."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kpicli.render.canvas import Canvas
from kpicli.screen import width
from kpicli.text import safe
from kpicli.views.parts.cells import Claim, Excerpt
from kpicli.views.parts.view import Column, Row, Table, View
from tests.render.formats.hard import drawn

KEY = "target"


def excerpt(before: str, after: str, key: str = KEY) -> Excerpt:
    return Excerpt(before + key + after, len(before) + 1, len(key))


def lines(cell: Excerpt, columns: int = 80, encoding: str = "utf-8") -> list[str]:
    """The line and the carets below it, without the indent of a list."""
    table = Table("x", (Column("", "Id", is_brief=True), Column("", "File")), (Row(("i", cell)),))
    view = View("x", blocks=(table._replace(is_list=True),))
    text = drawn("terminal", Canvas(columns, encoding=encoding), view)
    indent = "    " if columns >= 20 else ""
    return [line.removeprefix(indent) for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("before", "after", "columns", "wanted"),
    [
        ("", " = 5", 80, ["target = 5", "^^^^^^"]),
        ("  \t ", " = 5", 80, ["target = 5", "^^^^^^"]),
        ("a\tb ", "\t=\t5\r", 80, ["a b target = 5", "    ^^^^^^"]),
        ("東京 ", " = 5", 80, ["東京 target = 5", "     ^^^^^^"]),
        ("\x1b ", " = 5", 80, ["\\x1b target = 5", "     ^^^^^^"]),
        ("", " = 'abcdefghijkl'", 24, ["target = 'abcdefghi…", "^^^^^^"]),
        ("abc = 'abcdefghijkl', ", " = 5", 24, ["…kl', target = 5", "      ^^^^^^"]),
        ("abc = 'abcdefghijkl', ", " = 5, z = 5", 24, ["…kl', target = 5, z…", "      ^^^^^^"]),
        ("abcd, ", "", 16, ["abcd, target", "      ^^^^^^"]),
        ("abcde ", "", 12, ["abcde target", "      ^^^^^^"]),
        ("abcdef, ", "", 12, ["…f, target", "    ^^^^^^"]),
        ("a", " = 5", 4, ["…ta…", " ^^^"]),
        ("abc", " = 5", 1, ["…", ""]),
    ],
)
def test_as_much_as_fits_stands_around_the_key(
    before: str, after: str, columns: int, wanted: list[str]
) -> None:
    assert lines(excerpt(before, after), columns) == wanted


def test_a_key_of_wide_letters_has_carets_under_all_of_it() -> None:
    assert lines(excerpt("", " = 5", '"東京"')) == ['"東京" = 5', "^^^^^^"]


def test_what_ascii_has_not_is_counted_as_it_is_written() -> None:
    assert lines(excerpt("é→ ", " = 5"), encoding="ascii") == [
        "\\xe9-> target = 5",
        "       ^^^^^^",
    ]


@given(st.text(max_size=60), st.text(max_size=60), st.integers(20, 90))
@example("東" * 60, "", 20)
@example("\u0301" * 60, "\u200d", 40)
def test_the_carets_stand_under_the_key_whatever_is_around_it(
    before: str, after: str, columns: int
) -> None:
    before = re.sub(r"\s", " ", before)
    found = lines(excerpt(f"{before}<", f">{re.sub(r'[^!-~]', ' ', after)}"), columns)
    line, carets = found
    assert set(carets.strip()) == {"^"}
    assert width(line) <= columns - 4
    start, end = len(carets) - len(carets.lstrip()), len(carets)
    assert width(line[: line.index(f"<{KEY}") + 1]) == start
    assert end - start == len(KEY)


@pytest.mark.parametrize("length", [10_000, 1_000_000])
def test_a_line_of_any_length_is_cut(length: int) -> None:
    found = lines(excerpt("é" * length, "é" * length))
    assert [cell_len(line) for line in found] == [76, found[1].index("^") + len(KEY)]


CLAIMS = {
    Claim(is_met=True): ("✓", "yes"),
    Claim(is_met=False): ("✗", "no"),
    Claim(is_met=True, reason="an owner"): ("✓ an owner", "yes an owner"),
    Claim(is_met=False, reason="A01"): ("✗ A01", "no A01"),
}


@pytest.mark.parametrize("claim", CLAIMS, ids=repr)
@pytest.mark.parametrize("name", ["plain", "terminal", "markdown"])
def test_a_claim_has_a_mark_and_a_word_where_there_is_none(name: str, claim: Claim) -> None:
    rows = (Row((claim,)),)
    view = View("x", blocks=(Table("x", (Column("", "Met", is_brief=True),), rows),))
    mark, word = CLAIMS[claim]
    for encoding, said in (("utf-8", mark), ("ascii", word)):
        text = drawn(name, Canvas(encoding=encoding), view)
        assert text.splitlines()[-1].strip("| ") == said
    colored = drawn("terminal", Canvas(has_color=True), view)
    assert f"\x1b[{'32' if claim.is_met else '31'}m{mark}" in colored


def test_safe_text_of_an_excerpt_is_all_that_is_sent() -> None:
    for line in lines(excerpt("\x1b]0;x\x07 ", " \u202e\x9b31m")):
        assert safe(line) == line
