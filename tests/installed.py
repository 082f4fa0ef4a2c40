"""The installed `kpi`, run as a person runs it: in a pipe, or in a terminal of a given size."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

SECONDS = 20
"""How long one run may take."""

Changes = Mapping[str, str | None]
"""Variables to set in the environment of a run; `None` takes one out."""

_BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of a pipe, byte for byte; the code is negative for a signal."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What a terminal was sent, escapes and all; the code is negative for a signal."""

    code: int
    sent: bytes


@dataclass(frozen=True, slots=True)
class Kpi:
    """`kpi` with its three streams in pipes, in `folder` unless told otherwise."""

    folder: Path

    def __call__(
        self,
        *args: str,
        stdin: str | bytes | None = None,
        env: Changes | None = None,
        cwd: Path | None = None,
    ) -> Run:
        """Run `kpi ARGS`; without `stdin` there is nothing to read."""
        given = stdin.encode() if isinstance(stdin, str) else stdin or b""
        done = subprocess.run(
            [_BIN / "kpi", *args],
            input=given,
            capture_output=True,
            check=False,
            cwd=cwd or self.folder,
            env=environment(self.folder, env),
            timeout=SECONDS,
        )
        return Run(done.returncode, _text(done.stdout), _text(done.stderr))


@dataclass(frozen=True, slots=True)
class Terminal:
    """`kpi` in a pseudo-terminal, in `folder` unless told otherwise."""

    folder: Path

    def __call__(
        self,
        *args: str,
        columns: int = 80,
        rows: int = 24,
        typed: Sequence[tuple[str, str]] = (),
        env: Changes | None = None,
        cwd: Path | None = None,
    ) -> Screen:
        """Run `kpi ARGS`; of `typed`, each second text is sent once the first has appeared."""
        program = str(_BIN / "kpi")
        variables = environment(self.folder, {"TERM": "xterm-256color", **(env or {})})
        pid, screen = pty.fork()
        if pid == 0:
            try:
                termios.tcsetwinsize(0, (rows, columns))
                os.chdir(cwd or self.folder)
                os.execve(program, [program, *args], variables)
            finally:
                os._exit(127)
        try:
            sent = _converse(screen, typed)
        except BaseException:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        finally:
            os.close(screen)
        return Screen(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), sent)


def environment(folder: Path, changes: Changes | None = None) -> dict[str, str]:
    """All the variables that a run sees: none of this machine's, but those that measure it."""
    variables: dict[str, str | None] = {
        "PATH": f"{_BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "KPI_BY": "tester",
        **{name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_PROCESS_")},
        **(changes or {}),
    }
    return {name: value for name, value in variables.items() if value is not None}


def _converse(screen: int, typed: Sequence[tuple[str, str]]) -> bytes:
    """Read to the end, answering each prompt in its turn."""
    waiting, sent, seen = list(typed), b"", 0
    end = monotonic() + SECONDS
    while chunk := _read(screen, end - monotonic(), sent):
        sent += chunk
        while waiting and (at := sent.find(waiting[0][0].encode(), seen)) >= 0:
            prompt, answer = waiting.pop(0)
            seen = at + len(prompt.encode())
            os.write(screen, answer.encode())
    assert not waiting, f"never asked {waiting[0][0]!r}: {sent!r}"
    return sent


def _read(screen: int, seconds: float, sent: bytes) -> bytes:
    ready, _, _ = select.select([screen], [], [], max(0, seconds))
    if not ready:
        raise TimeoutError(f"still running after {SECONDS} s: {sent!r}")
    try:
        return os.read(screen, 65536)
    except OSError:  # Linux says so, instead of an empty read, once the other side is closed
        return b""


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogateescape")
