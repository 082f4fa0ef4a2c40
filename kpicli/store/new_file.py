"""A new file for another one's place, or for an answer: durable, and as open as that was."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.store.disk import DISK, Disk, give_back
from kpicli.store.log.ownership import holds_records
from kpicli.text import safe

_GROUP = 0o070
_RIGHTS = 0o777
_ACL = "system.posix_acl_access"
_NO_ATTRIBUTES = {errno.ENOTSUP, errno.ENODATA, errno.EOPNOTSUPP}


class Likeness(NamedTuple):
    """What a file is like: owner, group and mode, and its extended attributes, an ACL among them.

    These are `None` where they can't be told.
    """

    status: os.stat_result
    attributes: dict[str, bytes] | None


def likeness_of(descriptor: int, status: os.stat_result, disk: Disk) -> Likeness:
    """What an open file is like."""
    try:
        return Likeness(status, disk.attributes(descriptor))
    except OSError as error:
        return Likeness(status, {} if error.errno in _NO_ATTRIBUTES else None)


def create_copy(
    path: str, pieces: Iterable[bytes], like: Likeness | None, created: list[str], disk: Disk
) -> int:
    """A descriptor of a new file that holds the pieces durably, and is its owner's alone first.

    Where there is nothing that it is to be like, it is as any new file is.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = disk.open(path, flags, 0o600 if like else 0o666)
    try:
        created.append(path)
        for piece in pieces:
            _write(descriptor, piece, disk)
        if like:
            _resemble(descriptor, like, disk)
        disk.sync(descriptor)
    except BaseException:
        give_back(descriptor, disk)
        raise
    return descriptor


def _write(descriptor: int, piece: bytes, disk: Disk) -> None:
    """All of it, however little of it each write takes."""
    while piece:
        size = disk.write(descriptor, piece)
        if not size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        piece = piece[size:]


def _resemble(descriptor: int, like: Likeness, disk: Disk) -> None:
    """Make it like the other one, or with less rights where one of them can't be had."""
    new, old = disk.status(descriptor), like.status
    mode = stat.S_IMODE(old.st_mode)
    if new.st_gid != old.st_gid:
        try:
            disk.set_owner(descriptor, -1, old.st_gid)
        except OSError:
            mode &= _RIGHTS & ~_GROUP
    if new.st_uid != old.st_uid:
        try:
            disk.set_owner(descriptor, old.st_uid, -1)
        except OSError:
            mode &= _RIGHTS
    if not _copy_acl(descriptor, like, disk):
        mode &= ~_GROUP
    disk.set_mode(descriptor, mode)
    for name, value in (like.attributes or {}).items():
        if name != _ACL:
            with suppress(OSError):
                disk.set_attribute(descriptor, name, value)


def _copy_acl(descriptor: int, like: Likeness, disk: Disk) -> bool:
    """Whether its ACL is that of the other one; of that the bits of the group are only the mask.

    Where the other one has none, that which the folder gives to new files goes.
    """
    if like.attributes is None:
        return False
    acl = like.attributes.get(_ACL)
    try:
        if acl is None:
            disk.remove_attribute(descriptor, _ACL)
        else:
            disk.set_attribute(descriptor, _ACL, acl)
    except OSError as error:
        return acl is None and error.errno in _NO_ATTRIBUTES
    return True


def temporary_beside(path: str) -> str:
    """A name beside a file, for what is to take its place."""
    return os.path.join(os.path.dirname(path), f".kpi-{os.urandom(6).hex()}.tmp")


@contextmanager
def tidied(disk: Disk) -> Iterator[list[str]]:
    """The files that were created; what is still among them at the end is removed."""
    created: list[str] = []
    try:
        yield created
    finally:
        for path in created:
            with suppress(OSError):
                disk.unlink(path)


def replace_file(path: str, pieces: Iterable[str], protected: Iterable[str]) -> None:
    """Put text in a file, whole or not at all; never in one of the files that are `protected`.

    A protected path that ends in `/` is a folder, and nothing is put in it.
    """
    target, name, hint = os.path.realpath(path), safe(path), "name another file"
    if any(_is_protected(target, other) for other in protected):
        raise KpiError("is one of kpi's own files, which are never replaced", where=name, hint=hint)
    if os.path.lexists(target) and not os.path.isfile(target):
        raise KpiError("is not a regular file", where=name, hint=hint)
    if os.path.dirname(target) != os.path.realpath(os.path.dirname(path) or "."):
        message = "is a symbolic link into another folder"
        raise KpiError(message, where=name, hint="name the file itself")
    if holds_records(target):
        raise KpiError("holds records, and is never replaced", where=name, hint=hint)
    content, temporary = "".join(pieces).encode(), temporary_beside(target)
    try:
        with tidied(DISK) as created:
            os.close(_create(temporary, target, content, created))
            os.replace(temporary, target)
            created.clear()
    except OSError as error:
        problem = os.strerror(error.errno or 0)
        raise KpiError(f"not written: {problem}", where=name, hint=hint) from None


def _is_protected(target: str, protected: str) -> bool:
    if protected.endswith("/") and target.startswith(os.path.join(os.path.realpath(protected), "")):
        return True
    with suppress(OSError):
        return os.path.samefile(target, protected)
    return target == os.path.realpath(protected)


def _create(temporary: str, target: str, content: bytes, created: list[str]) -> int:
    """A new file, durable, and like the one in whose place it is put where there is one."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        descriptor = DISK.open(target, flags)
    except FileNotFoundError:
        return create_copy(temporary, [content], None, created, DISK)
    except PermissionError:
        return create_copy(temporary, [content], Likeness(os.stat(target), None), created, DISK)
    try:
        like = likeness_of(descriptor, os.fstat(descriptor), DISK)
        return create_copy(temporary, [content], like, created, DISK)
    finally:
        give_back(descriptor, DISK)
