"""JSON: raw decimals with exactly the digits that are meant, `null` for what is missing."""

import json
from collections.abc import Iterator

from kpicli.render.canvas import Canvas
from kpicli.render.formats._json_cells import json_object, json_text, json_value
from kpicli.views.parts.view import Fields, Table, View

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
                f"{json.dumps(field.key)}: {json_value(field.cell)}"
                for field in block.fields
                if field.key
            ]
        elif isinstance(block, Table) and block.for_machines():
            members.append(f"{json.dumps(block.name)}: {_rows(block)}")
    if view.warnings is not None:
        members.append(f'"warnings": {json_text(view.warnings)}')
    yield f"{{\n  {_joined(members)}\n}}\n"


def _joined(members: list[str]) -> str:
    return ",\n  ".join(members)


def _rows(table: Table) -> str:
    if not table.rows:
        return "[]"
    rows = ",\n    ".join(json_object(table, row) for row in table.rows)
    return f"[\n    {rows}\n  ]"
