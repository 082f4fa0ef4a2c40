"""CSV: the rows of one table, under the same names as in JSON."""

import csv
from collections.abc import Iterator
from io import StringIO

from kpicli.render.canvas import Canvas, Dialect
from kpicli.render.formats._places import has_one_table
from kpicli.text import escaped, guarded
from kpicli.views.parts.cells import Cell, machine_number, machine_value
from kpicli.views.parts.view import View

ENDINGS = ("csv",)
IS_MACHINE = True
HAS_DIALECT = True
takes = has_one_table


def render(view: View, canvas: Canvas) -> Iterator[str]:
    """A header and one line a row; text that a spreadsheet would run as a formula gets a `'`."""
    table, dialect = next(view.tables()), canvas.dialect
    columns = table.for_machines()
    yield _line([table.columns[at].key for at in columns], dialect)
    for row in table.rows:
        yield _line([_cell(row.cells[at], dialect) for at in columns], dialect)


def _cell(cell: Cell, dialect: Dialect) -> str:
    number = machine_number(cell)
    if number is not None:
        return number.replace(".", dialect.decimal)
    value = machine_value(cell)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(guarded(value))


def _line(cells: list[str], dialect: Dialect) -> str:
    text = StringIO()
    csv.writer(text, delimiter=dialect.delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue()
