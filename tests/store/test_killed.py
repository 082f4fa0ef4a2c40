"""A real `kpi record` that is killed, interrupted or refused at each of its system calls."""

import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from kpicli.services.load import damages_of
from tests.installed import SECONDS, Kpi, environment
from tests.store.faults import told
from tests.store.logs import line, read
from tests.store.promises import EARLIER

BOARD = """
[defaults]
until = "2030"
[kpis.mrr]
frequency = "monthly"
unit = "kr"
"""
BEFORE = line(value=1, period="2026-05", at=EARLIER)
CALLS = (
    "openat,?newfstatat,?fstat,?statx,flock,pread64,rt_sigaction,write,fsync,ftruncate,close,"
    "rt_sigprocmask"
)
"""What the way from the opening of the log to the confirmation is made of."""

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]


class Call(NamedTuple):
    """A system call, which of its name in the run it is, and on what it was made."""

    name: str
    number: int
    arguments: str


class Done(NamedTuple):
    """How a run ended, and what it left of the log."""

    code: int
    err: str
    log: bytes


@pytest.fixture(params=[b"", BEFORE], ids=["an empty log", "a line"])
def before(kpi: Kpi, request: pytest.FixtureRequest) -> bytes:
    """What is in the log of a board whose definitions have been seen before."""
    (kpi.folder / "kpis.toml").write_text(BOARD)
    assert kpi("status").code == 0
    return bytes(request.param)


def run(kpi: Kpi, before: bytes, *options: str) -> Done:
    """Record under strace, in the log as it was before."""
    log = kpi.folder / "kpis.jsonl"
    log.write_bytes(before)
    trace = kpi.folder / "trace"
    strace = ["strace", "-f", "-o", str(trace), "-e", f"trace={CALLS}", *options]
    variables = environment(kpi.folder, {"PYTHONHASHSEED": "0"})
    done = subprocess.run(
        [*strace, "kpi", "record", "mrr", "7", "--yes", "--period", "2026-06"],
        cwd=kpi.folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return Done(done.returncode, done.stderr, log.read_bytes())


def calls(kpi: Kpi, before: bytes) -> list[Call]:
    """What a run calls from the moment on at which it opens the log to write."""
    done = run(kpi, before)
    if "ptrace" in done.err:
        pytest.skip(f"strace may not trace here: {done.err.splitlines()[0]}")
    assert done.code == 0
    found: list[Call] = []
    for text in (kpi.folder / "trace").read_text("utf-8", "replace").splitlines():
        if call := re.match(r"\d+ +(\w+)\((.*)", text):
            count = sum(one.name == call[1] for one in found) + 1
            found.append(Call(call[1], count, call[2]))
    [start] = [at for at, one in enumerate(found) if is_log(one)]
    return found[start:]


def is_log(call: Call) -> bool:
    return call.name == "openat" and "kpis.jsonl" in call.arguments and "O_APPEND" in call.arguments


def require_sound(kpi: Kpi, before: bytes, done: Done) -> None:
    """All of the old, all of the new or a part that is warned about, and one more is recorded."""
    assert done.log.startswith(before)
    assert "Traceback" not in done.err
    lines, reading = read(kpi.folder / "kpis.jsonl")
    values = [one.value for one in lines]
    assert values in (["1"] * bool(before), [*["1"] * bool(before), "7"])
    assert damages_of(reading) == []
    if done.code == 0:
        assert values[-1:] == ["7"]
    if "nothing recorded" in done.err:
        assert done.log == before
    assert kpi("record", "mrr", "9", "--yes", "--period", "2026-07").code == 0
    assert [one.value for one in read(kpi.folder / "kpis.jsonl")[0]] == [*values, "9"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_signal_at_every_call_leaves_a_sound_log(
    kpi: Kpi, before: bytes, number: signal.Signals
) -> None:
    codes = set()
    for call in calls(kpi, before):
        with told(number.name, *call):
            injected = f"inject={call.name}:signal={number.name}:when={call.number}"
            done = run(kpi, before, "-e", injected)
            codes.add(done.code)
            require_sound(kpi, before, done)
    assert codes <= {-number, 128 + number, 0}
    assert codes != {0}


REFUSED = {
    "the log may not be opened": (["openat:error=EACCES"], 2),
    "no lock": (["flock:error=ENOLCK"], 2),
    "a full disk": (["write:error=ENOSPC"], 2),
    "a short write": (["write:retval=5"], 2),
    "a medium that fails": (["fsync:error=EIO"], 2),
    "and cannot be cut back": (["fsync:error=EIO", "ftruncate:error=EIO"], 3),
    "an error of closing": (["close:error=EIO"], 0),
}


@pytest.mark.parametrize(("faults", "code"), REFUSED.values(), ids=REFUSED)
def test_a_call_that_the_system_refuses_is_told(
    kpi: Kpi, before: bytes, faults: list[str], code: int
) -> None:
    found = calls(kpi, before)
    options: list[str] = []
    for fault in faults:
        name, _, wrong = fault.partition(":")
        counts = [one.number for one in found if one.name == name and is_of_log(found, one)] or [1]
        options += ["-e", f"inject={name}:{wrong}:when={counts[0]}"]
    done = run(kpi, before, *options)
    assert done.code == code, done.err
    assert ("nothing recorded" in done.err) is (code == 2)
    assert ("outcome unknown" in done.err) is (code == 3)
    require_sound(kpi, before, done)


def is_of_log(calls: list[Call], call: Call) -> bool:
    """Whether it is made on the descriptor that the log was opened with."""
    descriptor = calls[0].arguments.rpartition("= ")[2]
    return call is calls[0] or re.match(rf"{descriptor}\b", call.arguments) is not None


def test_the_way_is_what_it_is_thought_to_be(kpi: Kpi, before: bytes, tmp_path: Path) -> None:
    names = [one.name for one in calls(kpi, before)]
    ends = [names.index("flock"), names.index("write"), names.index("close")]
    assert ends == sorted(ends) or not before
    assert names.count("fsync") == 2 - bool(before)
    assert (tmp_path / "trace").exists()
