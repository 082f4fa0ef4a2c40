"""The numbers of an evaluation as people see them: typed as typed, computed ones rounded."""

from decimal import Decimal
from fractions import Fraction

from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Definitions
from kpicli.model.number import Mark, Number, decimal_places, to_decimal
from kpicli.model.quantity import Quantity
from kpicli.model.target import Target
from kpicli.model.unit import PERCENT, POINTS

_PLACES_WITHOUT_TARGET = 2


def _places(number: Number | None) -> int:
    """Without a target as many decimals as the number has, and of an endless one two."""
    exact = to_decimal(number) if number is not None else Decimal(0)
    return min(decimal_places(exact), _PLACES_WITHOUT_TARGET)


class NumberFormat:
    """How the numbers of an evaluation are shown.

    `places` are the decimals of computed ones, where other numbers beside them need so many.
    """

    def __init__(
        self, evaluation: Evaluation, definitions: Definitions, places: int | None = None
    ) -> None:
        self.evaluation = evaluation
        self.mark: Mark = definitions.decimal.value
        targets = [target.places for target in (evaluation.target, evaluation.end) if target]
        own = max(targets) if targets else _places(evaluation.actual)
        self.places = own if places is None else places

    def quantity(self, number: Number, unit: str, *, is_signed: bool = False) -> Quantity:
        """A number in a unit, rounded where it is computed."""
        places = self.places if isinstance(number, Fraction) else None
        return Quantity(number, unit, self.mark, places, is_signed)

    def target(self, target: Target | None) -> str:
        """A target's notation, empty for none."""
        return target.show(self.mark, self.places) if target else ""

    def target_text(self) -> str:
        """The target in force; on a climb with its end."""
        evaluation = self.evaluation
        return self.target_in_force() if evaluation.end else self.target(evaluation.target)

    def target_in_force(self) -> str:
        """The target in force, the part of it that is due, and the end of a climb."""
        evaluation = self.evaluation
        if evaluation.target is None:
            return ""
        text = self.target(evaluation.target)
        if evaluation.due:
            part = self.target(evaluation.due).removesuffix(f" {evaluation.target.unit}")
            text = f"{part} of {text.lstrip('≤≥<>')}"
        end, by = evaluation.end, evaluation.kpi.by
        if end and by and end.number != evaluation.target.number:
            return f"due {text}, {self.target(end)} by {by}"
        return text

    def actual(self) -> Quantity | None:
        """The actual, if there is one."""
        number = self.evaluation.actual
        return None if number is None else self.quantity(number, self.evaluation.kpi.unit)

    def variance(self) -> Quantity | None:
        """How far the actual is from the target, or from the part of it that is due."""
        return self.difference(self.evaluation.variance)

    def difference(self, number: Fraction | None) -> Quantity | None:
        """A signed difference of two actuals or targets, in the unit; a percentage's in `pp`."""
        if number is None:
            return None
        unit = self.evaluation.kpi.unit
        return self.quantity(number, POINTS if unit == PERCENT else unit, is_signed=True)
