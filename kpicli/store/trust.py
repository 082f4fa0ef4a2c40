"""What somebody agreed to run: remembered outside of any project, by path and content."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256

from kpicli.errors import KpiError
from kpicli.store.disk import refused
from kpicli.text import safe

_FOLDER = "trusted"
_LONGEST = 200


def is_trusted(state: str | None, path: str, fingerprint: str) -> bool:
    """Whether the file at `path` was agreed to with just this content.

    An answer is believed only from a regular file of one's own that nobody else may write, in a
    folder likewise.
    """
    if state is None:
        return False
    name = _file(state, path)
    if not all(map(_is_private, (state, os.path.dirname(name)))):
        return False
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not _is_own(os.fstat(descriptor), stat.S_ISREG):
            return False
        return os.read(descriptor, _LONGEST) == fingerprint.encode()
    finally:
        os.close(descriptor)


def trust(state: str | None, path: str, fingerprint: str) -> None:
    """Remember the yes; raises `KpiError` where that is not possible."""
    if state is None:
        raise KpiError("there is no folder to remember it in", hint="set HOME, or XDG_STATE_HOME")
    name = _file(state, path)
    folder = os.path.dirname(name)
    temporary = f"{name}.{os.getpid()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for place in (state, folder):
            if not _is_private(place):
                hint = f"chmod 700 {safe(place)}, if it is yours"
                message = "is not a folder of yours alone, so no yes is kept in it"
                raise KpiError(message, where=safe(place), hint=hint)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(temporary, flags, 0o600)
        try:
            os.write(descriptor, fingerprint.encode())
        finally:
            os.close(descriptor)
        os.replace(temporary, name)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise refused(safe(folder), error, "not remembered: ") from None


def _file(state: str, path: str) -> str:
    key = sha256(os.fsencode(os.path.realpath(path))).hexdigest()
    return os.path.join(state, _FOLDER, key)


def _is_private(folder: str) -> bool:
    try:
        return _is_own(os.lstat(folder), stat.S_ISDIR)
    except OSError:
        return False


def _is_own(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    others_write = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_kind(status.st_mode) and status.st_uid == os.geteuid() and not others_write
