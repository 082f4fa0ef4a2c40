"""A number with its unit, shown the way people write it."""

import re
from typing import NamedTuple

from kpicli.model.notation.editor_patterns import QUANTITY
from kpicli.model.number import Mark, Number, json_number, show_number
from kpicli.model.schema_types import Notation
from kpicli.model.unit import CURRENCIES, PERCENT


class _Quantity(NamedTuple):
    number: Number
    unit: str = ""
    mark: Mark = "."
    places: int | None = None
    is_signed: bool = False


class Quantity(Notation, _Quantity):
    """A number in a unit: `500,000 kr`, `3.2%`, `-$5`; a percentage is kept as 3.2, unit `%`.

    `places` fixes the decimals shown, `is_signed` puts a + before what is above zero.
    """

    __slots__ = ()
    PATTERN = QUANTITY

    def __str__(self) -> str:
        text = with_unit(show_number(self.number, self.mark, self.places), self.unit)
        is_above_zero = self.is_signed and self.number > 0 and re.search("[1-9]", text)
        return f"+{text}" if is_above_zero else text

    def json_number(self) -> str:
        """The raw digits, a JSON number."""
        return json_number(self.number)


def with_unit(number: str, unit: str) -> str:
    """`$ € £ ¥` before the number, `%` right after it, any other unit after a space."""
    if unit in CURRENCIES:
        sign = "-" if number.startswith("-") else ""
        return f"{sign}{unit}{number.removeprefix('-')}"
    return f"{number}{'' if unit in {'', PERCENT} else ' '}{unit}"
