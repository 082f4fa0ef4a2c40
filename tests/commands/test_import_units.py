"""A column of units in a table of somebody else's: each number is read in its own unit."""

from pathlib import Path

import pytest

from tests.installed import Kpi

TOML = """\
decimal = ","
[kpis.sales]
target = "12 kr"
[kpis.wait]
target = "<10 days"
[kpis.share]
target = "12%"
[kpis.visits]
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        pytest.param(
            "KPI;Period;Value;Unit\nsales;2026-10;12,345;kr\nwait;2026-10;48;hours\n",
            [],
            ["sales 2026-10: 12,345 kr", "wait: read in hours, recorded in days"],
            id="long, with the marks of the board, and none of kpi's own",
        ),
        pytest.param(
            "KPI,Period,Value,Unit\nsales,2026-10,1.234,kr\n",
            ["--decimal", ",", "--yes"],
            ["sales 2026-10: 1.234 kr"],
            id="the mark that is said holds",
        ),
        pytest.param(
            "Kennzahl;Einheit;2026-09;2026-10\nwait;hours;120;96\nsales;kr;12,5;11\n",
            [],
            ["wait 2026-10: 4 days", "sales 2026-09: 12,5 kr"],
            id="a column a period, in another language",
        ),
        pytest.param(
            "Period;visits;Unit\n2026-10;48;thousand\n",
            [],
            ["visits 2026-10: 48.000", "visits: read in thousand, recorded in full"],
            id="a column a KPI",
        ),
        pytest.param(
            "what;Period;Value;measured in\nwait;2026-10;48;hours\n",
            ["--columns", "kpi=what,unit=measured in"],
            ["wait 2026-10: 2 days"],
            id="by the name that is said",
        ),
        pytest.param(
            "KPI;Period;Value;Currency\nvisits;2026-10;48;SEK\nsales;2026-10;12;SEK\n",
            [],
            ["visits 2026-10: 48", "sales 2026-10: 12 kr"],
            id="a currency beside a count says nothing of it",
        ),
        pytest.param(
            "Account;2026-09;2026-10\nWaiting (hours);48;24\n",
            ["--columns", "wait=Waiting (hours)"],
            ["wait 2026-09: 2 days", "wait 2026-10: 1 days"],
            id="behind the name of a row",
        ),
        pytest.param(
            "Month;T;Unit\n2026-10;48;hours\n",
            ["--columns", "period=Month,wait=T"],
            ["wait 2026-10: 2 days"],
            id="in a column that nobody named",
        ),
        pytest.param(
            "Month;T;Unit\n2026-10;12,5;pieces\n",
            ["--columns", "period=Month,sales=T"],
            ["sales 2026-10: 12,5 kr"],
            id="a unit that says nothing, in a column that nobody named",
        ),
        pytest.param(
            "Month;wait_hours;in_min\n2026-10;48;9\n",
            ["--columns", "period=Month,wait=wait_hours"],
            ["wait 2026-10: 2 days"],
            id="as the last word of a name",
        ),
        pytest.param(
            "Month;wait_min\n2026-10;8\n",
            ["--columns", "period=Month,wait=wait_min"],
            ["wait 2026-10: 8 days"],
            id="a least one is in no minutes",
        ),
        pytest.param(
            "Month;last_30_hours\n2026-10;8\n",
            ["--columns", "period=Month,wait=last_30_hours"],
            ["wait 2026-10: 8 days"],
            id="a span is no unit",
        ),
    ],
)
def test_a_number_is_read_in_the_unit_beside_it(
    kpi: Kpi, table: str, words: list[str], said: list[str]
) -> None:
    (kpi.folder / "new.csv").write_text(table)
    run = kpi("import", "new.csv", "--dry-run", *words)
    assert run.code == 0, run.err
    assert set(said) <= {line.removeprefix("dry run: ") for line in run.err.splitlines()}


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        ("Metric;Date;Amount;Unit\nsales;2026-10;12,5;EUR\n", (), "2: sales: 'EUR' is not its"),
        ("Month;S (USD)\n2026-10;12\n", ("--columns", "sales=S (USD)"), "2: sales: 'USD' is"),
        ("Month;S (tkr)\n2026-10;12\n", ("--columns", "sales=S (tkr)"), "1: 'S (tkr)' says"),
        ("Month;Share (‰)\n2026-10;12\n", ("--columns", "share=Share (‰)"), "2: share: '‰' is"),
        (
            "Month;S;Currency\n2026-10;12;USD\n",
            ("--columns", "period=Month,sales=S"),
            "2: sales: 'USD' is",
        ),
        (
            "Month;T;unit\n2026-10;12;MIO_EUR\n",
            ("--columns", "period=Month,visits=T"),
            "2: visits: 'EUR' is",
        ),
        (
            "Account;2026-09;2026-10\nS (tkr);12;13\n",
            ("--columns", "sales=S (tkr)"),
            "1: 'S (tkr)' says",
        ),
        ("Month;sum_øre\n2026-10;12\n", ("--columns", "sales=sum_øre"), "1: 'sum_øre' says"),
        (
            "KPI;Period;Value;Currency\nvisits;2026-09;4;SEK\nvisits;2026-10;4;EUR\n",
            (),
            "3: visits: 'EUR' beside another",
        ),
        (
            "Month;S\n2026-10;1\n2026-10;2\n",
            ("--columns", "share=S", "--rows", "sum"),
            "2: share 2026-10: percentages do not",
        ),
        (
            "Metric;Date;Amount;Currency\nsales;2026-09;12;SEK\nsales;2026-10;12;NOK\n",
            (),
            "3: sales: 'NOK' beside another currency",
        ),
    ],
    ids=[
        "in a column",
        "behind a name",
        "a size behind a name",
        "a small share",
        "in a column that nobody named",
        "a size among codes",
        "a size behind the name of a row",
        "a smaller coin",
        "currencies beside a number without a unit",
        "a sum of percentages",
        "two currencies of one sign",
    ],
)
def test_a_unit_that_is_not_the_kpis_is_refused(
    kpi: Kpi, table: str, words: tuple[str, ...], said: str
) -> None:
    (kpi.folder / "new.csv").write_text(table)
    run = kpi("import", "new.csv", *words)
    assert run.code == 2
    assert run.err.startswith(f"new.csv:{said}")
    assert not (kpi.folder / "kpis.jsonl").exists()
