"""Many writers of one log: every record that was acknowledged is there, and only those."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.model.record import LogLine
from kpicli.services.load import damages_of
from kpicli.store.disk import Disk
from kpicli.store.log.append import LogState, Write, append
from kpicli.store.log.read import LONG_LOG, LogFile
from kpicli.store.log.repair import repair
from tests.installed import Kpi, Terminal, environment
from tests.store.logs import FaultyDisk, line, record, warnings

pytestmark = pytest.mark.installed

BOARD = """
[defaults]
until = "2030"
[kpis.mrr]
frequency = "monthly"
unit = "kr"
"""
BIN = Path(sys.executable).parent / "kpi"
MANY = 64
NOTHING = "nothing recorded of mrr in 2026-06: kpi record mrr VALUE"
needs_proc = pytest.mark.skipif(not Path("/proc/self/fdinfo").exists(), reason="no /proc here")


@pytest.fixture(autouse=True)
def log(kpi: Kpi) -> Path:
    """The log of a board with one KPI; nothing is in it."""
    (kpi.folder / "kpis.toml").write_text(BOARD)
    assert kpi("status").code == 0  # so that the definitions have been seen before
    return kpi.folder / "kpis.jsonl"


def lines(log: Path) -> list[LogLine]:
    reading = LogFile(str(log), log.name)
    found = list(reading.lines())
    assert (damages_of(reading), warnings(reading)) == ([], [])
    return found


def started(folder: Path, *words: str, command: str = "record") -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [BIN, command, *words],
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


@pytest.mark.parametrize("many", [MANY, pytest.param(200, marks=pytest.mark.exhaustive)])
def test_every_one_of_many_writers_is_recorded(kpi: Kpi, log: Path, many: int) -> None:
    runs = [
        started(kpi.folder, "mrr", str(number), "--yes", "--period", "2026-06")
        for number in range(1, many + 1)
    ]
    assert codes(runs) == [0] * many
    found = lines(log)
    assert sorted(int(line.value) for line in found) == list(range(1, many + 1))
    assert [line.at for line in found] == sorted({line.at for line in found})
    assert log.read_bytes().count(b"\n") == many


@pytest.mark.parametrize("many", [16, pytest.param(200, marks=pytest.mark.exhaustive)])
def test_writers_and_readers_of_a_long_log_that_is_remembered(
    kpi: Kpi, log: Path, many: int
) -> None:
    before = [
        line("visits", f"20{year:02}-{month:02}", number, at="2026-06-01T08:15:30.123456Z")
        for number in range(40)
        for year in range(1, 21)
        for month in range(1, 13)
    ]
    log.write_bytes(b"".join(before))
    log.write_bytes(log.read_bytes() * (LONG_LOG // log.stat().st_size + 1))
    old = log.read_bytes()
    words = ("mrr", "--all", "--period", "2026-06", "--json")
    runs, readers = [], []
    for number in range(1, many + 1):
        runs.append(started(kpi.folder, "mrr", str(number), "--yes", "--period", "2026-06"))
        readers += [started(kpi.folder, *words, command="history")] if number % 4 == 0 else []
    assert codes(runs) == [0] * many
    assert log.read_bytes().startswith(old)
    new = [found for found in lines(log) if found.period == "2026-06"]
    assert [found.at for found in new] == sorted({found.at for found in new})
    values = [found.value for found in new]
    assert sorted(map(int, values)) == list(range(1, many + 1))
    for reader in readers:
        out, err = reader.communicate(timeout=120)
        assert (reader.returncode, err.strip()) in {(0, ""), (0, NOTHING)}
        seen = [str(row["value"]) for row in json.loads(out)["records"]]
        assert seen == values[: len(seen)]
    assert len(list((kpi.folder / "cache/kpi/lines-1").iterdir())) == 1


@needs_proc
def test_a_log_that_is_repaired_again_and_again_loses_no_record(kpi: Kpi, log: Path) -> None:
    before = line("mrr", "2026-05", at="2026-06-01T08:15:30.123456Z")
    log.write_bytes(before)
    runs = [
        started(kpi.folder, "mrr", str(number), "--yes", "--period", "2026-06")
        for number in range(1, 17)
    ]
    for run in runs:
        _add(log, before)
        disk = Awaited(log, runs)
        assert repair(str(log), log.name, disk=disk).duplicates == 1
        run.wait(timeout=120)
    assert codes(runs) == [0] * 16
    found = lines(log)
    assert sorted(int(one.value) for one in found) == sorted([5, *range(1, 17)])
    assert log.read_bytes().count(before) == 1


class Awaited(Disk):
    """A log is replaced when a writer has it open and waits for the lock, if there is any left."""

    def __init__(self, log: Path, runs: list["subprocess.Popen[str]"]) -> None:
        self.log, self.runs = log, runs

    def rename(self, old: str, new: str) -> None:
        """As soon as that is so."""
        while (left := [run for run in self.runs if run.poll() is None]) and not any(
            _appends(run.pid, self.log) for run in left
        ):
            os.sched_yield()
        super().rename(old, new)


def _appends(pid: int, log: Path) -> bool:
    """Whether a process has the log open for appending."""
    opened = Path(f"/proc/{pid}/fd")
    try:
        numbers = [link.name for link in opened.iterdir() if link.readlink() == log]
        told = [Path(f"/proc/{pid}/fdinfo/{number}").read_text() for number in numbers]
    except OSError:  # it has ended meanwhile
        return False
    return any(int(text.split("flags:")[1].split()[0], 8) & os.O_APPEND for text in told)


def _add(log: Path, doubled: bytes) -> None:
    """A line that is there already, as a careless merge leaves it; under the lock."""
    known = LogState((0, 0, 0), {})
    append(str(log), log.name, Write([], known, lambda: known, is_final=True, sealed=doubled))


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
    known = LogState((found.st_dev, found.st_ino, found.st_size), {})
    disk = FaultyDisk()
    append(str(log), log.name, Write([record()], known, _never, is_final=True), disk)


def _never() -> LogState:
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
