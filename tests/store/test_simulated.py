"""The simulated disk does what the real one does, and loses what a real one may lose."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.store.disk import Disk
from tests.store.simulated import FOLDER, LOG, Crash, Simulated

Steps = Callable[[Disk, str], object]
APPENDING = os.O_RDWR | os.O_APPEND | os.O_CREAT


def _append(disk: Disk, folder: str) -> object:
    descriptor = disk.open(f"{folder}/kpis.jsonl", APPENDING, 0o600)
    sizes = [disk.write(descriptor, text) for text in (b"one\n", b"two\n")]
    disk.cut(descriptor, 6)
    found = disk.status(descriptor)
    seen = disk.read(descriptor, 4, 3), disk.read(descriptor, 9, 9), found.st_size, found.st_mode
    disk.close(descriptor)
    return sizes, seen


def _replace(disk: Disk, folder: str) -> object:
    old = disk.open(f"{folder}/kpis.jsonl", APPENDING, 0o600)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    new = disk.open(f"{folder}/.kpi-1.tmp", flags, 0o600)
    disk.write(new, b"one\n")
    disk.write(new, b"two\n")
    disk.set_mode(new, 0o640)
    disk.rename(f"{folder}/.kpi-1.tmp", f"{folder}/kpis.jsonl")
    now = disk.status_of(f"{folder}/kpis.jsonl")
    is_same = now.st_ino == disk.status(new).st_ino, now.st_ino == disk.status(old).st_ino
    seen = disk.names(folder), now.st_size, now.st_mode, is_same
    disk.unlink(f"{folder}/kpis.jsonl")
    return seen, disk.names(folder), disk.status(old).st_size


def _lock(disk: Disk, folder: str) -> object:
    first, second = (disk.open(f"{folder}/kpis.jsonl", APPENDING, 0o600) for _ in range(2))
    tries = [disk.lock(first), disk.lock(second), disk.lock(first)]
    disk.close(first)
    return tries, disk.lock(second)


def _folder(disk: Disk, folder: str) -> object:
    descriptor = disk.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    disk.sync(descriptor)
    return disk.status_of(folder).st_mode & 0o170000


WAYS: dict[str, Steps] = {
    "append": _append,
    "replace": _replace,
    "lock": _lock,
    "folder": _folder,
}
REFUSED: dict[str, tuple[int, Steps]] = {
    "no file": (errno.ENOENT, lambda disk, folder: disk.open(f"{folder}/none", os.O_RDONLY)),
    "no folder": (errno.ENOENT, lambda disk, folder: disk.open(f"{folder}/no/x", APPENDING)),
    "a file that is there": (
        errno.EEXIST,
        lambda disk, folder: [
            disk.open(f"{folder}/x", os.O_CREAT | os.O_EXCL | os.O_RDWR) for _ in range(2)
        ],
    ),
    "a closed descriptor": (errno.EBADF, lambda disk, _: disk.read(999, 1, 0)),
    "no status": (errno.ENOENT, lambda disk, folder: disk.status_of(f"{folder}/none")),
    "no name to remove": (errno.ENOENT, lambda disk, folder: disk.unlink(f"{folder}/none")),
    "no name to change": (
        errno.ENOENT,
        lambda disk, folder: disk.rename(f"{folder}/none", f"{folder}/x"),
    ),
    "writing where one may read": (
        errno.EBADF,
        lambda disk, folder: disk.write(
            disk.open(f"{folder}/x", os.O_CREAT | os.O_RDONLY, 0o600), b"x"
        ),
    ),
    "reading a folder": (
        errno.EISDIR,
        lambda disk, folder: disk.read(disk.open(folder, os.O_RDONLY | os.O_DIRECTORY), 1, 0),
    ),
}


@pytest.mark.parametrize("steps", WAYS.values(), ids=WAYS)
def test_the_same_calls_give_the_same_answers(tmp_path: Path, steps: Steps) -> None:
    assert steps(Simulated(), FOLDER) == steps(Disk(), str(tmp_path))


@pytest.mark.parametrize(("number", "steps"), REFUSED.values(), ids=REFUSED)
def test_the_same_calls_are_refused(tmp_path: Path, number: int, steps: Steps) -> None:
    for disk, folder in ((Simulated(), FOLDER), (Disk(), str(tmp_path))):
        with pytest.raises(OSError, match=os.strerror(number)) as caught:
            steps(disk, folder)
        assert caught.value.errno == number


def _left(disk: Simulated, path: str = LOG) -> set[bytes | None]:
    return {survivor.files.get(path) for survivor in disk.after_crash()}


def test_what_was_not_synced_may_be_short_lost_in_any_sector_or_whole() -> None:
    disk = Simulated({LOG: b"0123"}, sector=4)
    disk.write(disk.open(LOG, APPENDING), b"abcdEFGH")
    prefixes = {b"0123abcdEFGH"[:size] for size in range(4, 13)}
    lost = {
        b"0123" + first + second
        for fill in (b"\0\0\0\0", b'e":5')
        for first in (b"abcd", fill)
        for second in (b"EFGH", fill)
    }
    assert _left(disk) == prefixes | lost


def test_what_was_synced_is_there() -> None:
    disk = Simulated({LOG: b"0123"})
    descriptor = disk.open(LOG, APPENDING)
    disk.write(descriptor, b"abcd")
    disk.sync(descriptor)
    assert _left(disk) == {b"0123abcd"}


def test_a_sync_after_one_that_failed_makes_nothing_durable() -> None:
    disk = Simulated({LOG: b"0123"})
    descriptor = disk.open(LOG, APPENDING)
    disk.write(descriptor, b"abcd")
    disk.fail_sync(descriptor)
    disk.sync(descriptor)
    assert b"0123" in _left(disk)


def test_a_cut_that_was_not_synced_may_not_have_been() -> None:
    disk = Simulated({LOG: b"0123"})
    disk.cut(disk.open(LOG, APPENDING), 2)
    assert _left(disk) == {b"0123", b"01"}


def test_a_name_that_was_not_synced_may_be_missing() -> None:
    disk = Simulated()
    descriptor = disk.open(LOG, APPENDING)
    disk.write(descriptor, b"a")
    disk.sync(descriptor)
    assert _left(disk) == {None, b"a"}
    disk.sync(disk.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY))
    assert _left(disk) == {b"a"}


def test_a_new_name_may_come_before_what_stands_under_it() -> None:
    disk = Simulated({LOG: b"old"})
    temporary = f"{FOLDER}/.kpi-1.tmp"
    descriptor = disk.open(temporary, APPENDING)
    disk.write(descriptor, b"new")
    disk.rename(temporary, LOG)
    assert {b"old", b"new", b""} <= _left(disk)
    assert _left(disk, temporary) >= {None, b"new", b""}


def test_nothing_happens_after_a_crash() -> None:
    disk = Simulated({LOG: b"old"})
    descriptor = disk.open(LOG, APPENDING)
    disk.is_dead = True
    with pytest.raises(Crash):
        disk.cut(descriptor, 0)
    assert disk.files == {LOG: b"old"}
