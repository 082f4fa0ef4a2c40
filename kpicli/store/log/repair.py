"""Repair a file of the log: what is damaged, doubled or no record goes, every good line stays."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from kpicli.model.log_issue import FileRepair, IssueKind
from kpicli.store.disk import DISK, Disk, give_back, open_to_read, refused, release
from kpicli.store.log.append import undisturbed
from kpicli.store.log.codec import blocks
from kpicli.store.log.lock import Original, locked
from kpicli.store.log.ownership import require_log
from kpicli.store.log.read import BOM, LogFile
from kpicli.store.log.replace import NOTHING, replace
from kpicli.text import clipped as cut

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = (IssueKind.CONFLICT, IssueKind.DAMAGED, IssueKind.TORN, IssueKind.BYTE_ORDER_MARK)


def repair(
    path: str, name: str, *, ids: set[int] | None = None, is_dry: bool = False, disk: Disk = DISK
) -> FileRepair:
    """Keep the good lines byte for byte and in their order, those of both sides of a conflict too.

    The `ids` stand in files that were repaired before, and go here; those that stay
    are added to them. The original is copied aside before, so that nothing is lost. Where nothing
    is to be done, nothing is. Raises `KpiError` where the log is what it was, and
    `OutcomeUnknownError` where that is not known. A dry run takes no lock, as any reading.
    """
    descriptor = open_to_read(path, name, disk)
    if descriptor is None:
        return FileRepair(name)
    ids = set() if ids is None else ids
    try:
        if is_dry:
            original = _original(path, name, descriptor, disk.status(descriptor))
            return _planned(original, ids, disk)[0]
    except OSError as error:
        raise refused(name, error) from None
    finally:
        give_back(descriptor, disk)
    return _repair(path, name, ids, disk)


def _repair(path: str, name: str, ids: set[int], disk: Disk) -> FileRepair:
    descriptor, file = locked(path, name, disk, undone=NOTHING)
    try:
        original = _original(path, name, descriptor, file)
        require_log(descriptor, file.st_size, name, NOTHING, disk)
        plan, leaving = _planned(original, ids, disk)
        if not plan.is_changed:
            return plan
        now = _EPOCH + timedelta(microseconds=disk.microseconds())
        with undisturbed():
            copy = replace(original, _good(original, leaving, disk), f"{now:%Y%m%dT%H%M%SZ}", disk)
    except OSError as error:
        raise refused(name, error, NOTHING) from None
    finally:
        release(descriptor, disk)
    return plan._replace(copy=copy)


def _original(path: str, name: str, descriptor: int, file: os.stat_result) -> Original:
    real = os.path.realpath(path)
    file_name = cut(real) if os.path.islink(path) else name
    return Original(real, name, file_name, descriptor, file)


class _HeldDisk(Disk):
    """A disk of the file that is open already, for the one who tells good lines from others."""

    def __init__(self, original: Original, disk: Disk) -> None:
        self.original, self.disk = original, disk

    def open(self, *_: Any) -> int:
        """Whatever is opened, it is that."""
        return self.original.descriptor

    def close(self, _descriptor: int) -> None:
        """It stays open for whoever holds it."""

    def status(self, _descriptor: int) -> os.stat_result:
        return self.original.file

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        return self.disk.read(descriptor, size, offset)


def _planned(original: Original, ids: set[int], disk: Disk) -> tuple[FileRepair, set[int]]:
    """What is done, and the numbers of the lines that go; of equal records the first stays."""
    log = LogFile(original.path, original.name, _HeldDisk(original, disk))
    size = len(ids)
    duplicates: set[int] = set()
    for line in log.lines():
        size_before = len(ids)
        ids.add(int(line.id, 16))
        if len(ids) == size_before:
            duplicates.add(line.number)
    numbers = {kind: {issue.line for issue in log.issues if issue.kind is kind} for kind in _KINDS}
    markers, damaged, torn, marks = numbers.values()
    leaving = duplicates | markers | damaged | torn
    counts = len(ids) - size, len(duplicates), len(markers), len(damaged), len(torn)
    is_ended = log.unended > 0 and log.unended not in leaving
    return FileRepair(original.name, *counts, bool(marks), is_ended), leaving


def _good(original: Original, leaving: set[int], disk: Disk) -> Iterator[bytes]:
    """The lines that do not go, with their ends as they are; the last gets one that has none."""
    number = 0
    for block, is_ended in blocks(disk, original.descriptor, original.file.st_size):
        content = block if number else block.removeprefix(BOM)
        raws = content.split(b"\n") if content or is_ended else []
        yield b"".join(raw + b"\n" for at, raw in enumerate(raws, number + 1) if at not in leaving)
        number += len(raws)
