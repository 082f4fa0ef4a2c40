"""Extend the definitions: a text put at their end, whole or not at all."""

import os
from collections.abc import Callable

from kpicli.errors import KpiError, ManyErrors, OutcomeUnknownError
from kpicli.store.definitions.read import DefinitionsFile, read
from kpicli.store.definitions.toml import parsed
from kpicli.store.definitions.write import Tables, appended, text_of
from kpicli.store.disk import DISK, Disk, give_back, refused, release
from kpicli.store.log.append import sync_folder, undisturbed
from kpicli.store.log.lock import locked
from kpicli.store.new_file import create_copy, likeness_of, temporary_beside, tidied
from kpicli.text import clipped

_NOTHING = "nothing written: "
_CORRECT = "nothing written; correct it and run it again"


def extended(
    path: str, content: bytes, tables: Tables, cache: str | None = None
) -> tuple[bytes, DefinitionsFile]:
    """The content with the tables at its end, and what it then says.

    Raises `KpiError` for what would not load; the content itself does.
    """
    new = appended(content, text_of(tables))
    try:
        return new, read(path, new, cache)
    except ManyErrors as error:
        faults = [KpiError(fault.message) for fault in error.errors]
        raise ManyErrors(faults, hint=_CORRECT) from None
    except KpiError as error:
        raise _closed(path, content, tables) or error from None


def _closed(path: str, content: bytes, tables: Tables) -> KpiError | None:
    """That a table is written in a form that only an editor can add to."""
    from kpicli.store.definitions.positions import Positions

    text = content.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    present = parsed(text, clipped(path))
    for kind in (kind for kind in ("kpis", "goals") if tables.get(kind) and kind in present):
        line, _ = Positions(text).of((kind,))
        try:
            free = f"{max(present[kind], key=len, default='')}x"  # an id that is not taken
            parsed(f"{text}\n[{kind}.{free}]\n", clipped(path))
        except KpiError:
            message = f"{kind} is written as {kind} = {{…}}, and nothing can be put behind that"
            first = next(iter(present[kind]), "id")
            hint = f"write each as a table of its own, [{kind}.{first}], and run it again"
            return KpiError(message, where=f"{clipped(path)}:{line}", hint=hint)
    return None


def extend(path: str, compose: Callable[[bytes], bytes], disk: Disk = DISK) -> None:
    """Change the file for what `compose` makes of its content; nobody else writes meanwhile.

    Raises `KpiError` where the file is what it was, also where an editor has saved it meanwhile.
    """
    name = clipped(path)
    descriptor, file = locked(path, name, disk, is_created=False, undone=_NOTHING)
    try:
        real, like = os.path.realpath(path), likeness_of(descriptor, file, disk)
        new = compose(_content(descriptor, file.st_size, disk))
        temporary = temporary_beside(real)
        with tidied(disk) as created, undisturbed():
            give_back(create_copy(temporary, [new], like, created, disk), disk)
            _require_unchanged(path, name, file, disk)
            disk.rename(temporary, real)
            created.clear()
            _settle(real, name, disk)
    except OSError as error:
        raise refused(name, error, _NOTHING) from None
    finally:
        release(descriptor, disk)


def _content(descriptor: int, size: int, disk: Disk) -> bytes:
    content = b""
    while piece := disk.read(descriptor, size - len(content), len(content)):
        content += piece
    return content


def _require_unchanged(path: str, name: str, then: os.stat_result, disk: Disk) -> None:
    """What takes no lock, an editor, may have saved it meanwhile."""
    current = disk.status_of(path)
    if any(
        getattr(current, part) != getattr(then, part)
        for part in ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    ):
        hint = "run it again to see what it says now"
        raise KpiError(f"{_NOTHING}somebody changed it in the meantime", where=name, hint=hint)


def _settle(real: str, name: str, disk: Disk) -> None:
    """Make the new name durable."""
    try:
        sync_folder(real, disk)
    except OSError as failure:
        reason = os.strerror(failure.errno or 0)
        message = f"outcome unknown: written, but perhaps not durably ({reason})"
        raise OutcomeUnknownError(message, where=name, hint="look at the end of the file") from None
