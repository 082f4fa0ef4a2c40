from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.notation.target import read_target
from kpicli.model.number import Mark
from kpicli.model.target import Comparison, Direction, Target
from tests.tiers import examples

AT_LEAST, ABOVE, AT_MOST, BELOW, WITHIN = Comparison
HIGHER, LOWER = Direction
UNITS = ("", "%", "$", "kr", "pp", "orders per day")
MARKS: tuple[Mark, ...] = (".", ",")
numbers = st.decimals(-(10**15), 10**15, places=2)


@pytest.mark.parametrize(
    ("text", "comparison", "number", "unit"),
    [
        pytest.param("500,000 kr", AT_LEAST, "500000", "kr", id="no sign means at least"),
        pytest.param(">=3%", AT_LEAST, "3", "%", id="at least"),
        pytest.param("≥ 3%", AT_LEAST, "3", "%", id="at least, typographic and apart"),
        pytest.param(">3%", ABOVE, "3", "%", id="above"),
        pytest.param("<=60%", AT_MOST, "60", "%", id="at most"),
        pytest.param("≤60%", AT_MOST, "60", "%", id="at most, typographic"),
        pytest.param("<60%", BELOW, "60", "%", id="below"),
        pytest.param(" < 60 % ", BELOW, "60", "%", id="spaces anywhere"),
        pytest.param(">=-15%", AT_LEAST, "-15", "%", id="a negative percentage with its sign"),
        pytest.param("<-$5", BELOW, "-5", "$", id="below a negative amount"),
        pytest.param("-5 kr", AT_LEAST, "-5", "kr", id="a negative amount is absolute"),
        pytest.param("-5", AT_LEAST, "-5", "", id="a negative number is absolute"),
        pytest.param("1.2M kr", AT_LEAST, "1200000", "kr", id="millions"),
    ],
)
def test_a_target_is_read(text: str, comparison: Comparison, number: str, unit: str) -> None:
    target = read_target(text)
    assert (target.comparison, str(target.number), target.unit) == (comparison, number, unit)
    assert target.high is None
    assert not target.is_relative


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        pytest.param("40..60%", "40", "60", "%", id="a unit behind"),
        pytest.param("40%..60%", "40", "60", "%", id="a unit at both edges"),
        pytest.param("$40..60", "40", "60", "$", id="a currency in front"),
        pytest.param("40 .. 60 kr", "40", "60", "kr", id="spaces"),
        pytest.param("-5..5", "-5", "5", "", id="from below zero"),
        pytest.param("-15%..-5%", "-15", "-5", "%", id="negative percentages"),
        pytest.param("5..5", "5", "5", "", id="one number"),
        pytest.param("1.5..2.5", "1.5", "2.5", "", id="decimals"),
        pytest.param("1k..2k kr", "1000", "2000", "kr", id="thousands"),
    ],
)
def test_a_range_is_read(text: str, low: str, high: str, unit: str) -> None:
    target = read_target(text)
    assert target.comparison is WITHIN
    assert target.direction is None
    assert (str(target.number), str(target.high), target.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "comparison", "share"),
    [
        pytest.param("+20%", AT_LEAST, 20, id="a rise is at least"),
        pytest.param("-15%", AT_MOST, -15, id="a cut is at most"),
        pytest.param("−15 %", AT_MOST, -15, id="a cut, typographic and apart"),
        pytest.param("+ 2.5%", AT_LEAST, Decimal("2.5"), id="a rise with decimals"),
        pytest.param("+0%", AT_LEAST, 0, id="no less than the baseline"),
    ],
)
def test_a_step_from_the_baseline_is_read(
    text: str, comparison: Comparison, share: Decimal
) -> None:
    target = read_target(text)
    assert target.is_relative
    assert (target.comparison, target.number, target.unit) == (comparison, share, "%")


@pytest.mark.parametrize(
    ("text", "direction", "comparison"),
    [
        pytest.param("60%", LOWER, AT_MOST, id="no sign means at most where lower is better"),
        pytest.param("60%", HIGHER, AT_LEAST, id="no sign means at least where higher is"),
        pytest.param("<60%", LOWER, BELOW, id="below agrees with lower"),
        pytest.param("<=60%", LOWER, AT_MOST, id="at most agrees with lower"),
        pytest.param(">60%", HIGHER, ABOVE, id="above agrees with higher"),
        pytest.param("-15%", LOWER, AT_MOST, id="a cut agrees with lower"),
        pytest.param("+15%", HIGHER, AT_LEAST, id="a rise agrees with higher"),
        pytest.param("40..60%", LOWER, WITHIN, id="a range agrees with lower"),
        pytest.param("40..60%", HIGHER, WITHIN, id="a range agrees with higher"),
    ],
)
def test_a_target_goes_with_a_direction(
    text: str, direction: Direction, comparison: Comparison
) -> None:
    assert read_target(text, direction=direction).comparison is comparison


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param(">=60%", LOWER, id="at least, where lower is better"),
        pytest.param(">60%", LOWER, id="above, where lower is better"),
        pytest.param("<60%", HIGHER, id="below, where higher is better"),
        pytest.param("≤60%", HIGHER, id="at most, where higher is better"),
        pytest.param("+20%", LOWER, id="a rise, where lower is better"),
        pytest.param("-20%", HIGHER, id="a cut, where higher is better"),
    ],
)
def test_a_sign_against_the_direction_is_refused(text: str, direction: Direction) -> None:
    with pytest.raises(NotationError) as refused:
        read_target(text, direction=direction)
    assert refused.value.message == f"'{text}' contradicts direction = \"{direction}\""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "no number given", id="nothing"),
        pytest.param(">", "'>' is not a number kpi can store", id="a sign alone"),
        pytest.param("soon", "'soon' is not a number kpi can store", id="a word"),
        pytest.param("nan", "'nan' is not a number kpi can store", id="nan"),
        pytest.param("=5", "'=5' is not a number kpi can store", id="an equals sign"),
        pytest.param("=>5", "'=>5' is not a number kpi can store", id="a sign the wrong way"),
        pytest.param("!=5", "'!=5' is not a number kpi can store", id="a sign of programmers"),
        pytest.param("<<5", "'<<5': '<5' is not a number kpi can store", id="two signs"),
        pytest.param(
            "+20", "'+20' is not a number kpi can store", id="a plus without a percentage"
        ),
        pytest.param("+20 kr", "'+20 kr' is not a number kpi can store", id="a plus and kr"),
        pytest.param(">=+20%", "'>=+20%': '+20%' is not a number kpi can store", id="both signs"),
        pytest.param("+-5%", "'+-5%' is not a target", id="two steps"),
        pytest.param("+-0%", "'+-0%' is not a target", id="two steps of nothing"),
        pytest.param("--5%", "'--5%' is not a target", id="two cuts"),
        pytest.param("+5 kr%", "'+5 kr%' is not a target", id="a step in another unit"),
        pytest.param("+%", "'+%': '%' is not a number kpi can store", id="a step of no size"),
        pytest.param("..", "'..': no number given", id="no edges"),
        pytest.param("5..", "'5..': no number given", id="no upper edge"),
        pytest.param("..5", "'..5': no number given", id="no lower edge"),
        pytest.param("4...6", "'4...6': '.6' is not a number kpi can store", id="three points"),
        pytest.param("1..2..3", "'1..2..3': '2..3' is not a number kpi can store", id="two ranges"),
        pytest.param("60..40%", "'60..40%': the lower edge is above the upper one", id="downwards"),
        pytest.param(
            "60%..40%", "'60%..40%': the lower edge is above the upper one", id="downwards in %"
        ),
        pytest.param("5 kr..9 $", "'5 kr..9 $': its edges are in two units", id="two units"),
        pytest.param(">=5..9", "'>=5..9': a range takes no comparison sign", id="a signed range"),
        pytest.param("+5..9%", "'+5..9%': '+5' is not a number kpi can store", id="a step's range"),
    ],
)
def test_anything_else_is_refused(text: str, message: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_target(text)
    assert refused.value.message == message
    assert refused.value.hint


def test_a_range_upside_down_is_shown_the_right_way() -> None:
    with pytest.raises(NotationError) as refused:
        read_target("60..40")
    assert refused.value.hint == "write 40..60"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("500000 kr", "500,000 kr", id="no sign where none was typed"),
        pytest.param(">=3%", "≥3%", id="at least"),
        pytest.param("> 3 %", ">3%", id="above"),
        pytest.param("<=60%", "≤60%", id="at most"),
        pytest.param("<60%", "<60%", id="below"),
        pytest.param("40..60%", "40..60%", id="a range"),
        pytest.param("40%..60 %", "40..60%", id="a range says its unit once"),
        pytest.param("40..60 kr", "40..60 kr", id="a range in a unit"),
        pytest.param("$40..60", "$40..$60", id="a range in a currency"),
        pytest.param("+20%", "+20%", id="a rise"),
        pytest.param("-15%", "-15%", id="a cut"),
        pytest.param("+0%", "+0%", id="a rise of nothing"),
        pytest.param("-0%", "-0%", id="a cut of nothing"),
        pytest.param("0.10 kr", "0.10 kr", id="digits as typed"),
    ],
)
def test_a_target_is_shown_as_it_was_written(text: str, shown: str) -> None:
    assert read_target(text).show() == shown


def test_a_bare_target_shows_its_sign_where_lower_is_better() -> None:
    assert read_target("60%", direction=LOWER).show() == "≤60%"


def test_a_target_is_shown_with_a_decimal_comma() -> None:
    assert read_target(">=1234,5 kr", ",").show(",") == "≥1.234,5 kr"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        pytest.param(Target(Fraction(2, 3), BELOW, "%"), "<0.67%", id="one number"),
        pytest.param(Target(Fraction(1, 3), WITHIN, "%", Fraction(2)), "0.33..2.00%", id="a range"),
        pytest.param(Target(Decimal(5), BELOW, "%"), "<5%", id="not a typed one"),
    ],
)
def test_a_computed_target_is_shown_to_its_places(target: Target, shown: str) -> None:
    assert target.show(places=2) == shown


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("500,000 kr", 0, id="none for a whole amount"),
        pytest.param("99.50 kr", 2, id="its own"),
        pytest.param("3%", 1, id="one more for a percentage"),
        pytest.param("2.5%", 2, id="its own and one more"),
        pytest.param("1.5..2.25", 2, id="those of the longer edge"),
    ],
)
def test_what_is_computed_beside_a_target_has_its_decimals(text: str, places: int) -> None:
    assert read_target(text).places == places


def test_a_computed_target_asks_for_no_decimals() -> None:
    assert Target(Fraction(1, 3), AT_LEAST).places == 0


@pytest.mark.parametrize(
    ("comparison", "direction"),
    [(AT_LEAST, HIGHER), (ABOVE, HIGHER), (AT_MOST, LOWER), (BELOW, LOWER), (WITHIN, None)],
)
def test_a_comparison_says_which_way_is_better(
    comparison: Comparison, direction: Direction | None
) -> None:
    assert comparison.direction is direction


def test_a_direction_has_a_sign() -> None:
    assert (HIGHER.sign, LOWER.sign) == (1, -1)


signed = st.builds(
    lambda *written: Target(*written),  # noqa: PLW0108 - of Target itself all fields would be made up
    numbers,
    st.sampled_from([AT_LEAST, ABOVE, AT_MOST, BELOW]),
    st.sampled_from(UNITS),
)
ranges = st.builds(
    lambda one, other, unit: Target(min(one, other), WITHIN, unit, max(one, other)),
    numbers,
    numbers,
    st.sampled_from(UNITS),
)
steps = st.builds(
    lambda size, is_cut: Target(
        size.copy_negate() if is_cut else size,
        AT_MOST if is_cut else AT_LEAST,
        "%",
        is_relative=True,
    ),
    st.decimals(0, 10**6, places=2).map(abs),
    st.booleans(),
)


@examples(150)
@given(target=st.one_of(signed, ranges, steps), mark=st.sampled_from(MARKS))
def test_what_is_shown_reads_back(target: Target, mark: Mark) -> None:
    assert read_target(target.show(mark), mark) == target


@examples(60)
@given(
    number=numbers,
    unit=st.sampled_from([unit for unit in UNITS if unit != "%"]),
    direction=st.sampled_from([None, HIGHER, LOWER]),
)
def test_a_bare_target_reads_back_in_its_direction(
    number: Decimal, unit: str, direction: Direction | None
) -> None:
    comparison = AT_MOST if direction is LOWER else AT_LEAST
    target = Target(number, comparison, unit, is_bare=True)
    again = read_target(target.show(), ".", direction)
    assert (again.number, again.comparison, again.unit) == (number, comparison, unit)


@examples(200)
@given(
    text=st.one_of(st.text(), st.text("0123456789.,-−+<>=≤≥ k$%r", max_size=12)),
    mark=st.sampled_from(MARKS),
    direction=st.sampled_from([None, HIGHER, LOWER]),
)
def test_any_text_is_read_or_refused_as_notation(
    text: str, mark: Mark, direction: Direction | None
) -> None:
    try:
        target = read_target(text, mark, direction)
    except NotationError:
        return
    again = read_target(target.show(mark), mark, direction)
    assert again.show(mark) == target.show(mark)
    if direction and target.direction:
        assert target.direction is direction
