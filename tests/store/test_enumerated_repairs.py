"""A repair fails, or the machine stops, at every call: the old log or the new one, and a copy."""

import errno
from collections.abc import Callable
from typing import Any

import pytest

from kpicli.errors import Exit, KpiError
from kpicli.store.log.repair import repair
from tests.store.faults import ERRORS, Fault, each_call, fails, faults, taken, told
from tests.store.logs import FaultyDisk
from tests.store.promises import OLD, OLDER, Append, Outcome, attempt, require_one_more
from tests.store.simulated import LOG, Crash, Simulated
from tests.tiers import sampled

DAMAGED = OLD.replace(b"1,", b"2,")
LOGS = {
    "a line twice": (OLD + OLDER + OLD, OLD + OLDER),
    "a torn line": (OLD + OLDER[:40], OLD),
    "a damaged line": (DAMAGED + OLDER, OLDER),
    "a line end is missing": (OLDER + OLD[:-1], OLDER + OLD),
    "a conflict": (b"<<<<<<< a\n" + OLD + b"=======\n" + OLDER + b">>>>>>> b\n", OLD + OLDER),
    "a byte order mark": (b"\xef\xbb\xbf" + OLD, OLD),
    "nothing but damage": (DAMAGED, b""),
}
"""What is in the log, and what a repair makes of it."""
MORE = Append(None, is_fresh=False)
NO_LOG = "open:1", errno.ENOENT
"""There is nothing to repair."""

every_log = sampled("before,after", LOGS, {"a torn line"})


def attempted(disk: Any) -> Outcome:
    """Repair; anything raised but the failures that are promised goes through."""
    try:
        repair(LOG, "kpis.jsonl", disk=disk)
    except Crash:
        return Outcome.CRASHED
    except KpiError as error:
        return {Exit.CHECK_LOG: Outcome.UNKNOWN, Exit.UNUSABLE: Outcome.NOTHING}[error.code]
    return Outcome.RECORDED


def made(before: bytes) -> Simulated:
    return Simulated({LOG: before}, sector=192)


def calls_of(before: bytes) -> list[str]:
    disk = FaultyDisk(made(before))
    assert attempted(disk) is Outcome.RECORDED
    return disk.calls


def require(disk: Simulated, before: bytes, after: bytes, outcome: Outcome) -> None:
    """The log is whole, as it was or as it should be, and what it was is never lost."""
    content = disk.files.get(LOG)
    may_be = {Outcome.NOTHING: (before,), Outcome.RECORDED: (after,)}
    assert content in may_be.get(outcome, (before, after))
    copies = [kept for path, kept in disk.files.items() if path != LOG]
    assert content == before or before in copies


def require_after_crash(disk: Simulated, before: bytes, after: bytes, outcome: Outcome) -> int:
    """Whatever the medium kept; another repair then does what the first should have."""
    count = 0
    for survivor in disk.after_crash():
        count += 1
        require(survivor, before, after, outcome)
        assert attempted(survivor) is Outcome.RECORDED
        assert survivor.files[LOG] == after
        require_one_more(survivor)
    return count


def temporary(disk: Simulated) -> list[str]:
    return [path for path in disk.files if path.endswith(".tmp")]


@every_log
def test_a_repair_is_durable_and_a_second_one_changes_nothing(before: bytes, after: bytes) -> None:
    disk = made(before)
    assert attempted(disk) is Outcome.RECORDED
    require(disk, before, after, Outcome.RECORDED)
    assert require_after_crash(disk, before, after, Outcome.RECORDED) == 1
    files = disk.files
    assert attempted(disk) is Outcome.RECORDED
    assert disk.files == files
    assert len(files) == 2


@every_log
def test_every_call_of_a_repair_fails_once_and_for_ever(before: bytes, after: bytes) -> None:
    for name, count in each_call(calls_of(before)):
        for number in ERRORS[name]:
            for key in (f"{name}:{count}", f"{name}:{count}+"):
                if (key.removesuffix("+"), number) == NO_LOG:
                    continue
                with told(key, errno.errorcode[number]):
                    disk = made(before)
                    fault = dict(faults(disk, name))[number]
                    outcome = attempted(FaultyDisk(disk, **{key: fault}))
                    require(disk, before, after, outcome)
                    assert temporary(disk) == []
                    assert disk.opened == set()
                    require_one_more(disk)


@every_log
def test_a_repair_that_fails_leaves_a_sound_log_after_any_crash(
    before: bytes, after: bytes
) -> None:
    for name, count in each_call(calls_of(before)):
        with told(name, count):
            disk = made(before)
            _, fault = next(faults(disk, name))
            outcome = attempted(FaultyDisk(disk, **{f"{name}:{count}": fault}))
            is_durable = outcome is Outcome.RECORDED
            require_after_crash(disk, before, after, outcome if is_durable else Outcome.CRASHED)


@every_log
def test_short_writes_of_every_length_never_shorten_the_log(before: bytes, after: bytes) -> None:
    for size in range(len(before)):
        with told("a write of", size):
            disk = made(before)
            outcome = attempted(FaultyDisk(disk, write=taken(disk, size)))
            require(disk, before, after, outcome)
            disk = made(before)
            wrong = taken(disk, size, fails(errno.ENOSPC))
            assert attempted(FaultyDisk(disk, **{"write:1": wrong})) is Outcome.NOTHING
            assert disk.files == {LOG: before}


@every_log
def test_where_tidying_up_fails_too_the_log_is_sound(before: bytes, after: bytes) -> None:
    second: dict[str, Fault] = {
        "unlink": fails(errno.EIO),
        "rename:2+": fails(errno.EIO),
    }
    for name, count in each_call(calls_of(before)):
        with told(name, count, "and tidying up"):
            disk = made(before)
            _, fault = next(faults(disk, name))
            outcome = attempted(FaultyDisk(disk, **{**second, f"{name}:{count}": fault}))
            require(disk, before, after, outcome)
            assert disk.opened == set()
            require_after_crash(disk, before, after, Outcome.CRASHED)


@every_log
def test_a_crash_at_every_call_leaves_the_old_log_or_the_new_one(
    before: bytes, after: bytes
) -> None:
    states = 0
    for name, count in each_call(calls_of(before)):
        for is_after in (False, True):
            with told("a crash", ("before", "after")[is_after], name, count):
                disk = made(before)
                crash = _crash(disk, name, is_after=is_after)
                outcome = attempted(FaultyDisk(disk, **{f"{name}:{count}": crash}))
                assert outcome is Outcome.CRASHED
                states += require_after_crash(disk, before, after, outcome)
    assert states > 100


def _crash(disk: Simulated, name: str, *, is_after: bool) -> Callable[..., None]:
    def crash(*arguments: Any) -> None:
        if is_after:
            getattr(disk, name)(*arguments)
        disk.is_dead = True
        raise Crash

    return crash


@every_log
def test_a_rename_that_fails_although_it_was_done_leaves_a_copy(
    before: bytes, after: bytes
) -> None:
    disk = made(before)

    def renamed(old: str, new: str) -> None:
        disk.rename(old, new)
        raise OSError(errno.EIO, "EIO")

    outcome = attempted(FaultyDisk(disk, **{"rename:1": renamed}))
    assert outcome is not Outcome.RECORDED
    require(disk, before, after, Outcome.UNKNOWN)
    require_after_crash(disk, before, after, Outcome.UNKNOWN)


@every_log
@pytest.mark.parametrize("is_taken_back", [False, True], ids=["well", "but is taken back"])
def test_a_writer_at_every_call_of_a_repair_that_goes_loses_nothing(
    before: bytes, after: bytes, *, is_taken_back: bool
) -> None:
    right = calls_of(before)
    wrong = {f"sync:{right.count('sync')}": fails(errno.EIO)} if is_taken_back else {}
    faulty = FaultyDisk(made(before), **wrong)
    attempted(faulty)
    for name, count in each_call(faulty.calls):
        key = f"{name}:{count}"
        with told(key):
            disk = made(before)
            said: list[Outcome] = []
            writer = _writer(disk, said, wrong.get(key, getattr(disk, name)))
            outcome = attempted(FaultyDisk(disk, **{**wrong, key: writer}))
            assert outcome is Outcome.RECORDED or (outcome is Outcome.NOTHING and is_taken_back)
            content = disk.files[LOG]
            assert content.count(MORE.added) == (said[0] is Outcome.RECORDED)
            assert said[0] in (Outcome.RECORDED, Outcome.NOTHING)
            others = content.replace(MORE.added, b"").rstrip(b"\n")
            assert others in (before.rstrip(b"\n"), after.rstrip(b"\n"))
            require_one_more(disk)


def _writer(disk: Simulated, said: list[Outcome], then: Fault) -> Fault:
    """Another process appends, and only then the call is made."""

    def write(*arguments: Any) -> Any:
        said.append(attempt(FaultyDisk(disk), MORE))
        return then(*arguments)

    return write
