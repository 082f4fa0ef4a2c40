"""The numbers of an evaluation as people see them: typed as typed, computed ones rounded."""

from fractions import Fraction

from kpicli.analysis.evaluate import Evaluation
from kpicli.model.kpi import Definitions
from kpicli.model.number import Mark, Number
from kpicli.model.quantity import PERCENT, POINTS, Quantity
from kpicli.model.target import Target

_PLACES_WITHOUT_TARGET = 2


class Shown:
    """The numbers of an evaluation as they are shown: typed as typed, computed ones rounded."""

    def __init__(self, one: Evaluation, definitions: Definitions) -> None:
        self.one = one
        self.mark: Mark = definitions.decimal.value
        ends = one.end or one.target
        self.places = ends.places if ends else _PLACES_WITHOUT_TARGET

    def quantity(self, number: Number, unit: str, *, signed: bool = False) -> Quantity:
        """A number in a unit, rounded where it is computed."""
        places = self.places if isinstance(number, Fraction) else None
        return Quantity(number, unit, self.mark, places, signed)

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
        if one.end and one.kpi.by:
            return f"due {text}, {self.target(one.end)} by {one.kpi.by}"
        return text

    def actual(self) -> Quantity | None:
        """What was measured, if anything."""
        number = self.one.actual
        return None if number is None else self.quantity(number, self.one.kpi.unit)

    def variance(self) -> Quantity | None:
        """In the unit, a percentage's in `pp`."""
        if self.one.variance is None:
            return None
        unit = POINTS if self.one.kpi.unit == PERCENT else self.one.kpi.unit
        return self.quantity(self.one.variance, unit, signed=True)
