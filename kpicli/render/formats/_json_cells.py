"""What a machine reads of a cell, a row or a text, as JSON."""

import json

from kpicli.text import is_whole, safe
from kpicli.views.parts.cells import Cell, Items, machine_number, machine_value
from kpicli.views.parts.view import Row, Table


def json_object(table: Table, row: Row) -> str:
    """An object: each column that machines know, under its key."""
    members = [f"{json.dumps(key)}: {json_value(cell)}" for key, cell in table.keyed_cells(row)]
    return f"{{{', '.join(members)}}}"


def json_value(cell: Cell) -> str:
    """A number with exactly its digits, text, or `null` for what is missing."""
    if isinstance(cell, Items):
        return f"[{', '.join(map(json_text, cell.texts))}]"
    number = machine_number(cell)
    return json_text(machine_value(cell)) if number is None else number


def json_text(value: object) -> str:
    """Text as it is, but for what would act on a terminal: that is the same text as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _is_inert(text) else "".join(map(_inert, text))


def _inert(char: str) -> str:
    return char if _is_inert(char) else json.dumps(char if is_whole(char) else safe(char))[1:-1]


def _is_inert(text: str) -> bool:
    return text.isprintable() and safe(text) == text
