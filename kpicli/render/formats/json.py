"""JSON: raw decimals with exactly the digits that are meant, `null` for what is missing."""

import json
from collections.abc import Iterator

from kpicli.render.canvas import Canvas
from kpicli.render.formats._json_cells import json_object, json_text, json_value
from kpicli.render.formats._places import is_any
from kpicli.views.parts.view import Fields, Table, View

ENDINGS = ("json",)
IS_MACHINE = True
takes = is_any


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """One object: the schema, then every block under its key; of equal keys the first."""
    members = {"schema": json.dumps(f"kpi.{view.name}/1")}
    for block in view.blocks:
        if isinstance(block, Fields):
            for field in block.fields:
                members.setdefault(field.key, json_value(field.cell))
        elif isinstance(block, Table) and block.for_machines():
            members.setdefault(block.name, _rows(block))
    members.pop("", None)
    if view.warnings is not None:
        members["warnings"] = json_text(view.warnings)
    lines = ",\n  ".join(f"{json.dumps(key)}: {value}" for key, value in members.items())
    yield f"{{\n  {lines}\n}}\n"


def _rows(table: Table) -> str:
    if not table.rows:
        return "[]"
    rows = ",\n    ".join(json_object(table, row) for row in table.rows)
    return f"[\n    {rows}\n  ]"
