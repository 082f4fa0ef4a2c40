"""Programs as the benchmarks run them: what a run costs, and those of other people."""

import json
import os
import pty
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import logs

BIN = Path(sys.executable).parent
"""Where the `kpi` stands that is measured."""

_UNIT = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """CPU seconds (user and system) and peak memory in MB, of the program alone."""

    seconds: float
    memory: float = 0.0


def spent(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    *,
    answer: str = "",
    is_terminal: bool = False,
    most: int = 0,
) -> Cost:
    """One run, whose answer goes into a pipe or to a terminal.

    Ends the benchmark where the run fails, with an exit code above `most`, or its answer does not
    hold what is expected.
    """
    reading, writing = pty.openpty() if is_terminal else os.pipe()
    if is_terminal:
        termios.tcsetwinsize(writing, (24, 80))
    child = subprocess.Popen(
        command,
        cwd=folder,
        env={**environment(folder), **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    said = b""
    with suppress(OSError):  # Linux says so, instead of an empty read, at a terminal's end
        while chunk := os.read(reading, 65536):
            said += chunk
    os.close(reading)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= child.returncode <= most or answer not in said.decode():
        sys.exit(f"{command} ended with {child.returncode}:\n{said.decode()}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT / 1e6)


def logs_of(folder: Path, records: int) -> str:
    """A log from a process of its own, since its memory would be measured in every child."""
    words = [sys.executable, logs.__file__, str(folder), "--records", str(records)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.split()[3]


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this machine's, such as a variable that forbids to keep what was compiled."""
    return {
        "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "WATSON_DIR": str(folder / "watson"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "KPI_BY": "Ada",
    }


def installed(folder: Path, distributions: Sequence[str]) -> Path:
    """Where the programs of other people stand, in a virtual environment that is thrown away."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = ("pip", "--python", str(python))
    subprocess.run([*pip, "install", "--quiet", *distributions], check=True)
    listed = subprocess.run([*pip, "list", "--format=json"], check=True, capture_output=True)
    for one in json.loads(listed.stdout):
        if one["name"] in distributions:
            print(one["name"], one["version"])
    print()
    return python.parent
