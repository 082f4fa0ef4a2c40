"""The scale of a chart: how low and how high it reaches, and round numbers as written there."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import ceil, floor, inf, log10

from kpicli.model.number import Mark, decimal_places, show_number
from kpicli.model.quantity import with_unit
from kpicli.noun import NamedTuple
from kpicli.views.parts.plot import Tick, Values

Room = tuple[float | None, float | None]  # from one edge to the other
NOTHING: Room = (None, None)
_MARGIN, _NEARBY, _FAN = 0.04, 0.25, 1.0
"""Shares of what a scale has to show: what is left free around it, and what else it takes in."""
_MOST_TICKS = 6
_TICK_DIGITS = (1, 2, 5)
_LONGEST_UNIT = 3  # characters of a unit that is written beside every tick
_SIZE_LETTERS = ((6, "M"), (3, "k"))
_MANY_THOUSANDS = 10  # from so many thousands on, or from one million, a scale is written in these


class Scale(NamedTuple):
    """From low to high."""

    low: float
    high: float

    @property
    def span(self) -> float:
        """How much that is."""
        return self.high - self.low

    def widened(self, share: float) -> "Scale":
        """With that share of it more on each side; a single value without an end."""
        room = self.span * share or inf
        return Scale(self.low - room, self.high + room)

    def including(self, values: Iterable[float]) -> "Scale":
        """A scale that these values are on as well."""
        numbers = [*self, *values]
        return Scale(min(numbers), max(numbers))

    def holds(self, value: float | None) -> bool:
        """Whether a value is on it."""
        return value is not None and self.low <= value <= self.high

    def held(self, values: Sequence[float | None]) -> tuple[float | None, ...]:
        """The values, without those that are not on it."""
        low, high = self
        return tuple([None if each is None or not low <= each <= high else each for each in values])

    def clipped(self, value: float) -> float:
        """The value, or the end of the scale that it lies beyond."""
        return self.low if value < self.low else min(value, self.high)

    def cut(self, lows: Values, highs: Values) -> list[Room]:
        """What of the room between two edges is on it, at each place; `NOTHING` of none of it."""
        low, high = self
        return [
            (max(first, low), min(last, high))
            if first is not None and last is not None and first <= high and last >= low
            else NOTHING
            for first, last in zip(lows, highs, strict=True)
        ]


def scale_for(
    needed: Iterable[float], likely: Iterable[float] = (), nearby: Iterable[float] = ()
) -> Scale:
    """One that takes in all that is needed, and of the rest what does not flatten that.

    What is `likely` may take on each side as much as all that is needed, and is cut beyond; what is
    `nearby` is taken in only where it is close. A single value is not flattened by anything. Where
    nothing is below zero, or above it, neither is the scale.
    """
    numbers = list(needed)
    scale = Scale(min(numbers), max(numbers))
    scale = scale.including(map(scale.widened(_FAN).clipped, likely))
    scale = scale.including(filter(scale.widened(_NEARBY).holds, nearby))
    margin = scale.span * _MARGIN or abs(scale.high) * _MARGIN or 1.0
    bottom, top = scale.low - margin, scale.high + margin
    return Scale(
        bottom if scale.low < 0 else max(bottom, 0.0),
        top if scale.high > 0 or scale.low == 0 else min(top, 0.0),
    )


def ticks(scale: Scale, unit: str, mark: Mark) -> tuple[Tick, ...]:
    """Three to six multiples of 1, 2 or 5 times a power of ten, written in the unit."""
    candidates = _multiples(scale)
    numbers = next((multiples for multiples in candidates if len(multiples) <= _MOST_TICKS), [])
    power, letter = _size(numbers, unit)
    suffix = unit if is_unit_in_ticks(unit) else ""
    return tuple(
        Tick(float(number), _text(number, power, letter, suffix, mark)) for number in numbers
    )


def is_unit_in_ticks(unit: str) -> bool:
    """Whether ticks are written with the unit; a long one takes too much room."""
    return len(unit) <= _LONGEST_UNIT


def _multiples(scale: Scale) -> Iterator[list[Decimal]]:
    """The multiples on a scale of ever larger round steps."""
    start = floor(log10(scale.span / _MOST_TICKS))
    for exponent in range(start, start + 3):
        for digit in _TICK_DIGITS:
            step = Decimal(digit).scaleb(exponent)
            first, last = ceil(scale.low / float(step)), floor(scale.high / float(step))
            yield [step * times for times in range(first, last + 1)]


def _size(numbers: list[Decimal], unit: str) -> tuple[int, str]:
    """The power of ten and its letter by which all are written shorter, if any are."""
    most = max(map(abs, numbers), default=Decimal(0))
    for power, letter in _SIZE_LETTERS if unit not in {"k", "M"} else ():
        is_whole = all(number % Decimal(10) ** (power - 1) == 0 for number in numbers)
        if most >= 10**power * (1 if power > 3 else _MANY_THOUSANDS) and is_whole:
            return power, letter
    return 0, ""


def _text(number: Decimal, power: int, letter: str, unit: str, mark: Mark) -> str:
    number = number.scaleb(-power).normalize()
    digits = show_number(number, mark, decimal_places(number))
    return with_unit(digits + (letter if number else ""), unit)
