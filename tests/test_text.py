from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.screen import ISOLATES, isolated, pad, width, wrapped
from kpicli.text import (
    LONGEST,
    clipped,
    did_you_mean,
    escaped,
    guarded,
    name_order,
    plural,
    safe,
    unescaped,
    unguarded,
)
from tests.tiers import examples

ACUTE, JOINER, EMOJI_STYLE = "\u0301", "\u200d", "\ufe0f"
FAMILY = JOINER.join("👨👩👧")


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        pytest.param("Monthly Revenue", "Monthly Revenue", id="plain text"),
        pytest.param("", "", id="nothing"),
        pytest.param("Omsætning på 5 €", "Omsætning på 5 €", id="letters of any language"),
        pytest.param("[/red] :skull: <b>", "[/red] :skull: <b>", id="markup is text"),
        pytest.param("\x1b[2J", "\\x1b[2J", id="an escape"),
        pytest.param("\x1b]0;x\x07", "\\x1b]0;x\\x07", id="a title of the window"),
        pytest.param("\x9b31m", "\\x9b31m", id="an escape of one byte"),
        pytest.param("a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd", id="line ends and tabs"),
        pytest.param("\x00\x7f", "\\x00\\x7f", id="null and delete"),
        pytest.param("a\u202eb", "a\\u202eb", id="a turn of the writing direction"),
        pytest.param("a\u2066b\u2069", "a\\u2066b\\u2069", id="an isolated direction"),
        pytest.param("a\u200bb", "a\\u200bb", id="a space of no width"),
        pytest.param("\ufeffa", "\\ufeffa", id="a byte order mark"),
        pytest.param("a\xadb", "a\\xadb", id="a soft hyphen"),
        pytest.param("a\u2028b\u2029c", "a\\u2028b\\u2029c", id="line and paragraph separators"),
        pytest.param("\U000e0041", "\\U000e0041", id="an invisible tag"),
        pytest.param("\udcff", "\\udcff", id="half a character"),
        pytest.param("e" + ACUTE * 3, "e" + ACUTE * 3, id="three marks on a letter"),
        pytest.param("e" + ACUTE * 200, "e" + ACUTE * 3, id="200 marks on a letter"),
        pytest.param("e" + f"{ACUTE * 3}\u034f" * 50, "e" + ACUTE * 3, id="marks held apart"),
        pytest.param("e" + "\u0488" * 9, "e" + "\u0488" * 3, id="enclosing marks"),
        pytest.param(
            f"e{ACUTE * 9}e{ACUTE}", f"e{ACUTE * 3}e{ACUTE}", id="the next letter's marks"
        ),
        pytest.param(FAMILY, FAMILY, id="joined pictographs"),
        pytest.param(
            f"❤{EMOJI_STYLE}{JOINER}🔥", f"❤{EMOJI_STYLE}{JOINER}🔥", id="joined in emoji style"
        ),
        pytest.param(f"👩🏽{JOINER}💻", f"👩🏽{JOINER}💻", id="joined after a colour of skin"),
        pytest.param(f"a{JOINER}b", "a\\u200db", id="a joiner between letters"),
        pytest.param(f"👨{JOINER}", "👨\\u200d", id="a joiner at the end"),
        pytest.param(f"{JOINER}👨", "\\u200d👨", id="a joiner in front"),
        pytest.param(f"👨{JOINER}{JOINER}👩", "👨\\u200d\\u200d👩", id="two joiners"),
        pytest.param(
            f"🏻{EMOJI_STYLE}{JOINER}👩",
            "🏻\\ufe0f\\u200d👩",
            id="a joiner behind a style of nothing",
        ),
    ],
)
def test_what_people_wrote_is_shown_as_visible_text(text: str, visible: str) -> None:
    assert safe(text) == visible


def test_a_long_name_is_cut_at_200_characters() -> None:
    assert LONGEST == 200
    assert clipped("x" * LONGEST) == "x" * LONGEST
    assert clipped("x" * 10_000) == "x" * (LONGEST - 1) + "…"


def test_a_name_is_cut_after_it_was_made_visible() -> None:
    assert len(clipped("\x1b" * LONGEST)) == LONGEST


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("Churn", 5, id="plain letters"),
        pytest.param("Omsætning", 9, id="other letters"),
        pytest.param("e" + ACUTE, 1, id="a letter with a mark"),
        pytest.param("売上", 4, id="wide letters"),
        pytest.param("\uff21\uff22", 4, id="full-width letters"),
        pytest.param("🟢", 2, id="a mark of a status"),
        pytest.param(FAMILY, 2, id="joined pictographs are one"),
        pytest.param("👍🏻", 2, id="the lightest colour of skin adds nothing"),
        pytest.param("👍🏿", 2, id="nor does the darkest"),
        pytest.param(f"🔥{EMOJI_STYLE}", 2, id="emoji style adds nothing to a wide one"),
        pytest.param(f"❤{EMOJI_STYLE}", 2, id="emoji style makes a narrow one wide"),
        pytest.param(f"❤{EMOJI_STYLE}{JOINER}🔥a", 3, id="what follows a joined one counts"),
    ],
)
def test_a_text_takes_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "right", "padded"),
    [
        pytest.param("abc", 5, False, "abc  ", id="to the left"),
        pytest.param("abc", 5, True, "  abc", id="to the right"),
        pytest.param("売上", 5, False, "売上 ", id="wide letters"),
        pytest.param("abcdef", 5, False, "abcdef", id="never cut"),
    ],
)
def test_a_cell_is_filled_up_with_spaces(
    text: str, columns: int, padded: str, *, right: bool
) -> None:
    assert pad(text, columns, right=right) == padded


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        pytest.param("chrun_rate", "did you mean 'churn_rate'?", id="letters swapped"),
        pytest.param("CHURN_RATE", "did you mean 'churn_rate'?", id="in capitals"),
        pytest.param("rate", "did you mean 'churn_rate'?", id="a part of it"),
        pytest.param("mmr", "did you mean 'mrr'?", id="a short one"),
        pytest.param("at", "", id="letters from its middle"),
        pytest.param("profit", "", id="nothing close"),
        pytest.param("", "", id="nothing at all"),
    ],
)
def test_the_nearest_word_is_offered(word: str, hint: str) -> None:
    assert did_you_mean(word, iter(["mrr", "churn_rate"])) == hint


def test_the_nearest_word_is_shown_without_control_characters() -> None:
    assert did_you_mean("churn", ["churn\x1b"]) == "did you mean 'churn\\x1b'?"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 KPIs"), (1, "1 KPI"), (4, "4 KPIs"), (1234, "1,234 KPIs")]
)
def test_a_count_has_its_noun(count: int, words: str) -> None:
    assert plural(count, "KPI") == words


@examples(150)
@given(st.text())
def test_a_safe_text_holds_nothing_that_acts(text: str) -> None:
    made = safe(text)
    assert not any(category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in made)
    assert all(char == JOINER for char in made if category(char) == "Cf")
    assert safe(made) == made


@examples(100)
@given(st.text(), st.integers(0, 40))
def test_a_padded_text_is_as_wide_as_asked_or_as_it_was(text: str, columns: int) -> None:
    made = safe(text)
    assert width(pad(made, columns)) == max(width(made), columns)
    assert width(pad(made, columns, right=True)) >= width(made)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param("Omsætning på 5 €", "Omsætning på 5 €", id="letters"),
        pytest.param("a\nb\x1b", "a\\x0ab\\x1b", id="control characters"),
        pytest.param("\u202e\U000e0041\u3164", "\\u202e\\U000e0041\\u3164", id="unseen ones"),
        pytest.param("C:\\new \\d \\x41 \\u000a", "C:\\new \\d \\x41 \\u000a", id="backslashes"),
        pytest.param("\\x0a", "\\\\x0a", id="what reads as an escape"),
        pytest.param("\\\\x0a\\u202e", "\\\\\\\\x0a\\\\u202e", id="two backslashes before it"),
        pytest.param("\\\n", "\\\\\\x0a", id="a backslash before a line end"),
        pytest.param("\\Uffffffff", "\\Uffffffff", id="no character at all"),
        pytest.param("e" + ACUTE * 200, "e" + ACUTE * 200, id="any number of marks"),
        pytest.param(FAMILY, FAMILY, id="joined pictographs"),
    ],
)
def test_an_escaped_text_is_given_back(text: str, made: str) -> None:
    assert escaped(text) == made
    assert unescaped(made) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        *((f"{first}1", f"'{first}1") for first in "=+-@\t\r\n＝＋－＠"),  # noqa: RUF001 - wide
        ("'=1", "''=1"),
        ("'", "'"),
        ("'tis", "'tis"),
        ("1=1", "1=1"),
        ("", ""),
    ],
)
def test_a_formula_is_guarded_and_given_back(text: str, made: str) -> None:
    assert guarded(text) == made
    assert unguarded(made) == text


PIECES = ["\\", "\\\\", "x0a", "u202e", "U000e0041", "x41", "\n", "\u202e", "🏻", "👩", "'", "="]
TEXTS = st.lists(st.text(max_size=2) | st.sampled_from([*PIECES, ACUTE, JOINER, EMOJI_STYLE])).map(
    "".join
)


@examples(300)
@given(TEXTS)
def test_any_text_is_escaped_and_guarded_without_loss(text: str) -> None:
    made = escaped(text)
    assert safe(made, most_marks=len(made)) == made
    assert unescaped(made) == text
    assert unguarded(guarded(text)) == text
    assert unguarded(unescaped(escaped(guarded(text)))) == text


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        pytest.param("Revenue", "Revenue", "Revenue", id="left to right"),
        pytest.param("Omsætning 3", "Omsætning 3", "Omsætning 3", id="of any such language"),
        pytest.param("نسبة", "<نسبة>", "<نسبة>", id="Arabic"),
        pytest.param(
            "יעד 2", "<יעד 2>", "<יעד> 2", id="a number behind a name may be another text"
        ),
        pytest.param("أ 2 ب · 2026-10", "<أ 2 ب · 2026-10>", "<أ 2 ب> · 2026-10", id="a line"),
        pytest.param("یک two سه", "<یک two سه>", "<یک> two <سه>", id="two directions"),
    ],
)
def test_what_reads_from_right_to_left_is_isolated(text: str, whole: str, part: str) -> None:
    marks = str.maketrans(dict(zip(ISOLATES, "<>", strict=True)))
    assert isolated(text, is_whole=True).translate(marks) == whole
    assert isolated(text).translate(marks) == part
    assert width(isolated(text)) == width(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("one two three", ["one two", "three"], id="between words"),
        pytest.param("one two ", ["one two "], id="a space at the end takes no room"),
        pytest.param("unbreakable", ["unbreakable"], id="a long word stays whole"),
        pytest.param("  one two three", ["  one", "  two", "  three"], id="as far in as the first"),
        pytest.param("one two\nthree four", ["one two", "three", "four"], id="line by line"),
        pytest.param("東京 東京 東京", ["東京", "東京", "東京"], id="wide letters"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_a_line_is_broken_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8).split("\n") == lines


@given(st.text(), st.integers(1, 40))
def test_a_broken_line_has_every_word_in_order(text: str, columns: int) -> None:
    line = safe(text)
    assert wrapped(line, columns).split() == line.split()
    assert all(
        width(part.strip()) <= columns or " " not in part.strip()
        for part in wrapped(line.strip(), columns).split("\n")
    )


def test_names_are_sorted_as_people_sort_them() -> None:
    names = ["Eva", "Étage 10", "étage 2", "Zebra", "eta", "10x", "9x", "Étage 2"]
    in_order = ["9x", "10x", "eta", "Étage 2", "étage 2", "Étage 10", "Eva", "Zebra"]
    assert sorted(names, key=name_order) == in_order


@given(st.lists(st.text(max_size=6)))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=name_order) == sorted(names, key=name_order)
