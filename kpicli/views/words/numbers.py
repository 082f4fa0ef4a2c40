"""The numbers of an evaluation as people see them: typed as typed, computed ones rounded."""

from decimal import Decimal
from fractions import Fraction

from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Definitions
from kpicli.model.number import Mark, Number, decimal_places, to_decimal
from kpicli.model.quantity import PERCENT, POINTS, Quantity
from kpicli.model.target import Target

_PLACES_WITHOUT_TARGET = 2


def _places(number: Number | None) -> int:
    """Without a target as many decimals as the number has, and of an endless one two."""
    exact = to_decimal(number) if number is not None else Decimal(0)
    return min(decimal_places(exact), _PLACES_WITHOUT_TARGET)


class NumberFormat:
    """The numbers of an evaluation as they are shown: typed as typed, computed ones rounded.

    `places` are the decimals of computed ones, where those of others stand beside them.
    """

    def __init__(
        self, one: Evaluation, definitions: Definitions, places: int | None = None
    ) -> None:
        self.one = one
        self.mark: Mark = definitions.decimal.value
        known = [target.places for target in (one.target, one.end) if target]
        own = max(known) if known else _places(one.actual)
        self.places = own if places is None else places

    def quantity(self, number: Number, unit: str, *, is_signed: bool = False) -> Quantity:
        """A number in a unit, rounded where it is computed."""
        places = self.places if isinstance(number, Fraction) else None
        return Quantity(number, unit, self.mark, places, is_signed)

    def target(self, target: Target | None) -> str:
        """A target's notation, empty for none."""
        return target.show(self.mark, self.places) if target else ""

    def target_in_force(self) -> str | None:
        """The target in force, the part of it that is due, and the end of a climb."""
        one = self.one
        if one.target is None:
            return None
        whole = self.target(one.target)
        if one.due:
            part = self.target(one.due).removesuffix(f" {one.target.unit}")
            text = f"{part} of {whole.lstrip('≤≥<>')}"
        else:
            text = whole
        if one.end and one.kpi.by and one.end.number != one.target.number:
            return f"due {text}, {self.target(one.end)} by {one.kpi.by}"
        return text

    def actual(self) -> Quantity | None:
        """What was measured, if anything."""
        number = self.one.actual
        return None if number is None else self.quantity(number, self.one.kpi.unit)

    def variance(self) -> Quantity | None:
        """What is missing to the target, or beyond it."""
        return self.difference(self.one.variance)

    def difference(self, number: Fraction | None) -> Quantity | None:
        """A signed difference of two actuals or targets, in the unit; a percentage's in `pp`."""
        if number is None:
            return None
        unit = POINTS if self.one.kpi.unit == PERCENT else self.one.kpi.unit
        return self.quantity(number, unit, is_signed=True)
