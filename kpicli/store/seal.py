"""The SHA-256 of a line or a file, from Python's own C code, which starts without OpenSSL."""

from collections.abc import Callable
from typing import Protocol

try:
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,no-redef,unused-ignore]
    except ImportError:  # another build of Python: the same hash by the longer way
        from hashlib import sha256

__all__ = ["Hash", "sha256", "sha256_for"]

_MUCH = 4_000_000
"""Bytes from which on the faster code of OpenSSL earns the 3 ms that it takes to load."""


class Digest(Protocol):
    """What a hash is asked for."""

    def hexdigest(self) -> str:
        """Its hexadecimal digits."""
        ...


Hash = Callable[[bytes], Digest]

_usual: Hash = sha256


def sha256_for(size: int) -> Hash:
    """The fastest way to hash so many bytes, line by line."""
    if size < _MUCH:
        return _usual
    import hashlib

    return hashlib.sha256
