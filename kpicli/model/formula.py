"""A formula: an expression over other KPIs, over earlier periods and windows of periods of them."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum

from kpicli.model.number import decimal_places
from kpicli.model.schema_types import Notation
from kpicli.noun import NamedTuple

LONGEST = 500  # characters of a formula


class Lag(StrEnum):
    """Which periods of an input are meant: the same, an earlier one, or several up to it."""

    NONE = ""
    PREVIOUS = "prev"
    LAST_YEAR = "last_year"
    SUM = "sum"
    MEAN = "mean"


class Constant(NamedTuple):
    """A number as written."""

    number: Decimal


class Input(NamedTuple):
    """Another KPI's actual: in the same period, in an earlier one, or over a window of periods.

    `periods` is how many it lies back, or how many the window has.
    """

    id: str
    lag: Lag = Lag.NONE
    periods: int = 1

    def __str__(self) -> str:
        """As it is written: `visitors`, `prev(visitors)`, `sum(visitors, 12)`."""
        if self.lag is Lag.NONE:
            return self.id
        is_one = self.lag is Lag.LAST_YEAR or (self.lag is Lag.PREVIOUS and self.periods == 1)
        return f"{self.lag}({self.id})" if is_one else f"{self.lag}({self.id}, {self.periods})"

    @property
    def is_window(self) -> bool:
        """Whether it is the sum or the mean of several periods."""
        return self.lag in {Lag.SUM, Lag.MEAN}

    @property
    def is_earlier(self) -> bool:
        """Whether it lies wholly before the period that the formula is computed for."""
        return self.lag in {Lag.PREVIOUS, Lag.LAST_YEAR}


class Operation(NamedTuple):
    """`left sign right`; a negation is `0 - right`."""

    sign: str
    left: "Node"
    right: "Node"


Node = Constant | Input | Operation


class _Formula(NamedTuple):
    text: str
    root: Node


class Formula(Notation, _Formula):
    """The text as written, and what it says."""

    __slots__ = ()
    SHAPE = str
    PATTERN = r"^[ \t(-]*[a-z0-9](?:[ \ta-z0-9_+*/(),-]|\.[0-9])*$"

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Every input, once, in the order written."""
        return tuple(dict.fromkeys(node for node in _nodes(self.root) if isinstance(node, Input)))

    @property
    def input_ids(self) -> tuple[str, ...]:
        """The KPIs that they are of, each once."""
        return tuple(dict.fromkeys(part.id for part in self.inputs))

    @property
    def decimals(self) -> int:
        """Those of the most precise number that is written in it."""
        constants = (node for node in _nodes(self.root) if isinstance(node, Constant))
        return max((decimal_places(constant.number) for constant in constants), default=0)

    @property
    def is_quotient(self) -> bool:
        """Whether it divides by anything but 10, 100 and so on, which only change the scale."""
        return any(
            isinstance(node, Operation) and node.sign == "/" and not _is_power_of_ten(node.right)
            for node in _nodes(self.root)
        )

    @property
    def is_share(self) -> bool:
        """Whether it stays the same where all of its inputs are twice as much: `100 * a / b`."""
        return _degree(self.root) == 0


def _degree(node: Node) -> int | None:
    """By which power of 2 it grows where all inputs are twice as much; None where by none."""
    if not isinstance(node, Operation):
        return int(isinstance(node, Input))
    left, right = _degree(node.left), _degree(node.right)
    if left is None or right is None:
        return None
    if node.sign in "*/":
        return left + right if node.sign == "*" else left - right
    return left if left == right else None


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Operation):
        yield from _nodes(node.left)
        yield from _nodes(node.right)


def _is_power_of_ten(node: Node) -> bool:
    return isinstance(node, Constant) and bool(re.fullmatch("10*", str(node.number)))


_INPUT = (
    r"(?:(prev|last_year|sum|mean)[ \t]*\([ \t]*)?\b([a-z][a-z0-9_]*)"
    r"(?(1)[ \t]*(?:,[ \t]*([0-9]+)[ \t]*)?\))"
)


def with_inputs(text: str, word: Callable[[Input], str]) -> str:
    """The text of a formula with a word for each of its inputs."""

    def replace(match: re.Match[str]) -> str:
        lag, id, periods = match.groups()
        return word(Input(id, Lag(lag or ""), int(periods or 1)))

    return re.sub(_INPUT, replace, text)
