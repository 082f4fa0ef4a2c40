"""`kpi import` of what has two readings: nothing is recorded, and both are said with the flag."""

from pathlib import Path

import pytest

from tests.commands.recording import values
from tests.installed import Kpi, Run, Terminal

TOML = """\
[kpis.rev]
name = "Revenue"
unit = "kr"
rollup = "sum"
[kpis.churn]
name = "Churn"
target = "<8%"
[kpis.sales]
frequency = "weekly"
rollup = "sum"
[kpis.orders]
rollup = "sum"
[kpis.calls]
frequency = "daily"
rollup = "sum"
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def imported(kpi: Kpi, content: str, *args: str) -> Run:
    return kpi("import", "-", *args, stdin=content)


OPEN = {
    "a day or a month first": (
        "date,rev\n01/02/2026,5\n02/02/2026,6\n",
        ["'01/02/2026' is 2026-02-01 or 2026-01-02", "--dates day-first or --dates month-first"],
    ),
    "a label or a day": (
        "date,rev\n2026-09-01,5\n",
        ["2026-09-01 is that day or all of 2026-09", "--dates days or --dates own"],
    ),
    "the end of a week in America": (
        "week ending,sales\n2026-10-03,5\n2026-10-10,6\n",
        ["2026-10-03 is that day or all of 2026-W40", "a Saturday ends a week in America"],
    ),
    "the end of a week, or its beginning in America": (
        "date,sales\n2026-10-04,5\n2026-10-11,6\n",
        ["2026-10-04 is that day or all of 2026-W40", "a Sunday ends an ISO week", "--dates"],
    ),
    "weeks of a monthly sum": (
        "week of,orders\n2026-08-31,5\n2026-09-07,6\n2026-09-14,7\n",
        ["orders: its dates are weeks apart", "do not fit into months", "--dates days"],
    ),
    "labels of one KPI, and days of another": (
        (
            "kpi,date,value\nrev,2026-08-01,5\nrev,2026-09-01,5\n"
            "orders,2026-08-01,5\norders,2026-08-02,5\n"
        ),
        ["rev: 2026-08-01 is that day or all of 2026-08", "those of orders are days", "--dates"],
    ),
    "a point for thousands or for decimals": (
        "period,orders\n2026-08,1.204\n2026-09,1.311\n",
        ["'1.204' is ambiguous: 1.204 or 1204", "--decimal . or --decimal ,"],
    ),
    "both marks in one column": (
        'period,rev\n2026-08,"1,204.5"\n2026-09,"1.311,5"\n',
        ["'1,204.5' and '1.311,5'", "--decimal . or --decimal ,"],
    ),
    "fractions": (
        "period,churn\n2026-08,0.118\n2026-09,0.097\n",
        ["0.118% or 11.8%", "--fractions", "--yes"],
    ),
    "a month without its year": (
        "Budget 2025\n\nKPI,Jan,Feb\nRevenue,5,6\n",
        ["'Feb' does not say its year: 2025 or 2026?", "write the year behind it"],
    ),
    "months behind one of another year": (
        "KPI,Jan 2025,Feb\nRevenue,5,6\n",
        ["'Feb' does not say its year: 2025 or 2026?", "write the year behind it"],
    ),
    "a month below another year in the corner": (
        "2024,Revenue\nJan,5\n",
        ["'Jan' does not say its year: 2024 or 2026?"],
    ),
    "a month above a note of an earlier year": (
        "Month,Revenue\nJan,5\n\nExported 2024-03-05\n",
        ["'Jan' does not say its year: 2024 or 2026?"],
    ),
    "a month of a fiscal year": (
        "Budget FY25\nMonth,Revenue\nJan,5\n",
        ["'Jan' does not say its year: 2026 or FY25?", "write the year behind it"],
    ),
    "a year beside the first of its months alone": (
        "Year,Month,Revenue\n2023,Jan,5\n,Feb,6\n",
        ["no Year in this row", "write it in each row"],
    ),
    "numbers in thousands by the title": (
        "Amounts in thousands\nmonth,rev\n2026-08,5\n",
        ["'Amounts in thousands' says", "write all their digits", "--skip 1"],
    ),
    "numbers in thousands behind the title": (
        "Revenue (thousands of kr)\nmonth,rev\n2026-08,5\n",
        ["says that its numbers are in 'thousands'"],
    ),
    "numbers in thousands by a note below": (
        "month,rev\n2026-08,5\n\nAlle tall i 1000 kr\n",
        ["'Alle tall i 1000 kr' says", "leave that line out"],
    ),
    "a month with a day or with a year": ("date,rev\nOct 26,5\n", ["'Oct 26'"]),
    "two columns for the period": (
        "month,quarter,week,rev\n2026-08,2026-Q3,2026-W33,5\n",
        ["'month', 'quarter' and 'week' may each be the period", "period=month+quarter+week"],
    ),
    "two columns for a KPI": (
        "period,rev,Revenue\n2026-08,5,6\n",
        ["column 'rev' appears twice", "--columns"],
    ),
    "several rows for a period": (
        "period,rev\n2026-08,5\n2026-08,6\n",
        ["rev 2026-08 also on line 2 with another value", "--rows sum, mean, last or count"],
    ),
    "a side of a ledger": ("date,haben\n2026-08,5\n", ["'haben' is not the", "rev=haben"]),
    "whose the values are": (
        "date,amount\n2026-08,5\n",
        ["which KPI the values are of", "--kpi rev"],
    ),
    "whose the values are, of lines that name their columns": (
        '{"date":"2026-08","amount":5}\n',
        ["stdin:1: ", "which KPI"],
    ),
    "a day of a month, or a year": (
        "day,calls\n01-Aug-26,5\n02-Aug-26,6\n",
        ["'01-Aug-26' is 2026-08-01, or begins with its year", "--dates day-first"],
    ),
    "a point or a thousand between semicolons": (
        "period;rev\n2026-08;3,125\n2026-09;3,250\n",
        ["'3,125' between semicolons is 3.125 or 3125", "--decimal . or --decimal ,"],
    ),
    "a quarter or a month": (
        "quarter,rev\n2026-01,5\n2026-02,6\n",
        ["'2026-01' in 'quarter' is a quarter or a month", "write Q1"],
    ),
    "a unit with a size behind a name": (
        "Month,Revenue (kr k)\n2026-08,5\n",
        ["'Revenue (kr k)' is in kr k, and rev is counted in kr", "with all their digits"],
    ),
    "columns apart by one space": ("Month Revenue\n2026-08       5\n", ["no header"]),
    "columns of spaces that a row does not keep to": (
        "Month    Revenue\n2026-08        5\n2026-09 1234567\n",
        ["stdin:3: '2026-09 1234567' keeps to no columns"],
    ),
    "thousands in other words": ("Tall i hele tusen\nMonth,Revenue\n2026-08,5\n", ["in 'tusen'"]),
    "thousands with a point": ("Beløb i t.kr.\nMonth,Revenue\n2026-08,5\n", ["in 't.kr'"]),
    "millions of kroner": ("Belopp i mkr\nMonth,Revenue\n2026-08,5\n", ["in 'mkr'"]),
    "hundreds": ("Sales in hundreds\nMonth,Revenue\n2026-08,5\n", ["in 'in hundreds'"]),
    "a title with a word of a plan": (
        "Revenue forecast 2026\nMonth,Revenue\n2026-08,5\n",
        ["stdin:1: 'Revenue forecast 2026' says", "add --skip 1"],
    ),
    "a title with a plan in a word": (
        "Umsatzplan 2026;\nMonat;Revenue\n2026-08;5\n",
        ["stdin:1: 'Umsatzplan 2026' says that its numbers are no actuals"],
    ),
    "numbers of weeks without a year": (
        "week,sales\n41,5\n42,5\n",
        ["'41' in 'week' does not say its year", "as in 2026-W41"],
    ),
    "a range that may be a day": ("date,rev\n01-03-2026,5\n", ["'01-03-2026'"]),
    "a title of a plan": (
        "Budget 2026\n\nKPI,Aug 2026,Sep 2026\nRevenue,5,6\n",
        ["stdin:1: 'Budget 2026' says that its numbers are no actuals", "add --skip 2"],
    ),
    "a heading of a forecast over some of the periods": (
        ",Actual,Forecast\nKPI,Aug 2026,Sep 2026\nRevenue,5,6\n",
        ["stdin:1: 'Forecast' says"],
    ),
    "headings of a plan and of actuals between the rows": (
        "KPI,Aug 2026,Sep 2026\nActual,,\nRevenue,5,6\nBudget,,\norders,7,8\n",
        ["stdin:4: 'Budget' stands beside rows that are actual, or planned"],
    ),
    "a note of a forecast": (
        "month,rev,note\n2026-08,5,\n2026-09,6,Forecast\n",
        ["stdin:3: 'Forecast' stands beside"],
    ),
    "two delimiters": ("period;rev,period;orders\n2026-08;5,2026-08;6\n", []),
}


@pytest.mark.parametrize("name", OPEN)
def test_what_has_two_readings_is_refused_with_both(kpi: Kpi, log: Path, name: str) -> None:
    content, parts = OPEN[name]
    run = imported(kpi, content)
    assert (run.code, run.out) == (2, "")
    assert [part for part in parts if part not in run.err] == []
    assert not log.exists()


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("a day or a month first", "--dates month-first", ["rev 2026-01-02 5", "rev 2026-02-02 6"]),
        ("a day or a month first", "--dates days,day-first", ["rev 2026-02-01 5"]),
        ("a label or a day", "--dates own", ["rev 2026-09 5"]),
        ("a label or a day", "--dates days", ["rev 2026-09-01 5"]),
        ("the end of a week, or its beginning in America", "--dates own", ["sales 2026-W40 5"]),
        ("a point for thousands or for decimals", "--decimal .", ["orders 2026-08 1.204"]),
        ("a point for thousands or for decimals", "--decimal ,", ["orders 2026-08 1204"]),
        ("a day of a month, or a year", "--dates day-first", ["calls 2026-08-01 5"]),
        ("a point or a thousand between semicolons", "--decimal ,", ["rev 2026-08 3.125"]),
        ("fractions", "--fractions", ["churn 2026-08 11.8", "churn 2026-09 9.7"]),
        ("fractions", "--yes", ["churn 2026-08 0.118"]),
        ("two columns for a KPI", "--columns period=period,rev=Revenue", ["rev 2026-08 6"]),
        ("several rows for a period", "--rows sum", ["rev 2026-08 11"]),
        ("several rows for a period", "--rows mean", ["rev 2026-08 5.5"]),
        ("whose the values are", "--kpi Revenue", ["rev 2026-08 5"]),
        ("a title of a plan", "--skip 2", ["rev 2026-08 5"]),
    ],
)
def test_the_flag_decides(kpi: Kpi, log: Path, name: str, words: str, expected: list[str]) -> None:
    run = imported(kpi, OPEN[name][0], *words.split())
    assert run.code == 0, run.err
    assert [value for value in expected if value not in values(log)] == []


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("Month,Sales (kr k)\n2026-08,5\n", "rev=Sales (kr k)", "are in 'kr k'"),
        ("Month,Sales $m\n2026-08,5\n", "rev=Sales $m", "are in '$m'"),
        ("Month,Yr,Sales\nMay,2024,5\n", "rev=Sales", "'May' does not say its year: 2024 or 2026?"),
        ("Month,Sales,UNIT_MULT\n2026-08,5,3\n", "rev=Sales", "'UNIT_MULT' says '3' of the size"),
        ("Month,Sales,Scale\n2026-08,5,Thousands\n", "rev=Sales", "'Scale' says 'Thousands'"),
        ("Month,Shop,Sales\n2026-08,A,5\n2026-08,Total,5\n", "rev=Sales", "'Total' stands"),
        ("Month,Shop,Sales\n2026-08,A Total,5\n2026-08,B,5\n", "rev=Sales", "'A Total' stands"),
        ("Month,Kind,Sales\n2026-08,Ist,5\n2026-09,Plan,5\n", "rev=Sales", "'Plan' stands beside"),
        ("Month,Sales (k)\n2026-08,5\n", "rev=Sales (k)", "are in '(k)'"),
        ("Month,Kind,Sales\n2026-08,,5\n2026-09,Prognose,5\n", "rev=Sales", "if all are, that"),
        ("Month,Crédit,Sales\n2026-08,D,5\n2026-08,C,5\n", "rev=Sales", "'C' stands beside"),
        ("Month,S/H,Sales\n2026-08,S,5\n2026-08,H,5\n", "rev=Sales", "'H' stands beside rows of"),
        ("Month,Side,Sales\n2026-08,Debit,5\n2026-08,Credit,5\n", "rev=Sales", "'Credit' stands"),
        ("Month,Sales YTD\n2026-08,5\n", "rev=Sales YTD", "adds up what was before"),
        ("Month,Sales (LTM)\n2026-08,5\n", "rev=Sales (LTM)", "adds up what was before"),
        (",_stop,Month,Sales\n,2026-09-01,2026-09-01,5\n", "rev=Sales", "is where its period ends"),
        ("Month,Sales $MM\n2026-08,5\n", "rev=Sales $MM", "are in '$MM'"),
    ],
)
def test_what_a_table_says_beside_the_columns_that_are_taken_is_heard(
    kpi: Kpi, log: Path, content: str, words: str, said: str
) -> None:
    run = imported(kpi, content, "--columns", f"period=Month,{words}", "--rows", "sum")
    assert (run.code, said in run.err) == (2, True), run.err
    assert not log.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Month,Forecast YTD (actual)\n2026-08,5\n", ""),
        ("Month,Grade,Sales\n2026-08,D,5\n2026-08,C,6\n", "period=Month,ytd=Sales"),
        ("Month,Plan,Sales\n2026-08,Basic,5\n2026-08,Pro,6\n", "period=Month,ytd=Sales"),
        ("KPI,Aug 2026,Sep 2026\nPlans vs actuals,,\nForecast YTD,5,6\n", ""),
    ],
    ids=["a KPI of that name", "letters", "kinds of plans", "a heading, and a row"],
)
def test_words_that_say_nothing_of_the_numbers(
    kpi: Kpi, board: Path, log: Path, content: str, words: str
) -> None:
    board.write_text(f'{TOML}[kpis.ytd]\nname = "Forecast YTD"\nrollup = "sum"\n')
    run = imported(kpi, content, *(["--columns", words, "--rows", "sum"] if words else []))
    assert (run.code, log.exists()) == (0, True), run.err


def test_a_slice_of_totals_is_a_table_like_any(kpi: Kpi, log: Path) -> None:
    content = "Month,Sex,Sales\n2026-08,Total,5\n2026-08,Total,6\n"
    words = ["--columns", "period=Month,rev=Sales", "--rows", "sum"]
    assert imported(kpi, content, *words).code == 0
    assert values(log) == ["rev 2026-08 11"]


def test_a_midnight_of_another_clock_is_no_day_before(kpi: Kpi, log: Path) -> None:
    content = "time,rev\n2026-08-01T00:00:00Z,5\n2026-09-01T00:00:00Z,6\n"
    run = kpi("import", "-", stdin=content, env={"TZ": "America/New_York"})
    assert run.code == 2
    assert "'2026-08-01T00:00:00Z' is 2026-07-31 here, and 2026-08-01 by its own clock" in run.err
    assert not log.exists()
    assert kpi("import", "-", stdin=content, env={"TZ": "UTC"}).code == 0
    assert values(log) == ["rev 2026-08 5", "rev 2026-09 6"]
    times = "time,calls\n2026-08-01T00:00:00Z,5\n2026-08-02T03:00:00Z,6\n"
    assert kpi("import", "-", stdin=times, env={"TZ": "America/New_York"}).code == 0
    assert values(log)[2:] == ["calls 2026-07-31 5", "calls 2026-08-01 6"]


def test_the_last_row_of_a_day_is_its_latest(kpi: Kpi, log: Path) -> None:
    rows = ["2026-08-01 12:00,5\n", "2026-08-01 23:00,6\n"]
    run = imported(kpi, f"time,calls\n{rows[1]}{rows[0]}", "--rows", "last")
    assert (run.code, "sort the rows by time" in run.err) == (2, True)
    assert imported(kpi, f"time,calls\n{rows[0]}{rows[1]}", "--rows", "last").code == 0
    assert values(log) == ["calls 2026-08-01 6"]


def test_days_that_are_weeks_apart_are_the_own_days_of_a_daily_sum(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, "date,calls\n2026-08-31,5\n2026-09-07,6\n2026-09-14,7\n")
    assert run.code == 0, run.err
    assert values(log) == ["calls 2026-08-31 5", "calls 2026-09-07 6", "calls 2026-09-14 7"]


@pytest.mark.parametrize(
    ("answer", "expected"), [("y\n", ["rev 2026-09 5"]), ("n\n", ["rev 2026-09-01 5"])]
)
def test_on_a_terminal_it_is_asked_what_a_date_stands_for(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: list[str]
) -> None:
    (kpi.folder / "new.csv").write_text(OPEN["a label or a day"][0])
    asked = [("does it mean all of 2026-09? [y/N] ", answer)]
    assert terminal("import", "new.csv", columns=200, typed=asked).code == 0
    assert values(log) == expected


ACROSS = "Konto;jan. 2026;feb. 2026\nSalgsinntekter;5,5;6,5\nAntall;1;2\n"


def test_rows_that_bear_other_names_are_named_by_columns(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, ACROSS)
    assert run.code == 2
    assert "no row that bears the name of a KPI" in run.err
    run = imported(kpi, ACROSS, "--columns", "rev=Salgsinntekter")
    assert run.code == 0, run.err
    assert values(log) == ["rev 2026-01 5.5", "rev 2026-02 6.5"]
    long = "metric,month,value\nSalgsinntekter,2026-03,7\nAntall,2026-03,8\n"
    assert imported(kpi, long, "--columns", "rev=Salgsinntekter").code == 0
    assert values(log)[-1] == "rev 2026-03 7"


def test_explain_says_what_is_open_and_asks_nothing(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, OPEN["a label or a day"][0], "--explain")
    assert run.code == 0
    assert "is that day or all of 2026-09" in run.err
    assert "dates =" not in run.out
    assert not log.exists()
