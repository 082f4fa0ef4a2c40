"""CSV: commas, or another delimiter that is given, under a header."""

from collections.abc import Iterator

from kpicli.errors import KpiError
from kpicli.sources import Row, separated

ENDINGS = ("csv",)


def looks_like(first: bytes) -> bool:
    """Whatever does not begin as JSON, and has no tabs alone."""
    return not first.startswith((b"{", b"[")) and (b"\t" not in first or b"," in first)


def read(content: bytes, shown: str, delimiter: str | None = None) -> Iterator[Row | KpiError]:
    """A row a line, or several in the wide form."""
    return separated(content, shown, ",", delimiter)
