"""Append records to the log: all of them durable, or not a byte changed."""

import errno
import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import IO, TypeAlias

from kpicli.errors import KpiError, NotationError, OutcomeUnknownError
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import Record
from kpicli.model.timestamp import stamp
from kpicli.noun import NamedTuple
from kpicli.store.disk import DISK, Disk, give_back, refused, release
from kpicli.store.log.codec import read_line, usual_lines, write_line
from kpicli.store.log.lock import NOTHING, Original, locked
from kpicli.store.log.ownership import require_log

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MANY, MUCH = 200_000, 1 << 25  # records, and bytes of lines, too many to write from memory
_BLOCK = 5000

Lines: TypeAlias = "bytearray | IO[bytes]"  # encoded, in memory or in a file without a name


class LogState(NamedTuple):
    """What a reading of the log knew: which file it was, and the newest record of each pair.

    `identity` is device, inode and size, `None` where there was no file; `newest` maps KPI and
    period to the greatest `(at, id)`, and `standing` to the ids of what stands,
    for whoever knows of it.
    """

    identity: tuple[int, int, int] | None
    newest: Mapping[tuple[str, Period], tuple[str, str]]
    standing: Mapping[tuple[str, Period], str] | None = None


class Write(NamedTuple):
    """Records to append as one, and the state of the log by which they were decided.

    In front of them stand lines that are `sealed` already, byte for byte; `resealed` finds out
    under the lock which of these the log still lacks, where it has changed. `reread` reads the
    state again; a pair that has a newer record then is refused, unless this `is_final`.
    """

    drafts: Collection[Record]
    state: LogState
    reread: Callable[[], LogState]
    is_final: bool
    sealed: bytes = b""
    resealed: Callable[[], bytes] | None = None


class ChangedMeanwhileError(KpiError):
    """Another writer recorded one of the same KPIs and periods since they were read."""


def append(path: str, name: str, write: Write, disk: Disk = DISK) -> str:
    """Append all of it, stamped with one instant, which is returned.

    It is one write, and so all of it or nothing. What is too much for that is encoded block by
    block, into a file without a name; then the log with it behind is put in the log's place, by one
    rename.

    Where the log is no longer what it was decided by, it is read again under the lock. Raises
    `ChangedMeanwhileError` where that matters, `KpiError` where nothing was recorded, and
    `OutcomeUnknownError` where that is not known.
    """
    drafts, state = write.drafts, write.state
    at = _instant(drafts, state, disk)
    with _encoded(write.sealed, drafts, at, state) as lines:
        descriptor, file = locked(path, name, disk)
        place, size = (file.st_dev, file.st_ino), file.st_size
        log = Original(os.path.realpath(path), name, name, descriptor, file)
        try:
            require_log(descriptor, size, name, NOTHING, disk)
            if (*place, size) == (state.identity or (*place, 0)):
                _add(log, lines, disk)
                return at
            fresh = write.reread()
            _require_same(write, fresh)
            at = _instant(drafts, fresh, disk)
            sealed = write.resealed() if write.resealed else write.sealed
            with _encoded(sealed, drafts, at, fresh) as again:
                _add(log, again, disk)
        except OSError as error:
            if size == 0 and state.identity is None:
                with suppress(OSError):  # nothing could be written; who waits makes another
                    disk.unlink(os.path.realpath(path))
            raise refused(name, error, NOTHING) from None
        finally:
            release(descriptor, disk)
    return at


def _add(log: Original, lines: Lines, disk: Disk) -> None:
    """Put the lines behind what stands in a log that is locked, on a line of their own."""
    size = log.file.st_size
    if not lines:
        return
    if size == 0:
        sync_folder(log.path, disk)
    is_cut = size > 0 and disk.read(log.descriptor, 1, size - 1) != b"\n"
    with undisturbed():
        if not isinstance(lines, bytearray):
            from kpicli.store.log.replace import lengthen, pieces_of

            with suppress(PermissionError):  # the file may be written to, and its folder not
                lengthen(log, chain([b"\n"] if is_cut else [], pieces_of(lines)), disk)
                return
            lines = bytearray(b"".join(pieces_of(lines)))
        if is_cut:
            lines[:0] = b"\n"
        _write(log.descriptor, lines, size, log.name, disk)


def _require_same(write: Write, fresh: LogState) -> None:
    old, new = write.state.newest, fresh.newest
    pairs = ((draft.kpi, draft.period) for draft in write.drafts)
    if not write.is_final and any(old.get(pair) != new.get(pair) for pair in pairs):
        message = "nothing recorded: somebody else recorded the same KPI and period just now"
        raise ChangedMeanwhileError(message, hint="run it again to see the current value")


def _instant(drafts: Collection[Record], state: LogState, disk: Disk) -> str:
    """Now, or if later a microsecond past the newest record that they touch."""
    now = stamp(_EPOCH + timedelta(microseconds=disk.microseconds()))
    orders = (state.newest.get((draft.kpi, draft.period), ("", "")) for draft in drafts)
    newest, _ = max(orders, default=("", "")) if state.newest else ("", "")
    if newest < now:
        return now
    try:
        return stamp(datetime.fromisoformat(newest) + timedelta(microseconds=1))
    except OverflowError:
        message = f"{NOTHING}the current record is dated at the end of time, {newest}"
        raise KpiError(message, hint="correct the at of that line in an editor") from None


@contextmanager
def _encoded(
    sealed: bytes, drafts: Collection[Record], at: str, state: LogState
) -> Iterator["Lines"]:
    """The lines, in memory or in a file without a name."""
    lines = (write_line(_replacing(state, draft), at)[0] for draft in drafts)
    blocks = chain([sealed], _blocks(lines))
    if len(drafts) < MANY and len(sealed) < MUCH:
        yield bytearray(b"".join(blocks))
        return
    from kpicli.store.log.replace import spooled

    with spooled(blocks) as spool:
        yield spool


def _blocks(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Many lines at a time, all of which can be read again."""
    while block := b"".join(islice(lines, _BLOCK)):
        _require_readable(block)
        yield block


def _replacing(state: LogState, draft: Record) -> Record:
    """The draft with what it replaces; that it is nothing, a unit shows as well."""
    if state.standing is None:
        return draft
    nothing = "" if draft.unit else "none"
    return draft._replace(replaces=state.standing.get((draft.kpi, draft.period)) or nothing)


def _require_readable(lines: bytes) -> None:
    """Nothing is written that would be left out when it is read."""
    content = lines.removesuffix(b"\n")
    labels: set[str] = set()
    try:
        for raw, usual in zip(content.split(b"\n"), usual_lines(content), strict=True):
            if raw:
                labels.add(usual[2] or read_line(raw).period)
        for label in labels:
            recorded_period(label)
    except NotationError as error:
        message = f"{NOTHING}it could not be read again: {error.message}"
        raise KpiError(message, hint="see that clock and period are right") from None


def _write(descriptor: int, lines: bytearray, size: int, name: str, disk: Disk) -> None:
    """One write and one fsync, never retried; whatever goes wrong, cut back to the old size."""
    try:
        size_written = disk.write(descriptor, lines)
        if size_written != len(lines):
            is_limited = disk.largest() < size + len(lines)
            raise OSError(errno.EFBIG if is_limited else errno.ENOSPC, "part of a write")
        disk.sync(descriptor)
    except BaseException:
        try:
            disk.cut(descriptor, size)
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            message = f"outcome unknown: neither written nor taken back ({reason})"
            raise OutcomeUnknownError(message, where=name, hint="run kpi verify") from None
        raise


@contextmanager
def undisturbed() -> Iterator[None]:
    """Signals wait until the write is whole and durable, or taken back; a thread gets none."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    handlers = {number: signal.getsignal(number) for number in _ENDING}
    for number in handlers:
        signal.signal(number, lambda received, _: waiting.append(received))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for received in waiting:
            signal.raise_signal(received)


def sync_folder(path: str, disk: Disk) -> None:
    """Make the name of a new log durable before anything stands in it."""
    folder = disk.open(os.path.dirname(os.path.realpath(path)), os.O_RDONLY | os.O_DIRECTORY)
    try:
        disk.sync(folder)
    finally:
        give_back(folder, disk)
