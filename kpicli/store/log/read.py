"""Read the log: every sound line, and every damaged one by name."""

from collections.abc import Iterator, Mapping
from datetime import date

from kpicli.errors import NotationError
from kpicli.model.period import Period, read_period
from kpicli.model.record import Damage, LogLine
from kpicli.store.disk import DISK, Disk, give_back, open_log, refused
from kpicli.store.log.codec import (
    LONGEST,
    Hash,
    Seal,
    Usual,
    fits,
    read_line,
    read_usual,
    seals,
    sha256,
    sha256_for,
    still_shown,
    usual_lines,
)
from kpicli.store.log.json_object import MARKERS

_CHUNK = 1 << 18
BOM = b"\xef\xbb\xbf"
"""What some editors put in front of a file."""

TORN = (
    "incomplete last line ignored — a write was interrupted, nothing acknowledged is missing; "
    "'kpi repair' sets it aside"
)
CONFLICT = "git conflict markers — run 'kpi repair'"


class Reading:
    """What came out of one reading of a log; complete once `lines` has been used up.

    `left_out` are the KPIs of which sound lines were passed over, since nobody asked for them, and
    the first day of the latest period among these.

    `identity` is device, inode and size of what was read, so that a writer sees whether it is
    still that; `None` where there was no file. `unended` is the number of a last line without its
    end, 0 where all are ended. It `needs_repair` where nobody can correct what was left out: git's
    markers, and what a write that was torn left behind.
    """

    def __init__(self, path: str, shown: str, disk: Disk = DISK) -> None:
        self.path, self.shown, self.disk = path, shown, disk
        self.identity: tuple[int, int, int] | None = None
        self.damages: list[Damage] = []
        self.warnings: list[str] = []
        self.left_out: dict[str, date] = {}
        self.first: Mapping[str, date] | None = None
        self.has_conflict = False
        self.needs_repair = False
        self.unended = 0
        self.hashed: Hash = sha256
        self._starts: dict[str, date] = {}

    @property
    def paths(self) -> tuple[str, ...]:
        """What is read, and never written over."""
        return (self.path,)

    def lines(self, first: Mapping[str, date] | None = None) -> Iterator[LogLine]:
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

    def _sound(self, descriptor: int, size: int) -> Iterator[LogLine]:
        number = 0
        for block, is_ended in blocks(self.disk, descriptor, size):
            bare = block if number else self._without_bom(block)
            if not is_ended:
                yield from self._last(descriptor, number + 1, bare) if bare else ()
                return
            raws = bare.split(b"\n")
            if self.first is None:
                yield from self._all(number, raws, usual_lines(bare))
            else:
                yield from self._wanted(number, raws, seals(bare), self.first)
            number += len(raws)

    def _without_bom(self, raw: bytes) -> bytes:
        if raw.startswith(BOM):
            self.warnings.append(f"{self.shown}:1: byte order mark passed over")
        return raw.removeprefix(BOM)

    def _all(self, number: int, raws: list[bytes], usuals: list[Usual]) -> Iterator[LogLine]:
        for raw, usual in zip(raws, usuals, strict=True):
            number += 1
            if line := self._line(number, raw, usual):
                yield line

    def _wanted(
        self, number: int, raws: list[bytes], every: list[Seal], first: Mapping[str, date]
    ) -> Iterator[LogLine]:
        """What is sound and not asked for is passed over at once; the rest is read as ever."""
        hashed, starts, left_out = self.hashed, self._starts, self.left_out
        for raw, (id, kpi, period) in zip(raws, every, strict=True):
            number += 1
            day = starts.get(period)
            if day and day < first.get(kpi, date.max) and fits(raw, id, hashed):
                if day > left_out.get(kpi, date.min):
                    left_out[kpi] = day
            elif line := self._line(number, raw, usual_lines(raw)[0]):
                starts[line.period] = read_period(line.period).start
                if self._is_wanted(line):
                    yield line

    def _is_wanted(self, line: LogLine) -> bool:
        if self.first is None:
            return True
        day = read_period(line.period).start
        if day >= self.first.get(line.kpi, date.max):
            return True
        self.left_out[line.kpi] = max(day, self.left_out.get(line.kpi, date.min))
        return False

    def _line(self, number: int, raw: bytes, usual: Usual) -> LogLine | None:
        """A sound line; a blank one is none, and a damaged one is named."""
        bare = raw if usual[0] else raw.removesuffix(b"\r")
        try:
            if len(bare) >= LONGEST:
                raise NotationError(f"line longer than {LONGEST:,} bytes")
            if usual[0] or bare.strip(b" \t"):
                again = usual if bare is raw else usual_lines(bare)[0]
                return read_usual(bare, again, number, self.shown, self.hashed)
        except NotationError as error:
            self.damages.append(self._damage(number, bare, error.message))
        return None

    def _damage(self, number: int, raw: bytes, reason: str) -> Damage:
        if raw.startswith(MARKERS):
            self.has_conflict, reason = True, CONFLICT
        self.needs_repair |= self.has_conflict or not raw.rstrip().endswith(b"}")
        shown, at = still_shown(raw)
        return Damage(f"{self.shown}:{number}", reason, tuple(_sound_pairs(shown)), at, number)

    def _last(self, descriptor: int, number: int, raw: bytes) -> Iterator[LogLine]:
        """A last line without its end counts if it is whole; else it is read once more."""
        self.unended = number
        if raw.startswith(MARKERS):
            self.damages.append(self._damage(number, raw, CONFLICT))
            return
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
            if self._is_wanted(line):
                yield line
            return
        self.warnings.append(f"{self.shown}:{number}: {TORN}")


def _sound_pairs(shown: list[tuple[str, str]]) -> Iterator[tuple[str, Period]]:
    for kpi, label in shown:
        try:
            yield kpi, read_period(label)
        except NotationError:
            continue


def blocks(disk: Disk, descriptor: int, size: int) -> Iterator[tuple[bytes, bool]]:
    """Whole lines, many at a time, without the end of the last; what is not ended stands alone.

    The boolean says whether it is ended; a line that is too long keeps its start alone.
    """
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
