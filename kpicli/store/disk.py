"""Every operating-system call that the log makes, in one object that a test can replace."""

import fcntl
import os
import time


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

    def microseconds(self) -> int:
        """Since 1970, UTC."""
        return time.time_ns() // 1000

    def elapsed(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let others run."""
        time.sleep(seconds)


DISK = Disk()
"""The real one."""
