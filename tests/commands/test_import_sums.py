"""`kpi import` of tables of which a row is the sum of others, or says another money or period."""

from pathlib import Path

import pytest

from tests.commands.recording import refusal, values
from tests.installed import Kpi

TOML = """\
[kpis.revenue]
name = "Revenue"
unit = "$"
rollup = "sum"
[kpis.orders]
name = "Orders"
rollup = "sum"
"""
MONTH = "--columns=period=month,orders=n"
PARTS = "month,region,n\n2026-08,A,12\n2026-08,B,15\n2026-08,{0},27\n2026-09,A,1\n2026-09,B,2\n"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)


@pytest.mark.parametrize("name", ["All", "All regions", "Hele landet", "Alla", "_T", "Tous"])
def test_a_row_that_says_so(kpi: Kpi, log: Path, name: str) -> None:
    run = kpi("import", "-", MONTH, "--rows=sum", stdin=PARTS.format(name))
    assert f"'{name}' stands beside rows that it may add up" in refusal(run, log)


@pytest.mark.parametrize("how", ["sum", "mean"])
@pytest.mark.parametrize("name", ["Both", "T", ""])
def test_a_row_that_is_the_sum_in_each_period(kpi: Kpi, log: Path, name: str, how: str) -> None:
    table = f"{PARTS.format(name)}2026-09,{name},3\n2026-10,A,4\n2026-10,{name},4\n"
    run = kpi("import", "-", MONTH, f"--rows={how}", stdin=table)
    assert "stdin:4: orders: in each period a row is the sum of the others" in refusal(run, log)


def test_the_last_row_of_each_may_be_the_sum(kpi: Kpi, log: Path) -> None:
    table = f"{PARTS.format('Both')}2026-09,Both,3\n"
    assert kpi("import", "-", MONTH, "--rows=last", stdin=table).code == 0
    assert values(log) == ["orders 2026-08 27", "orders 2026-09 3"]


@pytest.mark.parametrize("row", ["2026-09,C,4\n", ""], ids=["two periods", "three numbers"])
def test_what_adds_up_by_chance(kpi: Kpi, log: Path, row: str) -> None:
    table = f"{PARTS.format('C')}{row}" if row else PARTS.format("C").partition("2026-09")[0]
    assert kpi("import", "-", MONTH, "--rows=sum", stdin=table).code == 0
    assert values(log)[0] == "orders 2026-08 54"


@pytest.mark.parametrize("numbers", ["42110", "101 202", "341 101"])
def test_small_numbers_add_up_by_chance(kpi: Kpi, numbers: str) -> None:
    months = enumerate(numbers.split(), 1)
    rows = [f"2026-0{month},{n}\n" for month, digits in months for n in digits]
    assert kpi("import", "-", MONTH, "--rows=sum", stdin="".join(["month,n\n", *rows])).code == 0


def test_zeros_do_not_hide_a_sum(kpi: Kpi, log: Path) -> None:
    rows = [f"2026-0{month},{n}\n" for month in range(1, 4) for n in (30, 40, 70)]
    table = "".join(["month,n\n", *["2026-04,0\n"] * 3, *rows])
    run = kpi("import", "-", MONTH, "--rows=sum", stdin=table)
    assert "in each period a row is the sum of the others" in refusal(run, log)


@pytest.mark.parametrize("name", ["Total", "All regions"])
def test_a_sum_of_losses(kpi: Kpi, log: Path, name: str) -> None:
    table = f"month,region,n\n2026-08,A,-12\n2026-08,{name},-12\n"
    run = kpi("import", "-", MONTH, "--rows=sum", stdin=table)
    assert f"'{name}' stands beside rows that it may add up" in refusal(run, log)


@pytest.mark.parametrize("name", ["order_currency", "Presentment Currency", "Currency"])
def test_a_column_that_says_the_money(kpi: Kpi, log: Path, name: str) -> None:
    columns, table = "--columns=period=month,revenue=n", f"month,n,{name}\n2026-08,5,EUR\n"
    run = kpi("import", "-", columns, stdin=table)
    assert "revenue: 'EUR' is not its unit" in refusal(run, log)
    assert kpi("import", "-", columns, stdin=table.replace("EUR", "USD")).code == 0


def test_money_in_an_object(kpi: Kpi, log: Path) -> None:
    table = '[{"period": "2026-08", "sum": {"amount": 5, "currency": "SEK"}}]'
    run = kpi("import", "-", "--columns=period=period,revenue=sum.amount", stdin=table)
    assert "revenue: 'SEK' is not its unit" in refusal(run, log)


def test_a_percentage_of_what_is_none(kpi: Kpi, log: Path) -> None:
    table = "month,Orders (%)\n2026-08,5\n2026-09,6\n"
    run = kpi("import", "-", "--columns=period=month,orders=Orders (%)", stdin=table)
    assert "orders: '%' is not its unit" in refusal(run, log)
    run = kpi("import", "-", stdin=table)
    assert "'Orders (%)' is in %, and orders is counted without a unit" in refusal(run, log)


def test_two_columns_of_dates(kpi: Kpi, log: Path) -> None:
    table = "Ordered,Paid,n\n2026-10-02,2026-10-03,5\n"
    message = "'Ordered' and 'Paid' may each be the period"
    assert message in refusal(kpi("import", "-", "--columns=orders=n", stdin=table), log)
    assert kpi("import", "-", "--columns=period=Paid,orders=n", stdin=table).code == 0
    assert values(log) == ["orders 2026-10-03 5"]


@pytest.mark.parametrize(
    ("names", "words"),
    [("Period start,Period end", ()), ("From,To", ("--columns=period=From+To,orders=Orders",))],
)
def test_columns_of_both_ends(kpi: Kpi, log: Path, names: str, words: tuple[str, ...]) -> None:
    table = f"{names},Orders\n2026-08-01,2026-08-31,5\n01.09.2026,30.09.2026,6\n"
    assert kpi("import", "-", *words, stdin=table).code == 0
    assert values(log) == ["orders 2026-08 5", "orders 2026-09 6"]


@pytest.mark.parametrize("title", ["Actual vs. plan 2026", "Soll-Ist-Vergleich", "Budget & Ist"])
def test_a_title_that_puts_plans_beside_actuals(kpi: Kpi, log: Path, title: str) -> None:
    table = f"{title}\n\nmonth,orders,orders plan\n2026-08,5,6\n"
    assert kpi("import", "-", "--columns=period=month,orders=orders", stdin=table).code == 0
    assert values(log) == ["orders 2026-08 5"]


def test_of_three_columns_of_dates_none_is_an_end(kpi: Kpi, log: Path) -> None:
    table = "Ordered,Due,Paid,n\n2026-10-02,2026-10-16,2026-10-03,5\n"
    run = kpi("import", "-", "--columns=orders=n", stdin=table)
    assert "say which: --columns period=Ordered\n" in refusal(run, log)


def test_a_month_beside_its_quarter_is_no_end_of_one(kpi: Kpi, log: Path) -> None:
    toml = log.with_name("kpis.toml")
    toml.write_text('[kpis.orders]\nfrequency = "quarterly"\n', "utf-8")
    run = kpi("import", "-", stdin="Month,Quarter,Orders\n2026-07,Q3,5\n")
    assert "'2026-07 Q3' is not a period" in refusal(run, log)


def test_a_delimiter_at_the_end_of_each_row(kpi: Kpi, log: Path) -> None:
    assert kpi("import", "-", stdin="month,orders\n2026-08,5,\n2026-09,6,\n").code == 0
    assert values(log) == ["orders 2026-08 5", "orders 2026-09 6"]


def test_a_hint_with_a_quote_is_quoted_for_the_shell(kpi: Kpi, log: Path) -> None:
    run = kpi("import", "-", stdin="'month','orders'\n2026-08,5\n")
    assert r"--columns 'period='\''month'\'''" in refusal(run, log)
