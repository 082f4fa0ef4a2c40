"""A number as people type it, with its unit: sizes, signs, currencies, accounts, durations."""

import re
from decimal import Decimal
from functools import cache

from kpicli.errors import NotationError
from kpicli.model.notation.duration import convert, duration_unit, read_duration
from kpicli.model.number import (
    AmbiguousNumberError,
    Mark,
    is_two_ways,
    plain_number,
    plain_text,
    read_number,
    show_number,
    to_decimal,
)
from kpicli.model.quantity import with_unit
from kpicli.model.unit import (
    PERCENT,
    SIZE_LETTERS,
    check_unit_form,
    currency_codes,
    is_percent,
    is_same_unit,
    is_usual_percent,
    size_exponents,
    size_in,
)
from kpicli.noun import NamedTuple
from kpicli.text import safe

_LONGEST = 100
_SIZE = r"(?P<space> ?)(?P<word>[^\W\d_]+)\.?(?![^\W\d_])"


class _Parts(NamedTuple):
    """What a text is made of: digits with their sign, a power of ten, and what comes after."""

    digits: str
    exponent: int
    unit: str
    size: str = ""


def read_quantity(
    text: str, mark: Mark | None = ".", unit: str | None = None, *, is_definition: bool = False
) -> tuple[Decimal, str]:
    """The exact number and the unit that a text gives, the unit `""` where it gives none.

    `mark` is the decimal mark; `None` is the point where nobody has stated one, so that `1.234` is
    an `AmbiguousNumberError`. With `unit`, the KPI's own, every other unit is refused, but that a
    duration is converted into it and a sign or code of the same currency is that unit; letters
    that may be the unit or a size are refused. A definition has its numbers written out: of sizes
    it has `k` and `M` right after a digit. Raises `NotationError` with what to write.
    """
    trimmed = plain_text(text).strip()
    plain = plain_number(trimmed, mark)
    if plain is not None:
        return plain, ""
    if len(trimmed) > _LONGEST:
        raise NotationError(f"'{safe(trimmed[:40])}…' is too long for a number")
    own = unit or ""
    if duration := read_duration(trimmed, mark or ".", own):
        return _checked_duration(trimmed, duration, unit, mark or ".", is_definition=is_definition)
    parts = _parts(trimmed, own, mark or ".", is_definition=is_definition)
    size = parts.size if len(parts.size) < 2 else f" {parts.size}"
    number = read_number(parts.digits, mark or ".", parts.exponent, size)
    if is_definition and parts.size not in {"", "k", "M"}:
        raise _not_written_out(trimmed, number, parts.unit, mark or ".")
    if mark is None and not parts.exponent and is_two_ways(parts.digits):
        _check_one_reading(parts, own)
    if is_definition and parts.unit != own and size_in(parts.unit):
        raise _not_written_out(trimmed, *read_quantity(trimmed, mark), mark or ".")
    return _in_own_unit(number, parts.unit, unit, mark or ".", is_definition=is_definition)


@cache
def _form() -> re.Pattern[str]:
    return re.compile(
        r"(?P<account>\()? ?(?P<sign>[-−]?) ?"
        r"(?P<before>(?:[^\s0-9.,()+−-]|\.(?=[ ]))*) ?(?P<late_account>\()?(?P<late_sign>[-−]?)"
        r"(?P<digits>[0-9.,]+(?:[_'’ ](?=[0-9])[0-9.,]+)*)"  # noqa: RUF001 - a typeset apostrophe
        r"(?P<rest>.*)",
        re.DOTALL,
    )


def _parts(text: str, own: str, mark: Mark, *, is_definition: bool) -> _Parts:
    match = _form().fullmatch(text)
    has_more = match is not None and any(map(str.isdigit, match["rest"]))
    if (
        match is None
        or (has_more and _is_count_of(text))
        or _is_broken_off(match["digits"], match["rest"])
    ):
        raise _refusal(text, own, mark)
    before, rest = match["before"].strip(), match["rest"]
    signs = [match["sign"], match["late_sign"], match["account"], match["late_account"]]
    if match["account"] or match["late_account"]:
        if not rest.endswith(")"):
            raise _refusal(text, own, mark)
        rest = rest[:-1]
    if rest[:1] in {"-", "−"} and (rest[1:2] in {"", " "} or rest[1:].strip() == own):
        signs.append(rest[0])
        rest = rest[1:]
    if sum(map(bool, signs)) > 1 or (before and before != own and not currency_codes(before)):
        raise _refusal(text, own, mark)
    digits = f"{'-' if any(signs) else ''}{match['digits']}"
    size, exponent = _size(text, rest, own, is_definition=is_definition)
    after = rest[len(size) :].strip() if size else rest.strip()
    if after and (has_more or before or after[0] in "mb") and _advice(text, own, mark):
        raise _refusal(text, own, mark)
    is_share = (
        is_usual_percent(after) if is_definition else after not in {"", own} and is_percent(after)
    )
    unit = _one_unit(before, PERCENT if is_share else after)
    return _Parts(digits, exponent, unit, size.strip().rstrip("."))


def _is_count_of(text: str) -> bool:
    """Whether it is so many of so many: `3/5`, `75 of 100`."""
    from kpicli.model.notation.advice import COUNT

    return re.fullmatch(COUNT, text) is not None


def _advice(text: str, own: str, mark: Mark) -> str:
    from kpicli.model.notation.advice import advice_for

    return advice_for(text, own, mark, is_target=False)


def _is_broken_off(digits: str, rest: str) -> bool:
    """Whether a separator stands at the end of the digits, or is not followed by one."""
    return digits[-1] in ".," or rest[:1] in {"_", "'", "’"}  # noqa: RUF001 - it is typeset


def _size(text: str, rest: str, own: str, *, is_definition: bool) -> tuple[str, int]:
    """The size word that stands after a number, and its power of ten; nothing where none does."""
    match = re.match(_SIZE, rest)
    if match is None:
        return "", 0
    word, is_own = match["word"], own and rest.strip() == own
    if is_own and (len(word) > 1 or match["space"]):
        return "", 0
    if len(word) == 1:
        if word in SIZE_LETTERS and not match["space"] and own in SIZE_LETTERS:
            message = f"'{safe(text)}' is ambiguous for a KPI counted in {own}"
            hint = f"write all digits, and a space before the unit: 480 {own}"
            raise NotationError(message, hint=hint)
        is_glued = word == "B" or is_definition
        is_size = word in SIZE_LETTERS and not (is_glued and match["space"])
        return (match[0], SIZE_LETTERS[word]) if is_size else ("", 0)
    exponents = frozenset[int]() if is_definition else size_exponents(word)
    if len(exponents) > 1:
        message = f"'{safe(text)}' is ambiguous: a {safe(word)} is a thousand millions or a million"
        hint = "write bn for a thousand millions, or all digits"
        raise NotationError(message, hint=hint)
    return (match[0], min(exponents)) if exponents else ("", 0)


def _one_unit(before: str, after: str) -> str:
    """The unit on either side of a number; behind a size word, which a definition can't have."""
    if before and size_in(after):
        return f"{after} {before}"
    if before and after and not is_same_unit(before, after):
        raise NotationError(f"two units: '{before}' and '{safe(after)}'", hint="give one unit")
    return before or after


def _check_one_reading(parts: _Parts, own: str) -> None:
    """A percentage and a duration have decimals; of anything else a thousand may be meant."""
    units = {parts.unit, own} - {""}
    if not any(unit == PERCENT or duration_unit(unit) for unit in units):
        raise AmbiguousNumberError(parts.digits)


def _checked_duration(
    text: str, duration: tuple[Decimal, str], own: str | None, mark: Mark, *, is_definition: bool
) -> tuple[Decimal, str]:
    number, unit = duration
    if is_definition and ":" in text and not text[-1].isdigit():
        message = f"'{safe(text)}' is not a number with a unit"
        raise NotationError(message, hint=f"write {show_number(number, mark)} {unit}")
    return _in_own_unit(number, unit, own, mark, is_definition=is_definition)


def _in_own_unit(
    number: Decimal, given: str, own: str | None, mark: Mark, *, is_definition: bool
) -> tuple[Decimal, str]:
    if not given or given == own:
        return number, given
    if own is None or (is_definition and not own):
        check_unit_form(given)
        return number, given
    if is_same_unit(given, own):
        return number, own
    if (length := convert(number, given, own)) is not None:
        return to_decimal(length), own
    raise _other_unit(show_number(number, mark), given, own, is_definition=is_definition)


def is_convertible(unit: str, own: str) -> bool:
    """Whether numbers in one unit are numbers in the other, once they are converted."""
    return is_same_unit(unit, own) or convert(Decimal(0), unit, own) is not None


def _other_unit(number: str, given: str, own: str, *, is_definition: bool) -> NotationError:
    if is_definition:
        message = f"is in {safe(given)}, and the KPI is counted in {safe(own)}"
        return NotationError(message, hint="give one unit")
    place = f"in {safe(own)}" if own else "without a unit"
    hint = f"write the number {place}, or correct the unit in the definition"
    if given in {"m", "b", "B"}:
        large = f"{number}{given.upper()}"
        hint = f"for {'millions' if given == 'm' else 'billions'} write {large}"
    return NotationError(f"'{safe(given)}' is not its unit: this KPI is counted {place}", hint=hint)


def _not_written_out(text: str, number: Decimal, unit: str, mark: Mark) -> NotationError:
    """The fault of a size in a definition, with the number as it is to be written."""
    digits = with_unit(show_number(number, mark), unit)
    millions, rest = divmod(number, 10**6)
    large = f"{show_number(millions, mark)}M"
    short = f" or {with_unit(large, unit)}" if millions and not rest else ""
    return NotationError(f"'{safe(text)}' has its size in words", hint=f"write {digits}{short}")


def _refusal(text: str, own: str, mark: Mark) -> NotationError:
    if not text:
        return NotationError("no number given", hint=_example(own))
    hint = _advice(text, own, mark) or _example(own)
    return NotationError(f"'{safe(text[:60])}' is not a number kpi can store", hint=hint)


def _example(own: str) -> str:
    return f"write a number, with its unit if you like: {with_unit('480', own)}"
