"""TSV: cells between tabs under a header, with quotes as in CSV."""

from kpicli.sources._grid import JSON_STARTS
from kpicli.sources._header import Sight
from kpicli.sources._rows import SourceTable, source_table
from kpicli.sources._separated import grids

ENDINGS = ("tsv", "tab")
WITHOUT = ("sheet",)


def looks_like(first: bytes) -> bool:
    """Tabs and no comma."""
    return not first.startswith(JSON_STARTS) and b"\t" in first and b"," not in first


def read(content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of the table; raises `KpiError` where it can't be seen what is what."""
    return source_table(grids(content, shown, "\t", sight.source), sight)
