"""The lock of a writer, on the file that a path leads to now, and how long one waits for it."""

import os
from collections.abc import Iterator

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.store.disk import Disk, refused, release, require_regular
from kpicli.store.git import in_git

NOTHING = "nothing recorded: "
LOCK_SECONDS = 10.0  # how long a writer waits while no other one writes
_CHUNK = 1 << 20
_SHORTEST, _LONGEST = 0.001, 0.05  # seconds between two tries for the lock


class Original(NamedTuple):
    """A log that is locked: where it really is, how to name it, and what it was under the lock.

    `file_name` is how to name the file itself, where the log is a link to it.
    """

    path: str
    name: str
    file_name: str
    descriptor: int
    file: os.stat_result

    def pieces(self, disk: Disk) -> Iterator[bytes]:
        """All of its bytes, piece by piece."""
        size, at = self.file.st_size, 0
        while at < size and (piece := disk.read(self.descriptor, min(_CHUNK, size - at), at)):
            yield piece
            at += len(piece)


def locked(
    path: str, name: str, disk: Disk, *, is_created: bool = True, undone: str = NOTHING
) -> tuple[int, os.stat_result]:
    """A locked descriptor of the file that the path leads to now, and what that file is.

    A file that is not there is made, unless told otherwise. `undone` begins what is said where it
    fails.
    """
    deadline = disk.elapsed() + LOCK_SECONDS
    while True:
        descriptor = _opened(path, name, disk, os.O_CREAT if is_created else 0, undone)
        try:
            _wait_for_lock(descriptor, deadline, name, disk, undone)
            file, current = disk.status(descriptor), _status_of(path, disk)
            if current and (file.st_dev, file.st_ino) == (current.st_dev, current.st_ino):
                return descriptor, file
            _wait(_LONGEST, deadline, name, disk, undone)
        except BaseException as error:
            release(descriptor, disk)
            if isinstance(error, OSError):
                raise refused(name, error, undone) from None
            raise
        release(descriptor, disk)


def _opened(path: str, name: str, disk: Disk, create: int, undone: str) -> int:
    """Open for append; only a regular file."""
    flags = os.O_RDWR | os.O_APPEND | create | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = disk.open(path, flags, 0o666 if in_git(path) else 0o600)
        require_regular(descriptor, name, disk)
    except FileNotFoundError as error:
        if not create:
            raise refused(name, error, undone) from None
        folder = os.path.dirname(os.path.realpath(path) if os.path.islink(path) else name)
        message = f"{undone}no such directory '{folder}/'"
        raise KpiError(message, where=name, hint=f"mkdir -p {folder}") from None
    except IsADirectoryError:
        message = f"{undone}is a directory, expected a file"
        hint = 'move it away, or end its name in the definitions in /: log = "…/"'
        raise KpiError(message, where=name, hint=hint) from None
    except OSError as error:
        raise refused(name, error, undone) from None
    return descriptor


def _wait_for_lock(descriptor: int, deadline: float, name: str, disk: Disk, undone: str) -> None:
    """Wait for as long as others make progress: the deadline is for one who holds it and hangs."""
    pause, size = _SHORTEST, -1
    while not disk.lock(descriptor):
        if size != (size := disk.status(descriptor).st_size):
            deadline = disk.elapsed() + LOCK_SECONDS
        _wait(pause, deadline, name, disk, undone)
        pause = min(pause * 2, _LONGEST)


def _wait(seconds: float, deadline: float, name: str, disk: Disk, undone: str) -> None:
    if disk.elapsed() >= deadline:
        message = f"busy: another kpi is writing; {undone.removesuffix(': ')}"
        hint = "try again; if it stays busy, look for a kpi that hangs: ps aux | grep kpi"
        raise KpiError(message, where=name, hint=hint)
    disk.wait(seconds)


def _status_of(path: str, disk: Disk) -> os.stat_result | None:
    try:
        return disk.status_of(path)
    except FileNotFoundError:
        return None
