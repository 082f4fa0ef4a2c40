"""What a format needs of a view: the columns of its one table, or rows about places in files."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from kpicli.text import safe
from kpicli.views.parts.cells import machine_value
from kpicli.views.parts.view import Table, View

_NEEDED = {"file", "line", "message"}


def is_any(_view: View) -> bool:
    """Whether it is a view at all, where every one will do."""
    return True


def has_one_table(view: View, keys: AbstractSet[str] = frozenset()) -> bool:
    """Whether it has one table that is no aside, with columns of these keys."""
    tables = list(view.tables())
    return len(tables) == 1 and tables[0].places.keys() >= keys


def is_placed(view: View) -> bool:
    """Whether it has a table of places in files."""
    return any(_has_places(table) for table in view.tables())


def places(view: View) -> Iterator[dict[str, str]]:
    """The rows of such tables, safe to print; what is missing is an empty text.

    `path` is the file's name with every character that it has.
    """
    for table in filter(_has_places, view.tables()):
        for row in table.rows:
            texts = {key: str(machine_value(cell) or "") for key, cell in table.keyed_cells(row)}
            yield {key: safe(text) for key, text in texts.items()} | {"path": texts["file"]}


def _has_places(table: Table) -> bool:
    return table.places.keys() >= _NEEDED
