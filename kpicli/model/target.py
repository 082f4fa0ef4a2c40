"""What is wanted: a number with its comparison, a range, or a step from the baseline."""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from kpicli.errors import NotationError
from kpicli.model.number import WRITTEN, Mark, Number, decimal_places, to_decimal
from kpicli.model.period import Period
from kpicli.model.quantity import (
    CURRENCIES,
    END,
    NUMBER,
    PERCENT,
    POINTS,
    Quantity,
    check_size_letter,
    read_quantity,
)
from kpicli.model.schema_types import Notation, Word
from kpicli.text import safe


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
    Comparison.AT_LEAST: Direction.HIGHER,
    Comparison.ABOVE: Direction.HIGHER,
    Comparison.AT_MOST: Direction.LOWER,
    Comparison.BELOW: Direction.LOWER,
}
_SIGNS = {
    ">=": Comparison.AT_LEAST,
    "≥": Comparison.AT_LEAST,
    ">": Comparison.ABOVE,
    "<=": Comparison.AT_MOST,
    "≤": Comparison.AT_MOST,
    "<": Comparison.BELOW,
}
_SIGNED = r"(?s)\s*(>=|<=|≥|≤|>|<)\s*(.+)"
_HINT = "write 500 kr, >=3%, <60%, 40..60% or, from a baseline, +20%"


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
    PATTERN = (
        r"^(?![^0-9]*\+[^%]*$)[^0-9A-Za-z.,]*"
        rf"{WRITTEN}(?:[^0-9A-Za-z.]*\.\.{NUMBER}|{END})"
    )

    @property
    def direction(self) -> Direction | None:
        """Which way is better, or none for a range."""
        return self.comparison.direction

    @property
    def decimals(self) -> int:
        """As many as were written, here or in what it was computed from."""
        return max(
            self.written_places,
            decimal_places(self.number),
            decimal_places(self.high or Decimal(0)),
        )

    @property
    def places(self) -> int:
        """Decimals for what is computed beside it: its own, and one more for a percentage."""
        return self.decimals + (self.unit == PERCENT)

    def show(self, mark: Mark = ".", places: int | None = None) -> str:
        """The notation, its digits as typed: `500,000 kr`, `<60%`, `40..60%`, `+20%`.

        A computed number is shown with that many `places`.
        """
        number, high = _rounded(self.number, places), _rounded(self.high, places)
        low = str(Quantity(number, self.unit, mark))
        if high is not None:
            first = self.unit if self.unit in CURRENCIES else ""
            return f"{Quantity(number, first, mark)}..{Quantity(high, self.unit, mark)}"
        if self.is_relative:
            return f"+{low}" if self.direction is Direction.HIGHER else low
        if self.is_bare and self.direction is Direction.HIGHER:
            return low
        return f"{_SHOWN.get(self.comparison, self.comparison)}{low}"


def _rounded(number: Any, places: int | None) -> Any:
    return to_decimal(number, places) if isinstance(number, Fraction) else number


_SHOWN = {Comparison.AT_LEAST: "≥", Comparison.AT_MOST: "≤"}


def read_target(text: str, mark: Mark = ".", direction: Direction | None = None) -> Target:
    """The target that a text gives: `[sign] number [unit]` or `low..high [unit]`.

    No sign means at least, or at most where lower is better. Raises `NotationError` for a notation
    that is not one, a range upside down, and a sign against `direction`.
    """
    if ".." in text:
        return _range(text, mark)
    signed = re.fullmatch(_SIGNED, text)
    bare = text.strip()
    if signed is None and bare[:1] in {"+", "-", "−"} and bare.endswith("%"):
        return _relative(bare, mark, direction)
    number, unit = _quantity(signed[2] if signed else text, text, mark)
    lower = Comparison.AT_MOST if direction is Direction.LOWER else Comparison.AT_LEAST
    comparison = _SIGNS[signed[1]] if signed else lower
    _must_agree(text, comparison, direction)
    return Target(number, comparison, unit, is_bare=signed is None)


def _quantity(part: str, text: str, mark: Mark) -> tuple[Decimal, str]:
    try:
        return read_quantity(part, mark)
    except NotationError as error:
        shown = safe(text.strip()[:60])
        raise NotationError(
            error.message if shown in error.message else f"'{shown}': {error.message}",
            hint=error.hint if part.strip()[:1].isdigit() else _HINT,
        ) from None


def _range(text: str, mark: Mark) -> Target:
    if re.fullmatch(_SIGNED, text):
        raise NotationError(f"'{safe(text)}': a range takes no comparison sign", hint="40..60%")
    first, _, second = text.partition("..")
    high, unit = _quantity(second, text, mark)
    low, own = _quantity(first, text, mark)
    if own and unit and own != unit:
        raise NotationError(f"'{safe(text)}': its edges are in two units", hint="write 40..60%")
    if low > high:
        raise NotationError(
            f"'{safe(text)}': the lower edge is above the upper one",
            hint=f"write {safe(second.strip())}..{first.strip()}" if not own else "write 20..40%",
        )
    return Target(low, Comparison.WITHIN, unit or own, high)


def _relative(text: str, mark: Mark, direction: Direction | None) -> Target:
    is_cut = text[0] in "-−"
    size = text[1:].lstrip()
    number, unit = _quantity(size, text, mark)
    if unit != PERCENT or size[0] in "-−":
        raise NotationError(f"'{safe(text)}' is no target", hint=_HINT)
    comparison = Comparison.AT_MOST if is_cut else Comparison.AT_LEAST
    _must_agree(text, comparison, direction)
    share = number.copy_negate() if is_cut else number
    return Target(share, comparison, unit, is_relative=True)


def _must_agree(text: str, comparison: Comparison, direction: Direction | None) -> None:
    if direction is not None and comparison.direction is not direction:
        raise NotationError(
            f"'{safe(text.strip())}' contradicts direction = \"{direction}\"",
            hint="leave one of the two out: the sign says which way is better",
        )


class _Tolerance(NamedTuple):
    number: Decimal
    is_relative: bool = False


class Tolerance(Notation, _Tolerance):
    """How far off target still counts as at risk: a share of the target's size, or absolute."""

    __slots__ = ()
    PATTERN = rf"^(?![^0-9]*[-−][0.,_ \u00a0\u202f]*[1-9]){NUMBER}"


def read_tolerance(text: str, mark: Mark = ".", unit: str = "") -> Tolerance:
    """`10%` of the target's size, or absolute: `20,000 kr`, and `2 pp` for a percentage.

    Raises `NotationError` for another unit than the KPI's own and for one below zero.
    """
    check_size_letter(text, unit)
    number, given = read_quantity(text, mark)
    if number < 0:
        raise NotationError(f"'{safe(text)}': a tolerance is not below zero")
    if given == PERCENT:
        return Tolerance(number, is_relative=True)
    if unit == PERCENT and given != POINTS:
        raise NotationError(
            f"'{safe(text)}': say of what",
            hint=f'write "{number}%" of the target, or "{number} pp"',
        )
    if given not in ({POINTS} if unit == PERCENT else {"", unit}):
        own = f"in {safe(unit)}" if unit else "without a unit"
        raise NotationError(
            f"'{safe(given)}' is not its unit: this KPI is counted {own}",
            hint='write a share of the target, "10%", or a number in the KPI\'s own unit',
        )
    return Tolerance(number)


class _Schedule(NamedTuple):
    entries: tuple[tuple[Period, Target], ...]


class Schedule(Notation, _Schedule):
    """Targets by the period from whose start each is in force, oldest first."""

    __slots__ = ()
    SHAPE = dict[Period, Target]

    def at(self, period: Period) -> Target | None:
        """The target of an own period: the last entry that starts on or before its start."""
        begun = [target for since, target in self.entries if since.start <= period.start]
        return begun[-1] if begun else None
