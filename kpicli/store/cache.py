"""What kpi remembers between runs, in folders of its own: believed only where nothing is odd."""

import os
import re
import stat
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from kpicli.store.log.seal import sha256

try:  # `hashlib` loads OpenSSL as well, which takes 3 ms
    from _blake2 import blake2b as blake2b  # noqa: PLC0414 - exported
except ImportError:
    from hashlib import blake2b as blake2b  # noqa: PLC0414 - exported

if TYPE_CHECKING:
    from array import array

Buffer: TypeAlias = "bytes | memoryview | array[int]"

_HASH = "[0-9a-f]{64}"
_CHECKSUM = 32


class OwnFolder:
    """The folder `name` of kpi's own folder `home`, with a file for each thing."""

    def __init__(self, home: str, name: str) -> None:
        self.home, self.folder = home, os.path.join(home, name)

    def path(self, about: bytes) -> str:
        """That of what is known by its hash."""
        return os.path.join(self.folder, sha256(about).hexdigest())

    def is_own(self) -> bool:
        """Whether nobody else may write there."""
        return bool(self.home) and is_own(self.home) and is_own(self.folder)

    def is_made(self) -> bool:
        """Whether it is one's own, once it is made where there can be one."""
        make_private(self.folder if self.home else "")
        return self.is_own()

    def newest_first(self, name: str) -> list[tuple[os.stat_result, str]]:
        """The files of one's own that are called so, and where they are."""
        entries = [entry for entry in os.scandir(self.folder) if re.fullmatch(name, entry.name)]
        statuses = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        own = [(status, path) for status, path in statuses if _is_own_file(status)]
        return sorted(own, key=lambda each: (each[0].st_mtime_ns, each[1]), reverse=True)


class Markers(OwnFolder):
    """Empty files that say what was found out before; of more than `most` the oldest go.

    What can't be read or written is ignored.
    """

    def __init__(self, home: str | None, name: str, most: int) -> None:
        super().__init__(home or "", name)
        self.most = most

    def __contains__(self, content: bytes) -> bool:
        """Whether that was marked before."""
        with suppress(OSError):
            return self.is_own() and _is_marker(os.lstat(self.path(content)))
        return False

    def add(self, content: bytes) -> bool:
        """Mark it, and say whether that could be done."""
        with suppress(OSError):
            if self.is_made():
                marks = [path for status, path in self.newest_first(_HASH) if _is_marker(status)]
                for path in marks[self.most - 1 :]:
                    os.unlink(path)
                create_empty(self.path(content))
                return content in self
        return False


class Cache(OwnFolder):
    """Files with a checksum, written whole.

    Of more than `most_files` the oldest go, and so they do of more than `most_bytes`.
    """

    def __init__(self, home: str, name: str, most_files: int, most_bytes: int) -> None:
        super().__init__(home, name)
        self.most_files, self.most_bytes = most_files, most_bytes

    def load(self, about: bytes) -> memoryview | None:
        """What is remembered about that, if it is sound."""
        with suppress(OSError, ValueError, MemoryError):
            if self.is_own():
                content = memoryview(self._content(self.path(about)))
                if self._checksum(about, content[_CHECKSUM:]) == content[:_CHECKSUM]:
                    return content[_CHECKSUM:]
        return None

    def save(self, about: bytes, *pieces: Buffer) -> None:
        """Remember these instead of what was before; where that can't be, it is left out."""
        if sum(memoryview(piece).nbytes for piece in pieces) >= self.most_bytes // 2:
            return
        with suppress(OSError):
            if self.is_writable():
                _replace(self.path(about), [self._checksum(about, *pieces), *pieces])
                self._forget_oldest()

    def is_writable(self) -> bool:
        """Whether there is a folder of one's own for it; it is made where there can be one."""
        with suppress(OSError):
            return self.is_made() and os.access(self.folder, os.W_OK)
        return False

    def _checksum(self, about: bytes, *pieces: Buffer) -> bytes:
        """Of the content and the name of its file, so that no other file is taken for it."""
        name = self.path(about).removeprefix(self.home)
        checksum = blake2b(os.fsencode(name), digest_size=_CHECKSUM)
        for piece in pieces:
            checksum.update(piece)
        return checksum.digest()

    def _content(self, path: str) -> bytes:
        """What is in a file of one's own."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with open(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not _is_own_file(status) or not _CHECKSUM < status.st_size <= self.most_bytes:
                raise ValueError(path)
            return file.read(status.st_size)

    def _forget_oldest(self) -> None:
        files = self.newest_first(rf"{_HASH}(?:\.[0-9a-f]{{8}})?")
        sizes = accumulate(status.st_size for status, _ in files)
        for count, ((_, path), size) in enumerate(zip(files, sizes, strict=True)):
            if count >= self.most_files or size > self.most_bytes:
                os.unlink(path)


def create_empty(path: str) -> None:
    """Make an empty file for the user alone, where there is none."""
    flags = os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
    os.close(os.open(path, flags, 0o600))


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
    return stat.S_ISDIR(status.st_mode) and _is_private(status)


def _is_own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and _is_private(status)


def _is_marker(status: os.stat_result) -> bool:
    return _is_own_file(status) and status.st_size == 0


def _is_private(status: os.stat_result) -> bool:
    """Whether it is one's own, and nobody else may write there."""
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.geteuid() and not others_write


def _replace(path: str, pieces: Sequence[Buffer]) -> None:
    new = f"{path}.{os.urandom(4).hex()}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(new, flags, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.writelines(pieces)
        os.rename(new, path)
    except BaseException:
        os.unlink(new)
        raise
