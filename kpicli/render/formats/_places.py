"""Rows that are about places in files, as texts by their keys."""

from collections.abc import Iterator

from kpicli.text import safe
from kpicli.views.parts.cells import machine_value
from kpicli.views.parts.view import Table, View

_NEEDED = {"file", "line", "message"}


def is_placed(view: View) -> bool:
    """Whether it has a table of places in files."""
    return any(_has_places(table) for table in view.tables())


def places(view: View) -> Iterator[dict[str, str]]:
    """The rows of such tables; what is missing is an empty text."""
    for table in view.tables():
        if not _has_places(table):
            continue
        keys = [column.key for column in table.columns]
        for row in table.rows:
            pairs = zip(keys, row.cells, strict=True)
            yield {key: safe(str(machine_value(cell) or "")) for key, cell in pairs if key}


def _has_places(table: Table) -> bool:
    return {column.key for column in table.columns} >= _NEEDED
