"""The seal of a line: the hash of its own bytes, by which a change shows."""

from collections.abc import Callable
from typing import Protocol

from kpicli.errors import NotationError

try:
    from _sha2 import sha256 as sha256  # type: ignore[import-not-found] # noqa: PLC0414 - exported
except ImportError:
    try:
        from _sha256 import sha256 as sha256  # type: ignore[import-not-found,no-redef,unused-ignore] # noqa: PLC0414 - exported
    except ImportError:  # another build of Python: the same hash by the longer way
        from hashlib import sha256 as sha256  # noqa: PLC0414 - exported

MUCH = 4_000_000  # bytes from which on the code of OpenSSL earns the 3 ms that it takes to load


class Digest(Protocol):
    """What a hash is asked for."""

    def update(self, content: bytes, /) -> None: ...  # noqa: D102
    def copy(self) -> "Digest": ...  # noqa: D102
    def digest(self) -> bytes: ...  # noqa: D102
    def hexdigest(self) -> str: ...  # noqa: D102


Hash = Callable[[bytes], Digest]

_usual: Hash = sha256


def sha256_for(size: int) -> Hash:
    """The fastest way to hash so many bytes, line by line."""
    if size < MUCH:
        return _usual
    import hashlib

    return hashlib.sha256


class SealError(NotationError):
    """The id of a line is not the hash of what it says."""


def changed(seal: str) -> SealError:
    """The fault of a line that is not what its id was made of."""
    return SealError(f"record changed after it was written (id {seal} does not match)")
