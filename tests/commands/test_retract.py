"""`kpi retract` as it is run: one actual is taken back, and nothing stands in its place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands.recording import TOML, last_closed, lines, recorded, values
from tests.installed import Kpi, Run, Terminal


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def retracted(kpi: Kpi, *args: str, period: str = "2020-10") -> Run:
    return kpi("retract", "--period", period, "--yes", *args)


def test_nothing_stands_then_and_no_older_value(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    recorded(kpi, "churn", "3", "--yes")
    before = log.read_bytes()
    run = retracted(kpi, "churn", "--note", "counted twice", "--by", "ann")
    assert (run.code, run.out, run.err) == (0, "", "Churn 2020-10: 3% taken back\n")
    assert log.read_bytes().startswith(before)
    new = lines(log)[2]
    assert list(new) == ["id", "kpi", "period", "value", "at", "by", "note", "replaces"]
    assert (new["value"], new["by"], new["note"]) == (None, "ann", "counted twice")
    assert kpi("status", "churn", "--period", "2020-10", "--json").out.count('"no_data"') == 1


def test_a_second_time_nothing_is_recorded_and_it_says_so(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    retracted(kpi, "churn")
    before = log.read_bytes()
    run = retracted(kpi, "churn")
    assert (run.code, run.err) == (0, "Churn 2020-10: there is nothing to take back\n")
    assert log.read_bytes() == before


@pytest.mark.parametrize("id", ["churn", "margin", "pilot"])
def test_where_nothing_was_recorded_nothing_is_taken_back(kpi: Kpi, log: Path, id: str) -> None:
    run = kpi("retract", id, "--period", "2020-10")
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith(" 2020-10: there is nothing to take back\n")
    assert not log.exists()


def test_a_part_is_taken_out_of_its_whole(kpi: Kpi) -> None:
    recorded(kpi, "revenue", "300000", period="2020-10-01")
    recorded(kpi, "revenue", "250000", period="2020-10-02")
    run = retracted(kpi, "revenue", period="2020-10-01")
    assert run.err == (
        "Monthly Revenue 2020-10-01: 300,000 kr taken back; 2020-10 is now 250,000 kr, off target\n"
    )
    assert retracted(kpi, "revenue", period="2020-10").err.endswith(
        "there is nothing to take back\n"
    )


def test_without_the_whole_its_parts_count_again(kpi: Kpi) -> None:
    recorded(kpi, "revenue", "300000", period="2020-10-01")
    recorded(kpi, "revenue", "510000")
    assert retracted(kpi, "revenue").err == (
        "Monthly Revenue 2020-10: 510,000 kr taken back; 2020-10 is now 300,000 kr, off target\n"
    )


def test_undo_brings_it_back(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4")
    retracted(kpi, "churn")
    assert kpi("undo", "--yes").code == 0
    assert kpi("history", "churn").out.startswith("Churn  2020-10  4%")


def test_it_wins_over_a_record_of_a_clock_that_is_ahead(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2020-10","value":4,"at":"2999-01-01T00:00:00Z"}\n')
    assert retracted(kpi, "churn").code == 0
    assert lines(log)[-1]["at"] == "2999-01-01T00:00:00.000001Z"
    assert retracted(kpi, "churn").err.endswith("there is nothing to take back\n")


def test_a_damaged_actual_is_taken_back_too(kpi: Kpi, log: Path) -> None:
    log.write_text('{"kpi":"churn","period":"2020-10","value":"4","at":"2020-11-02T08:00:00Z"}\n')
    refused = kpi("retract", "churn", "--period", "2020-10")
    assert refused.code == 2
    assert "Churn 2020-10: take the damaged record back?" in refused.err
    run = retracted(kpi, "churn")
    assert run.code == 0
    assert run.err.endswith("Churn 2020-10: the damaged record taken back\n")
    assert values(log.with_name("kpis.jsonl"))[-1] == "churn 2020-10 None"


@pytest.mark.parametrize(
    ("id", "period", "label"),
    [
        ("gain", "2020-10", "profit 2020-10"),
        ("churn", "last", f"Churn {last_closed()}"),
        ("revenue", "today", f"Monthly Revenue {datetime.now(UTC).date()}"),
    ],
)
def test_which_one_may_be_said_in_other_words(kpi: Kpi, id: str, period: str, label: str) -> None:
    recorded(kpi, id, "4", "--yes", period=period)
    assert retracted(kpi, id, period=period).err.startswith(f"{label}: ")


def test_without_a_terminal_it_needs_yes(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    run = kpi("retract", "churn", "--period", "2020-10")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "kpi: error: Churn 2020-10: take 4% back?\n"
        "hint: nothing recorded; if that is right, add --yes\n"
    )
    dry = kpi("retract", "churn", "--period", "2020-10", "--dry-run")
    assert (dry.code, dry.err) == (0, "dry run: Churn 2020-10: 4% taken back\n")
    assert len(values(log)) == 1


def test_quiet_says_nothing(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    run = retracted(kpi, "churn", "-q")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len(values(log)) == 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("y\n", (0, 2), id="yes"),
        pytest.param("n\n", (2, 1), id="no"),
        pytest.param("\x03", (130, 1), id="Ctrl-C"),
    ],
)
def test_on_a_terminal_somebody_agrees(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: tuple[int, int]
) -> None:
    recorded(kpi, "churn", "4")
    typed = [("Churn 2020-10: take 4% back? [y/N] ", answer)]
    screen = terminal("retract", "churn", "--period", "2020-10", typed=typed)
    assert (screen.code, len(values(log))) == expected
    assert b"Traceback" not in screen.sent


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["churn"], "missing option '--period'"),
        (["--period", "2020-10"], "missing argument 'KPI'"),
        (["chrn", "--period", "2020-10"], "unknown KPI 'chrn'\nhint: did you mean 'churn'?"),
        (["churn", "--period", "2020-13"], "'2020-13': months run from 01 to 12"),
        (["churn", "--period", "2020-10", "--by", "x" * 65], "--by is longer than 64 characters"),
        (["churn", "--period", "2020-10", "--note", "x" * 2001], "the note is longer than 2,000"),
        (["churn", "profit", "--period", "2020-10"], "one word too many: profit"),
    ],
)
def test_what_can_not_be_meant_is_refused(kpi: Kpi, log: Path, args: list[str], said: str) -> None:
    recorded(kpi, "churn", "4")
    run = kpi("retract", *args, "--yes")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: {said}")
    assert len(values(log)) == 1


def test_in_a_folder_log_it_goes_to_ones_own_file(kpi: Kpi, board: Path) -> None:
    board.write_text('log = "kpis.log/"\n' + TOML)
    recorded(kpi, "churn", "4", "--by", "bob")
    assert retracted(kpi, "churn", "--by", "ann").code == 0
    ann, bob = sorted((kpi.folder / "kpis.log").iterdir())
    assert (values(ann), values(bob)) == (["churn 2020-10 None"], ["churn 2020-10 4"])


def test_options_stand_before_the_command_too(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    assert kpi("--period", "2020-10", "-y", "retract", "churn").code == 0
    assert len(values(log)) == 2
