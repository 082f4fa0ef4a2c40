"""`kpi import` of rows that may not count: what was cancelled, refunded, or a test."""

from pathlib import Path

import pytest

from tests.commands.recording import refusal, values
from tests.installed import Kpi

TOML = """\
[kpis.revenue]
name = "Revenue"
unit = "kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
rollup = "sum"
"""
HEAD = "Date,Sum,Status\n2026-10-02,100,{}\n2026-10-02,200,{}\n2026-10-03,50,{}\n"
COLUMNS = "--columns=period=Date,revenue=Sum"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)


@pytest.mark.parametrize(
    "word",
    [
        *("Refunded", "cancelled", "Closed Lost", "storniert", "Kansellert", "annulé", "Avbokad"),
        *("Credit Note", "Kreditnota", "Last year", "wc-cancelled", "Payment failed"),
    ],
)
def test_what_is_void_is_not_added_up_in_silence(kpi: Kpi, log: Path, word: str) -> None:
    for words in (("paid", word, "paid"), (word, "paid", "paid")):
        run = kpi("import", "-", COLUMNS, "--rows=sum", stdin=HEAD.format(*words))
        assert f"'Status: {word}' stands beside rows without it" in refusal(run, log)
        assert "--columns period=Date,kpi=Status,value=Sum,revenue=paid" in run.err


def test_the_hint_takes_the_others_alone(kpi: Kpi, log: Path) -> None:
    columns = "--columns=period=Date,kpi=Status,value=Sum,revenue=paid"
    table = HEAD.format("paid", "refunded", "paid")
    assert kpi("import", "-", columns, "--rows=sum", stdin=table).code == 0
    assert values(log) == ["revenue 2026-10-02 100", "revenue 2026-10-03 50"]


@pytest.mark.parametrize("words", [("refunded", "refunded", "refunded"), ("a", "b", "c")], ids=repr)
def test_rows_of_one_kind_and_other_words_are_taken(
    kpi: Kpi, log: Path, words: tuple[str, ...]
) -> None:
    assert kpi("import", "-", COLUMNS, "--rows=sum", stdin=HEAD.format(*words)).code == 0
    assert len(values(log)) == 2


@pytest.mark.parametrize("less", ["-20", "(20)", "20-", "kr -20", "\u221220"])
def test_a_row_of_less_is_taken_whatever_it_is_called(kpi: Kpi, log: Path, less: str) -> None:
    for first, second in (("Sale", "Refund"), ("Income", "Expense")):
        table = f"Date,Sum,Type\n2026-10-02,100,{first}\n2026-10-02,{less},{second}\n"
        assert kpi("import", "-", COLUMNS, "--rows=sum", stdin=table).code == 0
        assert values(log) == ["revenue 2026-10-02 80"]


@pytest.mark.parametrize(("first", "second"), [("Actual", "Budget"), ("Actual", "Forecast")])
def test_a_plan_of_less_is_no_actual(kpi: Kpi, log: Path, first: str, second: str) -> None:
    table = f"Date,Sum,Type\n2026-10-02,-100,{first}\n2026-10-03,-20,{second}\n"
    run = kpi("import", "-", COLUMNS, stdin=table)
    assert f"'{second}' stands beside rows that are actual, or planned" in refusal(run, log)


def test_what_comes_in_and_goes_out(kpi: Kpi, log: Path) -> None:
    table = "Date,Sum,Type\n2026-10-02,100,Income\n2026-10-02,20,Expense\n"
    run = kpi("import", "-", COLUMNS, "--rows=sum", stdin=table)
    assert "'Expense' stands beside rows of the other side of a ledger" in refusal(run, log)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Country", ("IN", "US", "NO")),
        ("Method", ("Credit", "Cash", "Card")),
        ("vip", ("t", "f", "t")),
        ("Product", ("Speed test", "Lost-wax casting", "Returned goods kit")),
    ],
)
def test_words_that_say_nothing_of_that(
    kpi: Kpi, log: Path, name: str, words: tuple[str, ...]
) -> None:
    table = HEAD.replace("Status", name).format(*words)
    assert kpi("import", "-", COLUMNS, "--rows=sum", stdin=table).code == 0
    assert len(values(log)) == 2


def test_rows_that_are_counted(kpi: Kpi, log: Path) -> None:
    table = "Date,Status\n2026-10-02,Done\n2026-10-02,Cancelled\n"
    run = kpi("import", "-", "--columns=period=Date", "--kpi=orders", "--rows=count", stdin=table)
    assert (run.code, log.exists()) == (2, False)
    hint = "--columns=period=Date,kpi=Status,orders=Done"
    assert hint.replace("=", " ", 1) in run.err
    assert kpi("import", "-", hint, "--rows=count", stdin=table).code == 0
    assert values(log) == ["orders 2026-10-02 1"]


@pytest.mark.parametrize(
    ("name", "no", "yes"),
    [
        ("is_test", "false", "true"),
        ("is_deleted", "0", "1"),
        ("Refunded", "no", "yes"),
        ("Cancelled at", "", "2026-10-03"),
        ("refunded?", "", "x"),
    ],
)
def test_a_column_that_says_it(kpi: Kpi, log: Path, name: str, no: str, yes: str) -> None:
    table = f"Date,Sum,{name}\n2026-10-02,100,{no}\n2026-10-03,200,{yes}\n"
    run = kpi("import", "-", COLUMNS, stdin=table)
    assert f"'{name}: {yes}' stands beside rows without it" in refusal(run, log)


def test_a_number_of_refunds_is_no_mark(kpi: Kpi, log: Path) -> None:
    table = "Month,Sum,Refunded\n2026-09,100,0\n2026-10,200,3\n"
    assert kpi("import", "-", "--columns=period=Month,revenue=Sum", stdin=table).code == 0
    assert len(values(log)) == 2


def test_a_name_beside_the_columns_that_are_named_is_no_kpi(kpi: Kpi, log: Path) -> None:
    table = "Name,Date,Amount\nAnn,2026-10-02,100\nBob,2026-10-03,200\n"
    columns = "--columns=period=Date,revenue=Amount"
    assert kpi("import", "-", columns, stdin=table).code == 0
    assert values(log) == ["revenue 2026-10-02 100", "revenue 2026-10-03 200"]


def test_of_rows_that_name_their_kpi_no_column_is_of_one(kpi: Kpi, log: Path) -> None:
    table = "Name,Date,Amount\nRevenue,2026-10-02,100\nOrders,2026-10-02,2\n"
    assert kpi("import", "-", "--columns=period=Date,revenue=Amount", stdin=table).code == 0
    assert sorted(values(log)) == ["orders 2026-10-02 2", "revenue 2026-10-02 100"]
