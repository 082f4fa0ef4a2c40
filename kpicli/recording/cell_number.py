"""The number in a cell of a table: fractions for percentages, and digits to round."""

import re
from decimal import Decimal
from fractions import Fraction

from kpicli.model.kpi import Kpi
from kpicli.model.number import MOST_BEFORE, Mark, decimal_places, to_decimal
from kpicli.model.quantity import PERCENT
from kpicli.recording.draft import number_of

_FLOAT = re.compile(r"([-+]?)([0-9]+)(?:[.,]([0-9]+))?(?:[eE]([-+]?[0-9]{1,3}))?")
"""Plain digits of any count, and an exponent, as programs write them."""


class CellNumbers:
    """Reads cells as numbers in the unit of their KPI; `rounded` counts those that lost digits.

    With `places` they are rounded half up to so many decimals. With `are_fractions` those of a KPI
    counted in % are times 100, but for cells that say % themselves.
    """

    def __init__(
        self, mark: Mark, *, are_fractions: bool = False, places: int | None = None
    ) -> None:
        self.mark, self.are_fractions, self.places = mark, are_fractions, places
        self.rounded = 0

    def read(self, kpi: Kpi, text: str, mark: Mark | None) -> Decimal:
        """The number; raises `KpiError` that names the KPI."""
        if not self.are_fractions and self.places is None:
            return number_of(kpi, text, mark or self.mark)
        is_fraction = self.are_fractions and kpi.unit == PERCENT and PERCENT not in text
        match = _FLOAT.fullmatch(text) if self.places is not None else None
        exact = _float_value(match) if match else None
        if exact is None:
            exact = Fraction(number := number_of(kpi, text, mark or self.mark))
            if not is_fraction and (self.places is None or decimal_places(number) <= self.places):
                return number
        return self._rounded(exact * 100 if is_fraction else exact)

    def _rounded(self, exact: Fraction) -> Decimal:
        if self.places is None:
            return to_decimal(exact)
        bare = to_decimal(exact)
        rounded = to_decimal(exact, self.places)
        self.rounded += Fraction(rounded) != exact
        return bare if Fraction(bare) == Fraction(rounded) else rounded


def _float_value(match: re.Match[str]) -> Fraction | None:
    sign, whole, part, exponent = match.groups()
    power = int(exponent or 0)
    if abs(power) > 2 * MOST_BEFORE or len(whole) > MOST_BEFORE:
        return None
    digits = Fraction(int(whole + (part or "")), 10 ** len(part or ""))
    return (-1 if sign == "-" else 1) * digits * Fraction(10) ** power
