"""The number in a cell of a table: fractions for percentages, and digits to round."""

import re
from decimal import Decimal
from fractions import Fraction

from kpicli.errors import KpiError
from kpicli.model.kpi import Kpi
from kpicli.model.number import (
    MOST_BEFORE,
    AmbiguousNumberError,
    Mark,
    decimal_places,
    plain_number,
    to_decimal,
)
from kpicli.model.unit import PERCENT
from kpicli.recording.draft import number_of
from kpicli.recording.plausibility import percentage_of
from kpicli.text import safe

_FLOAT = re.compile(r"([-+]?)([0-9]+)(?:[.,]([0-9]+))?(?:[eE]([-+]?[0-9]{1,3}))?")
"""Plain digits of any count, and an exponent, as programs write them."""
_WORD = re.compile(r"#[^']{1,39}|[^\d']{1,40}")
"""What is no number at all, and can stand between quotes."""
_TOO_LONG = re.compile(r".*[0-9](?:[eE][-+]?[0-9]+|[.,][0-9]{13,}).*", re.DOTALL)


class CellNumbers:
    """Reads cells as numbers in the unit of their KPI; `rounded` counts those that lost digits.

    With `places` they are rounded half up to so many decimals. With `are_fractions` those of a KPI
    counted in % are times 100, but for cells that say % themselves.
    """

    def __init__(
        self, mark: Mark | None, *, are_fractions: bool = False, places: int | None = None
    ) -> None:
        self.mark, self.are_fractions, self.places = mark, are_fractions, places
        self.rounded = 0

    def read(self, kpi: Kpi, text: str, mark: Mark | None) -> Decimal:
        """The number; raises `KpiError` that names the KPI, and the flag that may help."""
        if not self.are_fractions and self.places is None:
            if (plain := plain_number(text, mark or self.mark)) is not None:
                return plain
            return _advised(kpi, text, mark or self.mark)
        match = _FLOAT.fullmatch(text)
        exact = _float_value(match) if match and self.places is not None else None
        if exact is None:
            exact = Fraction(number := _advised(kpi, text, mark or self.mark))
            if match and self.are_fractions and kpi.unit == PERCENT and self.places is None:
                return percentage_of(number)
            if self.places is None or (not match and decimal_places(number) <= self.places):
                return number
        is_fraction = self.are_fractions and kpi.unit == PERCENT and match is not None
        return self._rounded(exact * 100 if is_fraction else exact, self.places or 0)

    def _rounded(self, exact: Fraction, places: int) -> Decimal:
        """Half up; what has no more decimals than that stays as it is."""
        rounded, kept = to_decimal(exact, places), to_decimal(exact)
        self.rounded += Fraction(rounded) != exact
        return kept if Fraction(kept) == Fraction(rounded) else rounded


def _advised(kpi: Kpi, text: str, mark: Mark | None) -> Decimal:
    try:
        return number_of(kpi, text, mark)
    except AmbiguousNumberError as error:
        hint = "say which mark is the decimal one: --decimal . or --decimal ,"
        raise KpiError(error.message, hint=hint) from None
    except KpiError as error:
        if _TOO_LONG.fullmatch(text):
            hint = "--round 2 rounds to two decimals, and writes exponents out"
            raise KpiError(error.message, hint=hint) from None
        if _WORD.fullmatch(text):
            hint = f"leave it empty where nothing was measured, or name it: --empty '{safe(text)}'"
            raise KpiError(error.message, hint=hint) from None
        raise


def _float_value(match: re.Match[str]) -> Fraction | None:
    sign, whole, part, exponent = match.groups()
    power = int(exponent or 0)
    if abs(power) > 2 * MOST_BEFORE or len(whole) > MOST_BEFORE:
        return None
    digits = Fraction(int(whole + (part or "")), 10 ** len(part or ""))
    value = (-1 if sign == "-" else 1) * digits * Fraction(10) ** power
    return value if abs(value) < 10**MOST_BEFORE else None
