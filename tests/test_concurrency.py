"""Many writers of one log: every record that was acknowledged is there, and only those."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.model.actual import Line
from kpicli.store.append import Known, append
from kpicli.store.log import Reading
from tests.installed import Kpi, Terminal, environment
from tests.store.logs import FaultyDisk, record

BOARD = """
[defaults]
until = "2030"
[kpis.mrr]
frequency = "monthly"
unit = "kr"
"""
BIN = Path(sys.executable).parent / "kpi"
MANY = 64


@pytest.fixture(autouse=True)
def log(kpi: Kpi) -> Path:
    """The log of a board with one KPI; nothing is in it."""
    (kpi.folder / "kpis.toml").write_text(BOARD)
    assert kpi("status").code == 0  # so that the definitions have been seen before
    return kpi.folder / "kpis.jsonl"


def lines(log: Path) -> list[Line]:
    reading = Reading(str(log), log.name)
    found = list(reading.lines())
    assert (reading.damages, reading.warnings) == ([], [])
    return found


def started(folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [BIN, "record", *words],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def codes(runs: list["subprocess.Popen[str]"]) -> list[int]:
    for run in runs:
        run.communicate(timeout=120)
    return [run.returncode for run in runs]


def test_every_one_of_many_writers_is_recorded(kpi: Kpi, log: Path) -> None:
    runs = [
        started(kpi.folder, "mrr", str(number), "--yes", "--period", "2026-06")
        for number in range(1, MANY + 1)
    ]
    assert codes(runs) == [0] * MANY
    found = lines(log)
    assert sorted(int(line.value) for line in found) == list(range(1, MANY + 1))
    assert [line.at for line in found] == sorted({line.at for line in found})
    assert log.read_bytes().count(b"\n") == MANY


def test_of_many_writers_that_would_overwrite_each_other_one_wins(kpi: Kpi, log: Path) -> None:
    runs = [
        started(kpi.folder, "mrr", str(number), "--period", "2026-06") for number in range(10, 26)
    ]
    assert sorted(codes(runs)) == [0] + [2] * 15
    assert len(lines(log)) == 1


def test_a_writer_that_was_overtaken_is_told_what_stands(kpi: Kpi, log: Path) -> None:
    assert kpi("record", "mrr", "10", "--period", "2026-06").code == 0
    done = kpi("record", "mrr", "11", "--period", "2026-06")
    assert (done.code, done.out) == (2, "")
    assert "10 kr" in done.err
    assert len(lines(log)) == 1


def test_a_holder_of_the_lock_that_is_stopped_makes_others_busy(log: Path) -> None:
    log.write_bytes(b"")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(log)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert holder.stdout
    assert holder.stdin
    try:
        assert holder.stdout.readline() == b"held\n"
        holder.send_signal(signal.SIGSTOP)
        with pytest.raises(KpiError, match="busy: another kpi is writing; nothing recorded"):
            _append(log)
        assert log.read_bytes() == b""
        holder.kill()
        holder.wait()
        _append(log)
        assert len(lines(log)) == 1
    finally:
        holder.kill()
        holder.communicate()


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def _append(log: Path) -> None:
    found = log.stat()
    known = Known((found.st_dev, found.st_ino, found.st_size), {})
    disk = FaultyDisk()
    append(str(log), log.name, [record()], known=known, reread=_never, is_final=True, disk=disk)


def _never() -> Known:
    raise AssertionError("nothing has changed")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_at_a_prompt_records_nothing(
    kpi: Kpi, log: Path, number: signal.Signals, code: int
) -> None:
    master, slave = os.openpty()
    run = subprocess.Popen(
        [BIN, "record", "mrr", "--period", "2026-06"],
        cwd=kpi.folder,
        env=environment(kpi.folder),
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    try:
        assert os.read(master, 1000)
        run.send_signal(number)
        run.communicate(timeout=20)
    finally:
        run.kill()
        os.close(master)
    assert run.returncode == code
    assert not log.exists()


def test_an_answer_at_a_prompt_is_recorded(terminal: Terminal, log: Path) -> None:
    screen = terminal("record", "mrr", "--period", "2026-06", typed=[("2026-06", "5\n")])
    assert screen.code == 0
    assert [line.value for line in lines(log)] == ["5"]
