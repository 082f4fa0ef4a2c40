"""A number as people write it: exact, strict, with one decimal mark."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Literal

from kpicli.errors import NotationError
from kpicli.text import safe

Number = Decimal | Fraction
"""What is typed stays a `Decimal`, digit by digit; what is computed is a `Fraction`."""

Mark = Literal[".", ","]
"""The decimal mark; the other of the two separates thousands."""

MOST_BEFORE, MOST_AFTER = 18, 12
_SPACES = " \u00a0\u202f"
WRITTEN = rf"[0-9]+(?:[.,_{_SPACES}][0-9]{{3}})*(?:[.,][0-9]+)?[kM]?"
"""A number without its sign, whichever the decimal mark; for editors, see `Notation`."""

_PLAIN = re.compile(
    rf"-?[1-9][0-9]{{0,{MOST_BEFORE - 1}}}(?:\.[0-9]{{1,{MOST_AFTER}}})?"
    rf"|0(?:\.[0-9]{{1,{MOST_AFTER}}})?"
)
"""A number that needs no second look."""

_TIMES = {"": 0, "k": 3, "M": 6}


def read_number(text: str, mark: Mark = ".") -> Decimal:
    """The exact decimal that a text stands for.

    Raises `NotationError` for anything but digits with thousands in threes, one decimal mark and
    an optional `k` or `M`: no exponent, no NaN, no infinity; at most 18 digits before the decimal
    mark and 12 after.
    """
    plain = plain_number(text, mark)
    if plain is not None:
        return plain
    found = _pattern(mark).fullmatch(text)
    if found is None or _is_doubtful(found):
        raise _refusal(text, mark)
    whole = re.sub(r"[^0-9]", "", found["whole"])
    part = found["part"] or ""
    shift = _TIMES[found["times"]]
    moved = part[:shift].ljust(shift, "0")
    whole, part = (whole + moved).lstrip("0") or "0", part[shift:]
    if len(whole) > MOST_BEFORE or len(part) > MOST_AFTER:
        raise NotationError(
            f"'{safe(text[:40])}' has more digits than kpi keeps",
            hint=f"at most {MOST_BEFORE} before the decimal mark and {MOST_AFTER} after it",
        )
    sign = "-" if found["sign"] and (whole + part).strip("0") else ""
    return Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}")


def plain_number(text: str, mark: Mark) -> Decimal | None:
    """The number of bare digits, as most are that come from another program; else nothing."""
    return Decimal(text) if mark == "." and _PLAIN.fullmatch(text) else None


@cache
def _pattern(mark: Mark) -> re.Pattern[str]:
    group = "," if mark == "." else "."
    return re.compile(
        rf"(?P<sign>[-−]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:(?P<gap>[{group}_{_SPACES}])[0-9]{{3}})"
        rf"(?:(?P=gap)[0-9]{{3}})*)(?:{re.escape(mark)}(?P<part>[0-9]+))?(?P<times>[kM]?)"
    )


def _is_doubtful(found: re.Match[str]) -> bool:
    """Nobody writes 0,123 for 123."""
    return bool(found["gap"]) and found["whole"].startswith("0")


def _refusal(text: str, mark: Mark) -> NotationError:
    said = safe(text if len(text) <= 40 else f"{text[:39]}…")
    readings = _readings(text, mark)
    if readings:
        return NotationError(
            f"'{said}' is ambiguous: {' or '.join(readings)}?",
            hint=f"write {readings[0]}; thousands stand in groups of three",
        )
    return NotationError(f"'{said}' is not a number kpi can store", hint=_advice(text, mark))


def _readings(text: str, mark: Mark) -> list[str]:
    """The two numbers that a text with points and commas may mean, likelier first."""
    group = "," if mark == "." else "."
    if not re.fullmatch(r"[-−]?[0-9]+(?:[.,][0-9]+)+", text) or group not in text:
        return []
    head, tail = re.fullmatch(r"(.*)[.,]([0-9]+)", text).groups()  # type: ignore[union-attr]
    last_as_mark = f"{re.sub('[.,]', '', head)}{mark}{tail}"
    if text.count(group) > 1 and text.rindex(group) > text.find(mark):
        return []
    bare = re.sub(r"^([-−]?)0+(?=[0-9])", r"\1", text.replace(group, ""))
    return [last_as_mark, bare] if bare.count(mark) <= 1 and bare != last_as_mark else []


def _advice(text: str, mark: Mark) -> str:
    example = "1234.5" if mark == "." else "1234,5"
    if re.fullmatch(r"[-−]?[0-9.,]+[eE][-+]?[0-9]+", text):
        return "write all digits: exponents are not read"
    if re.fullmatch(r"[-−]?[.,][0-9]+", text):
        return f"write a digit before the {mark}"
    if text.startswith("+"):
        return "leave the + out"
    if re.fullmatch(r"[-−]?[0-9.,]+[Km]", text):
        return "write k for thousands and M for millions, or a space before a unit"
    return f"write digits, as in {example} or 480{',' if mark == '.' else '.'}000"


def show_number(number: Number, mark: Mark = ".", places: int | None = None) -> str:
    """Digits as typed, thousands apart; rounded half up where `places` says how many decimals."""
    typed = to_decimal(number, places) if places is not None else to_decimal(number)
    text = f"{typed:,f}"
    return text if mark == "." else text.translate({ord(","): ".", ord("."): ","})


def to_decimal(number: Number, places: int | None = None) -> Decimal:
    """The number rounded half up at `places` decimals; a typed one as it is where none are given.

    A computed number without `places` is rounded at 12 and stripped of zeros that say nothing.
    """
    if places is None and isinstance(number, Decimal):
        return number
    keep = MOST_AFTER if places is None else places
    above, below = number.as_integer_ratio()
    rounded = (2 * abs(above) * 10**keep + below) // (2 * below)
    digits = str(rounded).rjust(keep + 1, "0")
    sign = "-" if above < 0 and rounded else ""
    result = Decimal(f"{sign}{digits[: len(digits) - keep]}.{digits[len(digits) - keep :]}")
    return _stripped(result) if places is None else result


def _stripped(number: Decimal) -> Decimal:
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else number


def json_number(number: Number) -> str:
    """A JSON number: raw digits, no exponent, computed ones rounded half up at 12 decimals."""
    return f"{to_decimal(number):f}"


def decimal_places(number: Number) -> int:
    """How many decimals were typed; a computed number has none of its own."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0
