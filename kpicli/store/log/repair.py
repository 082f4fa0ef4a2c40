"""Repair a file of the log: what is damaged, doubled or no record goes, every good line stays."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from kpicli.errors import KpiError
from kpicli.model.log_issue import Repaired
from kpicli.store.disk import DISK, Disk, give_back, open_log, refused
from kpicli.store.log.append import locked, undisturbed
from kpicli.store.log.read import BOM, CONFLICT, TORN, Reading, blocks
from kpicli.store.log.replace import NOTHING, Original, replace
from kpicli.text import shown as cut

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def repair(
    path: str,
    shown: str,
    *,
    known: set[int] | None = None,
    is_dry: bool = False,
    disk: Disk = DISK,
) -> Repaired:
    """Keep the good lines byte for byte and in their order, those of both sides of a conflict too.

    The ids that are `known` stand in files that were repaired before, and go here; those that stay
    are added to them. The original is copied aside before, so that nothing is lost. Where nothing
    is to be done, nothing is. Raises `KpiError` where the log is what it was, and
    `OutcomeUnknownError` where that is not known. A dry run takes no lock, as any reading.
    """
    descriptor = open_log(path, shown, disk)
    if descriptor is None:
        return Repaired(shown)
    seen: set[int] = set() if known is None else known
    try:
        if is_dry:
            original = _original(path, shown, descriptor, disk.status(descriptor))
            return _planned(original, seen, disk)[0]
    except OSError as error:
        raise refused(shown, error) from None
    finally:
        give_back(descriptor, disk)
    return _repaired(path, shown, seen, disk)


def _repaired(path: str, shown: str, seen: set[int], disk: Disk) -> Repaired:
    descriptor, found = _locked(path, shown, disk)
    try:
        original = _original(path, shown, descriptor, found)
        plan, gone = _planned(original, seen, disk)
        if not plan.is_changed:
            return plan
        now = _EPOCH + timedelta(microseconds=disk.microseconds())
        with undisturbed():
            copy = replace(original, _good(original, gone, disk), f"{now:%Y%m%dT%H%M%SZ}", disk)
    except OSError as error:
        raise refused(shown, error, NOTHING) from None
    finally:
        give_back(descriptor, disk)
    return plan._replace(copy=copy)


def _locked(path: str, shown: str, disk: Disk) -> tuple[int, os.stat_result]:
    try:
        return locked(path, shown, disk)
    except KpiError as error:
        said = error.message.replace("nothing recorded", NOTHING.removesuffix(": "))
        raise KpiError(said, where=error.where, hint=error.hint) from None


def _original(path: str, shown: str, descriptor: int, found: os.stat_result) -> Original:
    real = os.path.realpath(path)
    named = cut(real) if os.path.islink(path) else shown
    return Original(real, shown, named, descriptor, found)


class _Held(Disk):
    """A disk of the file that is open already, for the one who tells good lines from others."""

    def __init__(self, original: Original, disk: Disk) -> None:
        self.original, self.disk = original, disk

    def open(self, *_: Any) -> int:
        """Whatever is opened, it is that."""
        return self.original.descriptor

    def close(self, _descriptor: int) -> None:
        """It stays open for whoever holds it."""

    def status(self, _descriptor: int) -> os.stat_result:
        """What it was."""
        return self.original.found

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        """As it is now."""
        return self.disk.read(descriptor, size, offset)


def _planned(original: Original, seen: set[int], disk: Disk) -> tuple[Repaired, set[int]]:
    """What is done, and the numbers of the lines that go; of equal records the first stays."""
    reading = Reading(original.path, original.shown, _Held(original, disk))
    before = len(seen)
    doubled: set[int] = set()
    for line in reading.lines():
        known = len(seen)
        seen.add(int(line.id, 16))
        if len(seen) == known:
            doubled.add(line.number)
    markers = {one.line for one in reading.damages if one.reason == CONFLICT}
    damaged = {one.line for one in reading.damages} - markers
    torn = {_number(warning, original) for warning in reading.warnings if warning.endswith(TORN)}
    gone = doubled | markers | damaged | torn
    counts = len(seen) - before, len(doubled), len(markers), len(damaged), len(torn)
    has_mark = len(reading.warnings) > len(torn)
    is_ended = reading.unended > 0 and reading.unended not in gone
    return Repaired(original.shown, *counts, has_mark, is_ended), gone


def _number(warning: str, original: Original) -> int:
    return int(warning.removeprefix(f"{original.shown}:").partition(":")[0])


def _good(original: Original, gone: set[int], disk: Disk) -> Iterator[bytes]:
    """The lines that do not go, with their ends as they are; the last gets one that has none."""
    number = 0
    for block, is_ended in blocks(disk, original.descriptor, original.found.st_size):
        bare = block if number else block.removeprefix(BOM)
        raws = bare.split(b"\n") if bare or is_ended else []
        yield b"".join(raw + b"\n" for at, raw in enumerate(raws, number + 1) if at not in gone)
        number += len(raws)
