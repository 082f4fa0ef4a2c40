"""An answer cut down to the columns that were asked for, in that order."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from kpicli.errors import KpiError
from kpicli.model.number import to_decimal
from kpicli.text import did_you_mean, safe
from kpicli.views.parts.cells import Cell
from kpicli.views.parts.view import Column, Fields, Row, View


def with_fields(view: View, names: Sequence[str]) -> View:
    """A view of its one table with only those columns, by the names that machines know.

    Raises `KpiError` for a name that no column has, and for an answer that is no single table.
    """
    tables = list(view.tables())
    if len(tables) != 1:
        raise KpiError("--fields goes with an answer that is one table", hint="leave it out")
    table = tables[0]
    positions = table.places
    for name in names:
        if name not in positions:
            hint = did_you_mean(name, positions) or f"known: {', '.join(positions)}"
            raise KpiError(f"--fields cannot be '{safe(name)}'", hint=hint)
    columns: tuple[Column[Any], ...] = tuple(Column(name, name, is_brief=True) for name in names)
    rows = tuple(
        Row(tuple(_decimal(row.cells[positions[name]]) for name in names)) for row in table.rows
    )
    head = tuple(
        Fields(tuple(field._replace(heading="") for field in block.fields if field.key))
        for block in view.blocks
        if isinstance(block, Fields)
    )
    return view._replace(blocks=(*head, table._replace(columns=columns, rows=rows)), footer="")


def _decimal(cell: Cell) -> Cell:
    """A fraction as the decimal that a machine gets, since people read it now too."""
    return to_decimal(cell) if isinstance(cell, Fraction) else cell
