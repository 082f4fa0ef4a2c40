"""The SHA-256 of a line or a file, from Python's own C code, which starts without OpenSSL."""

try:
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,no-redef,unused-ignore]
    except ImportError:  # another build of Python: the same hash by the longer way
        from hashlib import sha256

__all__ = ["sha256"]
