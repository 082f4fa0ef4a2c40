"""What a database answers: the names of its columns, and rows of cells as text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpicli.errors import KpiError, NotationError
from kpicli.model.number import MOST_AFTER, MOST_BEFORE, decimal_places, to_decimal

MOST_ROWS = 100_000
"""More than any range of periods has."""


class Answer(NamedTuple):
    """Columns by name, and rows with a cell for each: a text, or nothing for NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def answer_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Answer:
    """The answer of a database; raises `KpiError` for more rows or other cells than a KPI takes."""
    lines: list[tuple[str | None, ...]] = []
    for row in rows:
        if len(lines) == MOST_ROWS:
            hint = "group it by period"
            raise KpiError(f"the query answers more than {MOST_ROWS:,} rows", hint=hint)
        lines.append(tuple(map(answer_cell, row)))
    return Answer(tuple(columns), tuple(lines))


def answer_cell(cell: object) -> str | None:
    """A cell as it would be typed: plain digits with a point, an ISO date, a text as it is.

    A float has its shortest digits, rounded half up at 12 decimals; an instant is its local date.
    """
    match cell:
        case None | str():
            return cell
        case bool():
            raise NotationError(f"{str(cell).lower()} is no number", hint="count or sum it")
        case int():
            return str(cell)
        case float():
            return _digits(Decimal(repr(cell)), is_exact=False)
        case Decimal():
            return _digits(cell, is_exact=True)
        case datetime():
            return (cell.astimezone() if cell.tzinfo else cell).date().isoformat()
        case date():
            return cell.isoformat()
    raise NotationError(f"a {type(cell).__name__} is no number", hint="cast it in the query")


def _digits(number: Decimal, *, is_exact: bool) -> str:
    """Plain digits, at most 12 of them after the point; exact ones as the database holds them."""
    if not number.is_finite() or number.adjusted() > MOST_BEFORE:
        raise NotationError(f"{number} is no number that a KPI can have")
    if number.adjusted() < -MOST_AFTER - 1:
        return "0"
    is_kept = is_exact and decimal_places(number) <= MOST_AFTER
    return f"{number if is_kept else to_decimal(Fraction(number)):f}"
