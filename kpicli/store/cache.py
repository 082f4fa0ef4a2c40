"""Files that kpi remembers things in: written whole, and believed only where nothing is odd."""

import os
import re
import stat
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from kpicli.store.log.seal import sha256
from kpicli.store.markers import is_own, is_private, make_private

try:
    from _blake2 import blake2b  # `hashlib` loads OpenSSL as well, which takes 3 ms
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from array import array

Buffer: TypeAlias = "bytes | memoryview | array[int]"

_NAME = r"[0-9a-f]{64}(?:\.[0-9a-f]{8})?"
_CHECKSUM = 32


class Cache:
    """The folder `name` of kpi's own folder `home`, with a file for each thing by its hash.

    Of more than `most_files` the oldest go, and so they do of more than `most_bytes`.
    """

    def __init__(self, home: str, name: str, most_files: int, most_bytes: int) -> None:
        self.home, self.folder = home, os.path.join(home, name)
        self.most_files, self.most_bytes = most_files, most_bytes

    def load(self, about: bytes) -> memoryview | None:
        """What is remembered about that, if it is sound."""
        with suppress(OSError, ValueError, MemoryError):
            if self._is_own():
                content = memoryview(self._content(self._path(about)))
                if _checksum([content[_CHECKSUM:]]) == content[:_CHECKSUM]:
                    return content[_CHECKSUM:]
        return None

    def save(self, about: bytes, *pieces: Buffer) -> None:
        """Remember these instead of what was before; where that can't be, it is left out."""
        if sum(memoryview(piece).nbytes for piece in pieces) >= self.most_bytes // 2:
            return
        with suppress(OSError):
            if self.is_writable():
                _replace(self._path(about), [_checksum(pieces), *pieces])
                self._forget_oldest()

    def is_writable(self) -> bool:
        """Whether there is a folder of one's own for it; it is made where there can be one."""
        with suppress(OSError):
            make_private(self.folder)
            return self._is_own() and os.access(self.folder, os.W_OK)
        return False

    def _path(self, about: bytes) -> str:
        return os.path.join(self.folder, sha256(about).hexdigest())

    def _is_own(self) -> bool:
        return is_own(self.home) and is_own(self.folder)

    def _content(self, path: str) -> bytes:
        """What is in a file of one's own."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with open(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not _is_own_file(status) or not _CHECKSUM < status.st_size <= self.most_bytes:
                raise ValueError(path)
            return file.read(status.st_size)

    def _forget_oldest(self) -> None:
        entries = [entry for entry in os.scandir(self.folder) if re.fullmatch(_NAME, entry.name)]
        statuses = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        own = [(status, path) for status, path in statuses if _is_own_file(status)]
        own.sort(key=lambda each: each[0].st_mtime_ns, reverse=True)
        sizes = accumulate(status.st_size for status, _ in own)
        for count, ((_, path), size) in enumerate(zip(own, sizes, strict=True)):
            if count >= self.most_files or size > self.most_bytes:
                os.unlink(path)


def _is_own_file(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and is_private(status)


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


def _checksum(pieces: Sequence[Buffer]) -> bytes:
    checksum = blake2b(digest_size=_CHECKSUM)
    for piece in pieces:
        checksum.update(piece)
    return checksum.digest()
