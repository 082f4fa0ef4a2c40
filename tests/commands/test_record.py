"""`kpi record` as it is run: what is written, and what is said about it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of
from tests.commands.recording import TOML, last_closed, lines, recorded, values
from tests.installed import Kpi


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


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
    assert list(line) == ["id", "kpi", "period", "value", "unit", "at", "by", "note"]
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


def test_a_correction_wins_over_a_record_from_a_clock_that_is_ahead(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2020-10","value":4,"at":"2999-01-01T00:00:00Z"}\n')
    assert recorded(kpi, "churn", "3", "-y").code == 0
    assert lines(log)[-1]["at"] == "2999-01-01T00:00:00.000001Z"


def test_a_dry_run_says_what_would_be_recorded_and_writes_nothing(kpi: Kpi, log: Path) -> None:
    run = recorded(kpi, "revenue", "480000", "--dry-run")
    assert (run.code, run.out) == (0, "")
    assert run.err == "dry run: Monthly Revenue 2020-10: 480,000 kr, at risk (target 500,000 kr)\n"
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


@pytest.mark.parametrize(
    ("words", "content"),
    [
        pytest.param(["revenue", "-"], b"480000\n", id="KPI -"),
        pytest.param(["revenue=-"], b"480 000 kr\r\n\n", id="KPI=-"),
        pytest.param(["Monthly Revenue", "-"], b"\xef\xbb\xbf  480k", id="as people write it"),
    ],
)
def test_a_value_comes_through_a_pipe(
    kpi: Kpi, log: Path, words: list[str], content: bytes
) -> None:
    run = kpi("record", *words, "--period", "2020-10", stdin=content)
    assert (run.code, run.out) == (0, "")
    assert values(log) == ["revenue 2020-10 480000"]
