"""A number as people write it: exact, strict, with one decimal mark."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal

from kpicli.errors import NotationError
from kpicli.text import safe

Number = Decimal | Fraction  # what is typed stays a `Decimal`; what is computed is a `Fraction`
Mark = Literal[".", ","]  # the decimal mark; the other of the two separates thousands
MOST_BEFORE, MOST_AFTER = 18, 12
STORED_NUMBER = rf"-?(?:0|[1-9][0-9]{{0,{MOST_BEFORE - 1}}}+)(?:\.[0-9]{{1,{MOST_AFTER}}}+|)"
"""A number in the log: the digits of JSON, and no exponent."""
_ZERO_WIDTH = "[\u00ad\u200b-\u200f\u2060\ufeff]"
_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_SEPARATORS = "_ '’"  # noqa: RUF001 - the apostrophe that is typeset
"""What separates thousands, beside the one of comma and point that is no decimal mark."""
_MARKS_EXCHANGED = str.maketrans(",.", ".,")

_TWO_WAYS = r"[-−]?[1-9][0-9]{0,2}\.[0-9]{3}"  # a thousand to half of the world, one to the other


class AmbiguousNumberError(NotationError):
    """A number such as `1.234`, in definitions that do not say what the decimal mark is.

    `readings` are what it is by each mark; whoever can ask may read it again with the one chosen.
    """

    def __init__(self, text: str) -> None:
        digits = text.replace("−", "-")
        self.readings: dict[Mark, Decimal] = {
            ".": Decimal(digits),
            ",": Decimal(digits.replace(".", "")),
        }
        point, comma = self.readings.values()
        super().__init__(
            f"'{safe(text)}' is ambiguous: {point} or {comma}?",
            hint=f'say which in kpis.toml: decimal = "." for {point}, decimal = "," for {comma}',
        )


def plain_text(text: str) -> str:
    """The text with zero-width characters left out and every Unicode space as a plain one."""
    return text if text.isascii() else re.sub(_SPACES, " ", re.sub(_ZERO_WIDTH, "", text))


def read_number(text: str, mark: Mark = ".", exponent: int = 0, size: str = "") -> Decimal:
    """The exact decimal that digits stand for, times ten to the `exponent`, written as `size`.

    Thousands stand in threes, with one kind of separator; there is one decimal mark. Raises
    `NotationError` for anything else: no exponent, no NaN, no infinity; at most 18 digits before
    the decimal mark and 12 after.
    """
    match = _pattern(mark).fullmatch(plain_text(text))
    if match is None or (match["gap"] and match["whole"].startswith("0")):
        raise _refusal(text, mark, size)
    whole, part = re.sub("[^0-9]", "", match["whole"]), match["part"] or ""
    whole += part[:exponent].ljust(exponent, "0")
    whole, part = whole.lstrip("0") or "0", part[exponent:]
    if len(whole) > MOST_BEFORE or len(part) > MOST_AFTER:
        message = f"'{safe(text[:40])}' has more digits than kpi keeps"
        hint = f"at most {MOST_BEFORE} before the decimal mark and {MOST_AFTER} after it"
        raise NotationError(message, hint=hint)
    sign = "-" if match["sign"] and (whole + part).strip("0") else ""
    return Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}")


def plain_number(text: str, mark: Mark | None) -> Decimal | None:
    """The number of bare digits, as most are that come from another program; else nothing.

    Without a mark it is the point, and nothing comes of digits that a comma would make another
    number of.
    """
    if mark == "," or not _plain().fullmatch(text) or (mark is None and is_two_ways(text)):
        return None
    return Decimal(text)


@cache
def _plain() -> re.Pattern[str]:
    whole, part = f"[1-9][0-9]{{0,{MOST_BEFORE - 1}}}", rf"(?:\.[0-9]{{1,{MOST_AFTER}}})?"
    return re.compile(f"-?{whole}{part}|0{part}")


def is_two_ways(text: str) -> bool:
    """Whether one point and a single group of three digits after it leave two readings."""
    return text[-4:-3] == "." and re.fullmatch(_TWO_WAYS, text) is not None


@cache
def _pattern(mark: Mark) -> re.Pattern[str]:
    group = "," if mark == "." else "."
    return re.compile(
        rf"(?P<sign>[-−]?)(?P<whole>[0-9]+|[0-9]{{1,3}}(?:(?P<gap>[{group}{_SEPARATORS}])[0-9]{{3}})"
        rf"(?:(?P=gap)[0-9]{{3}})*)(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    )


def _refusal(text: str, mark: Mark, size: str) -> NotationError:
    excerpt = safe(text if len(text) <= 40 else f"{text[:39]}…")
    readings = [f"{number}{size}" for number in _readings(text, mark)]
    if readings:
        other = "," if mark == "." else "."
        message = f"'{excerpt}{size}' is ambiguous: {' or '.join(readings)}?"
        hint = f'write {readings[0]}; decimal = "{other}" in kpis.toml reads it as written'
        return NotationError(message, hint=hint)
    return NotationError(f"'{excerpt}' is not a number kpi can store", hint=_advice(text, mark))


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
    example, group = ("1234.5", ",") if mark == "." else ("1234,5", ".")
    if re.fullmatch(r"[-−]?[.,][0-9]+", text):
        return f"write a digit before the {mark}"
    if match := re.fullmatch(
        rf"([0-9]{{1,3}}(?:[{_SEPARATORS}][0-9]{{3}})+){re.escape(group)}([0-9]+)", text
    ):
        digits = re.sub("[^0-9]", "", match[1])
        return f'write {digits}{mark}{match[2]}, or state decimal = "{group}" in kpis.toml'
    if re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}}){{2,}}", text):
        digits = text.replace(mark, "")
        return f'write {digits}, or state decimal = "{group}" in kpis.toml'
    if re.fullmatch(rf"[0-9]{{1,2}}(?:{group}[0-9]{{2}})+{group}[0-9]{{3}}", text):  # of lakhs
        return f"write {text.replace(group, '')}"
    return f"write digits, as in {example} or 480{group}000"


def show_number(number: Number, mark: Mark = ".", places: int | None = None) -> str:
    """Digits as typed, thousands apart; rounded half up where `places` says how many decimals."""
    if places is None:
        text = f"{to_decimal(number):,f}"
    else:
        rounded, above = _rounded(number, places)
        whole, part = divmod(rounded, 10**places)
        sign = "-" if above < 0 and rounded else ""
        text = f"{sign}{whole:,}.{part:0{places}}" if places else f"{sign}{whole:,}"
    return with_mark(text, mark)


def with_mark(digits: str, mark: Mark) -> str:
    """Digits with a point, and thousands apart by commas, as they are by another mark."""
    return digits if mark == "." else digits.translate(_MARKS_EXCHANGED)


def to_decimal(number: Number, places: int | None = None) -> Decimal:
    """The number rounded half up at `places` decimals; a typed one as it is where none are given.

    A computed number without `places` is rounded at 12 and stripped of zeros that say nothing.
    """
    if places is None and isinstance(number, Decimal):
        return number
    keep = MOST_AFTER if places is None else places
    rounded, above = _rounded(number, keep)
    digits = str(rounded).rjust(keep + 1, "0")
    sign = "-" if above < 0 and rounded else ""
    result = Decimal(f"{sign}{digits[: len(digits) - keep]}.{digits[len(digits) - keep :]}")
    return _stripped(result) if places is None else result


def _rounded(number: Number, places: int) -> tuple[int, int]:
    """Its size at so many decimals, half up, in units of the last; and what has its sign."""
    above, below = number.as_integer_ratio()
    return (2 * abs(above) * 10**places + below) // (2 * below), above


def _stripped(number: Decimal) -> Decimal:
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".")) if "." in text else number


def exact(number: Number) -> Fraction:
    """The number as a fraction; one takes as long to be found out by `Fraction` as it took once."""
    return _fraction(number) if isinstance(number, Decimal) else number


@lru_cache(maxsize=4096)
def _fraction(number: Decimal) -> Fraction:
    return Fraction(*number.as_integer_ratio())


def json_number(number: Number) -> str:
    """A JSON number: raw digits, no exponent, computed ones rounded half up at 12 decimals."""
    return f"{to_decimal(number):f}"


def decimal_places(number: Number) -> int:
    """How many decimals were typed; a computed number has none of its own."""
    if not isinstance(number, Decimal):  # to ask for a fraction takes five times as long
        return 0
    text = str(number)  # which takes a quarter of the time of `as_tuple`
    return len((f"{number:f}" if "E" in text else text).partition(".")[2])


def shown_places(number: Number, unit: str) -> int:
    """Its decimals; fewer where a length of time was converted, as 59 min into 12 of them in h."""
    places = decimal_places(number)
    if places < MOST_AFTER:  # nobody types so many
        return places
    from kpicli.model.notation.duration import duration_unit

    return nonzero_places(number, 2) if duration_unit(unit) else places


def nonzero_places(number: Number, places: int) -> int:
    """Decimals, at least so many, with which a number that is not zero does not look like zero."""
    if isinstance(number, Decimal) and decimal_places(number) <= places:
        return places
    above, below = number.as_integer_ratio()
    while above and 2 * abs(above) * 10**places < below:  # it would be rounded to zero
        places += 1
    return places
