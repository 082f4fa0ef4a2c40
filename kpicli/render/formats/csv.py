"""CSV: the rows of one table, under the same names as in JSON."""

import csv
from collections.abc import Iterator
from io import StringIO

from kpicli.render.canvas import Canvas
from kpicli.text import escaped, guarded
from kpicli.views.parts.cells import Cell, machine_number, machine_value
from kpicli.views.parts.view import View

ENDINGS = ("csv",)
IS_MACHINE = True


def takes(view: View) -> bool:
    """A view with one table."""
    return len(list(view.tables())) == 1


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """A header and one line a row; text that a spreadsheet would run as a formula gets a `'`."""
    table = next(view.tables())
    columns = table.for_machines()
    yield _line([table.columns[at].key for at in columns])
    for row in table.rows:
        yield _line([_cell(row.cells[at]) for at in columns])


def _cell(cell: Cell) -> str:
    number = machine_number(cell)
    if number is not None:
        return number
    value = machine_value(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(guarded(value))


def _line(cells: list[str]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
