"""What a program prints: a process group of its own, without a shell, with a deadline."""

import os
import selectors
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from time import monotonic

from kpicli.errors import KpiError
from kpicli.sources._deadline import stoppable, timed_out

MOST_BYTES = 64 * 2**20
_MOST_OF_ERROR = 64 * 2**10
_CHUNK = 2**16


def run(words: Sequence[str], values: Mapping[str, object], folder: str, seconds: float) -> bytes:
    """What the program prints on stdout; `values` fill `{start}` … in its words and `KPI_START` ….

    It runs in `folder` with nothing to read. Raises `KpiError` where it can't be started, fails,
    prints more than 64 MB, or is not done in time; its process group is killed in any case.
    """
    filled = [_fill(word, values) for word in words]
    variables = {f"KPI_{name.upper()}": str(value) for name, value in values.items()}
    try:
        process = subprocess.Popen(  # noqa: S603 - the words that somebody agreed to
            filled,
            cwd=folder or ".",
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "the first word names a program on the PATH"
        raise KpiError(f"could not be started: {reason}", hint=hint) from None

    def end() -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)

    try:
        with stoppable(end):
            output, complaint = _read(process, monotonic() + seconds, seconds)
    finally:
        end()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
    if code := process.returncode:
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        how = f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        message = f"{how}: {lines[-1][:200]}" if lines else how
        raise KpiError(message, hint="run it by itself to see more")
    return output


def _fill(word: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", str(value))
    return word


def _read(process: "subprocess.Popen[bytes]", end: float, seconds: float) -> tuple[bytes, bytes]:
    """Both streams to their end, and the program's end; of the second only the last part."""
    output, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout or 1, selectors.EVENT_READ, output)
        selector.register(process.stderr or 2, selectors.EVENT_READ, complaint)
        while selector.get_map():
            ready = selector.select(max(0, end - monotonic()))
            if not ready:
                raise timed_out(seconds)
            for key, _ in ready:
                chunk = os.read(key.fd, _CHUNK)
                key.data.extend(chunk)
                if not chunk:
                    selector.unregister(key.fileobj)
            if len(output) > MOST_BYTES:
                hint = "print only the periods that are asked for"
                raise KpiError(f"prints more than {MOST_BYTES // 2**20} MB", hint=hint)
            del complaint[:-_MOST_OF_ERROR]
    try:
        process.wait(max(0, end - monotonic()))
    except subprocess.TimeoutExpired:
        raise timed_out(seconds) from None
    return bytes(output), bytes(complaint)
