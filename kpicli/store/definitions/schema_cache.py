"""Remember by its hash that a definitions file has passed the shape check of this version."""

import os
from contextlib import suppress

from kpicli.store.log.codec import sha256

_MOST = 256


def _marker(content: bytes, cache: str) -> str:
    from kpicli import __version__

    digest = sha256(f"kpi {__version__}\n".encode() + content).hexdigest()
    return os.path.join(cache, digest)


def has_passed(content: bytes, cache: str | None) -> bool:
    """Whether this very content has passed before."""
    return cache is not None and os.path.exists(_marker(content, cache))


def remember(content: bytes, cache: str | None) -> None:
    """Leave an empty file named for the content; a cache that can't be written is passed over."""
    if cache is None:
        return
    with suppress(OSError):
        os.makedirs(cache, mode=0o700, exist_ok=True)
        _forget_oldest(cache)
        os.close(os.open(_marker(content, cache), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def _forget_oldest(cache: str) -> None:
    marks = sorted((entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(cache))
    for _, path in marks[: max(0, len(marks) - _MOST + 1)]:
        os.unlink(path)
