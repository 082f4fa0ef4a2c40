"""A folder of empty files, each named by a hash, in which kpi remembers what it found out before.

It is believed and kept tidy only where it is a folder of one's own, and no link.
"""

import os
import re
import stat
from contextlib import suppress

from kpicli.store.log.seal import sha256

_NAME = "[0-9a-f]{64}"


class Markers:
    """The marks in the folder `name` of kpi's own folder `home`; of more than `most` the oldest go.

    What can't be read or written is ignored.
    """

    def __init__(self, home: str | None, name: str, most: int) -> None:
        self.home, self.most = home or "", most
        self.folder = os.path.join(self.home, name)

    def __contains__(self, content: bytes) -> bool:
        """Whether that was marked before."""
        with suppress(OSError):
            return self._is_own() and _is_marker(os.lstat(self._path(content)))
        return False

    def add(self, content: bytes) -> bool:
        """Mark it, and say whether that could be done."""
        if not self.home:
            return False
        with suppress(OSError):
            make_private(self.folder)
            if self._is_own():
                self._forget_oldest()
                flags = os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
                os.close(os.open(self._path(content), flags, 0o600))
                return content in self
        return False

    def _path(self, content: bytes) -> str:
        return os.path.join(self.folder, sha256(content).hexdigest())

    def _is_own(self) -> bool:
        return is_own(self.home) and is_own(self.folder)

    def _forget_oldest(self) -> None:
        entries = [entry for entry in os.scandir(self.folder) if re.fullmatch(_NAME, entry.name)]
        statuses = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        marks = [(status.st_mtime_ns, path) for status, path in statuses if _is_marker(status)]
        for _, path in sorted(marks)[: max(0, len(marks) - self.most + 1)]:
            os.unlink(path)


def make_private(folder: str) -> None:
    """Make the folder, and what is missing above it, for the user alone, whatever the umask."""
    if not folder or os.path.isdir(folder):
        return
    make_private(os.path.dirname(folder))
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)


def is_own(folder: str) -> bool:
    """Whether a folder is one's own, no link, and nobody else may write there."""
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and is_private(status)


def _is_marker(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_size == 0 and is_private(status)


def is_private(status: os.stat_result) -> bool:
    """Whether it is one's own, and nobody else may write there."""
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.geteuid() and not others_write
