"""Bad days with formulas: what is no formula, what can't be computed, and what comes out exact."""

from decimal import Decimal

import pytest

from tests.failures.board import DEFINITIONS, Board, is_refused, sealed

CLOSED = ("--as-of", "2026-03-05")


def formula(text: str) -> str:
    """The board with one more KPI on line 10; the formula stands on line 11."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'{DEFINITIONS}[kpis.it]\nformula = "{quoted}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("mrr.__class__", "unexpected character '.'", id="L1: an attribute"),
        pytest.param("[1][0]", "unexpected character '['", id="L1: a list"),
        pytest.param('f"{mrr}"', "unexpected character '\"'", id="L1: a text"),
        pytest.param("lambda: 1", "unexpected character ':'", id="L1: a function"),
        pytest.param("(mrr := 1)", "unexpected character ':'", id="L1: an assignment"),
        pytest.param("__import__", "unexpected character '_'", id="L1: an import"),
        pytest.param("mrr if churn else 1", "unexpected 'if'", id="L1: a condition"),
        pytest.param("9**9**9", "unexpected '*'", id="L2: a power"),
        pytest.param("9999**4000000", "unexpected '*'", id="L3: a huge power"),
        pytest.param("(" * 10_000, "longer than 500 characters", id="L5: parentheses"),
        pytest.param("-" * 50_000, "longer than 500 characters", id="L5: signs"),
        pytest.param("1" + "+1" * 1000, "longer than 500 characters", id="L5: a sum"),
        pytest.param("(" * 21 + "1" + ")" * 21, "nested deeper than 20", id="L5: 21 parentheses"),
        pytest.param("-" * 21 + "1", "nested deeper than 20", id="L5: 21 signs"),
        pytest.param("1e308*10-1e308*10", "unexpected character '1'", id="L7: an exponent"),
        pytest.param("\uff4d\uff52\uff52", "unexpected character '\uff4d'", id="L9: full width"),
        pytest.param("mrr + сhurn", "unexpected character 'с'", id="L9: Cyrillic"),  # noqa: RUF001 - it is
        pytest.param("rate / 2", "unknown KPI 'rate'", id="L11: an unknown id"),
        pytest.param("chrun / 2", "unknown KPI 'chrun' — did you mean 'churn'?", id="L11: a slip"),
        pytest.param("prev(rate)", "unknown KPI 'rate'", id="L11: in a lag"),
        pytest.param("rand()", "unknown function 'rand'", id="L13: a function"),
        pytest.param("prv(mrr)", "unknown function 'prv' — did you mean 'prev'?", id="L13: a slip"),
        pytest.param(
            "prev(prev(mrr))",
            "prev() is of one KPI, not of an expression — two periods back is prev(id, 2)",
            id="a lag of a lag",
        ),
        pytest.param("", "unexpected end", id="nothing"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_line(board: Board, text: str, said: str) -> None:
    board.define(formula(text))
    before = board.files()
    run = board.status()
    assert is_refused(run)
    assert f"kpis.toml:11: kpis.it.formula: {said}" in run.err
    assert len(run.err) < 500, "a fault is a line, however long the formula"
    assert board.files() == before


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        pytest.param(
            {"a": "b", "b": "a"}, "kpis.a.formula: formula cycle: a → b → a", id="L10: of two"
        ),
        pytest.param({"a": "a + 1"}, "kpis.a.formula: formula cycle: a → a", id="L10: of itself"),
        pytest.param(
            {"a": "prev(a) + 1"}, "kpis.a.formula: formula cycle: a → a", id="of its own past"
        ),
        pytest.param(
            {"a": "mrr + c", "b": "a", "c": "b"},
            "kpis.a.formula: formula cycle: a → c → b → a",
            id="of three, with its path",
        ),
        pytest.param(
            {"a0": "mrr", **{f"a{at}": f"a{at - 1}" for at in range(1, 11)}},
            "kpis.a10.formula: builds on more than 10 formulas in a row",
            id="L10: eleven deep",
        ),
    ],
)
def test_a_cycle_is_named_with_its_path(board: Board, tables: dict[str, str], said: str) -> None:
    text = "".join(f'[kpis.{id}]\nformula = "{text}"\n' for id, text in tables.items())
    board.define(DEFINITIONS + text)
    run = board.status()
    assert is_refused(run)
    assert said in run.err


def test_ten_deep_is_computed(board: Board) -> None:
    tables = {"a0": "mrr + 1", **{f"a{at}": f"a{at - 1} + 1" for at in range(1, 10)}}
    text = "".join(f'[kpis.{id}]\nformula = "{text}"\n' for id, text in tables.items())
    board.define(DEFINITIONS + text)
    assert board.actual("a9") == 1310


def test_several_slips_are_told_at_once(board: Board) -> None:
    board.define(f'{formula("mrr.x")}[kpis.other]\nformula = "rate"\n')
    lines = board.status().err.splitlines()
    assert [line.split(": ")[0] for line in lines[:2]] == ["kpis.toml:11", "kpis.toml:13"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("mrr / (churn - churn)", "division by zero in 2026-02", id="L6: by nothing"),
        pytest.param("0 / (churn - 4.2)", "division by zero in 2026-02", id="L6: nothing by it"),
        pytest.param("mrr / 0", "division by zero in 2026-02", id="L6: by a written zero"),
        pytest.param(
            "999999999999999999*999999999999999999*999999999999999999*mrr",
            "result too large in 2026-02",
            id="L7: too large",
        ),
        pytest.param(
            "0 - 999999999999999999*999999999999999999*999999999999999999*mrr",
            "result too large in 2026-02",
            id="L7: or too far below zero",
        ),
        pytest.param("prev(churn)", "churn: nothing recorded for 2026-01", id="the month before"),
        pytest.param("last_year(mrr)", "mrr: nothing recorded for 2025-02", id="the year before"),
    ],
)
def test_what_can_not_be_computed_is_no_data_with_the_reason(
    board: Board, text: str, reason: str
) -> None:
    board.define(formula(text))
    row = board.rows("it", "--period", "2026-02", *CLOSED)["it"]
    assert (row["status"], row["actual"], row["reason"]) == ("no_data", None, reason)
    run = board.status("it", "--period", "2026-02")
    assert (run.code, run.err) == (0, "")
    assert run.out == f"it  -  -  ⚪ no data: {reason}  -  2026-02\n"


def test_a_churn_of_zero_is_no_reason_to_fall_over(board: Board) -> None:
    board.define(formula("mrr / churn"))
    board.append(sealed("churn", "2026-02", "0", at="2026-03-03T08:00:00.000000Z"))
    row = board.rows("it", "--period", "2026-02", *CLOSED)["it"]
    assert (row["status"], row["reason"]) == ("no_data", "division by zero in 2026-02")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("0.1+0.2", "0.3", id="L14: decimals"),
        pytest.param("+".join(["0.1"] * 10), "1", id="F15: ten tenths"),
        pytest.param("mrr / 3 * 3", "1300", id="a third three times"),
        pytest.param("mrr / 7", "185.714285714286", id="an endless one, rounded half up at 12"),
        pytest.param("1 / 8 / 1000000000000", "0", id="and less than that is 0"),
        pytest.param("999999999999999999 + mrr", "1000000000000001299", id="no digit is lost"),
        pytest.param("(mrr - prev(mrr)) / prev(mrr) * 100", "5.348460291734", id="growth"),
        pytest.param("-churn", "-4.2", id="a sign in front"),
    ],
)
def test_what_is_computed_is_exact(board: Board, text: str, number: str) -> None:
    board.define(formula(text))
    assert board.actual("it") == Decimal(number)


def test_a_formula_is_not_recorded(board: Board) -> None:
    board.define(formula("mrr * 12"))
    before = board.files()
    run = board.kpi("record", "it", "5", "--yes", "--period", "2026-02")
    assert is_refused(run)
    assert "it" in run.err
    assert "formula" in run.err
    assert board.files() == before


def test_what_was_recorded_before_it_was_a_formula_counts_no_more(board: Board) -> None:
    board.define(formula("mrr * 12"))
    board.append(sealed("it", "2026-02", "5"))
    assert board.actual("it") == 15600


@pytest.mark.parametrize(
    "pair",
    [pytest.param(('unit = "%"', "percentages can't be summed"), id="a ratio in percent")],
)
def test_percentages_are_never_summed(board: Board, pair: tuple[str, str]) -> None:
    unit, said = pair
    board.define(f'{formula("mrr / churn")}{unit}\nrollup = "sum"\n')
    run = board.status()
    assert is_refused(run)
    assert said in run.err
