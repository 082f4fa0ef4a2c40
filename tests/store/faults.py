"""What may go wrong with every call of a disk, and how a test says where it was."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from tests.store.simulated import Simulated

Fault = Callable[..., Any]

ERRORS = {
    "open": [
        errno.EACCES,
        errno.EDQUOT,
        errno.EINTR,
        errno.EIO,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOENT,
        errno.ENOSPC,
        errno.EROFS,
    ],
    "close": [errno.EIO, errno.EINTR, errno.ENOSPC, errno.EDQUOT],
    "status": [errno.EIO, errno.ENOMEM],
    "status_of": [errno.EACCES, errno.EIO, errno.ELOOP, errno.ENOENT],
    "lock": [errno.EINTR, errno.EIO, errno.ENOLCK],
    "read": [errno.EINTR, errno.EIO],
    "rename": [errno.EACCES, errno.EIO, errno.ENOSPC, errno.EPERM],
    "unlink": [errno.EACCES, errno.EIO],
    "unlock": [errno.EIO],
    "attributes": [errno.EIO, errno.ENOTSUP],
    "remove_attribute": [errno.EIO, errno.ENODATA, errno.EPERM],
    "set_mode": [errno.EIO, errno.EPERM],
    "write": [
        errno.EAGAIN,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EINTR,
        errno.EIO,
        errno.ENOSPC,
        errno.EPERM,
    ],
    "sync": [errno.EDQUOT, errno.EINTR, errno.EIO, errno.ENOSPC, errno.EROFS],
}


def fails(number: int) -> Fault:
    def fail(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def faults(disk: Simulated, name: str) -> Iterator[tuple[int, Fault]]:
    """What may be done instead of a call."""
    for number in ERRORS[name]:
        fail = fails(number)
        if name == "close":
            yield number, _after(disk.close, fail)
        elif name == "sync":
            yield number, _after(disk.fail_sync, fail)
        else:
            yield number, fail


def _after(first: Fault, fail: Fault) -> Fault:
    def fault(*arguments: object) -> None:
        first(*arguments)
        fail()

    return fault


def taken(disk: Simulated, size: int, fail: Fault | None = None) -> Fault:
    """A write that takes some of the bytes, and then says so or fails."""

    def write(descriptor: int, lines: bytes) -> int:
        disk.write(descriptor, lines[:size])
        if fail:
            fail()
        return size

    return write


@contextmanager
def told(*words: object) -> Iterator[None]:
    """What was tried, said with whatever fails in it."""
    try:
        yield
    except Exception as error:
        error.add_note(" ".join(map(str, words)))
        raise


def each_call(calls: list[str]) -> Iterator[tuple[str, int]]:
    """Name of every call, and which of that name it is."""
    for at, name in enumerate(calls):
        yield name, calls[: at + 1].count(name)
