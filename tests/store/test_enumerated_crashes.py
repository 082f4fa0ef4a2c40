"""The machine stops before and after every call of an append, whatever the medium then keeps."""

from typing import Any

import pytest

from tests.store.faults import each_call, told
from tests.store.logs import FaultyDisk
from tests.store.promises import (
    APPENDS,
    FEW,
    SAMPLE,
    Append,
    Outcome,
    attempt,
    require,
    require_after_crash,
)
from tests.store.simulated import Crash, Simulated
from tests.tiers import sampled

pytestmark = pytest.mark.usefixtures("every_reading")

every_append = sampled("given", APPENDS, SAMPLE)


def crashed(given: Append, name: str, count: int, *, is_after: bool) -> Simulated:
    """The disk of a machine that stopped at a call."""
    disk = given.disk()

    def crash(*arguments: Any) -> None:
        if is_after:
            getattr(disk, name)(*arguments)
        disk.is_dead = True
        raise Crash

    outcome = attempt(FaultyDisk(disk, **{f"{name}:{count}": crash}), given)
    assert outcome is Outcome.CRASHED
    return disk


def require_all(given: Append) -> int:
    """A crash at every call; how many states were left."""
    disk = FaultyDisk(given.disk())
    attempt(disk, given)
    states = 0
    for name, count in each_call(disk.calls):
        for is_after in (False, True):
            with told("a crash", ("before", "after")[is_after], name, count):
                survivor = crashed(given, name, count, is_after=is_after)
                states += require_after_crash(survivor, given, Outcome.CRASHED)
    return states


@sampled("given", APPENDS, FEW)
def test_a_crash_at_every_call_leaves_a_sound_log(given: Append) -> None:
    assert require_all(given) > 100


@every_append
@pytest.mark.exhaustive
def test_a_crash_at_every_call_with_small_sectors_leaves_a_sound_log(given: Append) -> None:
    assert require_all(given._replace(sector=given.sector // 2)) > 500


@every_append
def test_what_was_recorded_is_there_after_any_crash(given: Append) -> None:
    disk = given.disk()
    outcome = attempt(FaultyDisk(disk), given)
    assert outcome is Outcome.RECORDED
    require(disk, given, outcome)
    assert require_after_crash(disk, given, outcome) == 1
