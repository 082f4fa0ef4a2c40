"""CSV: cells between commas, or between whatever else stands between them, under a header."""

from kpicli.sources._grid import JSON_STARTS
from kpicli.sources._header import Sight
from kpicli.sources._rows import SourceTable, source_table
from kpicli.sources._separated import grids

ENDINGS = ("csv",)
WITHOUT = ("sheet",)


def looks_like(first: bytes) -> bool:
    """Whatever does not begin as JSON, and has no tabs alone."""
    return not first.startswith(JSON_STARTS) and (b"\t" not in first or b"," in first)


def read(content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of the table; raises `KpiError` where it can't be seen what is what."""
    return source_table(grids(content, shown, ",", sight.source), sight)
