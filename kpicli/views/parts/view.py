"""What an answer is made of before any format draws it: a View of tables, fields, notes, plots."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from kpicli.errors import KpiError
from kpicli.model.number import to_decimal
from kpicli.noun import NamedTuple
from kpicli.text import did_you_mean, safe
from kpicli.views.parts.cells import Cell

if TYPE_CHECKING:
    from datetime import date

    from kpicli.model.kpi import Definitions
    from kpicli.views.parts.plot import Plot

T_contra = TypeVar("T_contra", contravariant=True)
T = TypeVar("T")


def _no_cell(_source: Any) -> Cell:
    return None


class Column(NamedTuple, Generic[T_contra]):
    """A column: its key for machines, its heading for people, and its cell of what a row is about.

    Without a key machines do not get it, without a heading people do not. Where there is too little
    room, the highest `rank` goes first and 0 never; what `is_kept` then stands beneath its row, and
    so does a remark on a cell, but for the text that is `common` to most rows and stands in the
    heading. An `is_extra` column is for wide terminals alone, `is_brief` ones head a row of a list,
    and what `is_in_heading` is left out below a heading.
    """

    key: str
    heading: str = ""
    of: Callable[[T_contra], Cell] = _no_cell
    rank: int = 0
    is_number: bool = False
    is_brief: bool = False
    is_in_heading: bool = False
    is_extra: bool = False
    is_kept: bool = False
    common: str = ""

    def __reduce__(self) -> tuple[type["Column[Any]"], tuple[Any, ...]]:
        """Pickled without the function: the rows have their cells already."""
        return Column, tuple(self._replace(of=_no_cell))


def attribute_columns(*names: str, of: str = "") -> tuple[Column[Any], ...]:
    """For machines: attributes of what a row is about, or of one of its parts, by their names."""
    return tuple(Column(name, of=attrgetter(f"{of}.{name}" if of else name)) for name in names)


class Row(NamedTuple):
    """Cells in the order of the columns; `depth` is how far it stands beneath another row.

    `line` is the row as one line of plain text, where its cells side by side are hard to read; rows
    of one `section` stand together beneath its name.
    """

    cells: tuple[Cell, ...]
    depth: int = 0
    line: str = ""
    section: str = ""


def row_of(
    columns: Iterable[Column[T]], source: T, depth: int = 0, line: str = "", section: str = ""
) -> Row:
    """The row of those columns about one thing."""
    return Row(tuple([column.of(source) for column in columns]), depth, line, section)


class Table(NamedTuple):
    """Rows of one shape; `name` is its key for machines.

    On a screen the rows of a list, which hold sentences, stand one under the other: a line of the
    brief cells, then each other cell on lines of its own. An `is_aside` table is for formats that
    carry several.
    """

    name: str
    columns: tuple[Column[Any], ...]
    rows: tuple[Row, ...]
    is_list: bool = False
    is_aside: bool = False

    def for_people(self, *, below_heading: bool = True, has_extras: bool = False) -> list[int]:
        """The positions of the columns for people, below the view's heading or without it."""
        return [
            at
            for at, column in enumerate(self.columns)
            if column.heading
            and not (below_heading and column.is_in_heading)
            and (has_extras or not column.is_extra)
        ]

    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows of each section, with its name."""
        for name, rows in groupby(self.rows, key=lambda row: row.section):
            yield name, list(rows)

    def for_machines(self) -> list[int]:
        """The positions of the columns with a key."""
        return [at for at, column in enumerate(self.columns) if column.key]

    def keyed_cells(self, row: Row) -> Iterator[tuple[str, Cell]]:
        """The cells of a row that machines get, each with the key of its column."""
        return ((self.columns[at].key, row.cells[at]) for at in self.for_machines())

    @property
    def places(self) -> dict[str, int]:
        """The position of each column that has a key, by that."""
        return {column.key: at for at, column in enumerate(self.columns) if column.key}

    def without_empty(self) -> "Table":
        """Without the columns for people in which no row has anything."""
        columns = tuple(
            column
            if column.key or any(row.cells[at] is not None for row in self.rows)
            else column._replace(heading="")
            for at, column in enumerate(self.columns)
        )
        return self._replace(columns=columns)


def table_of(
    name: str,
    columns: tuple[Column[T], ...],
    sources: Iterable[T],
    *,
    is_list: bool = False,
    is_aside: bool = False,
) -> Table:
    """A table with a row for each of the sources."""
    rows = tuple(row_of(columns, source) for source in sources)
    return Table(name, columns, rows, is_list, is_aside)


class Field(NamedTuple):
    """One named cell; without a heading it is for machines, without a key for people."""

    key: str
    cell: Cell
    heading: str = ""


class Fields(NamedTuple):
    """Named cells, one under the other; a page folds them away where they have a `summary`."""

    fields: tuple[Field, ...]
    summary: str = ""


def board_head(definitions: "Definitions", as_of: "date", *more: Field) -> Fields:
    """What machines get ahead of the tables of a board: its title, the day, and what else."""
    day = Field("as_of", as_of.isoformat())
    return Fields((Field("title", definitions.title or None), day, *more))


def fields_of(columns: Iterable[Column[T]], source: T) -> Iterator[Field]:
    """The cells of those columns as fields."""
    return (Field(column.key, column.of(source), column.heading) for column in columns)


class Note(NamedTuple):
    """A sentence, a heading, or text that keeps its lines, for people.

    What has an `id` of its own is linked to by that, on a page.
    """

    text: str
    is_code: bool = False
    is_heading: bool = False
    id: str = ""


Block: TypeAlias = "Table | Fields | Note | Plot"


class View(NamedTuple):
    """One answer. `name` makes its schema, `kpi.<name>/1`.

    `warnings` are what a reader of the machine formats must know; people get them on stderr.
    """

    name: str
    heading: str = ""
    blocks: tuple[Block, ...] = ()
    footer: str = ""
    warnings: tuple[str, ...] | None = None

    def for_people(self) -> Iterator[Block]:
        """Its blocks but for tables that only machines read."""
        for block in self.blocks:
            if not isinstance(block, Table) or block.for_people():
                yield block

    def tables(self) -> Iterator[Table]:
        """Its tables but for asides, in order."""
        tables = (block for block in self.blocks if isinstance(block, Table))
        return (table for table in tables if not table.is_aside)


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
