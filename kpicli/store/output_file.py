"""The file that an answer is put in: replaced whole or not at all, and never one of kpi's own."""

import os
from collections.abc import Iterable
from contextlib import suppress

from kpicli.errors import KpiError
from kpicli.store.disk import DISK, give_back
from kpicli.store.log.ownership import holds_records
from kpicli.store.new_file import Likeness, create_copy, likeness_of
from kpicli.text import safe


def replace_file(path: str, pieces: Iterable[str], protected: Iterable[str]) -> None:
    """Put text in a file, whole or not at all; never in one of the files that are `protected`.

    A protected path that ends in `/` is a folder, and nothing is put in it.
    """
    target, name = os.path.realpath(path), safe(path)
    if any(_is_protected(target, other) for other in protected):
        hint = "name another file"
        raise KpiError("is one of kpi's own files, which are never replaced", where=name, hint=hint)
    if os.path.dirname(target) != os.path.realpath(os.path.dirname(path) or "."):
        hint = "name the file itself"
        raise KpiError("is a symbolic link into another folder", where=name, hint=hint)
    if os.path.lexists(target) and not os.path.isfile(target):
        raise KpiError("is not a regular file", where=name, hint="name another file")
    if holds_records(target):
        raise KpiError("holds records, and is never replaced", where=name, hint="name another file")
    content = "".join(pieces).encode()
    temporary = os.path.join(os.path.dirname(target), f".kpi-{os.urandom(6).hex()}.tmp")
    try:
        _write_durably(temporary, target, content)
    except OSError as error:
        problem = os.strerror(error.errno or 0)
        raise KpiError(f"not written: {problem}", where=name, hint="name another file") from None


def _is_protected(target: str, protected: str) -> bool:
    if protected.endswith("/") and target.startswith(os.path.join(os.path.realpath(protected), "")):
        return True
    with suppress(OSError):
        return os.path.samefile(target, protected)
    return target == os.path.realpath(protected)


def _write_durably(temporary: str, target: str, content: bytes) -> None:
    """Write beside it, make that durable, then change the name."""
    created: list[str] = []
    try:
        os.close(_create(temporary, target, content, created))
        os.replace(temporary, target)
        created.clear()
    finally:
        for path in created:
            with suppress(OSError):
                os.unlink(path)


def _create(temporary: str, target: str, content: bytes, created: list[str]) -> int:
    """A new file, like the one in whose place it is put where there is one."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = DISK.open(target, flags)
    except FileNotFoundError:
        return create_copy(temporary, [content], None, created, DISK)
    except PermissionError:
        status = os.stat(target)
        return create_copy(temporary, [content], Likeness(status, None), created, DISK)
    try:
        like = likeness_of(descriptor, os.fstat(descriptor), DISK)
        return create_copy(temporary, [content], like, created, DISK)
    finally:
        give_back(descriptor, DISK)
