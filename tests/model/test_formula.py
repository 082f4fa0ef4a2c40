from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.formula import Constant, Input, Lag, Node, Operation, with_inputs
from kpicli.model.notation.formula import read_formula
from tests.tiers import examples

ACTUALS = {"mrr": Fraction(500), "churn": Fraction(3, 7), "new": Fraction(-12), "a1_": Fraction(9)}
LAGS = {
    Lag.NONE: Fraction(0),
    Lag.PREVIOUS: Fraction(1, 3),
    Lag.LAST_YEAR: Fraction(5),
    Lag.SUM: Fraction(7),
    Lag.MEAN: Fraction(11),
}
SAYS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}


def computed(node: Node) -> Fraction:
    """What a tree comes to, where an input's lag adds a number of its own, times its periods."""
    match node:
        case Constant(number):
            return Fraction(number)
        case Input(id, lag, periods):
            return ACTUALS[id] + LAGS[lag] * periods
        case Operation(sign, left, right):
            return SAYS[sign](computed(left), computed(right))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        pytest.param("0.1+0.2", "3/10", id="decimals are exact"),
        pytest.param("1+2*3", "7", id="times before plus"),
        pytest.param("(1+2)*3", "9", id="parentheses first"),
        pytest.param("10-4-3", "3", id="minus from the left"),
        pytest.param("60/6/2", "5", id="divided from the left"),
        pytest.param("6/2*3", "9", id="divided and times from the left"),
        pytest.param("1-2*3-4", "-9", id="both levels"),
        pytest.param("-2*3", "-6", id="a sign in front"),
        pytest.param("2*-3", "-6", id="a sign after times"),
        pytest.param("2--3", "5", id="a sign after minus"),
        pytest.param("---2", "-2", id="three signs"),
        pytest.param("-(1+2)", "-3", id="a sign before parentheses"),
        pytest.param("1/3+1/3+1/3", "1", id="thirds add up"),
        pytest.param("mrr", "500", id="an input alone"),
        pytest.param("mrr / churn", "3500/3", id="a ratio"),
        pytest.param(
            "(mrr - prev(mrr)) / prev(mrr)", "-1/1501", id="a change on the period before"
        ),
        pytest.param("last_year( mrr )", "505", id="spaces in a call"),
        pytest.param("prev(mrr, 3)", "501", id="three periods back"),
        pytest.param("sum(mrr, 12) / mean(new, 12)", "73/15", id="windows"),
        pytest.param("sum ( mrr ,12\t)", "584", id="spaces in a window"),
        pytest.param("\t1 +\t2 ", "3", id="tabs and spaces"),
        pytest.param("+".join(["0.1"] * 10), "1", id="ten tenths"),
        pytest.param("999999999999999999*999999999999999999", str((10**18 - 1) ** 2), id="long"),
    ],
)
def test_a_formula_means_what_arithmetic_says(text: str, result: str) -> None:
    assert computed(read_formula(text).root) == Fraction(result)


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        pytest.param("mrr", [Input("mrr")], id="another KPI"),
        pytest.param("prev(mrr)", [Input("mrr", Lag.PREVIOUS)], id="the period before"),
        pytest.param("last_year(mrr)", [Input("mrr", Lag.LAST_YEAR)], id="a year before"),
        pytest.param("new+mrr-new*mrr", [Input("new"), Input("mrr")], id="each once, in order"),
        pytest.param("mrr/prev(mrr)", [Input("mrr"), Input("mrr", Lag.PREVIOUS)], id="lags apart"),
        pytest.param("prev", [Input("prev")], id="a KPI that is called prev"),
        pytest.param("prev(prev)", [Input("prev", Lag.PREVIOUS)], id="and the period before of it"),
        pytest.param("prev(mrr) + prev(mrr, 1)", [Input("mrr", Lag.PREVIOUS)], id="one back, once"),
        pytest.param(
            "sum(mrr, 12) + sum(mrr, 3)",
            [Input("mrr", Lag.SUM, 12), Input("mrr", Lag.SUM, 3)],
            id="windows of other lengths apart",
        ),
        pytest.param("mean(mrr, 400)", [Input("mrr", Lag.MEAN, 400)], id="the longest window"),
        pytest.param("sum(sum, 2)", [Input("sum", Lag.SUM, 2)], id="a KPI that is called sum"),
        pytest.param("1+1", [], id="none"),
    ],
)
def test_a_formula_names_its_inputs(text: str, inputs: list[Input]) -> None:
    assert list(read_formula(text).inputs) == inputs


def test_a_formula_keeps_its_text() -> None:
    assert read_formula(" mrr  /2 ").text == " mrr  /2 "


EXPRESSION = "of one KPI, not of an expression"
COUNTS = "counts periods: a whole number from 1 to 400"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "unexpected end", id="nothing"),
        pytest.param("  ", "unexpected end", id="spaces"),
        pytest.param("mrr.__class__", "unexpected character '.'", id="an attribute"),
        pytest.param("[1][0]", "unexpected character '['", id="a list"),
        pytest.param('f"{x}"', "unexpected character '\"'", id="a text"),
        pytest.param("lambda: 1", "unexpected character ':'", id="a function"),
        pytest.param("(x:=1)", "unexpected character ':'", id="an assignment"),
        pytest.param("9**9**9", "unexpected '*'", id="a power"),
        pytest.param("9999**4000000", "unexpected '*'", id="a huge power"),
        pytest.param("9^9", "unexpected character '^'", id="another power"),
        pytest.param("7//2", "unexpected '/'", id="a floor division"),
        pytest.param("7%2", "unexpected character '%'", id="a remainder"),
        pytest.param("a<b", "unexpected character '<'", id="a comparison"),
        pytest.param("a;b", "unexpected character ';'", id="a statement"),
        pytest.param("a\nb", "unexpected character '\\x0a'", id="a second line"),
        pytest.param("\x1b[2J", "unexpected character '\\x1b'", id="an escape"),
        pytest.param(
            "\uff4d\uff52\uff52", "unexpected character '\uff4d'", id="full-width letters"
        ),
        pytest.param("mrr·2", "unexpected character '·'", id="a middle dot"),
        pytest.param("٣+1", "unexpected character '٣'", id="digits of another script"),
        pytest.param("MRR", "unexpected character 'M'", id="capitals"),
        pytest.param("_mrr", "unexpected character '_'", id="an underscore in front"),
        pytest.param("2mrr", "unexpected character '2'", id="a number that runs into an id"),
        pytest.param("1e5", "unexpected character '1'", id="an exponent"),
        pytest.param("480k", "unexpected character '4'", id="thousands"),
        pytest.param("1.", "unexpected character '1'", id="no digit after the point"),
        pytest.param(".5", "unexpected character '.'", id="no digit before the point"),
        pytest.param("1.2.3", "unexpected character '1'", id="two points"),
        pytest.param("1,000", "unexpected ','", id="a comma"),
        pytest.param("1_000", "unexpected character '1'", id="an underscore"),
        pytest.param("mrr churn", "unexpected 'churn'", id="no sign between"),
        pytest.param("1 000", "unexpected '000'", id="a space in a number"),
        pytest.param("2(3)", "unexpected '('", id="no sign before parentheses"),
        pytest.param("mrr)", "unexpected ')'", id="a parenthesis too many"),
        pytest.param("(mrr", "expected ')' before its end", id="a parenthesis too few"),
        pytest.param("(mrr churn)", "expected ')' before 'churn'", id="two inputs in parentheses"),
        pytest.param("()", "unexpected ')'", id="empty parentheses"),
        pytest.param("+1", "unexpected '+'", id="a plus in front"),
        pytest.param("1+", "unexpected end", id="nothing after plus"),
        pytest.param("*1", "unexpected '*'", id="nothing before times"),
        pytest.param("rand()", "unknown function 'rand'", id="an unknown function"),
        pytest.param("mrr(churn)", "unknown function 'mrr'", id="a KPI called"),
        pytest.param("prev()", "prev() takes the id of a KPI", id="a call of nothing"),
        pytest.param("prev(", "prev() takes the id of a KPI", id="a call that breaks off"),
        pytest.param("prev(1)", "prev() takes the id of a KPI", id="a call of a number"),
        pytest.param("prev(a+b)", f"prev() is {EXPRESSION}", id="a call of a sum"),
        pytest.param("prev(prev(a))", f"prev() is {EXPRESSION}", id="a call of a call"),
        pytest.param("sum(a - b, 12)", f"sum() is {EXPRESSION}", id="a window of a difference"),
        pytest.param("sum(a)", "sum() takes an id and over how many periods", id="a sum of one"),
        pytest.param("mean(a", "mean() takes an id and over how many periods", id="a window open"),
        pytest.param("sum(12, a)", "sum() takes the id of a KPI", id="the number first"),
        pytest.param("sum(a, 0)", f"sum() {COUNTS}", id="a window of nothing"),
        pytest.param("mean(a, 401)", f"mean() {COUNTS}", id="a window too long"),
        pytest.param("mean(a, 2.5)", f"mean() {COUNTS}", id="half a period"),
        pytest.param("mean(a, -3)", f"mean() {COUNTS}", id="a window of less than nothing"),
        pytest.param("sum(a, b)", f"sum() {COUNTS}", id="as many as another KPI says"),
        pytest.param("prev(a, )", f"prev() {COUNTS}", id="no number after the comma"),
        pytest.param("prev(a, 0)", f"prev() {COUNTS}", id="no period back"),
        pytest.param("sum(a, 3, 4)", "expected ')' before ','", id="two numbers"),
        pytest.param("last_year(a, 2)", "last_year() takes an id alone", id="two years before"),
        pytest.param("a, b", "unexpected ','", id="two inputs"),
        pytest.param("last_year(a", "expected ')' before its end", id="a call left open"),
        pytest.param("1234567890123456789", None, id="19 digits"),
        pytest.param("(" * 10_000, "longer than 500 characters", id="parentheses without end"),
        pytest.param("-" * 50_000, "longer than 500 characters", id="signs without end"),
        pytest.param("1" + "+1" * 1000, "longer than 500 characters", id="a sum without end"),
        pytest.param("(" * 499, "nested deeper than 20", id="499 parentheses"),
        pytest.param("-" * 499, "nested deeper than 20", id="499 signs"),
    ],
)
def test_anything_else_is_refused(text: str, message: str | None) -> None:
    with pytest.raises(NotationError) as refused:
        read_formula(text)
    assert message is None or refused.value.message == message
    assert refused.value.hint


def test_a_function_that_is_nearly_right_is_named() -> None:
    for text, name in (
        ("last_yer(mrr)", "last_year"),
        ("avg(mrr, 3)", "mean"),
        ("smu(a, 2)", "sum"),
    ):
        with pytest.raises(NotationError) as refused:
            read_formula(text)
        assert refused.value.hint == f"did you mean '{name}'?"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("prev(prev(mrr))", "two periods back is prev(id, 2)"),
        ("sum(mrr - new, 12)", "make the expression a KPI of its own, and write its id here"),
        ("sum(mrr)", "as in sum(mrr, 12)"),
        ("prev(mrr, 1000)", "as in prev(mrr, 3)"),
        ("last_year(mrr, 2)", "as in last_year(mrr)"),
    ],
)
def test_a_call_that_is_nearly_right_is_shown_right(text: str, hint: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_formula(text)
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a+prev( a )*2", "a+prev(a)*2"),
        ("prev(a, 1) - prev(a,2)", "prev(a) - prev(a, 2)"),
        ("100*sum(prev,12)/mean( sum , 3 )", "100*sum(prev, 12)/mean(sum, 3)"),
        ("last_year(a) - (mean)", "last_year(a) - (mean)"),
    ],
)
def test_each_input_in_a_text_is_found_as_it_is_read(text: str, shown: str) -> None:
    assert with_inputs(text, lambda part: f"<{part}>").count("<") >= len(read_formula(text).inputs)
    assert with_inputs(text, str) == shown


@pytest.mark.parametrize(
    ("opening", "closing"),
    [pytest.param("(", ")", id="parentheses"), pytest.param("-", "", id="signs")],
)
def test_a_formula_is_nested_20_deep_and_no_deeper(opening: str, closing: str) -> None:
    assert computed(read_formula(opening * 20 + "1" + closing * 20).root) == 1
    with pytest.raises(NotationError, match="nested deeper than 20"):
        read_formula(opening * 21 + "1" + closing * 21)


def test_a_formula_has_500_characters_and_no_more() -> None:
    longest = "11" + "+1" * 249
    assert computed(read_formula(longest).root) == 260
    with pytest.raises(NotationError, match="longer than 500 characters"):
        read_formula(f"{longest} ")


def test_a_formula_of_many_steps_still_knows_its_inputs() -> None:
    formula = read_formula("mrr" + "-a" * 248)
    assert formula.inputs == (Input("mrr"), Input("a"))
    assert formula == read_formula(formula.text)


constants = st.builds(
    lambda whole, part: (f"{whole}.{part:03}", Fraction(Decimal(f"{whole}.{part:03}"))),
    st.integers(0, 999),
    st.integers(0, 999),
)
inputs = st.one_of(
    st.sampled_from(sorted(ACTUALS)).map(lambda id: (id, ACTUALS[id])),
    st.tuples(st.sampled_from(sorted(ACTUALS)), st.sampled_from([Lag.PREVIOUS, Lag.LAST_YEAR])).map(
        lambda pair: (f"{pair[1]}({pair[0]})", ACTUALS[pair[0]] + LAGS[pair[1]])
    ),
    st.builds(
        lambda id, lag, count: (f"{lag}({id}, {count})", ACTUALS[id] + LAGS[lag] * count),
        st.sampled_from(sorted(ACTUALS)),
        st.sampled_from([Lag.PREVIOUS, Lag.SUM, Lag.MEAN]),
        st.integers(1, 400),
    ),
)
Said = tuple[str, Fraction]


def joined(part: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
    """Two expressions with a sign between them, or one with a minus in front, in parentheses."""
    both = st.tuples(part, st.sampled_from("+-*/"), part).filter(
        lambda both: both[1] != "/" or both[2][1] != 0
    )
    return st.one_of(
        both.map(
            lambda both: (
                f"({both[0][0]} {both[1]} {both[2][0]})",
                SAYS[both[1]](both[0][1], both[2][1]),
            )
        ),
        part.map(lambda one: (f"-{one[0]}", -one[1])),
    )


@examples(80)
@given(st.recursive(st.one_of(constants, inputs), joined, max_leaves=8))
def test_every_expression_in_parentheses_comes_to_what_it_says(said: Said) -> None:
    text, result = said
    assert computed(read_formula(text).root) == result


@examples(80)
@given(
    first=st.integers(1, 99),
    rest=st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 99)), max_size=8),
)
def test_signs_bind_as_in_arithmetic(first: int, rest: list[tuple[str, int]]) -> None:
    text = f"{first}{''.join(f'{sign}{number}' for sign, number in rest)}"
    total, product = Fraction(0), Fraction(first)
    for sign, number in rest:
        if sign in "+-":
            total, product = total + product, Fraction(number if sign == "+" else -number)
        else:
            product = SAYS[sign](product, Fraction(number))
    assert computed(read_formula(text).root) == total + product


@examples(300)
@given(st.one_of(st.text(), st.text("01.,+-*/() amrprevlast_ysun\t", max_size=30)))
def test_any_text_is_read_or_refused_as_notation(text: str) -> None:
    try:
        formula = read_formula(text)
    except NotationError:
        return
    assert all(given.id in text for given in formula.inputs)
