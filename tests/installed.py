"""`kpi` run as a person runs it: in a pipe, or in a terminal of a given size.

It runs in the process of the tests, or as the installed script where that is asked for.
"""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import main_thread
from time import monotonic

from tests.in_process import run_in_process

SECONDS, SILENCE = 60, 10
"""How long one run may take, and may say nothing after a Ctrl-C."""

Changes = Mapping[str, str | None]
"""Variables to set in the environment of a run; `None` takes one out."""

_BIN = Path(sys.executable).parent
_CTRL_C = "\x03"


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
    """`kpi` with no terminal on its three streams, in `folder` unless told otherwise."""

    folder: Path
    is_installed: bool = False

    def __call__(
        self,
        *args: str,
        stdin: str | bytes | None = None,
        env: Changes | None = None,
        cwd: Path | None = None,
    ) -> Run:
        """Run `kpi ARGS`; without `stdin` there is nothing to read."""
        content = stdin.encode() if isinstance(stdin, str) else stdin or b""
        run = _run_installed if self.is_installed else _run_in_process
        return run(args, content, environment(self.folder, env), cwd or self.folder)


@dataclass(frozen=True, slots=True)
class Terminal:
    """`kpi` in a pseudo-terminal, in `folder` unless told otherwise."""

    folder: Path
    is_installed: bool = False

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
        variables = environment(self.folder, {"TERM": "xterm-256color", **(env or {})})
        show = _show_installed if self.is_installed else _show_in_process
        return show(args, (rows, columns), typed, variables, cwd or self.folder)


def _run_installed(
    args: Sequence[str], stdin: bytes, variables: Mapping[str, str], cwd: Path
) -> Run:
    done = subprocess.run(
        [_BIN / "kpi", *args],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=cwd,
        env=variables,
        timeout=SECONDS,
    )
    return Run(done.returncode, _text(done.stdout), _text(done.stderr))


def _run_in_process(
    args: Sequence[str], stdin: bytes, variables: Mapping[str, str], cwd: Path
) -> Run:
    with TemporaryFile(buffering=0) as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        streams = (given.fileno(), out.fileno(), err.fileno())
        code = run_in_process(args, streams, variables, cwd, SECONDS)
        out.seek(0)
        err.seek(0)
        return Run(code, _text(out.read()), _text(err.read()))


def _show_installed(
    args: Sequence[str],
    size: tuple[int, int],
    typed: Sequence[tuple[str, str]],
    variables: Mapping[str, str],
    cwd: Path,
) -> Screen:
    program = str(_BIN / "kpi")
    pid, screen = pty.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run with `&`
            termios.tcsetwinsize(0, size)
            os.chdir(cwd)
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


def _show_in_process(
    args: Sequence[str],
    size: tuple[int, int],
    typed: Sequence[tuple[str, str]],
    variables: Mapping[str, str],
    cwd: Path,
) -> Screen:
    screen, program = pty.openpty()
    try:
        termios.tcsetwinsize(program, size)
        with ThreadPoolExecutor(1) as person:
            conversation = person.submit(_converse, screen, typed, is_in_process=True)
            try:
                code = run_in_process(args, (program,) * 3, variables, cwd, SECONDS)
            finally:
                os.close(program)
            return Screen(code, conversation.result())
    finally:
        os.close(screen)


def environment(folder: Path, changes: Changes | None = None) -> dict[str, str]:
    """All the variables that a run sees: none of this machine's."""
    variables: dict[str, str | None] = {
        "PATH": f"{_BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_STATE_HOME": str(folder / "state"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "KPI_BY": "tester",
        **(changes or {}),
    }
    return {name: value for name, value in variables.items() if value is not None}


def _converse(
    screen: int, typed: Sequence[tuple[str, str]], *, is_in_process: bool = False
) -> bytes:
    """Read to the end, answering each prompt in its turn.

    A terminal sends SIGINT to a process that it controls; a run in process is sent it from here,
    and once more where nothing came of it: one that arrives just before a read begins is not seen
    until that ends.
    """
    waiting, sent, seen = list(typed), b"", 0
    end, is_interrupted = monotonic() + SECONDS, False
    while chunk := _read(screen, end, sent, is_interrupted=is_interrupted):
        sent += chunk
        while waiting and (at := sent.find(waiting[0][0].encode(), seen)) >= 0:
            prompt, answer = waiting.pop(0)
            seen = at + len(prompt.encode())
            os.write(screen, answer.encode())
            is_interrupted = is_in_process and _CTRL_C in answer
            if is_interrupted:
                _interrupt()
    assert not waiting, f"never asked {waiting[0][0]!r}: {sent!r}"
    return sent


def _interrupt() -> None:
    signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)


def _read(screen: int, end: float, sent: bytes, *, is_interrupted: bool) -> bytes:
    while not select.select([screen], [], [], max(0, min(SILENCE, end - monotonic())))[0]:
        if monotonic() >= end:
            raise TimeoutError(f"still running after {SECONDS} s: {sent!r}")
        if is_interrupted:
            _interrupt()
    try:
        return os.read(screen, 65536)
    except OSError:  # Linux says so, instead of an empty read, once the other side is closed
        return b""


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogateescape")
