"""What is wanted: a number with its comparison, a range, or a step from the baseline."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from kpicli.model.number import Mark, Number, decimal_places, show_number, to_decimal
from kpicli.model.period import Period
from kpicli.model.quantity import TARGET_PATTERN, TOLERANCE_PATTERN, Quantity, with_unit
from kpicli.model.schema_types import Notation, Word
from kpicli.model.unit import CURRENCIES, PERCENT
from kpicli.noun import NamedTuple


class Direction(Word):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def sign(self) -> int:
        """1 where more is better, −1 where less is."""
        return -1 if self is Direction.LOWER else 1


class Comparison(StrEnum):
    """How an actual is held against the number."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    WITHIN = ".."

    @property
    def direction(self) -> Direction | None:
        """The way that it calls better; a range calls neither."""
        return _DIRECTIONS.get(self)


_DIRECTIONS = {
    **dict.fromkeys((Comparison.AT_LEAST, Comparison.ABOVE), Direction.HIGHER),
    **dict.fromkeys((Comparison.AT_MOST, Comparison.BELOW), Direction.LOWER),
}


class _Target(NamedTuple):
    number: Number
    comparison: Comparison
    unit: str = ""
    high: Number | None = None
    is_relative: bool = False
    is_bare: bool = False
    written_places: int = 0


class Target(Notation, _Target):
    """One target as it was written.

    `high` is the upper edge of a range, whose lower one is `number`. A relative target's `number`
    is a percentage of the baseline's size. `is_bare`: no comparison sign was typed. A computed
    target's `written_places` are the decimals of what it was computed from.
    """

    __slots__ = ()
    PATTERN = TARGET_PATTERN

    @property
    def direction(self) -> Direction | None:
        """Which way is better, or none for a range."""
        return self.comparison.direction

    @property
    def decimals(self) -> int:
        """As many as were written, here or in what it was computed from."""
        most = max(self.written_places, decimal_places(self.number))
        return most if self.high is None else max(most, decimal_places(self.high))

    @property
    def places(self) -> int:
        """Decimals for what is computed beside it: its own, and one more for a percentage."""
        return self.decimals + (self.unit == PERCENT)

    def show(self, mark: Mark = ".", places: int | None = None) -> str:
        """The notation, its digits as typed: `500,000 kr`, `<60%`, `40..60%`, `+20%`.

        A computed number is shown with that many `places`.
        """
        number, high = _to_places(self.number, places), _to_places(self.high, places)
        low = with_unit(show_number(number, mark), self.unit)
        if high is not None:
            first = self.unit if self.unit in CURRENCIES else ""
            return f"{Quantity(number, first, mark)}..{Quantity(high, self.unit, mark)}"
        if self.is_relative:
            return f"+{low}" if self.direction is Direction.HIGHER else low
        if self.is_bare and self.direction is Direction.HIGHER:
            return low
        return f"{_INK.get(self.comparison, self.comparison)}{low}"


def _to_places(number: Any, places: int | None) -> Any:
    if number is None or isinstance(number, Decimal):
        return number
    return to_decimal(number, places)


_INK = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤"}


class _Tolerance(NamedTuple):
    number: Decimal
    is_relative: bool = False


class Tolerance(Notation, _Tolerance):
    """How far off target still counts as at risk: a share of the target's size, or absolute."""

    __slots__ = ()
    PATTERN = TOLERANCE_PATTERN


class _Schedule(NamedTuple):
    entries: tuple[tuple[Period, Target], ...]


class Schedule(Notation, _Schedule):
    """Targets by the period from whose start each is in force, oldest first."""

    __slots__ = ()
    SHAPE = dict[Period, Target]

    def at(self, period: Period) -> Target | None:
        """The target of an own period: the last entry that starts on or before its start."""
        targets = [target for since, target in self.entries if since.start <= period.start]
        return targets[-1] if targets else None
