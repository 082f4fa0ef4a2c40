"""Open regular files, give them back, and say what the operating system refused."""

import errno
import os
import stat
from contextlib import suppress

from kpicli.errors import KpiError
from kpicli.store.disk import Disk


def open_log(path: str, shown: str, disk: Disk) -> int | None:
    """A descriptor to read a regular file from; nothing where there is no file."""
    try:
        descriptor = disk.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        require_regular(descriptor, shown, disk)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(shown, error) from None
    return descriptor


def require_regular(descriptor: int, shown: str, disk: Disk) -> None:
    """Anything but a regular file is given back and refused."""
    try:
        mode = disk.status(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise KpiError(
                f"is {_kind(mode)}, expected a file",
                where=shown,
                hint="move it away, or name another log in the definitions",
            )
    except BaseException:
        give_back(descriptor, disk)
        raise


def require_own_link(path: str, shown: str) -> None:
    """A symbolic link is followed only to a file of one's own; root may follow any."""
    if not os.path.islink(path) or not os.path.exists(path) or os.geteuid() == 0:
        return
    if os.stat(path).st_uid != os.geteuid():
        raise KpiError(
            "nothing recorded: is a link to a file of somebody else",
            where=shown,
            hint='name the file itself in the definitions: log = "…"',
        )


def give_back(descriptor: int, disk: Disk) -> None:
    """Close; an error of that says nothing about what was read or synced before."""
    with suppress(OSError):
        disk.close(descriptor)


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def refused(shown: str, error: OSError, prefix: str = "") -> KpiError:
    """What the operating system said, in its own words, with the place."""
    said = os.strerror(error.errno) if error.errno else str(error)
    hints = {
        errno.EACCES: "check who may read and write it",
        errno.EROFS: "the file system is read-only",
        errno.ENOSPC: "free some space, then record again",
        errno.EISDIR: "name a file, not a folder",
        errno.ENOENT: "make the folder first, or name another",
        errno.ELOOP: "the path is a loop of symbolic links",
    }
    return KpiError(
        f"{prefix}{said}",
        where=shown,
        hint=hints.get(error.errno or 0, "look at the disk and the path"),
    )
