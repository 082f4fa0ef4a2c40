"""What stands in one place of a table or beside a name: a noun, a person's text and a raw form."""

from decimal import Decimal
from fractions import Fraction
from typing import SupportsFloat

from kpicli.model.number import json_number
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.text import clipped, safe


class Verdict(NamedTuple):
    """A status as a reader meets it: mark, word, and what has to be said beside them.

    Another `word` than that of the status says that there is nothing to measure.
    """

    status: Status
    remark: str = ""
    word: str = ""

    def __str__(self) -> str:
        return (self.word or self.status.word) + self.remark


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


class Spark(NamedTuple):
    """The last values, oldest first, `None` for a gap; which way they move, and whether it is good.

    `move` is up, down or flat, and empty where nothing is said.
    """

    values: tuple[SupportsFloat | None, ...]
    move: str = ""
    is_favourable: bool | None = None

    def __str__(self) -> str:
        return self.move

    @property
    def points(self) -> list[float | None]:
        """The values as they are drawn."""
        return [None if value is None else float(value) for value in self.values]


class Items(NamedTuple):
    """Several short texts: for a machine a list of them."""

    texts: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.texts)


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


UNSAID = "–"  # noqa: RUF001 - as long as the other marks
"""The mark of what is met only since nothing is said of it."""


class Claim(NamedTuple):
    """Whether something is so, and by what.

    What `is_silent` is met only since nothing is said of it.
    """

    is_met: bool
    reason: str = ""
    is_silent: bool = False

    def __str__(self) -> str:
        return self.reason or self.word

    @property
    def word(self) -> str:
        """Where the encoding has no marks."""
        if self.is_silent:
            return "unsaid"
        return "yes" if self.is_met else "no"

    @property
    def mark(self) -> str:
        """For an encoding that has it."""
        return UNSAID if self.is_silent else "✓" if self.is_met else "✗"


class Remarked(NamedTuple):
    """A text, and a remark on it that stands beneath the row where there is no room beside it."""

    text: str
    remark: str
    joint: str = ", "

    def __str__(self) -> str:
        return f"{self.text}{self.joint}{self.remark}"


Cell = (
    Verdict
    | Remarked
    | Change
    | Bar
    | Spark
    | Items
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


def cell_text(cell: Cell) -> str:
    """What a person reads; nothing is empty text, and what people wrote is made safe."""
    if cell is None:
        return ""
    kind = type(cell)
    if kind is bool:
        return "yes" if cell else "no"
    return safe(str(cell)) if kind is Prose else clipped(str(cell))


def cell_and_remark(cell: Cell) -> "tuple[Cell, str]":
    """The cell without its remark, and that, safe, as it reads on a line of its own."""
    if isinstance(cell, Verdict) and cell.remark:
        return cell._replace(remark=""), clipped(cell.remark.lstrip(",:; "))
    if isinstance(cell, Remarked):
        return cell.text, clipped(cell.remark)
    return cell, ""


def machine_value(cell: Cell) -> str | bool | None:
    """What a machine reads, but for numbers, which `digits` gives."""
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, Verdict):
        return cell.status.value
    if isinstance(cell, Claim):
        return cell.is_met
    if isinstance(cell, Spark):
        return cell.move or None
    return str(cell)


def machine_number(cell: Cell) -> str | None:
    """A number's raw decimal, exactly; `None` for what is no number."""
    if isinstance(cell, Change):
        return cell.quantity.json_number()
    if isinstance(cell, Quantity):
        return cell.json_number()
    if isinstance(cell, Decimal | Fraction):
        return json_number(cell)
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else None
