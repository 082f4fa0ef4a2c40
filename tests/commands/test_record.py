"""`kpi record` as it is run: what is written, what is refused, and what is asked on a terminal."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kpicli.model.period import Frequency, period_of
from tests.installed import Kpi, Run, Terminal

TOML = """\
[kpis.revenue]
name = "Monthly Revenue"
target = "500,000 kr"
rollup = "sum"
[kpis.churn]
name = "Churn"
target = "<5%"
[kpis.profit]
target = "$1,000"
formerly = ["gain"]
[kpis.visits]
frequency = "weekly"
rollup = "sum"
[kpis.margin]
formula = "profit / revenue"
[kpis.pilot]
until = "2020-06"
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "kpis.jsonl"


def recorded(kpi: Kpi, *args: str, period: str = "2020-10") -> Run:
    return kpi("record", "--period", period, *args)


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def values(log: Path) -> list[str]:
    """Each line of the log as `revenue 2020-10 480000`."""
    if not log.exists():
        return []
    texts = (
        json.loads(line, parse_float=str, parse_int=str)
        for line in log.read_text("utf-8").splitlines()
    )
    return [f"{one['kpi']} {one['period']} {one['value']}" for one in texts]


def last_closed(frequency: Frequency = Frequency.MONTHLY) -> str:
    return str(period_of(datetime.now(UTC).date(), frequency).shift(-1))


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(["revenue", "480000"], "revenue 2020-10 480000", id="KPI VALUE"),
        pytest.param(["revenue=480000"], "revenue 2020-10 480000", id="KPI=VALUE"),
        pytest.param(["revenue", "480,000 kr"], "revenue 2020-10 480000", id="with its unit"),
        pytest.param(["revenue", "480,000", "kr"], "revenue 2020-10 480000", id="in two words"),
        pytest.param(["revenue=480k"], "revenue 2020-10 480000", id="in thousands"),
        pytest.param(
            ["churn", "4.20%"], "churn 2020-10 4.20", id="with the digits that were typed"
        ),
        pytest.param(["profit", "-50"], "profit 2020-10 -50", id="a negative number"),
        pytest.param(["profit=-50"], "profit 2020-10 -50", id="in both forms"),
        pytest.param(["profit", "-$50"], "profit 2020-10 -50", id="with a currency"),
        pytest.param(["profit", "−50"], "profit 2020-10 -50", id="with a typographic minus"),
        pytest.param(["profit", "--", "-50"], "profit 2020-10 -50", id="behind a double dash"),
        pytest.param(["gain", "50"], "profit 2020-10 50", id="by a former id"),
        pytest.param(["revenue", "0"], "revenue 2020-10 0", id="zero"),
    ],
)
def test_what_is_typed_is_what_is_written(
    kpi: Kpi, log: Path, args: list[str], expected: str
) -> None:
    run = recorded(kpi, *args)
    assert (run.code, run.out) == (0, "")
    assert values(log) == [expected]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ["revenue", "480000"],
            "Monthly Revenue 2020-10: 480,000 kr, at risk (target 500,000 kr)\n",
            id="value, unit, period, status and target",
        ),
        pytest.param(
            ["churn", "4.2"], "Churn 2020-10: 4.2%, on target (target <5%)\n", id="a limit"
        ),
        pytest.param(
            ["profit", "-50"], "profit 2020-10: -$50, off target (target $1,000)\n", id="$"
        ),
        pytest.param(
            ["revenue=480000", "churn=7"],
            "Monthly Revenue 2020-10: 480,000 kr, at risk (target 500,000 kr)\n"
            "Churn 2020-10: 7%, off target (target <5%)\n",
            id="each of several",
        ),
    ],
)
def test_the_confirmation_repeats_what_was_understood(
    kpi: Kpi, args: list[str], message: str
) -> None:
    assert recorded(kpi, *args).err == message


def test_it_says_what_it_replaces_and_how_much_it_has_changed(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue", "450000", period="2020-09")
    recorded(kpi, "revenue", "470000")
    run = recorded(kpi, "revenue", "480000", "--yes")
    assert run.err == (
        "Monthly Revenue 2020-10: 480,000 kr, at risk (target 500,000 kr); was 470,000 kr; "
        "+30,000 kr on 2020-09\n"
    )
    assert values(log)[1:] == ["revenue 2020-10 470000", "revenue 2020-10 480000"]


@pytest.mark.parametrize(
    ("before", "period", "message"),
    [
        pytest.param(
            [],
            "2020-10-05",
            "Monthly Revenue 2020-10-05: 480,000 kr; "
            "2020-10: 480,000 kr, at risk (target 500,000 kr)\n",
            id="the own period that it belongs to",
        ),
        pytest.param(
            [("20000", "2020-10-04")],
            "2020-10-06",
            "Monthly Revenue 2020-10-06: 480,000 kr; "
            "2020-10: 500,000 kr, on target (target 500,000 kr); +460,000 kr on 2020-10-04\n",
            id="and what that comes to",
        ),
        pytest.param(
            [("500000", "2020-10")],
            "2020-10-05",
            "Monthly Revenue 2020-10-05: 480,000 kr; "
            "2020-10 is recorded as a whole, so this part of it changes nothing\n",
            id="that the whole stands",
        ),
    ],
)
def test_of_a_part_it_tells(
    kpi: Kpi, before: list[tuple[str, str]], period: str, message: str
) -> None:
    for value, at in before:
        recorded(kpi, "revenue", value, period=at)
    assert recorded(kpi, "revenue", "480000", period=period).err == message


def test_a_line_of_the_log(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue", "480000", "--note", "after «returns»", "--by", "finance")
    (line,) = lines(log)
    assert list(line) == ["id", "kpi", "period", "value", "at", "by", "note"]
    assert (line["by"], line["note"]) == ("finance", "after «returns»")
    assert datetime.fromisoformat(line["at"]).tzinfo == UTC


def test_all_of_one_write_share_an_instant_and_a_note(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue=480000", "churn=4", "--note", "preliminary")
    assert len({(line["at"], line["by"], line["note"]) for line in lines(log)}) == 1


@pytest.mark.parametrize(
    ("args", "env", "expected"),
    [
        pytest.param(["--by", "ann"], {"KPI_BY": "bob"}, "ann", id="the flag"),
        pytest.param([], {"KPI_BY": "bob"}, "bob", id="else the variable"),
        pytest.param([], {"KPI_BY": None}, "Git Name", id="else the name that git knows"),
        pytest.param(
            [],
            {"KPI_BY": None, "GIT_CONFIG_GLOBAL": "/dev/null", "LOGNAME": "login"},
            "login",
            id="else the login name",
        ),
        pytest.param([], {"KPI_BY": "b" * 70}, "b" * 64, id="cut to 64 characters"),
    ],
)
def test_who_recorded_it(
    kpi: Kpi, log: Path, args: list[str], env: dict[str, str | None], expected: str
) -> None:
    (log.parent / "home").mkdir()
    (log.parent / "home" / ".gitconfig").write_text("[user]\nname = Git Name\n")
    run = kpi("record", "churn", "4", "--period", "2020-10", *args, env=env)
    assert run.code == 0
    assert [line["by"] for line in lines(log)] == [expected]


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
            "hint: write a number, with its unit if you like: 480,000 kr\n",
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
            "write a number, with its unit if you like: 480,000 kr\n"
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


def test_without_a_period_it_is_the_last_closed_one_and_says_so(kpi: Kpi, log: Path) -> None:
    run = kpi("record", "revenue=480000", "visits=7")
    month, week = last_closed(), last_closed(Frequency.WEEKLY)
    assert values(log) == [f"revenue {month} 480000", f"visits {week} 7"]
    assert run.err.splitlines()[0] == (
        f"recording for the last closed month, {month} and the last closed week, {week}"
    )


@pytest.mark.parametrize(
    ("word", "shift"),
    [pytest.param("last", -1, id="last"), pytest.param("current", 0, id="current")],
)
def test_a_period_in_words(kpi: Kpi, log: Path, word: str, shift: int) -> None:
    own = period_of(datetime.now(UTC).date(), Frequency.MONTHLY).shift(shift)
    assert recorded(kpi, "churn", "4", period=word).code == 0
    assert values(log) == [f"churn {own} 4"]


def test_a_day_in_words(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue", "4", period="today")
    assert values(log) == [f"revenue {datetime.now(UTC).date()} 4"]


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


def test_a_correction_wins_over_a_record_from_a_clock_that_is_ahead(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2020-10","value":4,"at":"2999-01-01T00:00:00Z"}\n')
    assert recorded(kpi, "churn", "3", "-y").code == 0
    assert lines(log)[-1]["at"] == "2999-01-01T00:00:00.000001Z"


def test_a_dry_run_says_what_would_be_recorded_and_writes_nothing(kpi: Kpi, log: Path) -> None:
    run = recorded(kpi, "revenue", "480000", "--dry-run")
    assert (run.code, run.out) == (0, "")
    assert run.err == "= Monthly Revenue 2020-10: 480,000 kr, at risk (target 500,000 kr)\n"
    assert not log.exists()


def test_a_dry_run_doubts_too(kpi: Kpi, log: Path) -> None:
    assert recorded(kpi, "revenue", "480", "--dry-run").code == 2
    assert recorded(kpi, "revenue", "480", "--dry-run", "--yes").code == 0
    assert not log.exists()


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet_says_nothing(kpi: Kpi, log: Path, flag: str) -> None:
    for _ in range(2):
        run = kpi("record", "churn", "4", flag)
        assert (run.code, run.out, run.err) == (0, "", "")
    assert values(log) == [f"churn {last_closed()} 4"]


def test_quiet_still_names_what_is_wrong(kpi: Kpi) -> None:
    assert "not a number" in recorded(kpi, "churn", "four", "-q").err


@pytest.mark.parametrize(
    "args",
    [
        ["--period", "2020-10", "record", "churn", "4"],
        ["-f", "kpis.toml", "record", "--period=2020-10", "churn=4"],
        ["record", "--period", "2020-10", "--yes", "churn", "4", "--file", "kpis.toml"],
    ],
)
def test_options_stand_before_the_command_or_anywhere_after(
    kpi: Kpi, log: Path, args: list[str]
) -> None:
    assert kpi(*args).code == 0
    assert values(log) == ["churn 2020-10 4"]


def test_a_record_ends_in_the_log_that_the_definitions_name(kpi: Kpi, board: Path) -> None:
    board.write_text('log = "numbers.jsonl"\n' + TOML)
    recorded(kpi, "churn", "4")
    assert values(board.with_name("numbers.jsonl")) == ["churn 2020-10 4"]


def test_with_a_decimal_comma_it_is_read_and_said_with_one(
    kpi: Kpi, board: Path, log: Path
) -> None:
    board.write_text('decimal = ","\n' + TOML.replace("500,000 kr", "500.000 kr"))
    run = recorded(kpi, "revenue=480.000,5")
    assert run.err == "Monthly Revenue 2020-10: 480.000,5 kr, at risk (target 500.000 kr)\n"
    assert values(log) == ["revenue 2020-10 480000.5"]


def test_what_people_wrote_reaches_the_terminal_as_text(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML.replace("Monthly Revenue", "A\\u001b[31mB"))
    assert recorded(kpi, "revenue", "480000").err.startswith("A\\x1b[31mB 2020-10: ")


def shown(screen: bytes) -> str:
    return screen.decode().replace("\r\n", "\n")


def test_the_walk_asks_for_all_that_is_due_and_writes_at_its_end(
    terminal: Terminal, log: Path
) -> None:
    month, week = last_closed(), last_closed(Frequency.WEEKLY)
    log.write_text(
        '{"kpi":"revenue","period":"2020-10","value":470000,"at":"2020-11-02T08:00:00Z"}\n'
    )
    screen = terminal(
        "record",
        columns=200,
        typed=[
            (f"Monthly Revenue {month} (2020-10 470,000 kr, target 500,000 kr): ", "480k\n"),
            (f"Churn {month} (target <5%): ", "4.2\n"),
            (f"profit {month} (target $1,000): ", "\n"),
            (f"visits {week}: ", "31\n"),
        ],
    )
    assert screen.code == 0
    assert values(log)[1:] == [
        f"revenue {month} 480000",
        f"churn {month} 4.2",
        f"visits {week} 31",
    ]
    assert len({line["at"] for line in lines(log)[1:]}) == 1
    assert f"Monthly Revenue {month}: 480,000 kr, at risk" in shown(screen.sent)
    assert "pilot" not in shown(screen.sent), "retired"
    assert "margin" not in shown(screen.sent), "computed"


def test_what_is_wrong_is_asked_again(terminal: Terminal, log: Path) -> None:
    screen = terminal(
        "record",
        "churn",
        "--period",
        "2020-10",
        columns=200,
        typed=[
            ("(target <5%): ", "four\n"),
            ("'four' is not a number", ""),
            ("(target <5%): ", "4 kr\n"),
            ("'kr' is not its unit", ""),
            ("(target <5%): ", "4\n"),
        ],
    )
    assert (screen.code, values(log)) == (0, ["churn 2020-10 4"])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([("[y/N] ", "y\n")], ["churn 2020-10 500"], id="yes keeps it"),
        pytest.param([("[y/N] ", "YES\n")], ["churn 2020-10 500"], id="in any case"),
        pytest.param(
            [("[y/N] ", "n\n"), ("(target <5%): ", "4\n")], ["churn 2020-10 4"], id="no asks again"
        ),
        pytest.param(
            [("[y/N] ", "\n"), ("(target <5%): ", "\n")], [], id="nothing is no, and then skips"
        ),
    ],
)
def test_what_is_odd_is_asked_about_in_the_walk(
    terminal: Terminal, log: Path, answers: list[tuple[str, str]], expected: list[str]
) -> None:
    typed = [
        ("(target <5%): ", "500\n"),
        ("Churn 2020-10: 500%, although it is 100 times the target, 5%? ", ""),
        *answers,
    ]
    screen = terminal("record", "churn", "--period", "2020-10", columns=200, typed=typed)
    assert (screen.code, values(log)) == (0, expected)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("y\n", (0, ["churn 2020-10 4", "churn 2020-10 3"]), id="yes changes it"),
        pytest.param("n\n", (2, ["churn 2020-10 4"]), id="no leaves it"),
        pytest.param("\n", (2, ["churn 2020-10 4"]), id="nothing leaves it"),
    ],
)
def test_a_change_is_asked_about_on_a_terminal(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: tuple[int, list[str]]
) -> None:
    recorded(kpi, "churn", "4")
    screen = terminal(
        *("record", "churn", "3", "--period", "2020-10"),
        columns=200,
        typed=[("Churn 2020-10: 3%, although 4% stands already? [y/N] ", answer)],
    )
    assert (screen.code, values(log)) == expected


def test_with_yes_nothing_is_asked(kpi: Kpi, terminal: Terminal, log: Path) -> None:
    recorded(kpi, "churn", "4")
    screen = terminal("record", "churn", "400", "--period", "2020-10", "--yes", columns=200)
    assert (screen.code, values(log)[1:]) == (0, ["churn 2020-10 400"])
    assert "[y/N]" not in shown(screen.sent)


@pytest.mark.parametrize(
    ("key", "code"),
    [pytest.param("\x03", 130, id="Ctrl-C"), pytest.param("\x04", 2, id="Ctrl-D")],
)
@pytest.mark.parametrize("question", ["Churn", "[y/N] "])
def test_ended_half_way_nothing_is_written(
    terminal: Terminal, log: Path, key: str, code: int, question: str
) -> None:
    asked = [("Monthly Revenue", "480k\n"), ("Churn", "500\n"), ("[y/N] ", "y\n")]
    at = [prompt for prompt, _ in asked].index(question)
    screen = terminal("record", columns=200, typed=[*asked[:at], (question, key)])
    assert screen.code == code
    assert not log.exists()
    assert "Traceback" not in shown(screen.sent)


def test_where_nothing_is_due_it_says_so(kpi: Kpi, terminal: Terminal, board: Path) -> None:
    board.write_text("[kpis.churn]\n")
    kpi("record", "churn", "4")
    screen = terminal("record", columns=200)
    assert (screen.code, shown(screen.sent)) == (
        0,
        "nothing is due: every KPI has its actual for the last closed period\n",
    )


def test_a_walk_may_be_dry(terminal: Terminal, log: Path) -> None:
    screen = terminal(
        *("record", "churn", "--period", "2020-10", "--dry-run"),
        columns=200,
        typed=[("(target <5%): ", "4\n")],
    )
    assert "= Churn 2020-10: 4%, on target" in shown(screen.sent)
    assert not log.exists()
