"""`kpi import` of what can't be recorded: all of it is named, and nothing is written."""

from pathlib import Path

import pytest

from tests.commands.recording import TOML, recorded
from tests.installed import Kpi, Run

HEAD = "kpi,period,value\n"
HINT = "hint: nothing recorded; correct it and import it again\n"
FORMS = "write 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def imported(kpi: Kpi, content: str, *args: str) -> Run:
    return kpi("import", "-", *args, stdin=content)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param("chrn,2020-10,4", "unknown KPI 'chrn' — did you mean 'churn'?", id="KPI"),
        pytest.param(
            "churn,2020-1x,4",
            f"'2020-1x' is not a period — {FORMS}, or today, current or last",
            id="period",
        ),
        pytest.param(
            "churn,2020-13,4", f"'2020-13': months run from 01 to 12 — {FORMS}", id="month"
        ),
        pytest.param(
            "churn,2962-10,4",
            "2962-10 has not begun — it can be recorded once it has begun",
            id="not begun",
        ),
        pytest.param(
            "churn,2020-W10,4",
            "churn is monthly: weeks do not fit into months — record a month, or a day of one",
            id="weeks in months",
        ),
        pytest.param(
            "visits,2020-10,4",
            "2020-10 is longer than its frequency: visits is weekly — record a week, or a part "
            "of one",
            id="too long",
        ),
        pytest.param(
            "churn,2020-10-02,4",
            "churn has no rollup, so 2020-10-02 can't be a part of its month — if a date stands "
            "for its month: --dates own; else say in the definitions how parts make it: "
            'rollup = "mean" or "last"',
            id="a part of what has no rollup",
        ),
        pytest.param(
            "margin,2020-10,4",
            "margin is computed by its formula, profit / revenue — record its inputs instead",
            id="computed",
        ),
        pytest.param(
            "pilot,2020-07,4",
            "pilot is only kept until 2020-06 — change until to record it",
            id="retired",
        ),
        pytest.param(
            "revenue,2020-10,4 $",
            "revenue: '$' is not its unit: this KPI is counted in kr — write the number in "
            "kr, or correct the unit in the definition",
            id="unit",
        ),
        pytest.param(
            ",2020-10,4",
            "no KPI in this row — write it in each row, also of merged cells",
            id="no KPI",
        ),
        pytest.param(
            "\x1b[2J,2020-10,4",
            r"unknown KPI '\x1b[2J' — known: revenue, churn, profit, visits, margin, pilot"
            "; to take some rows alone: --columns revenue='NAME OF ITS ROW'",
            id="a name that would act on the terminal",
        ),
    ],
)
def test_a_row_that_can_not_be_recorded(kpi: Kpi, log: Path, row: str, said: str) -> None:
    run = imported(kpi, f"{HEAD}revenue,2020-10,480000\n{row}\n")
    assert (run.code, run.out, run.err) == (2, "", f"stdin:3: {said}\n{HINT}")
    assert not log.exists()


def test_everything_that_is_wrong_is_said_at_once(kpi: Kpi, log: Path) -> None:
    rows = ["churn,2020-10,4"] * 1000
    rows[498], rows[500], rows[698] = "churn,2020-13,4", "churn,2020-10", "chrn,2020-10,4"
    run = imported(kpi, HEAD + "\n".join(rows) + "\n")
    assert (run.code, run.out) == (2, "")
    assert [line.partition(" ")[0] for line in run.err.splitlines()] == [
        *("stdin:500:", "stdin:502:", "stdin:700:", "hint:")
    ]
    assert not log.exists()


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        ("kpi,period,value", ["churn,2020-10,4", "churn,2020-10,5"], "with another value"),
        ("kpi,period,value,note", ["churn,2020-10,4,a", "churn,2020-10,4,b"], "with another note"),
        ("kpi,period,value,by", ["churn,2020-10,4,a", "churn,2020-10,4,b"], "with another by"),
        ("kpi,period,value", ["gain,2020-10,4", "profit,2020-10,5"], "with another value"),
    ],
)
def test_two_rows_that_contradict_each_other(
    kpi: Kpi, log: Path, head: str, rows: list[str], said: str
) -> None:
    run = imported(kpi, "\n".join([head, *rows]) + "\n")
    id = rows[1].split(",")[0].replace("gain", "profit")
    out = "leave one of the two out"
    hint = f"{out}, or --rows sum, mean, last or count" if "value" in said else out
    message = f"stdin:3: {id} 2020-10 also on line 2 {said} — {hint}\n"
    assert (run.code, run.err) == (2, message + HINT)
    assert not log.exists()


CORRECTED = "to correct that one, leave the at of this row empty"


def test_a_time_that_can_not_be(kpi: Kpi, log: Path) -> None:
    rows = ["2962-01-01T00:00:00Z", "2020-11-02", "2020-11-02T08:00:00", "2020-11-31T08:00:00Z"]
    run = imported(kpi, "kpi,period,value,at\n" + "".join(f"churn,2020-10,4,{at}\n" for at in rows))
    form = "at must be UTC, as in 2026-11-02T08:15:30.123456Z"
    assert run.code == 2
    assert run.err.splitlines()[:-1] == [
        "stdin:2: churn 2020-10: 2962-01-01T00:00:00.000000Z is in the future — leave the at empty",
        f"stdin:3: {form}, and 1 more like it",
        "stdin:5: at is not an instant: 2020-11-31T08:00:00Z",
    ]
    assert not log.exists()


def test_a_changed_record_of_the_same_time_is_no_correction(kpi: Kpi, log: Path) -> None:
    head, at = "kpi,period,value,at\n", "2020-11-02T08:00:00.000000Z"
    assert imported(kpi, f"{head}churn,2020-10,4,{at}\n").code == 0
    before = log.read_bytes()
    run = imported(kpi, f"{head}churn,2020-10,5,{at}\n")
    message = f"churn 2020-10: another record of the same instant, {at}, is here already"
    assert (run.code, run.err) == (2, f"stdin:2: {message} — {CORRECTED}\n{HINT}")
    twice = imported(kpi, f"{head}churn,2020-09,5,{at}\nchurn,2020-09,6,{at}\n")
    tie = f"churn 2020-09 also on line 2 with the same at, {at}"
    assert (twice.code, twice.err) == (2, f"stdin:3: {tie} — {CORRECTED}\n{HINT}")
    assert log.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            f"{HEAD}churn,2020-10,3\n",
            ["stdin:2: Churn 2020-10: 3% would replace 4%"],
            id="another value stands",
        ),
        pytest.param(
            f"{HEAD}churn,2020-11,500\nprofit,2020-10,900\nprofit,2020-11,9\n",
            [
                "stdin:2: Churn 2020-11: 500% is 125 times the 4% of 2020-10",
                "stdin:4: profit 2020-11: $9 is 1/100 of the $900 of 2020-10",
            ],
            id="a hundred times what it follows, in the log or in the file",
        ),
    ],
)
def test_what_is_doubtful_needs_yes(kpi: Kpi, log: Path, content: str, said: list[str]) -> None:
    recorded(kpi, "churn", "4")
    before = log.read_bytes()
    flag = "--yes" if "times" in said[-1] or "1/100" in said[-1] else "--replace"
    for args in ([], ["--dry-run"], ["-q"]):
        run = imported(kpi, content, *args)
        assert (run.code, run.out) == (2, "")
        assert run.err.splitlines() == [
            *said,
            f"hint: nothing recorded; if that is right, add {flag}",
        ]
        assert log.read_bytes() == before
    assert imported(kpi, content, "--yes").code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere.csv"], "nowhere.csv: no such file\nhint: name one that is there, or - for"),
        (["."], ".: is a folder, expected a file\nhint: "),
        (["\x1b[2J.csv"], r"\x1b[2J.csv: no such file"),
        (
            ["-", "--format", "cvs"],
            "kpi: error: --format cannot be 'cvs'\nhint: did you mean 'csv'?",
        ),
        (["-", "--decimal", "x"], "kpi: error: --decimal cannot be 'x'\nhint: one of: "),
        (["-", "--delimiter", "xx"], "kpi: error: --delimiter must be one character"),
        (["-", "--by", "x" * 65], "kpi: error: --by is longer than 64 characters"),
        ([], "kpi: error: missing argument 'FILE'"),
        (["-", "--delimeter", ";"], "kpi: error: no such option: --delimeter\nhint: did you mean"),
    ],
)
def test_a_command_line_that_can_not_be(kpi: Kpi, log: Path, args: list[str], said: str) -> None:
    run = kpi("import", *args, stdin=f"{HEAD}churn,2020-10,4\n")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(said)
    assert not log.exists()


def test_an_unknown_column_of_a_wide_table_is_named_once_where_it_is_named(kpi: Kpi) -> None:
    run = imported(kpi, "period,churn,chrun\n2020-09,4,5\n2020-10,4,5\n")
    assert (run.code, run.err.splitlines()[:-1]) == (
        2,
        [
            (
                "stdin:1: 'chrun' is not a KPI or a column that kpi knows — did you mean 'churn'? "
                "to take only what you name: --columns period=period,churn=churn"
            )
        ],
    )


def test_years_in_a_row_above_the_months_are_no_header(kpi: Kpi, log: Path) -> None:
    run = imported(kpi, ",2025,,2026\nkpi,Nov,Dec,Jan\nchurn,1,2,3\n")
    place = "stdin:1: its years stand in a row above its months"
    assert run.err == f"{place} — write both into each heading, as in Nov 2025\n{HINT}"
    assert not log.exists()


@pytest.mark.parametrize("row", ["chrn,,5", "chrn,n/a,5"])
def test_a_row_below_a_blank_line_is_a_note_only_of_words(kpi: Kpi, log: Path, row: str) -> None:
    run = imported(kpi, f"kpi,2020-09,2020-10\nchurn,4,5\n\n{row}\n")
    assert run.err.startswith("stdin:4: unknown KPI 'chrn'")
    assert (run.code, log.exists()) == (2, False)


def test_a_folder_is_none_of_the_files_in_it(kpi: Kpi, log: Path) -> None:
    (log.parent / "kpis.log").mkdir()
    run = kpi("import", "kpis.log/")
    said = "kpis.log/: is a folder, expected a file\n"
    hint = "hint: import its files: cat kpis.log/*.jsonl | kpi import -\n"
    assert (run.code, run.err) == (2, said + hint)
