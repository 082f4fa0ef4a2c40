"""Every operating-system call that the log makes, in one object that a test can replace."""

import errno
import fcntl
import os
import stat
import time
from contextlib import suppress

from kpicli.errors import KpiError


class Disk:
    """The calls as they are; none retries, and each raises `OSError`."""

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """A descriptor that no child process inherits."""
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def close(self, descriptor: int) -> None:
        """Give the descriptor, and a lock on it, back."""
        os.close(descriptor)

    def status(self, descriptor: int) -> os.stat_result:
        """What an open file is."""
        return os.fstat(descriptor)

    def status_of(self, path: str) -> os.stat_result:
        """What a path leads to now."""
        return os.stat(path)

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        """At most `size` bytes from `offset`; empty at the end."""
        return os.pread(descriptor, size, offset)

    def write(self, descriptor: int, lines: bytes | bytearray) -> int:
        """One write; how many bytes it took."""
        return os.write(descriptor, lines)

    def sync(self, descriptor: int) -> None:
        """Wait until the file, or a folder's names, are on the medium."""
        os.fsync(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        """Make the file that long."""
        os.ftruncate(descriptor, size)

    def largest(self) -> float:
        """Bytes that a file of ours may have."""
        from resource import RLIM_INFINITY, RLIMIT_FSIZE, getrlimit

        most = getrlimit(RLIMIT_FSIZE)[0]
        return float("inf") if most == RLIM_INFINITY else most

    def names(self, path: str) -> list[str]:
        """What is in a folder."""
        return os.listdir(path)

    def make_folder(self, path: str, mode: int) -> None:
        """A new folder."""
        os.mkdir(path, mode)

    def unlink(self, path: str) -> None:
        """Remove a name."""
        os.unlink(path)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in place of the file that had it."""
        os.rename(old, new)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Who may read and write it."""
        os.fchmod(descriptor, mode)

    def set_owner(self, descriptor: int, user: int, group: int) -> None:
        """Whose it is; -1 leaves it as it is."""
        os.fchown(descriptor, user, group)

    def lock(self, descriptor: int) -> bool:
        """Take the exclusive lock if nobody has it; says whether."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, descriptor: int) -> None:
        """Give the lock back, for every process that shares the descriptor."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def attributes(self, descriptor: int) -> dict[str, bytes]:
        """The extended attributes of an open file."""
        return {name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)}

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        """Give an open file an extended attribute."""
        os.setxattr(descriptor, name, value)

    def remove_attribute(self, descriptor: int, name: str) -> None:
        """Take one from it."""
        os.removexattr(descriptor, name)

    def microseconds(self) -> int:
        """Since 1970, UTC."""
        return time.time_ns() // 1000

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let others run."""
        time.sleep(seconds)


DISK = Disk()  # the real one


def folder_above(folder: str, name: str) -> str | None:
    """The nearest folder, from one upwards, in which something is called so."""
    while not os.path.lexists(os.path.join(folder, name)):
        below, folder = folder, os.path.dirname(folder)
        if folder == below:
            return None
    return folder


def open_to_read(path: str, name: str, disk: Disk) -> int | None:
    """A descriptor to read a regular file from; nothing where there is no file."""
    try:
        descriptor = disk.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        require_regular(descriptor, name, disk)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(name, error) from None
    return descriptor


def require_regular(descriptor: int, name: str, disk: Disk) -> None:
    """Anything but a regular file is given back and refused."""
    try:
        mode = disk.status(descriptor).st_mode
        if not stat.S_ISREG(mode):
            message = f"is {_kind(mode)}, expected a file"
            hint = "move it away, or name another log in the definitions"
            raise KpiError(message, where=name, hint=hint)
    except BaseException:
        give_back(descriptor, disk)
        raise


def require_own_link(path: str, name: str) -> None:
    """A symbolic link is followed only to a file of one's own; root may follow any."""
    if not os.path.islink(path) or not os.path.exists(path) or os.geteuid() == 0:
        return
    if os.stat(path).st_uid != os.geteuid():
        message = "nothing recorded: is a link to a file of somebody else"
        hint = 'name the file itself in the definitions: log = "…"'
        raise KpiError(message, where=name, hint=hint)


def give_back(descriptor: int, disk: Disk) -> None:
    """Close; an error of that says nothing about what was read or synced before."""
    with suppress(OSError):
        disk.close(descriptor)


def release(descriptor: int, disk: Disk) -> None:
    """Unlock and close: a child that was forked meanwhile would else hold the lock too."""
    with suppress(OSError):
        disk.unlock(descriptor)
    give_back(descriptor, disk)


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def refused(name: str, error: OSError, prefix: str = "") -> KpiError:
    """What the operating system said, in its own words, with the place."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    hints = {
        errno.EACCES: "check who may read and write it",
        errno.EROFS: "the file system is read-only",
        errno.ENOSPC: "free some space, then try again",
        errno.EISDIR: "name a file, not a folder",
        errno.ENOENT: "make the folder first, or name another",
        errno.ENXIO: "it is a socket, or a device that is not there: name a file",
        errno.ELOOP: "the path is a loop of symbolic links",
    }
    hint = hints.get(error.errno or 0, "check the disk and the path")
    return KpiError(f"{prefix}{reason}", where=name, hint=hint)
