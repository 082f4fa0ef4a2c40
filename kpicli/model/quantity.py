"""A number with its unit, read and shown the way people write it."""

import re
from decimal import Decimal
from typing import NamedTuple

from kpicli.errors import NotationError
from kpicli.model.number import (
    WRITTEN,
    Mark,
    Number,
    json_number,
    plain_number,
    read_number,
    show_number,
)
from kpicli.model.schema_types import Notation
from kpicli.text import safe

CURRENCIES = frozenset("$€£¥")
PERCENT, POINTS = "%", "pp"
_SPACE = "[ \u00a0\u202f]*"
_QUANTITY = re.compile(
    rf"(?P<sign>[-−]?)(?P<before>[$€£¥]?){_SPACE}"
    r"(?P<number>[-+−]?[0-9.,](?:[0-9.,_]|[ \u00a0\u202f](?=[0-9]))*"
    r"(?:[eE][-+]?[0-9]+)?(?:[kMKm](?=[ \u00a0\u202f%]|$))?)"
    rf"{_SPACE}(?P<unit>.*)",
    re.DOTALL,
)
_SHORTENED = r"[0-9][kM](?=[ \u00a0\u202f%.]|$)"
_BEGINS_NO_UNIT = frozenset("-+−0123456789.,<>=≤≥_")
_LONGEST = 100
UNIT = r"^[^-+−0-9.,<>=≤≥_ \u00a0\u202f]"
"""How a unit begins; for editors, see `Notation`, and so are the following."""
END = rf"(?!{_SPACE}[-+−0-9.,<>=≤≥_]|[eE][-+]?[0-9]|[Km](?:[ \u00a0\u202f%]|$))"
"""After a number stands nothing, or what may begin a unit."""
NUMBER = rf"[^0-9A-Za-z.,<>=≤≥]*{WRITTEN}{END}"
"""A number with what may stand in front of it."""

LONGEST_UNIT = 40


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
    PATTERN = rf"^{NUMBER}"

    def __str__(self) -> str:
        text = with_unit(show_number(self.number, self.mark, self.places), self.unit)
        is_above_zero = self.number > 0 and re.search("[1-9]", text)
        return f"+{text}" if self.is_signed and is_above_zero else text

    def json_number(self) -> str:
        """The raw digits, a JSON number."""
        return json_number(self.number)


def with_unit(number: str, unit: str) -> str:
    """`$ € £ ¥` before the number, `%` right after it, any other unit after a space."""
    if unit in CURRENCIES:
        sign = "-" if number.startswith("-") else ""
        return f"{sign}{unit}{number.removeprefix('-')}"
    return f"{number}{'' if unit in {'', PERCENT} else ' '}{unit}"


def read_quantity(text: str, mark: Mark = ".", unit: str | None = None) -> tuple[Decimal, str]:
    """The number and the unit that a text gives, the unit `""` where it gives none.

    With `unit`, a unit that is given must be that one, and in a unit of `k` or `M` those letters
    are not read as thousands or millions. Raises `NotationError`.
    """
    trimmed = text.strip()
    plain = plain_number(trimmed, mark)
    if plain is not None:
        return plain, ""
    if len(trimmed) > _LONGEST:
        raise NotationError(f"'{safe(trimmed[:40])}…' is too long for a number")
    found = _QUANTITY.fullmatch(trimmed)
    if found is None or (found["sign"] and found["number"][0] in "-+−"):
        raise NotationError(
            f"'{safe(trimmed)}' is not a number kpi can store" if trimmed else "no number given",
            hint="write a number, with its unit if you like: 480 kr",
        )
    check_size_letter(trimmed, unit or "")
    number = read_number(found["sign"] + found["number"], mark)
    return number, _checked(found["before"], found["unit"], unit)


def _checked(before: str, after: str, expected: str | None) -> str:
    if before and after:
        raise NotationError(f"two units: '{before}' and '{safe(after)}'", hint="give one unit")
    given = before or after
    if given:
        check_unit(given)
    if expected is not None and given and given != expected:
        own = f"in {safe(expected)}" if expected else "without a unit"
        raise NotationError(
            f"'{safe(given)}' is not its unit: this KPI is counted {own}",
            hint="leave the unit out, or correct it in the definition",
        )
    return given


def check_size_letter(text: str, unit: str) -> None:
    """Raise `NotationError` for a `k` or `M` that may mean the unit or thousands, millions."""
    if unit in {"k", "M"} and re.search(_SHORTENED, text):
        raise NotationError(
            f"'{safe(text)}' is ambiguous for a KPI counted in {unit}",
            hint=f"write all digits, and a space before the unit: 480 {unit}",
        )


def check_unit(unit: str) -> None:
    """Raise `NotationError` for a text that would not read back as a unit."""
    if unit[:1] in _BEGINS_NO_UNIT or unit != unit.strip() or len(unit) > LONGEST_UNIT:
        raise NotationError(
            f"'{safe(unit[:41])}' is no unit",
            hint="a unit starts with a letter or a sign such as % or $, "
            f"and has at most {LONGEST_UNIT} characters",
        )
