"""What a program records: every promise of `kpi record`, its refusals as exceptions."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpicli import Board, KpiError, Status, load
from kpicli.model.frequency import Frequency
from tests.commands.recording import TOML, last_closed, lines, values
from tests.installed import Kpi


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """That of a board without records."""
    (tmp_path / "kpis.toml").write_text(TOML)
    return tmp_path / "kpis.jsonl"


@pytest.fixture
def board(log: Path) -> Board:
    """One to record on."""
    return load(log.parent)


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        pytest.param(480_000, "480000", id="an int"),
        pytest.param(Decimal("480000.50"), "480000.50", id="a decimal, with the digits it has"),
        pytest.param(Decimal("4.8E+5"), "480000", id="a decimal with an exponent"),
        pytest.param(Decimal(-5), "-5", id="below zero"),
        pytest.param(Decimal("-0"), "0", id="a zero below zero"),
        pytest.param(Decimal("0.123456789012"), "0.123456789012", id="twelve decimals"),
        pytest.param("480k", "480000", id="text, as it is typed"),
        pytest.param("480,000.10 kr", "480000.10", id="text with its unit"),
    ],
)
def test_a_number_is_recorded_digit_by_digit(
    board: Board, log: Path, value: Decimal | int | str, digits: str
) -> None:
    [row] = board.record("revenue", value, period="2020-10", yes=True)
    assert values(log) == [f"revenue 2020-10 {digits}"]
    assert (row.id, row.period, f"{row.actual:f}") == ("revenue", "2020-10", digits)


def test_where_the_decimal_mark_is_a_comma_only_text_has_one(log: Path) -> None:
    (log.parent / "kpis.toml").write_text('decimal = ","\n[kpis.revenue]\n[kpis.profit]\n')
    board = load(log.parent)
    board.record("revenue", Decimal("1234.5"), period="2020-10")
    board.record("profit", "1.234,5", period="2020-10")
    assert values(log) == ["revenue 2020-10 1234.5", "profit 2020-10 1234.5"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(3.2, "3.2 is a binary float, and kpi keeps exact decimals", id="a float"),
        pytest.param(float("nan"), "nan is a binary float", id="not a number, binary"),
        pytest.param(True, "a bool is not a number kpi can store", id="a truth"),
        pytest.param(None, "a NoneType is not a number kpi can store", id="nothing"),
        pytest.param(Fraction(1, 3), "a Fraction is not a number kpi can store", id="a fraction"),
        pytest.param(Decimal("NaN"), "NaN is not a number kpi can store", id="not a number"),
        pytest.param(Decimal("-Infinity"), "-Infinity is not a number", id="no end"),
        pytest.param(Decimal("1E+999999999"), "is not a number kpi can store", id="far too great"),
        pytest.param(Decimal("1E-999999999"), "is not a number kpi can store", id="far too small"),
        pytest.param(10**6000, "is not a number kpi can store", id="six thousand digits"),
        pytest.param(10**18, "more digits than kpi keeps", id="19 digits"),
        pytest.param(Decimal("0.1234567890123"), "more digits than kpi keeps", id="13 decimals"),
        pytest.param("12,34", "ambiguous", id="two readings"),
        pytest.param("$5", "not its unit", id="another unit"),
        pytest.param("", "no number given", id="empty text"),
    ],
)
def test_what_is_no_number_is_refused(board: Board, log: Path, value: Any, message: str) -> None:
    with pytest.raises(KpiError, match=message):
        board.record("revenue", value, period="2020-10")
    assert not log.exists()


@pytest.mark.parametrize(
    ("id", "given", "message"),
    [
        pytest.param("margin", {}, "computed by its formula", id="a formula"),
        pytest.param("pilot", {}, "only kept until 2020-06", id="a KPI that is retired"),
        pytest.param("chrun", {}, "unknown KPI 'chrun'", id="an unknown id"),
        pytest.param("churn", {"period": "2062-06"}, "has not begun", id="a month to come"),
        pytest.param("churn", {"period": 2020}, "longer than its frequency", id="a year"),
        pytest.param("churn", {"period": "2020-W10"}, "weeks do not fit", id="a week"),
        pytest.param("churn", {"by": "x" * 65}, "^by is longer than 64", id="a long name"),
        pytest.param("churn", {"by": "\ud800"}, "not valid UTF-8", id="a name that is no text"),
        pytest.param("churn", {"note": "x" * 2001}, "longer than 2,000", id="a long note"),
        pytest.param("churn", {"note": "\ud800"}, "half a character", id="a note that is no text"),
    ],
)
def test_what_can_not_be_recorded_is_refused(
    board: Board, log: Path, id: str, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(KpiError, match=message):
        board.record(id, 1, **{"period": "2020-10", **given})
    assert not log.exists()


def test_definitions_that_are_gone_are_an_error(board: Board, log: Path) -> None:
    Path(board.path).unlink()
    with pytest.raises(KpiError, match="nothing recorded: No such file"):
        board.record("churn", 1, period="2020-10")
    assert not log.exists()


def test_without_a_period_it_is_the_last_closed_one(board: Board) -> None:
    assert board.record("churn", 2)[0].period == last_closed()
    assert board.record("visits", 2)[0].period == last_closed(Frequency.WEEKLY)


def test_who_and_why_stand_in_the_log(board: Board, log: Path) -> None:
    board.record("churn", 2, period="2020-10", note="two left", by="ann")
    board.record("churn", 3, period="2020-09")
    assert [(line.get("by"), line.get("note")) for line in lines(log)] == [
        ("ann", "two left"),
        ("tester", None),
    ]


def test_it_answers_how_the_kpi_stands(board: Board) -> None:
    rows = board.record("churn", "2.1%", period="2020-10")
    assert (rows[0].status, rows[0].actual) == (Status.ON_TARGET, Decimal("2.1"))
    assert rows.warnings == ()


def test_a_part_of_a_period_answers_how_all_of_it_stands(board: Board) -> None:
    board.record("revenue", 200_000, period="2020-10-01")
    [row] = board.record("revenue", 210_000, period="2020-10-02", yes=True)
    assert (row.period, row.actual) == ("2020-10", Decimal(410_000))


def test_a_former_id_is_the_kpi(board: Board, log: Path) -> None:
    assert board.record("gain", 900, period="2020-10")[0].id == "profit"
    assert values(log) == ["profit 2020-10 900"]


@pytest.mark.parametrize(
    ("value", "flag", "message"),
    [
        pytest.param("3%", "replace", "3% would replace 2.1%", id="another value"),
        pytest.param("210%", "yes", "and is 100 times the 2.1% of 2020-10", id="an odd value"),
    ],
)
def test_a_doubtful_value_has_to_be_agreed_to(
    board: Board, log: Path, value: str, flag: str, message: str
) -> None:
    board.record("churn", "2.1%", period="2020-10")
    before = log.read_bytes()
    with pytest.raises(KpiError, match=message) as found:
        board.record("churn", value, period="2020-10")
    assert found.value.hint == f"nothing recorded; if that is right, add {flag}=True"
    assert log.read_bytes() == before
    board.record("churn", value, period="2020-10", replace=flag == "replace", yes=flag == "yes")
    assert values(log)[1:] == [f"churn 2020-10 {value.removesuffix('%')}"]


def test_the_same_value_again_appends_nothing(board: Board, log: Path) -> None:
    board.record("churn", 2, period="2020-10")
    rows = board.record("churn", Decimal("2.0"), period="2020-10")
    assert len(lines(log)) == 1
    assert rows.warnings == ("Churn 2020-10: 2.0% is already recorded; nothing changed",)


def test_what_others_record_is_seen(board: Board, kpi: Kpi) -> None:
    assert kpi("record", "churn", "2", "--period", "2020-10").code == 0
    assert board.status("2020-10", kpis="churn")[0].actual == 2


@pytest.mark.parametrize("value", [2, 3], ids=["what stands already", "another value"])
def test_a_log_in_the_middle_of_a_merge_is_left_alone(board: Board, log: Path, value: int) -> None:
    board.record("churn", 2)
    with log.open("a") as opened:
        opened.write("<<<<<<< HEAD\n=======\n>>>>>>> branch\n")
    before = log.read_bytes()
    with pytest.raises(KpiError, match="git conflict markers"):
        board.record("churn", value, yes=True)
    assert log.read_bytes() == before


def test_a_clock_that_was_never_set_is_told(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert "is the clock of this machine right?" in board.record("churn", 2).warnings[0]


def test_a_clock_that_was_set_back_is_told(board: Board, log: Path) -> None:
    lines = '{"kpi":"churn","period":"2026-01","value":2,"at":"2099-01-01T00:00:00Z"}\n'
    log.write_text(lines)
    [warning] = board.record("churn", 2).warnings
    assert "Z, where the log has one of 2099-01-01T00:00:00.000000Z: is the clock of" in warning
    log.write_text(lines.replace("2099", "2020"))
    assert board.record("churn", 2).warnings == ()


def test_threads_lose_nothing(board: Board, log: Path) -> None:
    def one(number: int) -> str:
        return board.record("visits", number, period=f"2020-01-{number:02}", yes=True)[0].period

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(one, range(1, 29)))) == 28
    assert sorted(values(log)) == sorted(f"visits 2020-01-{day:02} {day}" for day in range(1, 29))
    assert board.history().warnings == ()


def test_it_is_durable_when_it_returns(board: Board, log: Path) -> None:
    """Seen by what another process reads after this one was killed at once."""
    code = (
        "import os, signal, kpicli\n"
        "kpicli.load().record('churn', 2, period='2020-10')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=log.parent, check=False)
    assert done.returncode == -9
    assert values(log) == ["churn 2020-10 2"]
    assert os.path.samefile(board.path, log.with_suffix(".toml"))


def test_the_log_is_what_the_command_writes(board: Board, log: Path, kpi: Kpi) -> None:
    board.record("churn", "2.10%", period="2020-10", note="late")
    mine = json.loads(log.read_text())
    log.unlink()
    kpi("record", "churn", "2.10%", "--period", "2020-10", "--note", "late")
    theirs = json.loads(log.read_text())
    assert list(mine) == list(theirs)
    assert {**mine, "id": "", "at": ""} == {**theirs, "id": "", "at": ""}


def test_a_fraction_is_refused_or_made_a_percentage(board: Board, log: Path) -> None:
    with pytest.raises(KpiError, match=r"looks like a fraction of 1: 2\.1%") as found:
        board.record("churn", "0.021", period="2020-10")
    assert "fractions=True turns fractions into percentages" in found.value.hint
    board.record("churn", "0.021", period="2020-10", fractions=True)
    assert values(log) == ["churn 2020-10 2.1"]


class TestNote:
    def test_it_stands_on_the_last_closed_period_and_is_said_once(
        self, board: Board, log: Path
    ) -> None:
        (standing,) = board.note("churn", "Two customers merged", by="ann")
        assert standing.id == "churn"
        board.note("churn", "Two customers merged", by="ann")
        (written,) = lines(log)
        assert (written["about"], written["note"]) == ("churn", "Two customers merged")

    def test_another_one_of_the_same_person_wants_a_word(self, board: Board, log: Path) -> None:
        board.note("churn", "Two customers merged", by="ann")
        with pytest.raises(KpiError, match="replace=True"):
            board.note("churn", "Three did", by="ann")
        board.note("churn", "Three did", by="ann", replace=True)
        board.note("churn", "", by="ann", replace=True)
        assert [line.get("note") for line in lines(log)][1:] == ["Three did", None]
