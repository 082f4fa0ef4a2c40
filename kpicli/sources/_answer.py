"""What a database or a program answers: the names of its columns, and rows of cells as text."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.sources._cell_text import text_of_cell
from kpicli.text import safe

MOST_ROWS = 100_000
"""More than any range of periods has."""

_UNNAMED = frozenset({"", "?column?"})
"""What a column is called to which a query gives no name."""


class Answer(NamedTuple):
    """Columns by name, and rows with a cell for each: a text, or nothing for NULL."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


Query = Callable[[str, Mapping[str, object]], Answer]
"""A database to ask: a query, and the values that are bound in it."""


def answer_of(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Answer:
    """The answer of a database; raises `KpiError` for a name of two columns, or too many rows."""
    names = [name for name in columns if name not in _UNNAMED]
    for name in names:
        if names.count(name) > 1:
            hint = "give each a name of its own: sum(amount) as revenue"
            raise KpiError(f"answers two columns called '{safe(name[:40])}'", hint=hint)
    lines: list[tuple[str | None, ...]] = []
    for row in rows:
        if len(lines) == MOST_ROWS:
            hint = "group it by period"
            raise KpiError(f"the query answers more than {MOST_ROWS:,} rows", hint=hint)
        lines.append(tuple(None if cell is None else text_of_cell(cell) for cell in row))
    return Answer(tuple(columns), tuple(lines))
