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
            "kpi: error: pilot is only kept until 2020-06\nhint: change until to record it\n",
            id="a retired KPI",
        ),
        pytest.param(
            ["churn", "nan"],
            "kpi: error: churn: 'nan' is not a number kpi can store\n"
            "hint: write a number, with its unit if you like: 480%\n",
            id="no number",
        ),
        pytest.param(
            ["churn", "4 kr"],
            "kpi: error: churn: 'kr' is not its unit: this KPI is counted in %\n"
            "hint: write the number in %, or correct the unit in the definition\n",
            id="another unit",
        ),
        pytest.param(
            ["revenue", "1.234,5"],
            "kpi: error: revenue: '1.234,5' is ambiguous: 1234.5 or 1.2345?\n"
            'hint: write 1234.5; decimal = "," in kpis.toml reads it as written\n',
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
            "kpi: error: 'revenue 480000 churn 4' is not KPI VALUE\n"
            "hint: kpi record revenue=480000 churn=4\n",
            id="two pairs without =",
        ),
        pytest.param(
            ["churn", "4", "--", "--period", "2020-10"],
            "kpi: error: 'churn 4 --period 2020-10' is not KPI VALUE\n"
            "hint: kpi record churn 4 --period 2020-10\n",
            id="an option behind --",
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
            "write a number, with its unit if you like: $480\n"
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
            "kpi: error: no value, and no terminal to ask on\n"
            "hint: kpi record KPI VALUE, or KPI - for a value from a pipe; "
            "kpi import - reads a table\n",
            id="nothing, and nobody to ask",
        ),
        pytest.param(
            ["churn"],
            "kpi: error: no value, and no terminal to ask on\n"
            "hint: kpi record KPI VALUE, or KPI - for a value from a pipe; "
            "kpi import - reads a table\n",
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
        pytest.param("pilot", "2020-07", "pilot is only kept until 2020-06", id="after its last"),
    ],
)
def test_a_period_that_can_not_be_recorded(
    kpi: Kpi, log: Path, id: str, period: str, message: str
) -> None:
    run = recorded(kpi, id, "3", period=period)
    assert (run.code, run.err.splitlines()[0]) == (2, f"kpi: error: {message}")
    assert not log.exists()


def test_what_is_wrong_with_several_is_said_once(kpi: Kpi, log: Path) -> None:
    run = recorded(kpi, "churn=3", "revenue=480000", period="2020-13")
    assert (run.code, run.err.count("months run")) == (2, 1)
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
        "Monthly Revenue 2020-10: 480,000.00 kr is already recorded; nothing changed\n"
        "Churn 2020-10: 4% is already recorded; nothing changed\n"
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
            "kpi: error: Churn 2020-10: 3% would replace 4%\n"
            "hint: nothing recorded; if that is right, add --replace\n",
            id="another value",
        ),
        pytest.param(
            "churn=4",
            ["churn=400"],
            "kpi: error: Churn 2020-10: 400% would replace 4%, "
            "and is 100 times the 4% of 2020-10\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="another value that is far away",
        ),
        pytest.param(
            "visits=1",
            ["revenue=480"],
            "kpi: error: Monthly Revenue 2020-10: 480 kr is 1/1,042 of the target, "
            "500,000 kr\n"
            "hint: nothing recorded; if that is right, add --yes\n",
            id="a first value that is far from the target",
        ),
        pytest.param(
            "churn=4",
            ["revenue=480", "churn=3", "profit=900"],
            "kpi: error: Monthly Revenue 2020-10: 480 kr is 1/1,042 of the target, "
            "500,000 kr\n"
            "kpi: error: Churn 2020-10: 3% would replace 4%\n"
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


@pytest.mark.parametrize(
    ("flag", "value", "expected"),
    [
        pytest.param("--replace", "3", ["churn 2020-10 3"], id="a change of what stands"),
        pytest.param("--replace", "400", [], id="not what is odd"),
        pytest.param("--yes", "400", ["churn 2020-10 400"], id="yes agrees to both"),
        pytest.param("--yes", "0.03", ["churn 2020-10 0.03"], id="yes keeps a fraction"),
        pytest.param("--fractions", "0.03", [], id="a percentage that is another than stands"),
    ],
)
def test_a_flag_agrees_to_what_it_names(
    kpi: Kpi, log: Path, flag: str, value: str, expected: list[str]
) -> None:
    recorded(kpi, "churn", "4")
    assert recorded(kpi, "churn", value, flag).code == (0 if expected else 2)
    assert values(log)[1:] == expected


def test_both_readings_of_a_fraction_are_named(kpi: Kpi, log: Path) -> None:
    run = recorded(kpi, "churn", "0.04")
    assert (run.code, run.err.splitlines()[-2:]) == (
        2,
        [
            "kpi: error: Churn 2020-10: 0.04% looks like a fraction of 1: 4%",
            (
                "hint: nothing recorded; "
                "--fractions turns fractions into percentages, --yes keeps them"
            ),
        ],
    )
    assert recorded(kpi, "churn", "0.04", "--fractions").code == 0
    assert values(log) == ["churn 2020-10 4"]


def test_fractions_are_of_kpis_in_percent(kpi: Kpi) -> None:
    run = recorded(kpi, "revenue=0.5", "--fractions")
    assert (run.code, run.err.splitlines()[0]) == (
        2,
        "kpi: error: --fractions is for KPIs that are counted in %",
    )


@pytest.mark.parametrize(
    ("words", "command"),
    [
        pytest.param(["4%", "churn"], "churn 4%", id="the value first"),
        pytest.param(["churn", "4%", "2020-10"], "churn 4% --period 2020-10", id="a period behind"),
        pytest.param(["2020-10", "churn", "4%"], "churn 4% --period 2020-10", id="one in front"),
        pytest.param(
            ["churn=4%", "2020-10"], "churn=4% --period 2020-10", id="one beside KPI=VALUE"
        ),
        pytest.param(["churn", "4", "revenue", "5"], "churn=4 revenue=5", id="two pairs"),
        pytest.param(
            ["churn", "4%", "--note", "autumn", "campaign"],
            "churn 4% --note 'autumn campaign'",
            id="a note without quotes",
        ),
        pytest.param(
            ["churn=4%", "--note", "autumn", "campaign"],
            "churn=4% --note 'autumn campaign'",
            id="the same beside KPI=VALUE",
        ),
        pytest.param(["480", "000", "monthly", "revenue"], "revenue '480 000'", id="spaces"),
    ],
)
def test_words_in_another_order_are_told_the_right_one(
    kpi: Kpi, log: Path, words: list[str], command: str
) -> None:
    run = kpi("record", *words)
    assert (run.code, run.err.splitlines()[-1]) == (2, f"hint: kpi record {command}")
    assert not log.exists()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["Monthly Revenue", "480k"], id="a name"),
        pytest.param(["monthly", "revenue", "480k"], id="a name of two words without quotes"),
        pytest.param(["monthly-revenue=480k"], id="another spelling"),
        pytest.param(["Monthly Revenue", "=", "480k"], id="spaces around the equals sign"),
    ],
)
def test_a_name_is_taken_for_the_id(kpi: Kpi, log: Path, words: list[str]) -> None:
    assert recorded(kpi, *words).code == 0
    assert values(log) == ["revenue 2020-10 480000"]


@pytest.mark.parametrize(
    ("words", "content", "said"),
    [
        (["churn", "-"], b"", "nothing came through the pipe"),
        (["churn", "-"], b"4\n5\n", "more than one value is piped in: '4' …"),
        (["churn", "-"], b"\xff\n", "what is piped in is not valid UTF-8"),
        (["churn=-", "revenue=-"], b"4\n", "one value comes through a pipe, and two are asked for"),
        (["churn", "-"], b"many\n", "churn: 'many' is not a number"),
    ],
)
def test_a_pipe_has_one_value(kpi: Kpi, words: list[str], content: bytes, said: str) -> None:
    run = kpi("record", *words, "--period", "2020-10", stdin=content)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: {said}")


def test_a_period_alone_is_no_kpi(kpi: Kpi) -> None:
    run = kpi("record", "2020-10")
    assert (run.code, run.err) == (
        2,
        "kpi: error: '2020-10' is a period, not a KPI\nhint: kpi record --period 2020-10\n",
    )
