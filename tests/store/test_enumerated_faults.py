"""Every call of an append fails, in its turn, once and for ever, in every way it may."""

import errno
import os
from itertools import cycle, product
from typing import Any

import pytest

from tests.store.faults import Fault, each_call, fails, faults, taken, told
from tests.store.logs import FaultyDisk, record
from tests.store.promises import (
    APPENDS,
    FEW,
    SAMPLE,
    Append,
    Outcome,
    attempt,
    require,
    require_after_crash,
    require_one_more,
)
from tests.store.simulated import LOG, Simulated
from tests.tiers import sampled

pytestmark = pytest.mark.usefixtures("every_reading")

CUT_ERRORS = [errno.EIO, errno.EPERM, errno.EROFS]
MISSING = {("status_of", errno.ENOENT), ("open", errno.ENOENT)}
"""A log that is gone is made again, and one that is gone for its reader is empty."""

IN_PLACE = {name: given for name, given in APPENDS.items() if not given.is_much}
"""Those that write to the log itself, and so may have to take that back."""

every_append = sampled("given", APPENDS, SAMPLE)


def calls_of(given: Append, **wrong: Fault) -> list[str]:
    """What an append calls when nothing, or only that, goes wrong."""
    disk = FaultyDisk(given.disk(), **wrong)
    attempt(disk, given)
    return disk.calls


def tried(disk: Simulated, given: Append, **wrong: Fault) -> Outcome:
    """Append over a disk with faults, and see that what was promised holds at once."""
    outcome = attempt(FaultyDisk(disk, **wrong), given)
    require(disk, given, outcome)
    assert disk.opened == set()
    return outcome


@every_append
def test_every_call_fails_once_and_for_ever(given: Append) -> None:
    for name, count in each_call(calls_of(given)):
        for number, _ in faults(given.disk(), name):
            for key in (f"{name}:{count}", f"{name}:{count}+"):
                with told(key, errno.errorcode[number]):
                    disk = given.disk()
                    fault = dict(faults(disk, name))[number]
                    outcome = tried(disk, given, **{key: fault})
                    right = Outcome.RECORDED if name in {"unlock", "close"} else Outcome.NOTHING
                    is_helped = given.is_much and (outcome is not Outcome.UNKNOWN or name == "sync")
                    assert outcome is right or (name, number) in MISSING or is_helped
                    assert disk.files.keys() <= {LOG} or name == "unlink"
                    require_one_more(disk)


@sampled("given", APPENDS, FEW)
def test_what_was_recorded_in_spite_of_a_fault_is_durable(given: Append) -> None:
    for name, count in each_call(calls_of(given)):
        for number, _ in faults(given.disk(), name):
            with told(name, count, errno.errorcode[number]):
                disk = given.disk()
                fault = dict(faults(disk, name))[number]
                outcome = tried(disk, given, **{f"{name}:{count}": fault})
                if outcome is Outcome.RECORDED:
                    require_after_crash(disk, given, outcome)


@every_append
def test_a_write_of_every_length_is_taken_back(given: Append) -> None:
    for size in range(len(given.added) + 1):
        for fail in (None, fails(errno.ENOSPC)):
            if fail is None and size == len(given.added):
                continue
            with told("a write of", size):
                disk = given.disk()
                is_enough = given.is_much and size > 0 and fail is None
                right = Outcome.RECORDED if is_enough else Outcome.NOTHING
                assert tried(disk, given, write=taken(disk, size, fail)) is right
        require_one_more(disk)


@sampled("given", IN_PLACE, FEW)
def test_where_cutting_back_fails_too_the_outcome_is_unknown(given: Append) -> None:
    ways = zip(range(len(given.added)), cycle(product((None, fails(errno.EIO)), CUT_ERRORS)))
    for size, (fail, number) in ways:
        with told("a write of", size, "and no cut"):
            disk = given.disk()
            wrong = {"write": taken(disk, size, fail), "cut": fails(number)}
            assert tried(disk, given, **wrong) is Outcome.UNKNOWN
            require_one_more(disk)


@sampled("given", APPENDS, FEW)
def test_where_neither_sync_nor_cut_works_the_outcome_is_unknown(given: Append) -> None:
    last = f"sync:{calls_of(given).count('sync')}"
    for number in CUT_ERRORS:
        disk = given.disk()
        _, fault = next(faults(disk, "sync"))
        outcome = tried(disk, given, **{last: fault, "cut": fails(number)})
        assert outcome is Outcome.UNKNOWN
        if number == CUT_ERRORS[0]:
            require_after_crash(disk, given, outcome)
        require_one_more(disk)


@sampled("given", APPENDS, FEW)
def test_after_a_write_that_failed_no_crash_brings_a_wrong_record(given: Append) -> None:
    size = len(given.added)
    for taking in sorted({0, 1, size // 2, size - 1, size}):
        with told("a write of", taking):
            disk = given.disk()
            outcome = tried(disk, given, write=taken(disk, taking, fails(errno.EIO)))
            require_after_crash(disk, given, outcome)


@every_append
def test_a_lock_that_others_hold_is_waited_for_and_then_given_up(given: Append) -> None:
    def held(_descriptor: int) -> bool:
        return False

    disk = given.disk()
    assert tried(disk, given, **{"lock:1": held}) is Outcome.RECORDED
    disk = given.disk()
    assert tried(disk, given, lock=held) is Outcome.NOTHING


@every_append
@pytest.mark.parametrize("wrong", [None, "write", "sync"])
def test_another_writer_at_every_call_of_the_first_loses_nothing(
    given: Append, wrong: str | None
) -> None:
    faulty = {wrong: fails(errno.EIO)} if wrong else {}
    for name, count in each_call(calls_of(given, **faulty)):
        with told(name, count):
            _require_both(given, name, count, faulty)


def _require_both(given: Append, name: str, count: int, wrong: dict[str, Fault]) -> None:
    disk = given.disk()
    other = Append(None, (record("visits"), record("leads")), is_fresh=False)
    said: list[Outcome] = []

    def meanwhile(*arguments: Any) -> Any:
        said.append(attempt(FaultyDisk(disk), other))
        return wrong.get(name, getattr(disk, name))(*arguments)

    said.append(attempt(FaultyDisk(disk, **{**wrong, f"{name}:{count}": meanwhile}), given))
    content = disk.files.get(LOG, b"")
    assert content.startswith(given.old)
    for outcome, one in zip(said, (other, given), strict=True):
        assert content.count(one.added.lstrip(b"\n")) == (outcome is Outcome.RECORDED)
        assert outcome in (Outcome.RECORDED, Outcome.NOTHING)
    require_one_more(disk)


@every_append
def test_a_reader_at_every_call_sees_all_of_the_write_or_nothing(given: Append) -> None:
    for name, count in each_call(calls_of(given)):
        with told(name, count):
            disk = given.disk()

            def read(*arguments: Any, name: str = name, disk: Simulated = disk) -> Any:
                assert disk.files.get(LOG, b"") in (given.old, given.old + given.added)
                return getattr(disk, name)(*arguments)

            attempt(FaultyDisk(disk, **{f"{name}:{count}": read}), given)


@every_append
def test_a_log_that_is_replaced_at_every_call_loses_no_record(given: Append) -> None:
    for name, count in each_call(calls_of(given)):
        with told(name, count):
            disk = given.disk()

            def replaced(*arguments: Any, name: str = name, disk: Simulated = disk) -> Any:
                _replace(disk)
                return getattr(disk, name)(*arguments)

            outcome = attempt(FaultyDisk(disk, **{f"{name}:{count}": replaced}), given)
            assert outcome is Outcome.RECORDED
            assert disk.files[LOG] == given.old + given.added


def _replace(disk: Simulated) -> None:
    """As a repair does it: under the lock, and only where it is free."""
    if LOG not in disk.files:
        return
    old = disk.open(LOG, os.O_RDWR)
    if disk.lock(old):
        new = disk.open(f"{LOG}.tmp", os.O_RDWR | os.O_CREAT)
        disk.write(new, disk.files[LOG])
        disk.sync(new)
        disk.rename(f"{LOG}.tmp", LOG)
        disk.close(new)
    disk.close(old)
