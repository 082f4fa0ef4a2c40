"""A disk in memory that knows what is durable, and gives every state that a crash may leave."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import NoReturn

from kpicli.store.disk import Disk
from tests.store.logs import CLOCK

FOLDER = "/simulated"
"""The one folder there is."""
LOG = f"{FOLDER}/kpis.jsonl"
_DEVICE = 7
_FILLS = (b"\0", b'e":5}\n{"id":"0')
"""What stands in a sector that was never written: nothing, or what an older file left there."""


class Crash(BaseException):
    """The machine has stopped; nothing that is asked of the disk happens any more."""


@dataclass(eq=False)
class File:
    """A file as it is now, and as it was since it was last known to be on the medium.

    `doubtful` is what a sync failed on: a later one says nothing about it.
    """

    number: int
    content: bytes = b""
    mode: int = 0o600
    history: list[bytes] = field(default_factory=lambda: [b""])
    doubtful: bytes | None = None
    holder: int | None = None

    def change(self, content: bytes) -> None:
        self.content = content
        self.history.append(content)

    def sync(self) -> None:
        is_doubtful = self.doubtful is not None and self.content.startswith(self.doubtful)
        if not is_doubtful or self.doubtful == self.history[0]:
            self.history, self.doubtful = [self.content], None

    def after_crash(self, sector: int) -> Iterator[bytes]:
        durable = self.history[0]
        yield durable
        for content in self.history[1:]:
            yield content
            yield from _shortened(durable, content)
            yield from _with_lost_sectors(durable, content, sector)


def _shortened(durable: bytes, content: bytes) -> Iterator[bytes]:
    """Every prefix that still holds what was durable."""
    pairs = enumerate(zip(durable, content, strict=False))
    same = next((at for at, (old, new) in pairs if old != new), min(len(durable), len(content)))
    return (content[:size] for size in range(same, len(content)))


def _with_lost_sectors(durable: bytes, content: bytes, sector: int) -> Iterator[bytes]:
    """Every subset of the changed sectors lost: as it was before, or what never was written."""
    starts = range(0, len(content), sector)
    changed = [at for at in starts if content[at : at + sector] != durable[at : at + sector]]
    sets = chain.from_iterable(combinations(changed, count) for count in range(1, len(changed) + 1))
    for lost in sets:
        for fill in _FILLS:
            old = bytearray(content)
            for at in lost:
                never = (fill * sector)[:sector]
                kept = durable[at : at + sector]
                old[at : at + sector] = (kept + never[len(kept) :])[: len(content) - at]
            yield bytes(old)


@dataclass
class _Handle:
    file: File | None
    flags: int
    at: int = 0


class Simulated(Disk):
    """Every call as the real disk has it, for files of one folder; time is what `CLOCK` says."""

    def __init__(self, files: Mapping[str, bytes] | None = None, sector: int = 32) -> None:
        self.sector = sector
        self.is_dead = False
        self.clock = 0.0
        self._made = 0
        self._next = 3
        self._handles: dict[int, _Handle] = {}
        self._entries = {path: self._file(content) for path, content in (files or {}).items()}
        self._durable = dict(self._entries)
        self._moves: list[dict[str, File | None]] = []

    def _file(self, content: bytes = b"", mode: int = 0o600) -> File:
        self._made += 1
        return File(self._made, content, mode, [content])

    @property
    def files(self) -> dict[str, bytes]:
        """What stands under each name."""
        return {path: file.content for path, file in self._entries.items()}

    @property
    def opened(self) -> set[int]:
        """The descriptors that were not given back."""
        return set(self._handles)

    def copy(self) -> "Simulated":
        """Another disk with the same files, all of them durable."""
        return Simulated(self.files, self.sector)

    def fail_sync(self, descriptor: int) -> None:
        """What is not durable by now may never be, whatever a later sync says."""
        file = self._handle(descriptor).file
        if file:
            file.doubtful = file.content

    def after_crash(self) -> Iterator["Simulated"]:
        """A disk for every state that the medium may be in."""
        seen: set[frozenset[tuple[str, bytes]]] = set()
        for entries in self._entries_after_crash():
            for files in self._contents_after_crash(entries):
                state = frozenset(files.items())
                if state not in seen:
                    seen.add(state)
                    yield Simulated(files, self.sector)

    def _entries_after_crash(self) -> Iterator[dict[str, File]]:
        """Every subset of what was done to names since the folder was synced, in its order."""
        for count in range(len(self._moves) + 1):
            for kept in combinations(self._moves, count):
                entries: dict[str, File | None] = {**self._durable}
                for move in kept:
                    entries |= move
                yield {path: file for path, file in entries.items() if file}

    def _contents_after_crash(self, entries: Mapping[str, File]) -> Iterator[dict[str, bytes]]:
        """Each file in every state it may have, the others with nothing or all of theirs lost."""
        now = {path: file.content for path, file in entries.items()}
        durable = {path: file.history[0] for path, file in entries.items()}
        yield now
        for path, file in entries.items():
            for content in file.after_crash(self.sector):
                yield {**now, path: content}
                yield {**durable, path: content}

    def _alive(self) -> None:
        if self.is_dead:
            raise Crash

    def _handle(self, descriptor: int) -> _Handle:
        self._alive()
        if descriptor not in self._handles:
            _refuse(errno.EBADF)
        return self._handles[descriptor]

    def _opened(self, descriptor: int) -> File:
        file = self._handle(descriptor).file
        return file or _refuse(errno.EISDIR)

    def _entry(self, path: str) -> File:
        self._alive()
        return self._entries.get(path) or _refuse(errno.ENOENT)

    def _move(self, move: dict[str, File | None]) -> None:
        self._moves.append(move)
        entries: dict[str, File | None] = {**self._entries, **move}
        self._entries = {path: file for path, file in entries.items() if file}

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        self._alive()
        file = None if path == FOLDER else self._found(path, flags, mode)
        descriptor, self._next = self._next, self._next + 1
        self._handles[descriptor] = _Handle(file, flags)
        return descriptor

    def _found(self, path: str, flags: int, mode: int) -> File:
        if os.path.dirname(path) != FOLDER:
            _refuse(errno.ENOENT)
        if flags & os.O_CREAT and path not in self._entries:
            self._move({path: self._file(mode=mode)})
        elif flags & os.O_EXCL:
            _refuse(errno.EEXIST)
        file = self._entry(path)
        if flags & os.O_DIRECTORY:
            _refuse(errno.ENOTDIR)
        if flags & os.O_TRUNC and file.content:
            file.change(b"")
        return file

    def close(self, descriptor: int) -> None:
        file = self._handle(descriptor).file
        if file and file.holder == descriptor:
            file.holder = None
        del self._handles[descriptor]

    def status(self, descriptor: int) -> os.stat_result:
        return _status(self._handle(descriptor).file)

    def status_of(self, path: str) -> os.stat_result:
        return _status(None if path == FOLDER else self._entry(path))

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        return self._opened(descriptor).content[offset : offset + size]

    def write(self, descriptor: int, lines: bytes | bytearray) -> int:
        handle, file = self._handle(descriptor), self._opened(descriptor)
        if not handle.flags & (os.O_WRONLY | os.O_RDWR):
            _refuse(errno.EBADF)
        at = len(file.content) if handle.flags & os.O_APPEND else handle.at
        behind = file.content[at + len(lines) :]
        file.change(file.content[:at].ljust(at, b"\0") + bytes(lines) + behind)
        handle.at = at + len(lines)
        return len(lines)

    def sync(self, descriptor: int) -> None:
        file = self._handle(descriptor).file
        if file:
            file.sync()
        else:
            self._durable, self._moves = dict(self._entries), []

    def cut(self, descriptor: int, size: int) -> None:
        file = self._opened(descriptor)
        file.change(file.content[:size].ljust(size, b"\0"))

    def largest(self) -> float:
        return float("inf")

    def names(self, path: str) -> list[str]:
        self._alive()
        return sorted(map(os.path.basename, self._entries)) if path == FOLDER else _refuse(2)

    def unlink(self, path: str) -> None:
        self._entry(path)
        self._move({path: None})

    def rename(self, old: str, new: str) -> None:
        self._move({old: None, new: self._entry(old)})

    def set_mode(self, descriptor: int, mode: int) -> None:
        self._opened(descriptor).mode = mode

    def set_owner(self, descriptor: int, _user: int, _group: int) -> None:
        self._opened(descriptor)

    def unlock(self, descriptor: int) -> None:
        """Nobody else waits."""
        self._handle(descriptor)

    def attributes(self, descriptor: int) -> dict[str, bytes]:
        """There are none."""
        self._handle(descriptor)
        return {}

    def remove_attribute(self, descriptor: int, _name: str) -> None:
        """There is none."""
        self._handle(descriptor)

    def lock(self, descriptor: int) -> bool:
        file = self._opened(descriptor)
        if file.holder is None:
            file.holder = descriptor
        return file.holder == descriptor

    def microseconds(self) -> int:
        return CLOCK

    def elapsed(self) -> float:
        return self.clock

    def wait(self, seconds: float) -> None:
        self.clock += seconds


def _status(file: File | None) -> os.stat_result:
    mode = stat.S_IFREG | file.mode if file else stat.S_IFDIR | 0o700
    number, size = (file.number, len(file.content)) if file else (0, 0)
    user, group = os.getuid(), os.getgid()
    return os.stat_result((mode, number, _DEVICE, 1, user, group, size, 0, 0, 0))


def _refuse(number: int) -> NoReturn:
    raise OSError(number, os.strerror(number))
