from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.number import (
    Mark,
    decimal_places,
    json_number,
    read_number,
    show_number,
    to_decimal,
)
from tests.tiers import examples

MARKS: tuple[Mark, ...] = (".", ",")
marks = st.sampled_from(MARKS)
digits = st.text("0123456789", min_size=1, max_size=18)
decimals = st.text("0123456789", max_size=12)
typed = st.builds(
    lambda sign, whole, part: Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}"),
    st.sampled_from(["", "-"]),
    digits,
    decimals,
).map(lambda number: number or abs(number))
computed = st.fractions(max_denominator=10**6)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        pytest.param("480000", "480000", id="plain digits"),
        pytest.param("480_000", "480000", id="an underscore separates thousands"),
        pytest.param("480,000", "480000", id="a comma separates thousands"),
        pytest.param("480 000", "480000", id="a space separates thousands"),
        pytest.param("480\u00a0000", "480000", id="a no-break space separates thousands"),
        pytest.param("480\u202f000", "480000", id="a narrow no-break space separates thousands"),
        pytest.param("1,234,567.25", "1234567.25", id="many groups and decimals"),
        pytest.param("1,234.5", "1234.5", id="a group and a decimal"),
        pytest.param("1.234", "1.234", id="the point is the decimal mark"),
        pytest.param("-3.5", "-3.5", id="below zero"),
        pytest.param("−3.5", "-3.5", id="a typographic minus"),
        pytest.param("-0", "0", id="there is no minus zero"),
        pytest.param("-0.00", "0.00", id="there is no minus zero with decimals either"),
        pytest.param("0.10", "0.10", id="a zero at the end is kept"),
        pytest.param("007", "7", id="zeros in front say nothing"),
        pytest.param("0" * 30 + "7", "7", id="zeros in front are not counted"),
        pytest.param("999999999999999999", "999999999999999999", id="18 digits"),
        pytest.param("0.123456789012", "0.123456789012", id="12 decimals"),
    ],
)
def test_a_number_is_read_exactly(text: str, exact: str) -> None:
    assert str(read_number(text)) == exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        pytest.param("3,2", "3.2", id="the comma is the decimal mark"),
        pytest.param("480.000", "480000", id="the point separates thousands"),
        pytest.param("1.234,5", "1234.5", id="a group and a decimal"),
        pytest.param("480 000,25", "480000.25", id="a space separates thousands"),
    ],
)
def test_with_a_decimal_comma_the_two_change_places(text: str, exact: str) -> None:
    assert str(read_number(text, ",")) == exact


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("-", id="a lone sign"),
        pytest.param(".", id="a lone mark"),
        pytest.param("nan", id="not a number"),
        pytest.param("NaN", id="NaN"),
        pytest.param("inf", id="infinity"),
        pytest.param("-Infinity", id="minus infinity"),
        pytest.param("1e400", id="an exponent"),
        pytest.param("1e999999", id="an enormous exponent"),
        pytest.param("1E5", id="a capital exponent"),
        pytest.param("0x10", id="hexadecimal"),
        pytest.param("1__0", id="an empty group"),
        pytest.param("1_0", id="a short group after an underscore"),
        pytest.param("1,00,000", id="groups of two"),
        pytest.param("1,2345", id="a group of four"),
        pytest.param("1234,567", id="a first group of four"),
        pytest.param("1 234,567", id="two kinds of separator"),
        pytest.param("1 2", id="a short group after a space"),
        pytest.param("480  000", id="two spaces"),
        pytest.param("5.", id="no digit after the mark"),
        pytest.param(".5", id="no digit before the mark"),
        pytest.param("1.2.3", id="two marks"),
        pytest.param("1.000,000", id="groups among the decimals"),
        pytest.param("+5", id="a plus"),
        pytest.param("--5", id="two signs"),
        pytest.param("480K", id="a capital K"),
        pytest.param("5m", id="a small m"),
        pytest.param("5kk", id="two ks"),
        pytest.param("5 k", id="a k that stands apart"),
        pytest.param("٣", id="digits of another script"),
        pytest.param("\uff11\uff12", id="full-width digits"),
        pytest.param("12\n", id="a line end"),
        pytest.param(" 12", id="a space in front"),
        pytest.param("0,123", id="a group after a lone zero"),
        pytest.param("1234567890123456789", id="19 digits"),
        pytest.param("1234567890123456k", id="19 digits by a k"),
        pytest.param("0.1234567890123", id="13 decimals"),
    ],
)
@pytest.mark.parametrize("mark", [pytest.param(".", id="point"), pytest.param(",", id="comma")])
def test_anything_else_is_refused(text: str, mark: Mark) -> None:
    swapped = text if mark == "." else text.translate({ord("."): ",", ord(","): "."})
    with pytest.raises(NotationError):
        read_number(swapped, mark)


@pytest.mark.parametrize(
    ("text", "mark", "likely", "other"),
    [
        pytest.param("1.234,5", ".", "1234.5", "1.2345", id="a point before a comma"),
        pytest.param("12,34", ".", "12.34", "1234", id="a comma before two digits"),
        pytest.param("0,123", ".", "0.123", "123", id="a group after a zero"),
        pytest.param("0,0", ".", "0.0", "0", id="nothing but zeros"),
        pytest.param("-0,5", ".", "-0.5", "-5", id="below zero"),
        pytest.param("1,234.5", ",", "1234,5", "1,2345", id="the other way round"),
        pytest.param("12.34", ",", "12,34", "1234", id="a point where the comma is the mark"),
    ],
)
def test_a_doubtful_number_is_refused_with_both_readings(
    text: str, mark: Mark, likely: str, other: str
) -> None:
    with pytest.raises(NotationError) as refused:
        read_number(text, mark)
    assert refused.value.message == f"'{text}' is ambiguous: {likely} or {other}?"
    assert refused.value.hint.startswith(f"write {likely};")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param(".5", "write a digit before the .", id="no digit before the mark"),
        pytest.param("soon", "write digits, as in 1234.5 or 480,000", id="a word"),
        pytest.param("1,2.5", "write digits, as in 1234.5 or 480,000", id="a short group"),
    ],
)
def test_a_refusal_says_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_number(text)
    assert refused.value.message == f"'{text}' is not a number kpi can store"
    assert refused.value.hint == hint


def test_a_hint_is_written_with_the_decimal_mark_of_the_reader() -> None:
    with pytest.raises(NotationError) as refused:
        read_number("soon", ",")
    assert refused.value.hint == "write digits, as in 1234,5 or 480.000"


def test_too_many_digits_are_refused_with_the_limits() -> None:
    with pytest.raises(NotationError, match="has more digits than kpi keeps") as refused:
        read_number("1234567890123456789")
    assert refused.value.hint == "at most 18 before the decimal mark and 12 after it"


def test_a_refusal_shows_no_control_character_and_no_endless_text() -> None:
    with pytest.raises(NotationError) as refused:
        read_number("\x1b[2J" + "x" * 1000)
    assert "\x1b" not in refused.value.message
    assert len(refused.value.message) < 100


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        pytest.param(Decimal(480000), "480,000", id="thousands apart"),
        pytest.param(Decimal("1234567.10"), "1,234,567.10", id="decimals as typed"),
        pytest.param(Decimal(-1000), "-1,000", id="below zero"),
        pytest.param(Decimal("0.000000000001"), "0.000000000001", id="no exponent when tiny"),
        pytest.param(
            Decimal("123456789012345678.123456789012"),
            "123,456,789,012,345,678.123456789012",
            id="all of 30 digits",
        ),
        pytest.param(Fraction(1, 4), "0.25", id="a computed one without idle zeros"),
        pytest.param(Fraction(10), "10", id="a computed whole one keeps its zeros"),
        pytest.param(Fraction(2, 3), "0.666666666667", id="a computed one at 12 decimals"),
    ],
)
def test_a_number_is_shown(number: Decimal | Fraction, shown: str) -> None:
    assert show_number(number) == shown


def test_with_a_decimal_comma_a_number_is_shown_so() -> None:
    assert show_number(Decimal("1234567.5"), ",") == "1.234.567,5"


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        pytest.param(Decimal("0.5"), 0, "1", id="half goes up"),
        pytest.param(Decimal("2.5"), 0, "3", id="half goes up from an even digit too"),
        pytest.param(Decimal("-2.5"), 0, "-3", id="half goes away from zero below it"),
        pytest.param(Decimal("2.4999"), 0, "2", id="less than half goes down"),
        pytest.param(Decimal("1.005"), 2, "1.01", id="no binary float is in between"),
        pytest.param(Decimal(3), 2, "3.00", id="decimals are filled up"),
        pytest.param(Decimal("-0.004"), 2, "0.00", id="no minus zero comes out"),
        pytest.param(Fraction(1, 3), 1, "0.3", id="a computed one"),
        pytest.param(Fraction(-1, 3), 0, "0", id="a computed one to no minus zero"),
        pytest.param(Fraction(200, 3), 1, "66.7", id="a computed one upwards"),
    ],
)
def test_rounding_is_half_up(number: Decimal | Fraction, places: int, rounded: str) -> None:
    assert str(to_decimal(number, places)) == rounded
    assert show_number(number, places=places) == rounded


@pytest.mark.parametrize(
    ("number", "raw"),
    [
        pytest.param(Decimal(480000), "480000", id="no thousands"),
        pytest.param(Decimal("0.10"), "0.10", id="digits as typed"),
        pytest.param(Decimal("1E-12"), "0.000000000001", id="no exponent"),
        pytest.param(Fraction(1, 3), "0.333333333333", id="12 decimals"),
        pytest.param(Fraction(1, 2 * 10**12), "0.000000000001", id="half up at the 12th"),
        pytest.param(Fraction(500000), "500000", id="a computed whole one"),
    ],
)
def test_machines_get_raw_digits(number: Decimal | Fraction, raw: str) -> None:
    assert json_number(number) == raw


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("5", 0, id="none"),
        pytest.param("5.20", 2, id="as typed"),
        pytest.param("1E+3", 0, id="none where the exponent is above zero"),
        pytest.param("NaN", 0, id="none where there is no number"),
    ],
)
def test_the_decimals_that_were_typed_are_counted(text: str, places: int) -> None:
    assert decimal_places(Decimal(text)) == places


@examples(60)
@given(number=typed, mark=marks)
def test_what_is_shown_reads_back_digit_by_digit(number: Decimal, mark: Mark) -> None:
    again = read_number(show_number(number, mark), mark)
    assert again.as_tuple() == number.as_tuple()


@examples(60)
@given(number=typed)
def test_what_machines_get_reads_back_digit_by_digit(number: Decimal) -> None:
    assert read_number(json_number(number)).as_tuple() == number.as_tuple()


@examples(60)
@given(number=typed, mark=marks, gap=st.sampled_from([" ", "\u00a0", "\u202f", "_"]))
def test_any_separator_of_thousands_says_the_same(number: Decimal, mark: Mark, gap: str) -> None:
    group = "," if mark == "." else "."
    assert read_number(show_number(number, mark).replace(group, gap), mark) == number


@examples(60)
@given(number=st.one_of(typed, computed), places=st.integers(0, 12))
def test_rounding_moves_by_at_most_half_a_step(number: Decimal | Fraction, places: int) -> None:
    rounded = to_decimal(number, places)
    moved = Fraction(rounded) - Fraction(number)
    half = Fraction(1, 2 * 10**places)
    assert abs(moved) <= half
    assert abs(moved) < half or abs(Fraction(rounded)) > abs(Fraction(number))
    assert decimal_places(rounded) == places


@examples(200)
@given(text=st.one_of(st.text(), st.text("0123456789.,-−+_ kMeE\u00a0", max_size=12)), mark=marks)
def test_any_text_is_read_or_refused_as_notation(text: str, mark: Mark) -> None:
    try:
        number = read_number(text, mark)
    except NotationError as refused:
        if " is ambiguous: " in refused.message:
            likely, other = refused.message.split(" is ambiguous: ")[1][:-1].split(" or ")
            assert read_number(likely, mark) != read_number(other, mark)
    else:
        assert number.is_finite()
        assert read_number(show_number(number, mark), mark) == number
