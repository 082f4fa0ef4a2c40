"""What a machine reads of a cell, a row or a text, as JSON."""

import json

from kpicli.text import safe
from kpicli.views.parts.cells import Cell, Items, digits, raw
from kpicli.views.parts.view import Row, Table


def row_text(table: Table, row: Row) -> str:
    """An object: each column that machines know, under its key."""
    members = [
        f"{json.dumps(table.columns[at].key)}: {cell_text(row.cells[at])}"
        for at in table.for_machines()
    ]
    return f"{{{', '.join(members)}}}"


def cell_text(cell: Cell) -> str:
    """A number with exactly its digits, text, or `null` for what is missing."""
    if isinstance(cell, Items):
        return f"[{', '.join(map(quoted, cell.texts))}]"
    number = digits(cell)
    return quoted(raw(cell)) if number is None else number


def quoted(value: object) -> str:
    """Text as it is, but for what would act on a terminal: that is the same text as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _is_inert(text) else "".join(map(_inert, text))


def _inert(char: str) -> str:
    return char if _is_inert(char) else json.dumps(char)[1:-1]


def _is_inert(text: str) -> bool:
    return text.isprintable() and safe(text) == text
