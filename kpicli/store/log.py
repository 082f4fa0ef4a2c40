"""Read the log: every sound line, and every damaged one by name."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from kpicli.errors import KpiError, NotationError
from kpicli.model.actual import Damage, Line
from kpicli.model.period import Period, read_period
from kpicli.store.disk import DISK, Disk
from kpicli.store.line import (
    LONGEST,
    Usual,
    check_usual,
    read_line,
    still_shown,
    usual_line,
    usual_lines,
)
from kpicli.store.seal import Hash, sha256, sha256_for

_CHUNK = 1 << 18
_BOM = b"\xef\xbb\xbf"
_MARKERS = (b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| ")
TORN = (
    "incomplete last line ignored — a write was interrupted, nothing acknowledged is missing; "
    "'kpi repair' sets it aside"
)
CONFLICT = "git conflict markers — run 'kpi repair'"


class Reading:
    """What came out of one reading of a log; complete once `lines` has been used up.

    `left_out` are the KPIs of which sound lines were passed over, since nobody asked for them.

    `identity` is device, inode and size of what was read, so that a writer sees whether it is
    still that; `None` where there was no file.
    """

    def __init__(self, path: str, shown: str, disk: Disk = DISK) -> None:
        self.path, self.shown, self.disk = path, shown, disk
        self.identity: tuple[int, int, int] | None = None
        self.damages: list[Damage] = []
        self.warnings: list[str] = []
        self.left_out: set[str] = set()
        self.first: Mapping[str, date] | None = None
        self.has_conflict = False
        self.hashed: Hash = sha256

    @property
    def paths(self) -> tuple[str, ...]:
        """What is read, and never written over."""
        return (self.path,)

    def lines(self, first: Mapping[str, date] | None = None) -> Iterator[Line]:
        """Every sound line, in file order; of a KPI only what begins on its `first` day or later.

        Without `first` it is all of every KPI.
        """
        self.first = first
        descriptor = open_log(self.path, self.shown, self.disk)
        if descriptor is None:
            return
        try:
            found = self.disk.status(descriptor)
            self.identity = found.st_dev, found.st_ino, found.st_size
            self.hashed = sha256_for(found.st_size)
            yield from self._sound(descriptor, found.st_size)
        except OSError as error:
            raise refused(self.shown, error) from None
        finally:
            give_back(descriptor, self.disk)

    def _sound(self, descriptor: int, size: int) -> Iterator[Line]:
        number = 0
        for block, is_ended in _blocks(self.disk, descriptor, size):
            bare = block if number else self._without_bom(block)
            if not is_ended:
                yield from self._last(descriptor, number + 1, bare) if bare else ()
                return
            for raw, usual in zip(bare.split(b"\n"), usual_lines(bare), strict=True):
                number += 1
                try:
                    line = self._checked(number, raw, usual)
                except NotationError as error:
                    reason = error.message
                    self.damages.append(self._damage(number, raw.removesuffix(b"\r"), reason))
                    continue
                if line:
                    yield line

    def _without_bom(self, raw: bytes) -> bytes:
        if raw.startswith(_BOM):
            self.warnings.append(f"{self.shown}:1: byte order mark passed over")
        return raw.removeprefix(_BOM)

    def _checked(self, number: int, raw: bytes, usual: Usual) -> Line | None:
        if not usual[0]:
            return self._unusual(number, raw.removesuffix(b"\r"))
        check_usual(raw, usual, self.hashed)
        first = self.first
        if first is None or self._is_wanted(usual[1], usual[2]):
            return usual_line(usual, number, self.shown)
        return None

    def _unusual(self, number: int, raw: bytes) -> Line | None:
        if len(raw) >= LONGEST:
            raise NotationError(f"line longer than {LONGEST:,} bytes")
        if not raw.strip(b" \t"):
            return None
        line = read_line(raw, number, self.shown)
        return line if self._is_wanted(line.kpi, line.period) else None

    def _is_wanted(self, kpi: str, period: str) -> bool:
        if self.first is None:
            return True
        day = self.first.get(kpi)
        if day is not None and read_period(period).start >= day:
            return True
        self.left_out.add(kpi)
        return False

    def _damage(self, number: int, raw: bytes, reason: str) -> Damage:
        if raw.startswith(_MARKERS):
            self.has_conflict, reason = True, CONFLICT
        shown, at = still_shown(raw)
        return Damage(f"{self.shown}:{number}", reason, tuple(_sound_pairs(shown)), at, number)

    def _last(self, descriptor: int, number: int, raw: bytes) -> Iterator[Line]:
        """A last line without its end counts if it is whole; else it is read once more."""
        if len(raw) >= LONGEST:
            self.warnings.append(f"{self.shown}:{number}: {TORN}")
            return
        size = self.disk.status(descriptor).st_size
        start = (self.identity[2] if self.identity else 0) - len(raw)
        again = self.disk.read(descriptor, size - start, start) if size > start else b""
        for text in dict.fromkeys((raw, again.partition(b"\n")[0])):
            try:
                line = read_line(text.removesuffix(b"\r"), number, self.shown)
            except NotationError:
                continue
            if self._is_wanted(line.kpi, line.period):
                yield line
            return
        self.warnings.append(f"{self.shown}:{number}: {TORN}")


def _sound_pairs(shown: list[tuple[str, str]]) -> Iterator[tuple[str, Period]]:
    for kpi, label in shown:
        try:
            yield kpi, read_period(label)
        except NotationError:
            continue


def split_lines(disk: Disk, descriptor: int, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes and whether it is ended, of every line; an overlong one keeps its start."""
    number = 0
    for block, is_ended in _blocks(disk, descriptor, size):
        for raw in block.split(b"\n"):
            number += 1
            yield number, raw, is_ended


def _blocks(disk: Disk, descriptor: int, size: int) -> Iterator[tuple[bytes, bool]]:
    """Whole lines, many at a time, without the end of the last; what is not ended stands alone."""
    rest, offset = b"", 0
    while offset < size and (chunk := disk.read(descriptor, min(_CHUNK, size - offset), offset)):
        offset += len(chunk)
        lines, end, last = chunk.rpartition(b"\n")
        if end:
            yield rest + lines, True
            rest = last
        elif len(rest) <= LONGEST:
            rest += last
    if rest:
        yield rest, False


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
                hint='name another log in the definitions: log = "kpis.jsonl"',
            )
    except BaseException:
        give_back(descriptor, disk)
        raise


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
