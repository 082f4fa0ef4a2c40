"""JSON: raw decimals with exactly the digits that are meant, `null` for what is missing."""

import json
from collections.abc import Iterator

from kpicli.canvas import Canvas
from kpicli.text import safe
from kpicli.views.blocks import Fields, Row, Table, View
from kpicli.views.cells import Cell, Items, digits, raw

ENDINGS = ("json",)
IS_MACHINE = True


def takes(_view: View) -> bool:
    """Every view."""
    return True


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """One object: the schema, then every block under its key."""
    members = [f'"schema": {json.dumps(f"kpi.{view.name}/1")}']
    for block in view.blocks:
        if isinstance(block, Fields):
            members += [
                f"{json.dumps(field.key)}: {_cell(field.cell)}"
                for field in block.fields
                if field.key
            ]
        elif isinstance(block, Table) and block.for_machines():
            members.append(f"{json.dumps(block.name)}: {_rows(block)}")
    if view.warnings is not None:
        members.append(f'"warnings": {_quoted(view.warnings)}')
    yield f"{{\n  {_joined(members)}\n}}\n"


def _joined(members: list[str]) -> str:
    return ",\n  ".join(members)


def _rows(table: Table) -> str:
    if not table.rows:
        return "[]"
    return f"[\n    {(',' + chr(10) + '    ').join(_row(table, row) for row in table.rows)}\n  ]"


def _row(table: Table, row: Row) -> str:
    members = [
        f"{json.dumps(table.columns[at].key)}: {_cell(row.cells[at])}"
        for at in table.for_machines()
    ]
    return f"{{{', '.join(members)}}}"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Items):
        return f"[{', '.join(map(_quoted, cell.texts))}]"
    number = digits(cell)
    return _quoted(raw(cell)) if number is None else number


def _quoted(value: object) -> str:
    """Text as it is, but for what would act on a terminal: that is the same text as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return text if _is_inert(text) else "".join(map(_inert, text))


def _inert(char: str) -> str:
    return char if _is_inert(char) else json.dumps(char)[1:-1]


def _is_inert(text: str) -> bool:
    return text.isprintable() and safe(text) == text
