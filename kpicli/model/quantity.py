"""A number with its unit, shown the way people write it."""

from kpicli.model.number import Mark, Number, json_number, show_number
from kpicli.model.schema_types import Notation
from kpicli.model.unit import CURRENCIES, PERCENT
from kpicli.noun import NamedTuple

_SPACE = "[ \u00a0\u202f]*"
_DIGITS = "[0-9]+(?:[.,_ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?[kM]?"
"""A number without its sign, whichever the decimal mark."""

_AFTER = (
    rf"(?!{_SPACE}(?:[+0-9.,<>=≤≥_]|[-−](?![) \u00a0\u202f]|$|[A-Za-z]))"
    r"|[eE][-+]?[0-9]|[Km](?:[ \u00a0\u202f%]|$))"
)
"""Behind a number stands nothing, a unit, or the minus of an account."""

_CURRENCY = r"(?:[A-Za-z]{1,3}(?:\$|\.[ \u00a0\u202f])?|[^0-9A-Za-z.,<>=≤≥]+)*"
_NUMBER = rf"{_CURRENCY}{_DIGITS}{_AFTER}"  # a number with what may stand in front of it
QUANTITY_PATTERN = rf"^{_NUMBER}"
TARGET_PATTERN = (
    r"^(?![^0-9]*\+[^%]*$)(?:[A-Za-z]{1,3}(?:\$|\.[ \u00a0\u202f])?|[^0-9A-Za-z.,]+)*"
    rf"{_DIGITS}(?:[^0-9A-Za-z.]*\.\.{_NUMBER}|{_AFTER})"
)
TOLERANCE_PATTERN = rf"^(?![^0-9]*[-−][0.,_ \u00a0\u202f]*[1-9]){_NUMBER}"
"""What an editor holds a notation against; see `Notation`."""


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
    PATTERN = QUANTITY_PATTERN

    def __str__(self) -> str:
        number, unit, mark, places, is_signed = self
        digits = show_number(number, mark, places)
        text = with_unit(digits, unit)
        is_above_zero = is_signed and digits[0] != "-" and digits.strip("0.,")
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
