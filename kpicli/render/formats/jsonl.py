"""JSON Lines: each row of one table as an object on a line of its own, named as in JSON."""

from collections.abc import Iterator

from kpicli.render.canvas import Canvas
from kpicli.render.formats._json_cells import json_object
from kpicli.render.formats._places import has_one_table
from kpicli.views.parts.view import View

ENDINGS = ("jsonl", "ndjson")
IS_MACHINE = True
takes = has_one_table


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """A line a row, and none where there is no row."""
    table = next(view.tables())
    for row in table.rows:
        yield f"{json_object(table, row)}\n"
