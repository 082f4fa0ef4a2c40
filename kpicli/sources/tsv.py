"""TSV: tabs under a header, with quotes as in CSV."""

from collections.abc import Iterator

from kpicli.errors import KpiError
from kpicli.sources import Row, separated

ENDINGS = ("tsv", "tab")


def looks_like(first: bytes) -> bool:
    """Tabs and no comma."""
    return not first.startswith((b"{", b"[")) and b"\t" in first and b"," not in first


def read(content: bytes, shown: str, delimiter: str | None = None) -> Iterator[Row | KpiError]:
    """A row a line, or several in the wide form."""
    return separated(content, shown, "\t", delimiter)
