"""Numbers as people type them: what is meant is kept digit by digit, what may be is asked about."""

from decimal import Decimal

import pytest

from tests.failures.board import DEFINITIONS, Board, is_refused
from tests.installed import Terminal

NEXT = ("--period", "2026-03")


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        pytest.param(["churn", "-5"], "-5", id="a negative number as a word of its own"),
        pytest.param(["churn=-5"], "-5", id="a negative number behind an equals sign"),
        pytest.param(["churn", "-5%"], "-5", id="a negative number with its unit"),
        pytest.param(["churn", "−5"], "-5", id="the minus of typesetters"),
        pytest.param(["churn", "--", "-5"], "-5", id="behind two hyphens"),
        pytest.param(["mrr", "1,234.5"], "1234.5", id="a comma between thousands"),
        pytest.param(["mrr", "1.23"], "1.23", id="a point is the decimal mark"),
        pytest.param(["mrr", "12 KR"], "12", id="the unit in capitals"),
        pytest.param(["mrr", "12K"], "12000", id="a capital K"),
        pytest.param(["mrr", "1_000"], "1000", id="an underscore between thousands"),
        pytest.param(["mrr", " 1200 "], "1200", id="spaces around"),
        pytest.param(["mrr", "1200\n"], "1200", id="a line end behind"),
        pytest.param(["mrr", "480 000"], "480000", id="a space between thousands"),
        pytest.param(["mrr", "480\u00a0000"], "480000", id="a no-break space"),
        pytest.param(["mrr", "480\u202f000"], "480000", id="a narrow no-break space"),
        pytest.param(["mrr", "480", "000"], "480000", id="a space and no quotes"),
        pytest.param(["mrr", "480", "000", "kr"], "480000", id="a space, a unit and no quotes"),
        pytest.param(["mrr", "480k"], "480000", id="thousands"),
        pytest.param(["mrr", "1.2M kr"], "1200000", id="millions, with the unit"),
        pytest.param(["mrr", "1,200 kr"], "1200", id="the unit"),
        pytest.param(["churn", "12%"], "12", id="a percentage is what people say"),
        pytest.param(["churn", "12 %"], "12", id="a percentage with a space"),
        pytest.param(["mrr", "0.10"], "0.10", id="zeros at the end are kept"),
        pytest.param(["mrr", "1200.00"], "1200.00", id="two of them as well"),
        pytest.param(["mrr", "007"], "7", id="zeros in front are not"),
        pytest.param(["mrr", "-0"], "0", id="zero has no sign"),
        pytest.param(["mrr", "123456789012345678"], "123456789012345678", id="18 digits"),
        pytest.param(["mrr", "0.123456789012"], "0.123456789012", id="12 decimals"),
    ],
)
def test_a_number_is_kept_digit_by_digit(board: Board, typed: list[str], digits: str) -> None:
    run = board.kpi("record", *NEXT, "--yes", *typed)
    assert (run.code, run.out) == (0, "")
    assert board.recorded() == [digits]


NO_NUMBER = "is not a number kpi can store"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("nan", f"'nan' {NO_NUMBER}", id="not a number"),
        pytest.param("inf", f"'inf' {NO_NUMBER}", id="infinity"),
        pytest.param("Infinity", f"'Infinity' {NO_NUMBER}", id="infinity in full"),
        pytest.param("sNaN", f"'sNaN' {NO_NUMBER}", id="one of decimal arithmetic"),
        pytest.param("1e400", f"'1e400' {NO_NUMBER}", id="an exponent beyond floats"),
        pytest.param("1e5", f"'1e5' {NO_NUMBER}", id="a small exponent"),
        pytest.param("1e999999", f"'1e999999' {NO_NUMBER}", id="an exponent for a million zeros"),
        pytest.param("0x10", "is no", id="hexadecimal"),
        pytest.param("1.234,5", "ambiguous: 1234.5 or 1.2345?", id="point and comma changed"),
        pytest.param("12,34", "ambiguous: 12.34 or 1234?", id="a comma before two digits"),
        pytest.param("1,0000", "ambiguous: 1.0000 or 10000?", id="a comma before four digits"),
        pytest.param("-12,34", "ambiguous: -12.34 or -1234?", id="the same below zero"),
        pytest.param("1__0", f"'1__0' {NO_NUMBER}", id="two underscores"),
        pytest.param("1,00,000", f"'1,00,000' {NO_NUMBER}", id="groups of two"),
        pytest.param("1 000 00", f"'1 000 00' {NO_NUMBER}", id="spaces in other places"),
        pytest.param("1,000 000", f"'1,000 000' {NO_NUMBER}", id="two separators"),
        pytest.param("1.5.5", f"'1.5.5' {NO_NUMBER}", id="two points"),
        pytest.param(".5", f"'.5' {NO_NUMBER}", id="no digit before the point"),
        pytest.param("-.5", f"'-.5' {NO_NUMBER}", id="none after the minus either"),
        pytest.param("5.", NO_NUMBER, id="no digit after it"),
        pytest.param("+5", f"'+5' {NO_NUMBER}", id="a plus"),
        pytest.param("--5", "no such option", id="two minuses"),
        pytest.param("", "no number given", id="nothing"),
        pytest.param("  ", "no number given", id="spaces alone"),
        pytest.param("٣", NO_NUMBER, id="Arabic digits"),
        pytest.param("５", f"'５' {NO_NUMBER}", id="full-width digits"),  # noqa: RUF001 - they are
        pytest.param("½", f"'½' {NO_NUMBER}", id="a half"),
        pytest.param("–5", f"'–5' {NO_NUMBER}", id="a dash"),  # noqa: RUF001 - it is one
        pytest.param("1234567890123456789", "has more digits than kpi keeps", id="19 digits"),
        pytest.param("0.1234567890123", "has more digits than kpi keeps", id="13 decimals"),
        pytest.param("9" * 100_000, "is too long for a number", id="100,000 digits"),
        pytest.param("12%", "'%' is not its unit: this KPI is counted in kr", id="a percentage"),
        pytest.param(
            "$12", "'$' is not its unit: this KPI is counted in kr", id="another currency"
        ),
        pytest.param("$12 kr", "two units: '$' and 'kr'", id="two units"),
        pytest.param("1.234", "is ambiguous: 1.234 or 1234?", id="a lone group of three"),
        pytest.param("12\x1b[2J", r"'\x1b[2J' is not its unit", id="an escape behind"),
        pytest.param("\u202e12", r"'\u202e12' is not a number", id="turned around"),
    ],
)
def test_what_is_no_number_is_refused_and_nothing_recorded(
    board: Board, value: str, said: str
) -> None:
    before = board.files()
    run = board.kpi("record", "mrr", value, *NEXT, "--yes")
    assert is_refused(run)
    assert said in run.err
    assert "\x1b" not in run.err
    assert len(run.err) < 300
    assert board.files() == before


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("4 pp", "'pp' is not its unit: this KPI is counted in %", id="points"),
        pytest.param("4 kr", "'kr' is not its unit: this KPI is counted in %", id="a currency"),
        pytest.param("4%%", "'%%' is not its unit", id="a percentage twice"),
    ],
)
def test_a_percentage_is_given_in_percent(board: Board, value: str, said: str) -> None:
    run = board.kpi("record", "churn", value, *NEXT)
    assert is_refused(run)
    assert said in run.err


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        pytest.param("1.234,5", "1234.5", id="a point between thousands"),
        pytest.param("12,34", "12.34", id="a comma as the decimal mark"),
        pytest.param("1.234", "1234", id="what is 1.234 elsewhere"),
    ],
)
def test_point_and_comma_change_places_where_that_is_said(
    board: Board, value: str, stored: str
) -> None:
    board.define('decimal = ","\n' + DEFINITIONS.replace("1,500", "1.500"))
    assert board.kpi("record", "mrr", value, *NEXT, "--yes").code == 0
    assert board.recorded() == [stored]


def test_the_confirmation_repeats_what_was_understood(board: Board) -> None:
    run = board.kpi("record", "mrr", "1.2345", *NEXT, "--yes")
    assert run.err == (
        "MRR 2026-03: 1.2345 kr, off target (target 1,500 kr); -1,298.7655 kr on 2026-02\n"
    )


def test_decimals_are_shown_as_typed(board: Board) -> None:
    assert board.kpi("record", "mrr", "1300.10", *NEXT).code == 0
    assert "1,300.10 kr" in board.kpi("status").out
    assert '"actual": 1300.10,' in board.kpi("status", "--json").out


FAR = [
    pytest.param("130,000", "is 100 times the 1,300 kr of 2026-02", id="a hundred times more"),
    pytest.param("13", "is 1/100 of the 1,300 kr of 2026-02", id="a hundredth"),
    pytest.param("-130,000", "100 times the 1,300 kr of 2026-02", id="more, below zero"),
    pytest.param("0.0001", "the 1,300 kr of 2026-02", id="next to nothing"),
    pytest.param("480M", "the 1,300 kr of 2026-02", id="millions"),
]


@pytest.mark.parametrize(("value", "said"), FAR)
def test_a_value_a_hundred_times_off_is_refused_without_a_terminal(
    board: Board, value: str, said: str
) -> None:
    before = board.files()
    run = board.kpi("record", "mrr", value, *NEXT)
    assert is_refused(run)
    assert said in run.err
    assert run.err.endswith("hint: nothing recorded; if that is right, add --yes\n")
    assert board.files() == before
    assert board.kpi("record", "mrr", value, *NEXT, "--yes").code == 0


@pytest.mark.parametrize(("answer", "count"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_a_value_a_hundred_times_off_is_asked_about_on_a_terminal(
    board: Board, terminal: Terminal, answer: str, count: int
) -> None:
    screen = terminal("record", "mrr", "13", *NEXT, typed=[("[y/N] ", answer)])
    assert b"13 kr" in screen.sent
    assert b"1,300 kr" in screen.sent
    assert screen.code == (0 if count else 2)
    assert len(board.recorded()) == count


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("129,999.99", id="a bit less than a hundred times"),
        pytest.param("13.01", id="a bit more than a hundredth"),
        pytest.param("-1,300", id="the same size below zero"),
        pytest.param("0", id="nothing at all"),
    ],
)
def test_a_value_less_far_off_is_just_recorded(board: Board, value: str) -> None:
    assert board.kpi("record", "mrr", value, *NEXT).code == 0
    assert len(board.recorded()) == 1


def test_ten_times_a_tenth_is_one(board: Board) -> None:
    parts = "\n".join(f"[kpis.part{at}]" for at in range(10))
    sum_ = " + ".join(f"part{at}" for at in range(10))
    board.define(f'[kpis.total]\ntarget = 1\nformula = "{sum_}"\n{parts}\n')
    tenths = [f"part{at}=0.1" for at in range(10)]
    assert board.kpi("record", *tenths, *NEXT).code == 0
    row = board.rows("total", "--period", "2026-03")["total"]
    assert (row["actual"], row["status"]) == (1, "on_target")


@pytest.mark.parametrize(
    ("formula", "target", "shown"),
    [
        pytest.param("mrr / 16", "1 kr", "81.3 kr", id="a half is rounded up: 81.25"),
        pytest.param("0 - mrr / 16", "1 kr", "-81.3 kr", id="below zero away from it: -81.25"),
        pytest.param("mrr / 3", "1.00 kr", "433.33 kr", id="as many decimals as the target"),
        pytest.param("100 * churn / mrr", "5%", "0.32%", id="one more for a percentage"),
    ],
)
def test_what_is_computed_is_rounded_for_the_screen_alone(
    board: Board, formula: str, target: str, shown: str
) -> None:
    board.define(f'{DEFINITIONS}\n[kpis.share]\ntarget = "{target}"\nformula = "{formula}"\n')
    assert f" {shown} " in board.status("share").out


def test_machines_get_twelve_decimals_of_a_third(board: Board) -> None:
    board.define(f'{DEFINITIONS}\n[kpis.share]\nformula = "mrr / 3"\n')
    assert board.actual("share") == Decimal("433.333333333333")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["record", "m\udcffrr", "5"], r"'m\udcffrr'", id="an id"),
        pytest.param(["record", "mrr", "5\udcff"], r"'5\udcff'", id="a value"),
        pytest.param(
            ["record", "mrr", "5", "--note", "\udcc3"], r"'\udcc3'", id="half a letter in a note"
        ),
        pytest.param(["\udcff"], r"'\udcff'", id="a command"),
        pytest.param(["status", "--period", "\udc9b31m"], r"'\udc9b31m'", id="a period"),
    ],
)
def test_an_argument_that_is_no_text_is_refused(board: Board, words: list[str], said: str) -> None:
    before = board.files()
    run = board.kpi(*words)
    assert is_refused(run)
    assert run.err.startswith(f"kpi: error: argument is not valid UTF-8: {said}\n")
    assert board.files() == before


def test_a_name_in_the_environment_that_is_no_text_is_refused(board: Board) -> None:
    before = board.files()
    env = {"KPI_BY": "\udcff"}
    run = board.kpi("record", "mrr", "1400", "--period", "2026-03", env=env)
    assert is_refused(run)
    assert "the name of who records is not valid UTF-8" in run.err
    assert board.files() == before


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["mrr"], id="an id without a value"),
        pytest.param([], id="nothing at all"),
        pytest.param(["churn", *NEXT, "--yes"], id="an id and flags"),
    ],
)
@pytest.mark.parametrize("stdin", ["", "5\n"], ids=["an empty pipe", "a full pipe"])
def test_what_is_missing_is_not_asked_for_without_a_terminal(
    board: Board, words: list[str], stdin: str
) -> None:
    before = board.files()
    run = board.kpi("record", *words, stdin=stdin)
    assert is_refused(run)
    assert "no value, and no terminal to ask on" in run.err
    assert board.files() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["mrr=1400", "churn="], ["churn: no number given"], id="no value"),
        pytest.param(["mrr=1400", "=5"], ["unknown KPI ''"], id="no id"),
        pytest.param(["mrr=1", "mrr=2"], ["mrr is given twice"], id="one KPI twice"),
        pytest.param(["mrr", "5", "churn", "6"], ["is not KPI VALUE"], id="words in pairs"),
        pytest.param(["mrr==5"], [f"'=5' {NO_NUMBER}"], id="two equals signs"),
        pytest.param(
            ["mrr=1400", "chrun=5", "churn=nan"],
            ["unknown KPI 'chrun' — did you mean 'churn'?", f"'nan' {NO_NUMBER}"],
            id="two faults of three",
        ),
    ],
)
def test_of_several_at_once_all_or_none_are_recorded(
    board: Board, words: list[str], said: list[str]
) -> None:
    before = board.files()
    run = board.kpi("record", *words, *NEXT, "--yes")
    assert is_refused(run)
    assert all(one in run.err for one in said)
    assert board.files() == before
