"""What a program prints, and how it is ended."""

import os
import select
import sys
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.sources.command import run

VALUES = {"start": "2026-10-01", "end": "2026-11-01", "period": "2026-10"}


def python(code: str, *words: str, seconds: float = 10) -> bytes:
    return run([sys.executable, "-c", code, *words], VALUES, "", seconds)


def test_its_words_and_its_environment_hold_the_period() -> None:
    code = "import os, sys; print(sys.argv[1], os.environ['KPI_END'])"
    assert python(code, "{start}..{period}") == b"2026-10-01..2026-10 2026-11-01\n"


def test_no_shell_reads_its_words() -> None:
    assert python("import sys; print(sys.argv[1])", "$(echo hello); {other}") == (
        b"$(echo hello); {other}\n"
    )


def test_it_runs_in_the_folder_with_nothing_to_read(tmp_path: Path) -> None:
    code = "import os, sys; print(os.getcwd(), sys.stdin.read())"
    assert run([sys.executable, "-c", code], {}, str(tmp_path), 10) == f"{tmp_path} \n".encode()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import sys; sys.exit('no such table')", "ended with exit code 1: no such table"),
        ("import os; os.abort()", "ended by signal 6"),
        ("while True: print('x' * 2**20)", "prints more than 64 MB"),
    ],
)
def test_what_fails_says_how(code: str, message: str) -> None:
    with pytest.raises(KpiError, match=message):
        python(code)


def test_a_program_that_is_not_there_is_named_as_such() -> None:
    with pytest.raises(KpiError, match="could not be started: No such file"):
        run(["no-such-program"], VALUES, "", 10)


def test_past_the_deadline_it_is_ended_with_its_children(tmp_path: Path) -> None:
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    reading = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    child = f"import time; f = open({str(fifo)!r}, 'w'); f.write('x'); f.flush(); time.sleep(60)"
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {child!r}]).wait()"
    with pytest.raises(KpiError, match="no answer within 2 s"):
        python(code, seconds=2)
    assert os.read(reading, 1) == b"x"  # the child has been there
    assert select.select([reading], [], [], 5)[0]
    assert os.read(reading, 1) == b""  # and nobody has it open any more
    os.close(reading)
