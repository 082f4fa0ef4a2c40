"""What an answer is made of before any format draws it: a View of tables, fields and notes."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from kpicli.model.number import machine
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.text import safe, shown


class Verdict(NamedTuple):
    """A status as a reader meets it: mark, word, and what has to be said beside them."""

    status: Status
    remark: str = ""

    def __str__(self) -> str:
        return self.status.word + self.remark


class Change(NamedTuple):
    """A difference, and whether it is good news; `None` is neither."""

    quantity: Quantity
    is_favourable: bool | None

    def __str__(self) -> str:
        return str(self.quantity)


class Bar(NamedTuple):
    """A signed length beside others, 1 for the longest, and whether it is good news."""

    share: Fraction
    is_favourable: bool | None = None

    def __str__(self) -> str:
        return ("-" if self.share < 0 else "+") * self.steps

    @property
    def steps(self) -> int:
        """How long it is drawn; what is not zero is seen."""
        return max(round(abs(self.share) * _STEPS), 1) if self.share else 0


_STEPS = 12


class Prose(NamedTuple):
    """A text that is never cut; what people wrote in it has been before."""

    text: str

    def __str__(self) -> str:
        return self.text


class Excerpt(NamedTuple):
    """A line of a file, and where in it something stands; the column counts from 1."""

    text: str
    column: int
    length: int

    def __str__(self) -> str:
        return self.text.expandtabs(1).strip()

    def parts(self, most: int) -> tuple[str, str, str]:
        """What stands before it, itself, and what comes after, each of that many at most."""
        start = self.column - 1
        end = start + self.length
        before = self.text[:start].lstrip()[-most:]
        return before, self.text[start:end][:most], self.text[end : end + most].rstrip()


class Claim(NamedTuple):
    """Whether something is so, and by what."""

    is_met: bool
    said: str = ""

    def __str__(self) -> str:
        return self.said or ("yes" if self.is_met else "no")

    @property
    def mark(self) -> str:
        """For an encoding that has it."""
        return "✓" if self.is_met else "✗"


Cell = (
    Verdict
    | Change
    | Bar
    | Excerpt
    | Claim
    | Prose
    | Quantity
    | Status
    | Period
    | Decimal
    | Fraction
    | str
    | bool
    | int
    | None
)
"""A noun: a person reads its text, a machine its raw form."""


def words(cell: Cell) -> str:
    """What a person reads; nothing is empty text, and what people wrote is made safe."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return safe(cell.text) if isinstance(cell, Prose) else shown(str(cell))


def raw(cell: Cell) -> str | bool | None:
    """What a machine reads, but for numbers, which `digits` gives."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, Verdict):
        return cell.status.value
    if isinstance(cell, Claim):
        return cell.is_met
    return str(cell)


def digits(cell: Cell) -> str | None:
    """A number's raw decimal, exactly; `None` for what is no number."""
    if isinstance(cell, Change):
        return cell.quantity.machine()
    if isinstance(cell, Quantity):
        return cell.machine()
    if isinstance(cell, Decimal | Fraction):
        return machine(cell)
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else None


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


Block = Table | Fields | Note


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
