"""Repair a file of the log: what is damaged, doubled or no record goes, every good line stays."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from kpicli.errors import KpiError
from kpicli.model.repaired import Repaired
from kpicli.store.append import locked, undisturbed
from kpicli.store.disk import DISK, Disk
from kpicli.store.files import give_back, open_log, refused
from kpicli.store.log import CONFLICT, TORN, Reading
from kpicli.store.replace import NOTHING, Original, replace
from kpicli.text import shown as cut

_CHUNK = 1 << 20
_BOM = b"\xef\xbb\xbf"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def repair(path: str, shown: str, *, is_dry: bool = False, disk: Disk = DISK) -> Repaired:
    """Keep the good lines byte for byte and in their order, those of both sides of a conflict too.

    The original is copied aside before, so that nothing is lost. Where nothing is to be done,
    nothing is. Raises `KpiError` where the log is what it was, and `OutcomeUnknownError` where
    that is not known. A dry run takes no lock, as any reading.
    """
    descriptor = open_log(path, shown, disk)
    if descriptor is None:
        return Repaired(shown)
    try:
        if is_dry:
            return _planned(_original(path, shown, descriptor, disk.status(descriptor), disk))[0]
    except OSError as error:
        raise refused(shown, error) from None
    finally:
        give_back(descriptor, disk)
    return _repaired(path, shown, disk)


def _repaired(path: str, shown: str, disk: Disk) -> Repaired:
    descriptor, found = _locked(path, shown, disk)
    try:
        original = _original(path, shown, descriptor, found, disk)
        plan, good = _planned(original)
        if not plan.is_changed:
            return plan
        now = _EPOCH + timedelta(microseconds=disk.microseconds())
        with undisturbed():
            copy = replace(original, good, f"{now:%Y%m%dT%H%M%SZ}", disk)
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


def _original(
    path: str, shown: str, descriptor: int, found: os.stat_result, disk: Disk
) -> Original:
    content = bytearray()
    while len(content) < found.st_size:
        size = min(_CHUNK, found.st_size - len(content))
        chunk = disk.read(descriptor, size, len(content))
        if not chunk:
            break
        content += chunk
    real = os.path.realpath(path)
    named = cut(real) if os.path.islink(path) else shown
    return Original(real, shown, named, descriptor, found, bytes(content))


class _Held(Disk):
    """A disk of the bytes that were read already, for the one who tells good lines from others."""

    def __init__(self, original: Original) -> None:
        self.original = original

    def open(self, *_: Any) -> int:
        """Whatever is opened, it is that."""
        return self.original.descriptor

    def close(self, _descriptor: int) -> None:
        """It stays open for whoever holds it."""

    def status(self, _descriptor: int) -> os.stat_result:
        """What it was."""
        return self.original.found

    def read(self, _descriptor: int, size: int, offset: int) -> bytes:
        """Out of memory."""
        return self.original.content[offset : offset + size]


def _planned(original: Original) -> tuple[Repaired, bytes]:
    """What goes, and the good lines; of equal records the first stays."""
    reading = Reading(original.path, original.shown, _Held(original))
    seen: set[int] = set()
    doubled: set[int] = set()
    for line in reading.lines():
        known = len(seen)
        seen.add(int(line.id, 16))
        if len(seen) == known:
            doubled.add(line.number)
    markers = {one.line for one in reading.damages if one.reason == CONFLICT}
    damaged = {one.line for one in reading.damages} - markers
    torn = {_number(warning, original) for warning in reading.warnings if warning.endswith(TORN)}
    good = _without(original.content, doubled | markers | damaged | torn)
    counts = len(seen), len(doubled), len(markers), len(damaged), len(torn)
    has_mark = original.content.startswith(_BOM)
    is_ended = bool(good) and not good.endswith(b"\n")
    return Repaired(original.shown, *counts, has_mark, is_ended), good + b"\n" * is_ended


def _number(warning: str, original: Original) -> int:
    return int(warning.removeprefix(f"{original.shown}:").partition(":")[0])


def _without(content: bytes, gone: set[int]) -> bytes:
    """The lines that do not go, with their ends as they are."""
    good, number = bytearray(), 1
    start = len(_BOM) if content.startswith(_BOM) else 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        if number not in gone:
            good += content[start:end]
        start, number = end, number + 1
    return bytes(good)
