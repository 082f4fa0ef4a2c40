"""`kpi` run inside the process of the tests, as if it had one of its own.

The environment, the folder, the time zone, the three streams and the signals are those of a new
process for as long as the run takes, and put back after it.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

from kpicli.cli.app import main

_STREAMS = ("stdin", "stdout", "stderr")
_SIGNALS: dict[signal.Signals, "signal._HANDLER"] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
    signal.SIGHUP: signal.SIG_DFL,
}
"""How a new interpreter treats those that kpi has a handler for."""
_ENCODING_VARIABLES = (
    *("LC_ALL", "LC_CTYPE", "LANG"),
    *("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE"),
)
_ENCODINGS = """\
import sys
for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.encoding, stream.errors)
"""


class StillRunningError(BaseException):
    """A run that takes too long; no `except Exception` of kpi's may hold it."""


def run_in_process(
    args: Sequence[str],
    streams: tuple[int, int, int],
    variables: Mapping[str, str],
    cwd: Path,
    seconds: int,
) -> int:
    """Run `kpi ARGS` with `streams` as its descriptors 0, 1 and 2; returns the exit code."""
    with ExitStack() as process:
        process.enter_context(_signals(seconds))
        process.enter_context(_folder(cwd))
        process.enter_context(_variables(variables))
        process.enter_context(_descriptors(streams))
        process.enter_context(_standard_streams(variables))
        process.enter_context(_attributes({"argv": ["kpi", *args]}))
        try:
            return main()
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else int(ended.code is not None)


@contextmanager
def _signals(seconds: int) -> Iterator[None]:
    """The handlers of a new process, and an alarm after some seconds."""
    before = {number: signal.signal(number, handler) for number, handler in _SIGNALS.items()}
    before[signal.SIGALRM] = signal.signal(signal.SIGALRM, _raise_still_running)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_still_running(_number: int, _frame: FrameType | None) -> None:
    raise StillRunningError


@contextmanager
def _folder(cwd: Path) -> Iterator[None]:
    """By descriptor, so that the way back is there even if the folder is moved."""
    before = os.open(".", os.O_RDONLY)
    try:
        os.chdir(cwd)
        yield
    finally:
        os.fchdir(before)
        os.close(before)


@contextmanager
def _variables(variables: Mapping[str, str]) -> Iterator[None]:
    """Only what differs is changed: each change is one of the process's own environment too."""
    before = dict(os.environ)
    _change_environment(before, variables)
    try:
        yield
    finally:
        _change_environment(dict(os.environ), before)


def _change_environment(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    for name in before.keys() - after.keys():
        del os.environ[name]
    os.environ.update(after.items() - before.items())
    time.tzset()


@contextmanager
def _descriptors(streams: tuple[int, int, int]) -> Iterator[None]:
    before = [os.dup(number) for number in range(3)]
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        yield
    finally:
        for number, stream in enumerate(before):
            os.dup2(stream, number)
            os.close(stream)


@contextmanager
def _standard_streams(variables: Mapping[str, str]) -> Iterator[None]:
    """`sys.stdin` and its like, and the `sys.__stdin__` of each, over the descriptors."""
    settings = tuple(variables.get(name) for name in _ENCODING_VARIABLES)
    streams = {
        name: _stream(number, *encoding)
        for number, (name, encoding) in enumerate(zip(_STREAMS, _encodings(settings), strict=True))
    }
    originals = {f"__{name}__": stream for name, stream in streams.items()}
    try:
        with _attributes({**streams, **originals}):
            yield
    finally:
        for stream in streams.values():
            with suppress(OSError):
                stream.close()


def _stream(number: int, encoding: str, errors: str) -> TextIOWrapper:
    return TextIOWrapper(
        open(number, "wb" if number else "rb", closefd=False),
        encoding=encoding,
        errors=errors,
        newline="\n",
        line_buffering=number == 2 or os.isatty(number),
    )


@cache
def _encodings(settings: tuple[str | None, ...]) -> tuple[tuple[str, str], ...]:
    """The encoding of each stream and what becomes of errors, as a new interpreter has them."""
    named = zip(_ENCODING_VARIABLES, settings, strict=True)
    done = subprocess.run(
        [sys.executable, "-S", "-c", _ENCODINGS],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        env={name: value for name, value in named if value is not None},
    )
    encoding_of, errors_of = done.stdout.split()[::2], done.stdout.split()[1::2]
    return tuple(
        (encoding.decode(), errors.decode())
        for encoding, errors in zip(encoding_of, errors_of, strict=True)
    )


@contextmanager
def _attributes(values: Mapping[str, object]) -> Iterator[None]:
    """Attributes of `sys`."""
    before = {name: getattr(sys, name) for name in values}
    vars(sys).update(values)
    try:
        yield
    finally:
        vars(sys).update(before)
