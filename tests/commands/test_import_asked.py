"""`kpi import`, `undo` and `retract` beside others: questions, locks, and who writes meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.recording import TOML, recorded, values
from tests.installed import Kpi, Run, Terminal, environment

HEAD = "kpi,period,value\n"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def test_a_terminal_pipes_nothing_in(terminal: Terminal, log: Path) -> None:
    screen = terminal("import", "-")
    assert screen.code == 2
    assert b"nothing is piped in: stdin is a terminal" in screen.sent
    assert not log.exists()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("y\n", (0, ["churn 2020-10 3", "profit 2020-10 900"]), id="yes"),
        pytest.param("n\n", (2, []), id="no"),
        pytest.param("\n", (2, []), id="nothing is no"),
        pytest.param("\x03", (130, []), id="Ctrl-C"),
        pytest.param("\x04", (2, []), id="Ctrl-D"),
    ],
)
def test_on_a_terminal_it_is_asked_once_about_all_of_them(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: tuple[int, list[str]]
) -> None:
    recorded(kpi, "churn", "4")
    recorded(kpi, "profit", "800")
    (kpi.folder / "new.csv").write_text(f"{HEAD}churn,2020-10,3\nprofit,2020-10,900\n")
    typed = [
        ("new.csv:2: Churn 2020-10: 3% would replace 4%", ""),
        ("new.csv:3: profit 2020-10: $900 would replace $800", ""),
        ("record 2 rows like that? [y/N] ", answer),
    ]
    screen = terminal("import", "new.csv", columns=200, typed=typed)
    assert (screen.code, values(log)[2:]) == expected
    assert b"Traceback" not in screen.sent


HOLD = """
import fcntl, sys
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.installed
def test_while_another_writes_nothing_is_recorded(kpi: Kpi, log: Path) -> None:
    """All three wait at the same time, each for its ten seconds."""
    recorded(kpi, "churn", "4")
    before = log.read_bytes()
    (kpi.folder / "new.csv").write_text(f"{HEAD}profit,2020-10,900\n")
    commands = ("import new.csv", "undo --yes", "retract churn --period 2020-10 -y")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(log)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert holder.stdout
    try:
        assert holder.stdout.readline() == b"held\n"
        runs = [started(kpi, command, errors=subprocess.PIPE) for command in commands]
        said = [run.communicate(timeout=20)[1].decode() for run in runs]
    finally:
        holder.kill()
        holder.communicate()
    assert [run.returncode for run in runs] == [2] * 3
    for text in said:
        assert "kpis.jsonl: busy: another kpi is writing; nothing recorded\n" in text
    assert log.read_bytes() == before


@pytest.mark.installed
@pytest.mark.parametrize("command", ["import new.csv", "undo", "retract churn --period 2020-10"])
def test_what_others_append_before_an_answer_is_not_overwritten(
    kpi: Kpi, log: Path, command: str
) -> None:
    recorded(kpi, "churn", "4")
    (kpi.folder / "new.csv").write_text(f"{HEAD}churn,2020-10,3\n")
    run = answered_late(kpi, log, command)
    assert run.code == 2
    assert "nothing recorded: somebody else recorded the same KPI and period" in run.err
    assert values(log) == ["churn 2020-10 4", "churn 2020-10 5"]


def started(
    kpi: Kpi, command: str, *, errors: int, answers: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    program = [str(Path(sys.executable).parent / "kpi"), *command.split()]
    variables = environment(kpi.folder)
    return subprocess.Popen(program, cwd=kpi.folder, env=variables, stdin=answers, stderr=errors)


def answered_late(kpi: Kpi, log: Path, command: str) -> Run:
    """Run it on a terminal, and answer yes once another record has been appended."""
    master, slave = os.openpty()
    run = started(kpi, command, answers=slave, errors=slave)
    os.close(slave)
    said = b""
    try:
        while b"[y/N]" not in said and (chunk := _read(master)):
            said += chunk
        with log.open("a") as file:
            file.write('{"kpi":"churn","period":"2020-10","value":5,"at":"2999-01-01T00:00:00Z"}\n')
        os.write(master, b"y\n")
        while chunk := _read(master):
            said += chunk
        return Run(run.wait(20), "", said.decode())
    finally:
        run.kill()
        run.wait()
        os.close(master)


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:
        return b""
