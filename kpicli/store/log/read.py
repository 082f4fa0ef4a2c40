"""A log in one file: every sound line, and every damaged one by name."""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN
from kpicli.model.period import recorded_period
from kpicli.model.record import NOTE_ID, LogLine
from kpicli.store.disk import DISK, Disk, give_back, open_to_read, refused, require_own_link
from kpicli.store.log.codec import LONGEST, Usual, blocks, read_line, read_usual, usual_lines
from kpicli.store.log.seal import Hash, sha256, sha256_for

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue
    from kpicli.store.log.append import Write
    from kpicli.store.log.restore import Restorer
    from kpicli.store.log.seals import EarlyLines
    from kpicli.store.log.snapshot.builder import IndexBuilder

BOM = b"\xef\xbb\xbf"  # what some editors put in front of a file

TORN = (
    "incomplete last line ignored — a write was interrupted, nothing acknowledged is missing; "
    "'kpi repair' sets it aside"
)
TORN_OR_COPIED = (
    "incomplete last line ignored — its write was interrupted, or its copy is not all here yet; "
    "once no more of it comes, 'kpi repair' sets it aside"
)
"""Said in a folder that other machines send their files to."""
_TOO_LONG = f"line longer than {LONGEST:,} bytes"

_FEW = 64_000  # bytes up to which getting another pattern ready takes longer than reading
LONG_LOG = 1 << 20  # bytes from which on it pays to remember where the lines of a log stand


class LogFile:
    """A log in one file; see `Log`.

    `unended` is the number of a last line without its end, 0 where all are ended.
    """

    def __init__(
        self,
        path: str,
        name: str,
        disk: Disk = DISK,
        kpis: Collection[str] = (),
        cache: str | None = None,
    ) -> None:
        self.path, self.name, self.disk, self.cache = path, name, disk, cache
        self.identity: tuple[int, int, int] | None = None
        self.issues: list[LogIssue] = []
        self.left_out: dict[str, date] = {}
        self.lookback: Mapping[str, date] | None = None
        self.writer: str | None = None
        self.index: IndexBuilder | None = None
        self.needs_repair = False
        self.unended, self.torn = 0, TORN
        self.hashed: Hash = sha256
        self._kpis = kpis

    @property
    def paths(self) -> tuple[str, ...]:
        """The file itself."""
        return (self.path,)

    @property
    def files(self) -> Sequence["LogFile"]:
        """Itself alone."""
        return (self,)

    @property
    def folder(self) -> str:
        """The folder in which the file really lies."""
        return os.path.dirname(os.path.realpath(self.path))

    def lines(
        self, lookback: Mapping[str, date] | None = None, writer: str | None = None
    ) -> Iterator[LogLine]:
        """Every sound line, in file order; see `Log.lines`."""
        self.lookback, self.writer = lookback, writer
        descriptor = open_to_read(self.path, self.name, self.disk)
        if descriptor is None:
            return
        try:
            file = self.disk.status(descriptor)
            self.identity = file.st_dev, file.st_ino, file.st_size
            self.hashed = sha256_for(file.st_size)
            yield from self._read(descriptor, file.st_size)
        except OSError as error:
            raise refused(self.name, error) from None
        finally:
            give_back(descriptor, self.disk)

    def append(self, write: "Write", by: str, replica: Callable[[], str]) -> str:  # noqa: ARG002 - all share the file
        """Append what is written as one; see `append.append`."""
        from kpicli.store.log.append import append

        require_own_link(self.path, self.name)
        return append(self.path, self.name, write, self.disk)

    def conflicts(self) -> bool:
        """Whether git would not keep the lines of both sides of a merge."""
        from kpicli.store.git import conflicts

        return conflicts(self.path)

    @cached_property
    def _restorer(self) -> "Restorer":
        from kpicli.store.log.restore import Restorer

        return Restorer(self._kpis)

    def _read(self, descriptor: int, size: int) -> Iterator[LogLine]:
        """By what is remembered of the log, where that pays."""
        is_whole = self.lookback is None and self.writer is None
        if is_whole or size < LONG_LOG or not self.cache:
            return self.sound(descriptor, size)
        from kpicli.store.log.snapshot.recall import recall

        return recall(self, descriptor, size, self.cache)

    def sound(
        self, descriptor: int, size: int, number: int = 0, offset: int = 0, *, most: bool = False
    ) -> Iterator[LogLine]:
        """Every sound line behind so many, from that offset on; of `most` none is passed over."""
        early = None
        for block, is_ended in blocks(self.disk, descriptor, size, offset):
            content = block if number else self.without_mark(block)
            if not is_ended:
                yield from self._last(descriptor, number + 1, content) if content else ()
            elif self.lookback is None or most or (size - offset < _FEW and not self.index):
                yield from filter(self._is_within, self.every(count(number + 1), content))
                number += content.count(b"\n") + 1
            else:
                early = early or self._early_lines(self.lookback)
                number = yield from self._others(early, number, block, content)
        for kpi, day in early.latest if early else ():
            self._pass_over(kpi, day)

    def _early_lines(self, first: Mapping[str, date]) -> "EarlyLines":
        from kpicli.store.log.seals import EarlyLines

        return EarlyLines(first, self.hashed, has_writes=bool(self.index))

    def without_mark(self, raw: bytes) -> bytes:
        """The first bytes without a byte order mark, which is an issue."""
        if raw.startswith(BOM):
            from kpicli.model.log_issue import IssueKind, LogIssue

            message, hint = "byte order mark ignored", "kpi repair takes it out"
            self.issues.append(LogIssue(IssueKind.BYTE_ORDER_MARK, self.name, 1, message, hint))
        return raw.removeprefix(BOM)

    def every(self, numbers: Iterable[int], content: bytes) -> Iterator[LogLine]:
        """What stands in the sound ones of some lines."""
        raws = content.split(b"\n")
        for raw, usual, number in zip(raws, usual_lines(content), numbers, strict=False):
            if line := self.line(number, raw, usual):
                yield line

    def _others(
        self, early: "EarlyLines", number: int, block: bytes, content: bytes
    ) -> Generator[LogLine, None, int]:
        """What is sound and too early is ignored at once; the rest is read as ever."""
        columns, before = early.seals(content), len(self.issues)
        if others := early.others(columns):
            numbers = [number + 1 + place for place in others]
            yield from filter(self._is_within, self.every(numbers, b"\n".join(others.values())))
        if self.index:
            self.index.add(block, columns, self.issues[before:])
        return number + len(columns.ids)

    def _is_within(self, line: LogLine) -> bool:
        if self.lookback is None:
            return True
        day = recorded_period(line.period, PLAIN).start
        if day >= self.lookback.get(line.kpi, date.max):
            return True
        self._pass_over(line.kpi, day)
        return False

    def _pass_over(self, kpi: str, day: date) -> None:
        if kpi != NOTE_ID:
            self.left_out[kpi] = max(day, self.left_out.get(kpi, date.min))

    def line(self, number: int, raw: bytes, usual: Usual) -> LogLine | None:
        """A sound line; a blank one is none, and a damaged one is an issue."""
        text = raw if usual[0] else raw.removesuffix(b"\r")
        try:
            if len(text) >= LONGEST:
                raise NotationError(_TOO_LONG)
            if usual[0] or text.strip(b" \t"):
                again = usual if text is raw else usual_lines(text)[0]
                return read_usual(text, again, number, self.name, self.hashed)
        except NotationError as error:
            self._leave_out(number, text, error)
        return None

    def _leave_out(self, number: int, raw: bytes, error: NotationError) -> None:
        """Keep in mind that a line was damaged, or is a marker of git."""
        from kpicli.model.log_issue import IssueKind
        from kpicli.store.log.damage import issue_of

        issue = issue_of(self.name, number, raw, error, self._restorer)
        self.needs_repair |= issue.kind is IssueKind.CONFLICT or not raw.rstrip().endswith(b"}")
        self.issues.append(issue)

    def _last(self, descriptor: int, number: int, raw: bytes) -> Iterator[LogLine]:
        """A last line without its end counts if it is whole; else it is read once more."""
        self.unended = number
        if not raw.removesuffix(b"\r").strip(b" \t"):
            return
        try:
            line = self._whole(descriptor, number, raw)
        except NotationError as error:
            from kpicli.store.log.damage import is_torn_end

            if is_torn_end(self.disk, descriptor, raw):
                from kpicli.model.log_issue import IssueKind, LogIssue

                self.issues.append(LogIssue(IssueKind.TORN, self.name, number, self.torn))
            else:
                self._leave_out(number, raw, error)
        else:
            if self._is_within(line):
                yield line

    def _whole(self, descriptor: int, number: int, raw: bytes) -> LogLine:
        """The record of a last line, which another process may be writing; else raises."""
        if len(raw) >= LONGEST:
            raise NotationError(_TOO_LONG)
        try:
            return read_line(raw.removesuffix(b"\r"), number, self.name)
        except NotationError:
            size = self.disk.status(descriptor).st_size
            start = (self.identity[2] if self.identity else 0) - len(raw)
            again = self.disk.read(descriptor, size - start, start) if size > start else raw
            return read_line(again.partition(b"\n")[0].removesuffix(b"\r"), number, self.name)
