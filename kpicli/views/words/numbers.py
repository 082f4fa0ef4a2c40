"""The numbers of an evaluation as people see them: typed as typed, computed ones rounded."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import count

from kpicli.evaluation.evaluate import Evaluation, target_zone
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.number import Mark, Number, decimal_places, exact, nonzero_places, to_decimal
from kpicli.model.quantity import Quantity
from kpicli.model.target import Target
from kpicli.model.unit import PERCENT, POINTS

_PLURAL = r"(?=.*[aeiou]).{3,}(?<!ie|xe|ze)(?<!che|she|sse)(?<![iu s])s"
"""A unit that loses its s in the singular, and no more: points, but not boxes, replies or mbps."""


class NumberFormat:
    """How the numbers of an evaluation are shown.

    A computed number has as many decimals as the most precise typed one that it is made of, one
    more for a percentage or a quotient; of actual and target no fewer than the other, or than, as
    `places`, others beside it. It has more where it would look like 0, or like a number on the
    other side of its target.
    """

    def __init__(self, evaluation: Evaluation, definitions: Definitions, places: int = 0) -> None:
        self.evaluation, self.least_places = evaluation, places
        self.mark: Mark = definitions.decimal.value

    @cached_property
    def _places(self) -> tuple[int, int]:
        """Those of the actual and of the target, as many as tell on which side of it that is."""
        number, places = self.evaluation.actual, self.evaluation.places
        due = self.evaluation.due or self.evaluation.target
        if due is None:
            return self._nonzero_places(places, number), 0
        decimals = due.decimals
        actual = self._nonzero_places(max(places, decimals), number)
        beside = 0 if isinstance(due.number, Decimal) else places
        decimals += due.unit == PERCENT
        target = self._nonzero_places(max(decimals, beside), due.number)
        if due.high is not None:
            target = max(target, self._nonzero_places(max(decimals, beside), due.high))
        if number in {due.number, due.high}:  # which would never be told of two roundings
            actual = target = max(actual, target)
        edges = (number, due.number, due.high)
        if all(each is None or isinstance(each, Decimal) for each in edges):
            return actual, target  # all are shown as they were typed
        more = next(more for more in count() if self._tells_side(due, actual + more, target + more))
        return actual + more, target + more

    def _tells_side(self, due: Target, actual_places: int, target_places: int) -> bool:
        """Whether the rounded actual meets the rounded target where the exact ones do."""
        number, zone = self.evaluation.actual, self.evaluation.zone
        if number is None or zone is None:
            return True
        high = None if due.high is None else _rounded(due.high, target_places)
        target = due._replace(number=_rounded(due.number, target_places), high=high)
        shown = exact(_rounded(number, actual_places))
        return target_zone(target, zone.tolerance).meets(shown) is zone.meets(exact(number))

    def _nonzero_places(self, places: int, number: Number | None) -> int:
        least = max(self.least_places, places)
        return nonzero_places(number, least) if number else least

    def quantity(self, number: Number, unit: str) -> Quantity:
        """A number like the actual, in a unit."""
        places = None if isinstance(number, Decimal) else self._places[0]
        return Quantity(number, unit, self.mark, places)

    def target(self, target: Target | None) -> str:
        """A target's notation, empty for none."""
        if target is None:
            return ""
        is_typed = isinstance(target.number, Decimal) and not isinstance(target.high, Fraction)
        return target.show(self.mark, None if is_typed else self._places[1])

    def target_text(self) -> str:
        """The target in force; on a climb with its end."""
        evaluation = self.evaluation
        return self.target_in_force() if evaluation.end else self.target(evaluation.target)

    def target_in_force(self) -> str:
        """The target in force, the part of it that is due, and the end of a climb."""
        by_now = " ".join(filter(None, self.target_parts()))
        return ", ".join(filter(None, (by_now, self.climb_end())))

    def target_parts(self) -> tuple[str, str]:
        """`500,000` and `of 1,500,000 kr`: what is due by now, and of which target it is a part."""
        evaluation = self.evaluation
        if evaluation.target is None:
            return "", ""
        text, whole = self.target(evaluation.target), ""
        if evaluation.due:
            whole = f"of {text.lstrip('≤≥<>')}"
            text = self.target(evaluation.due).removesuffix(f" {evaluation.target.unit}")
        return f"due {text}" if self.climb_end() else text, whole

    def climb_end(self) -> str:
        """`€135,000 by 2026-12` on a climb that has not reached its end."""
        target, end, by = self.evaluation.target, self.evaluation.end, self.evaluation.kpi.by
        is_before = by and self.evaluation.period.start < by.end
        is_on_the_way = is_before and target and end and end.number != target.number
        return f"{self.target(end)} by {by}" if is_on_the_way else ""

    def actual(self) -> Quantity | None:
        """The actual, if there is one."""
        number = self.evaluation.actual
        return None if number is None else self.quantity(number, self.evaluation.kpi.unit)

    def variance(self) -> Quantity | None:
        """How far the actual is from the target, or from the part of it that is due."""
        evaluation = self.evaluation
        due = evaluation.due or evaluation.target
        places = self._shown_places(evaluation.actual)
        for edge in (due.number, due.high) if due else ():
            places = max(places, self._shown_places(edge, is_target=True))
        return self._difference(evaluation.variance, places)

    def difference(self, number: Fraction | None, *actuals: Number | None) -> Quantity | None:
        """A signed difference of such actuals, in the unit; a percentage's in `pp`."""
        return self._difference(number, max(map(self._shown_places, actuals), default=0))

    def _shown_places(self, number: Number | None, *, is_target: bool = False) -> int:
        """Decimals as typed, or those of a computed number."""
        if number is None:
            return 0
        if isinstance(number, Decimal):
            return decimal_places(number)
        return self._places[1] if is_target else self._places[0]

    def _difference(self, number: Fraction | None, places: int) -> Quantity | None:
        if number is None:
            return None
        unit = self.evaluation.kpi.unit
        return Quantity(
            number,
            POINTS if unit == PERCENT else unit,
            self.mark,
            nonzero_places(number, max(self.least_places, places)),
            is_signed=True,
        )


def _rounded(number: Number, places: int) -> Number:
    return number if isinstance(number, Decimal) else to_decimal(number, places)


def singular(text: str, kpi: Kpi) -> str:
    """`1 point`, `≤1 point` or `+1 point`, where the unit of the KPI is a plain English plural."""
    is_one = re.fullmatch(rf"\W?1 {re.escape(kpi.unit)}", text) and re.fullmatch(_PLURAL, kpi.unit)
    return text.removesuffix("s") if is_one else text
