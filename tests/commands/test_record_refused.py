"""`kpi record` of what can not be, what is doubtful, and what stands already."""

from pathlib import Path

import pytest

from tests.commands.recording import TOML, lines, recorded, values
from tests.installed import Kpi


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "kpis.jsonl"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ["chrun", "3"],
            "kpi: error: unknown KPI 'chrun'\nhint: did you mean 'churn'?\n",
            id="an unknown id",
        ),
        pytest.param(
            ["margin", "3"],
            "kpi: error: margin is computed by its formula, profit / revenue\n"
            "hint: record its inputs instead\n",
            id="a formula",
        ),
        pytest.param(
            ["pilot", "3"],
            "kpi: error: pilot is kept until 2020-06 only\nhint: change until to record it\n",
            id="a retired KPI",
        ),
        pytest.param(
            ["churn", "nan"],
            "kpi: error: churn: 'nan' is not a number kpi can store\n"
            "hint: write a number, with its unit if you like: 480 kr\n",
            id="no number",
        ),
        pytest.param(
            ["churn", "4 kr"],
            "kpi: error: churn: 'kr' is not its unit: this KPI is counted in %\n"
            "hint: leave the unit out, or correct it in the definition\n",
            id="another unit",
        ),
        pytest.param(
            ["revenue", "1.234,5"],
            "kpi: error: revenue: '1.234,5' is ambiguous: 1234.5 or 1.2345?\n"
            "hint: write 1234.5; thousands stand in groups of three\n",
            id="a number with two readings",
        ),
        pytest.param(
            ["revenue=480000", "revenue=470000"],
            "kpi: error: revenue is given twice\nhint: give each KPI once\n",
            id="one KPI twice",
        ),
        pytest.param(
            ["profit=1", "gain=2"],
            "kpi: error: profit is given twice\nhint: give each KPI once\n",
            id="one KPI under two ids",
        ),
        pytest.param(
            ["revenue", "480000", "churn", "4"],
            "kpi: error: several KPIs at once are given as KPI=VALUE\nhint: kpi record a=1 b=2\n",
            id="two pairs without =",
        ),
        pytest.param(
            ["revenue", "churn=4"],
            "kpi: error: several KPIs at once are given as KPI=VALUE\nhint: kpi record a=1 b=2\n",
            id="one with and one without =",
        ),
        pytest.param(
            ["chrun=3", "revenue=480000", "profit=much"],
            "kpi: error: unknown KPI 'chrun' — did you mean 'churn'?\n"
            "kpi: error: profit: 'much' is not a number kpi can store — "
            "write a number, with its unit if you like: 480 kr\n"
            "hint: nothing recorded; correct it and run it again\n",
            id="all that is wrong at once, and nothing of what is right",
        ),
        pytest.param(
            ["churn", "4", "--note", "n" * 2001],
            "kpi: error: the note is longer than 2,000 characters\nhint: shorten it\n",
            id="a note that is too long",
        ),
        pytest.param(
            ["churn", "4", "--by", "n" * 65],
            "kpi: error: --by is longer than 64 characters\nhint: shorten it\n",
            id="a name that is too long",
        ),
        pytest.param(
            [],
            "kpi: error: not a terminal: give KPI VALUE, or kpi import -\n",
            id="nothing, and nobody to ask",
        ),
        pytest.param(
            ["churn"],
            "kpi: error: not a terminal: give KPI VALUE, or kpi import -\n",
            id="a KPI without a value, and nobody to ask",
        ),
    ],
)
def test_what_can_not_be_recorded_is_refused_whole(
    kpi: Kpi, log: Path, args: list[str], message: str
) -> None:
    run = recorded(kpi, *args)
    assert (run.code, run.out, run.err) == (2, "", message)
    assert not log.exists()


@pytest.mark.parametrize(
    ("id", "period", "message"),
    [
        pytest.param(
            "revenue",
            "2020-13",
            "'2020-13': months run from 01 to 12",
            id="one that does not exist",
        ),
        pytest.param("revenue", "2999-01", "2999-01 has not begun", id="one that has not begun"),
        pytest.param(
            "revenue",
            "2020-Q4",
            "2020-Q4 is longer than its frequency: revenue is monthly",
            id="a longer one",
        ),
        pytest.param(
            "visits",
            "2020-10",
            "2020-10 is longer than its frequency: visits is weekly",
            id="a month of a weekly one",
        ),
        pytest.param(
            "revenue",
            "2020-W40",
            "revenue is monthly: weeks do not fit into months",
            id="a week of a monthly one",
        ),
        pytest.param(
            "churn",
            "2020-10-05",
            "churn has no rollup, so 2020-10-05 can't be a part of its month",
            id="a part without a rollup",
        ),
        pytest.param("pilot", "2020-07", "pilot is kept until 2020-06 only", id="after its last"),
    ],
)
def test_a_period_that_can_not_be_recorded(
    kpi: Kpi, log: Path, id: str, period: str, message: str
) -> None:
    run = recorded(kpi, id, "3", period=period)
    assert (run.code, run.err.splitlines()[0]) == (2, f"kpi: error: {message}")
    assert not log.exists()


@pytest.mark.parametrize(
    ("id", "period"),
    [
        ("revenue", "2020-10-05"),
        ("visits", "2020-W40"),
        ("visits", "2020-10-05"),
        ("pilot", "2020-06"),
    ],
)
def test_a_period_that_can(kpi: Kpi, log: Path, id: str, period: str) -> None:
    assert recorded(kpi, id, "3", "--yes", period=period).code == 0
    assert values(log) == [f"{id} {period} 3"]


def test_the_same_value_again_appends_nothing_and_says_so(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue=480000", "churn=4")
    before = log.read_bytes()
    run = recorded(kpi, "revenue=480,000.00", "churn=4")
    assert (run.code, log.read_bytes()) == (0, before)
    assert run.err == (
        "Monthly Revenue 2020-10: 480,000.00 kr stands already; nothing recorded for it\n"
        "Churn 2020-10: 4% stands already; nothing recorded for it\n"
    )


def test_of_several_only_what_is_new_is_appended(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue", "480000")
    recorded(kpi, "revenue=480000", "churn=4")
    assert values(log) == ["revenue 2020-10 480000", "churn 2020-10 4"]


def test_the_same_value_with_a_new_note_keeps_the_note(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    assert recorded(kpi, "churn", "4", "--note", "counted again").code == 0
    assert [line.get("note") for line in lines(log)] == [None, "counted again"]


@pytest.mark.parametrize(
    ("before", "args", "message"),
    [
        pytest.param(
            "churn=4",
            ["churn=3"],
            "kpi: error: Churn 2020-10: 3%, although 4% stands already\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="another value",
        ),
        pytest.param(
            "churn=4",
            ["churn=400"],
            "kpi: error: Churn 2020-10: 400%, although 4% stands already "
            "and it is 100 times the 4% of 2020-10\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="another value that is far away",
        ),
        pytest.param(
            "visits=1",
            ["revenue=480"],
            "kpi: error: Monthly Revenue 2020-10: 480 kr, although it is 1/1,042 of the target, "
            "500,000 kr\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="a first value that is far from the target",
        ),
        pytest.param(
            "churn=4",
            ["revenue=480", "churn=3", "profit=900"],
            "kpi: error: Monthly Revenue 2020-10: 480 kr, although it is 1/1,042 of the target, "
            "500,000 kr\n"
            "kpi: error: Churn 2020-10: 3%, although 4% stands already\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="several, and then none of the others either",
        ),
    ],
)
def test_what_is_doubtful_needs_yes(
    kpi: Kpi, log: Path, before: str, args: list[str], message: str
) -> None:
    recorded(kpi, before, period="2020-10" if before != "visits=1" else "2020-W40")
    written = values(log)
    run = recorded(kpi, *args)
    assert (run.code, run.err) == (2, message)
    assert values(log) == written
    assert recorded(kpi, *args, "--yes").code == 0
    assert values(log) == written + [arg.replace("=", " 2020-10 ") for arg in args]


def test_a_dry_run_doubts_too(kpi: Kpi, log: Path) -> None:
    assert recorded(kpi, "revenue", "480", "--dry-run").code == 2
    assert recorded(kpi, "revenue", "480", "--dry-run", "--yes").code == 0
    assert not log.exists()
