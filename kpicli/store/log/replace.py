"""Put other bytes in a log's place, or more of them behind it, whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import IO

from kpicli.errors import KpiError, OutcomeUnknownError
from kpicli.store.disk import DISK, Disk, give_back, refused, release
from kpicli.store.log.append import sync_folder
from kpicli.store.log.lock import NOTHING as NOTHING_RECORDED
from kpicli.store.log.lock import Original
from kpicli.store.new_file import Likeness, create_copy, likeness_of, temporary_beside, tidied

NOTHING = "nothing repaired: "
_MOST_COPIES = 100
_PIECE = 1 << 20
_ABANDONED_SECONDS = 3600  # after which nobody owns a temporary file any more


def replace(original: Original, good: Iterable[bytes], at: str, disk: Disk) -> str:
    """Change the log for the good bytes; returns the name of the copy that was made before.

    A writer that waits for the lock finds another file under the name, whose lock is held until
    its name is durable too; so this can be taken back. Raises `OSError` or `KpiError` where the
    log is what it was, and `OutcomeUnknownError` where that is not known.
    """
    like = likeness_of(original.descriptor, original.file, disk)
    with tidied(disk) as created:
        copy = _copy(original, like, at, created, disk)
        with _successor(original, good, like, created, disk) as temporary:
            sync_folder(original.path, disk)
            _require_unchanged(original, disk)
            created.remove(copy)  # from here on it may be all that is left of the original
            disk.rename(temporary, original.path)
            created.clear()
            _settle(original, copy, disk)
    return _name_of(copy, original)


@contextmanager
def _successor(
    original: Original, content: Iterable[bytes], like: Likeness, created: list[str], disk: Disk
) -> Iterator[str]:
    """A durable file beside the log that may take its place; its lock is held meanwhile."""
    temporary = temporary_beside(original.path)
    new = create_copy(temporary, content, like, created, disk)
    try:
        if not disk.lock(new):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        yield temporary
    finally:
        release(new, disk)


def spooled(blocks: Iterable[bytes]) -> IO[bytes]:
    """A file without a name that holds them, and is gone once it is closed."""
    from tempfile import TemporaryFile

    try:
        spool = TemporaryFile()  # noqa: SIM115 - whoever asks for it closes it
        spool.writelines(blocks)
    except OSError as error:
        raise refused("the temporary folder", error, NOTHING_RECORDED) from None
    return spool


def pieces_of(spool: IO[bytes]) -> Iterator[bytes]:
    """What is in it, piece by piece."""
    spool.seek(0)
    return iter(partial(spool.read, _PIECE), b"")


def lengthen(log: Original, more: Iterable[bytes], disk: Disk) -> None:
    """Put the log with more behind it in its own place, whole or not at all, by one rename.

    Raises `OSError` or `KpiError` where the log is what it was, and `OutcomeUnknownError` where it
    is not known whether it stays what it is now.
    """
    like = likeness_of(log.descriptor, log.file, disk)
    content = chain(log.pieces(disk), more)
    folder = disk.open(os.path.dirname(log.path), os.O_RDONLY | os.O_DIRECTORY)
    try:
        with tidied(disk) as created, _successor(log, content, like, created, disk) as temporary:
            _require_unchanged(log, disk, NOTHING_RECORDED, "import")
            disk.rename(temporary, log.path)
            created.clear()
            _require_durable(folder, log, disk)
    finally:
        give_back(folder, disk)


def _require_durable(folder: int, log: Original, disk: Disk) -> None:
    try:
        disk.sync(folder)
    except OSError as failure:
        reason = os.strerror(failure.errno or 0)
        message = f"outcome unknown: recorded, but perhaps not durably ({reason})"
        raise OutcomeUnknownError(message, where=log.name, hint="run kpi verify") from None


def _copy(original: Original, like: Likeness, at: str, created: list[str], disk: Disk) -> str:
    """A durable copy under a name that was free and is no log's."""
    first = f"{original.path}.before-repair-{at}"
    for count in range(1, _MOST_COPIES + 1):
        path = first if count == 1 else f"{first}-{count}"
        try:
            give_back(create_copy(path, original.pieces(disk), like, created, disk), disk)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _require_unchanged(
    original: Original, disk: Disk, prefix: str = NOTHING, command: str = "repair"
) -> None:
    """What takes no lock, an editor, may have written meanwhile."""
    now, then = disk.status(original.descriptor), original.file
    if (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns):
        message = f"{prefix}another program changed the log in the meantime"
        hint = f"close it where it is open, then run kpi {command} again"
        raise KpiError(message, where=original.name, hint=hint)


def _settle(original: Original, copy: str, disk: Disk) -> None:
    """Make the change durable, or take it back."""
    try:
        sync_folder(original.path, disk)
    except OSError as failure:
        try:
            disk.rename(copy, original.path)
        except OSError:
            reason = os.strerror(failure.errno or 0)
            message = f"outcome unknown: repaired, but perhaps not durably ({reason})"
            hint = f"the original is {_name_of(copy, original)}; run kpi verify"
            raise OutcomeUnknownError(message, where=original.name, hint=hint) from None
        raise refused(original.name, failure, NOTHING) from None


def _name_of(copy: str, original: Original) -> str:
    return f"{original.file_name}{copy.removeprefix(original.path)}"


def sweep(folder: str, *, is_dry: bool = False, disk: Disk = DISK) -> tuple[str, ...]:
    """Remove the temporary files that a killed process left in a folder over an hour ago."""
    try:
        names = disk.names(folder)
    except OSError:
        return ()
    temporary = [name for name in names if name.startswith(".kpi-") and name.endswith(".tmp")]
    return tuple(name for name in sorted(temporary) if _is_swept(folder, name, disk, is_dry=is_dry))


def _is_swept(folder: str, name: str, disk: Disk, *, is_dry: bool) -> bool:
    path = os.path.join(folder, name)
    try:
        file = disk.status_of(path)
        age = disk.microseconds() / 1_000_000 - file.st_mtime
        if not stat.S_ISREG(file.st_mode) or age < _ABANDONED_SECONDS:
            return False
        if not is_dry:
            disk.unlink(path)
    except OSError:
        return False
    return True
