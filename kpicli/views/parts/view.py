"""What an answer is made of before any format draws it: a View of tables, fields, notes, plots."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kpicli.views.parts.cells import Cell
from kpicli.views.parts.plot import Plot


class Column(NamedTuple):
    """A column: its key for machines, its heading for people; empty leaves it out for them.

    Where there is too little room, the highest `rank` goes first and 0 never. `is_brief` columns
    make the line that stands where not even those fit; what `is_in_heading` is left out below one.
    """

    key: str
    heading: str = ""
    rank: int = 0
    is_number: bool = False
    is_brief: bool = False
    is_in_heading: bool = False


class Row(NamedTuple):
    """Cells in the order of the columns; `depth` is how far it stands beneath another row.

    `line` is how it reads as one line of plain text, where its cells side by side do not; rows of
    one `section` stand together beneath its name.
    """

    cells: tuple[Cell, ...]
    depth: int = 0
    line: str = ""
    section: str = ""


class Table(NamedTuple):
    """Rows of one shape; `name` is its key for machines.

    On a screen the rows of a list, which hold sentences, stand one under the other: a line of the
    brief cells, then each other cell on lines of its own. One that is an `aside` is for formats
    that carry several tables.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_list: bool = False
    is_aside: bool = False

    def for_people(self, *, below_heading: bool = True) -> list[int]:
        """Which columns are read by people, below the view's heading or without it."""
        return [
            at
            for at, column in enumerate(self.columns)
            if column.heading and not (below_heading and column.is_in_heading)
        ]

    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """The rows that stand together, each lot with the name of its section."""
        for name, rows in groupby(self.rows, key=lambda row: row.section):
            yield name, list(rows)

    def for_machines(self) -> list[int]:
        """Which columns have a key."""
        return [at for at, column in enumerate(self.columns) if column.key]


class Field(NamedTuple):
    """One named cell; without a heading it is for machines, without a key for people."""

    key: str
    cell: Cell
    heading: str = ""


class Fields(NamedTuple):
    """Named cells, one under the other."""

    fields: tuple[Field, ...]


class Note(NamedTuple):
    """A sentence, a heading, or text that keeps its lines, for people."""

    text: str
    is_code: bool = False
    is_heading: bool = False


Block = Table | Fields | Note | Plot


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
