from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import Mark, Number
from kpicli.model.quantity import Quantity
from kpicli.model.unit import check_unit
from kpicli.text import safe
from tests.tiers import examples

UNITS = ("", "%", "$", "€", "£", "¥", "kr", "pp", "k", "M", "orders per day", "$€", "%x", "m²")
MARKS: tuple[Mark, ...] = (".", ",")
numbers = st.decimals(-(10**17), 10**17, places=3)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        pytest.param("480000", "480000", "", id="a bare number"),
        pytest.param("3.2%", "3.2", "%", id="a percentage is the number people say"),
        pytest.param("3.2 %", "3.2", "%", id="a percentage after a space"),
        pytest.param("500,000 kr", "500000", "kr", id="a unit after a space"),
        pytest.param("500,000kr", "500000", "kr", id="a unit right after"),
        pytest.param("500\u00a0000\u00a0kr", "500000", "kr", id="no-break spaces"),
        pytest.param("$1,200", "1200", "$", id="a currency in front"),
        pytest.param("-$5", "-5", "$", id="a sign before the currency"),
        pytest.param("$-5", "-5", "$", id="a sign after the currency"),
        pytest.param("−$5", "-5", "$", id="a typographic minus before the currency"),
        pytest.param("€ 99.50", "99.50", "€", id="a currency apart"),
        pytest.param("99.50 €", "99.50", "€", id="a currency behind"),
        pytest.param("£5", "5", "£", id="pounds"),
        pytest.param("¥5", "5", "¥", id="yen"),
        pytest.param("480k", "480000", "", id="thousands at the end"),
        pytest.param("480k kr", "480000", "kr", id="thousands before a space"),
        pytest.param("2k%", "2000", "%", id="thousands before a percent sign"),
        pytest.param("$1.2M", "1200000", "$", id="millions of a currency"),
        pytest.param("480kg", "480", "kg", id="a k that goes on is a unit"),
        pytest.param("12 orders per day", "12", "orders per day", id="a unit of words"),
        pytest.param(" 12 ", "12", "", id="spaces around it"),
        pytest.param("0.10 kr", "0.10", "kr", id="decimals as typed"),
        pytest.param("0" * 99 + "7", "7", "", id="100 characters"),
        pytest.param("5 " + "x" * 40, "5", "x" * 40, id="a unit of 40 characters"),
        pytest.param("5 pp", "5", "pp", id="percentage points"),
    ],
)
def test_a_quantity_is_read(text: str, number: str, unit: str) -> None:
    found, given_unit = read_quantity(text)
    assert (str(found), given_unit) == (number, unit)


def test_a_decimal_comma_is_read_with_its_unit() -> None:
    assert read_quantity("1.234,50 kr", ",") == (Decimal("1234.50"), "kr")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "no number given", id="nothing"),
        pytest.param("  ", "no number given", id="spaces"),
        pytest.param("kr", "'kr' is not a number kpi can store", id="a unit alone"),
        pytest.param("nan", "'nan' is not a number kpi can store", id="nan"),
        pytest.param("inf", "'inf' is not a number kpi can store", id="inf"),
        pytest.param("1e400", "'1e400' is not a number kpi can store", id="an exponent"),
        pytest.param(
            "1e5 kr", "'1e5 kr' is not a number kpi can store", id="an exponent and a unit"
        ),
        pytest.param("--5", "'--5' is not a number kpi can store", id="two signs"),
        pytest.param("-$-5", "'-$-5' is not a number kpi can store", id="two signs apart"),
        pytest.param("+5", "'+5' is not a number kpi can store", id="a plus"),
        pytest.param("$5 kr", "two units: '$' and 'kr'", id="two units"),
        pytest.param("$5%", "two units: '$' and '%'", id="a currency and a percentage"),
        pytest.param("$€5", "'$€5' is not a number kpi can store", id="two currencies"),
        pytest.param("480  000", "'000' is not a unit", id="two spaces"),
        pytest.param("5 -", "'-' is not a unit", id="a sign behind"),
        pytest.param("1\n2", "'2' is not a unit", id="two lines"),
        pytest.param("5 " + "x" * 41, f"'{'x' * 41}' is not a unit", id="a unit of 41 characters"),
        pytest.param("1" * 101, f"'{'1' * 40}…' is too long for a number", id="101 digits"),
    ],
)
def test_anything_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_quantity(text)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        pytest.param("12%", "%", id="its own unit"),
        pytest.param("12", "%", id="no unit"),
        pytest.param("12 k", "k", id="a k apart where the unit is k"),
        pytest.param("12 M", "M", id="an M apart where the unit is M"),
        pytest.param("12", "", id="no unit where there is none"),
    ],
)
def test_a_unit_that_is_the_kpis_own_is_read(text: str, unit: str) -> None:
    assert read_quantity(text, unit=unit)[0] == 12


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        pytest.param("12%", "kr", "'%' is not its unit: this KPI is counted in kr", id="percent"),
        pytest.param("$12", "kr", "'$' is not its unit: this KPI is counted in kr", id="dollars"),
        pytest.param(
            "12 kr",
            "",
            "'kr' is not its unit: this KPI is counted without a unit",
            id="one too many",
        ),
        pytest.param("2 pp", "%", "'pp' is not its unit: this KPI is counted in %", id="points"),
    ],
)
def test_another_unit_is_refused(text: str, unit: str, message: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_quantity(text, unit=unit)
    assert refused.value.message == message


@pytest.mark.parametrize("unit", ["k", "M"])
@pytest.mark.parametrize("text", ["480k", "1.2M", "5k k", "5M M"])
def test_k_and_m_are_refused_where_the_unit_is_one_of_them(text: str, unit: str) -> None:
    with pytest.raises(NotationError, match=f"is ambiguous for a KPI counted in {unit}") as refused:
        read_quantity(text, unit=unit)
    assert refused.value.hint == f"write all digits, and a space before the unit: 480 {unit}"


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        pytest.param(Decimal(500000), "kr", "500,000 kr", id="a unit after a space"),
        pytest.param(Decimal("3.2"), "%", "3.2%", id="a percent sign right after"),
        pytest.param(Decimal("0.2"), "pp", "0.2 pp", id="percentage points after a space"),
        pytest.param(Decimal(1200), "$", "$1,200", id="a currency in front"),
        pytest.param(Decimal(-5), "$", "-$5", id="a sign before the currency"),
        pytest.param(Decimal("99.50"), "€", "€99.50", id="decimals as typed"),
        pytest.param(Decimal(12), "", "12", id="no unit"),
        pytest.param(Decimal(5), "$€", "5 $€", id="two currencies are a unit of their own"),
    ],
)
def test_a_quantity_is_shown(number: Decimal, unit: str, shown: str) -> None:
    assert str(Quantity(number, unit)) == shown


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        pytest.param(Quantity(Decimal(5), "kr", is_signed=True), "+5 kr", id="a plus above zero"),
        pytest.param(
            Quantity(Decimal(5), "$", is_signed=True), "+$5", id="a plus before a currency"
        ),
        pytest.param(Quantity(Decimal(-5), "kr", is_signed=True), "-5 kr", id="a minus below zero"),
        pytest.param(Quantity(Decimal(0), "kr", is_signed=True), "0 kr", id="neither at zero"),
        pytest.param(Quantity(Fraction(2, 3), "%", places=1), "0.7%", id="computed, to its places"),
        pytest.param(Quantity(Decimal("1234.5"), "kr", ","), "1.234,5 kr", id="a decimal comma"),
    ],
)
def test_a_quantity_knows_how_it_is_to_be_shown(quantity: Quantity, shown: str) -> None:
    assert str(quantity) == shown


def test_machines_get_the_raw_digits() -> None:
    assert Quantity(Decimal("480000.50"), "kr", ",", places=0).json_number() == "480000.50"


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit])
def test_a_unit_may_be_any_word_or_sign(unit: str) -> None:
    check_unit(unit)


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(" kr", id="a space in front"),
        pytest.param("kr ", id="a space behind"),
        pytest.param("-kr", id="a minus"),
        pytest.param("−kr", id="a typographic minus"),
        pytest.param("+kr", id="a plus"),
        pytest.param("3kr", id="a digit"),
        pytest.param(".kr", id="a point"),
        pytest.param(",kr", id="a comma"),
        pytest.param("<kr", id="a comparison"),
        pytest.param("≥kr", id="a typographic comparison"),
        pytest.param("_kr", id="an underscore"),
        pytest.param("k" * 41, id="41 characters"),
    ],
)
def test_a_unit_that_would_not_read_back_is_refused(unit: str) -> None:
    with pytest.raises(NotationError, match="is not a unit"):
        check_unit(unit)


@examples(100)
@given(number=numbers, unit=st.sampled_from(UNITS), mark=st.sampled_from(MARKS))
def test_what_is_shown_reads_back(number: Decimal, unit: str, mark: Mark) -> None:
    text = str(Quantity(number, unit, mark))
    assert read_quantity(text, mark, is_definition=True) == (number, unit)
    assert read_quantity(str(Quantity(number, unit, mark)), mark, unit) == (number, unit)


@examples(100)
@given(number=numbers, unit=st.text(min_size=1, max_size=8))
def test_every_unit_that_is_allowed_reads_back(number: Decimal, unit: str) -> None:
    try:
        check_unit(unit)
    except NotationError:
        assume(False)  # noqa: FBT003
    assert read_quantity(str(Quantity(number, unit)), is_definition=True) == (number, unit)


@examples(60)
@given(number=st.one_of(numbers, st.fractions()), places=st.integers(0, 6))
def test_a_signed_one_differs_by_its_plus_alone(number: Number, places: int) -> None:
    plain = str(Quantity(number, "kr", places=places))
    signed = str(Quantity(number, "kr", places=places, is_signed=True))
    is_zero = not any(digit in plain for digit in "123456789")
    assert signed == (f"+{plain}" if number > 0 and not is_zero else plain)


@examples(200)
@given(
    text=st.one_of(st.text(), st.text("0123456789.,-−+_ kM$€%er\u00a0", max_size=14)),
    mark=st.sampled_from(MARKS),
    unit=st.sampled_from([None, *UNITS]),
)
def test_any_text_is_read_or_refused_as_notation(text: str, mark: Mark, unit: str | None) -> None:
    try:
        number, given_unit = read_quantity(text, mark, unit)
    except NotationError:
        return
    shown = str(Quantity(number, given_unit, mark))
    assert read_quantity(shown, mark, unit, is_definition=True) == (number, given_unit)


@examples(60)
@given(st.text("5 k\x00\x1b\u202e\n"))
def test_a_refusal_shows_no_control_character(text: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_quantity(f"{text}+", unit="kr")
    assert refused.value.message == safe(refused.value.message)
