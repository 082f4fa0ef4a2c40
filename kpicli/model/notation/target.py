"""Targets and tolerances as people write them: `500,000 kr`, `<60%`, `40..60%`, `+20%`."""

import re
from decimal import Decimal

from kpicli.errors import NotationError, or_none
from kpicli.model.notation.quantity import is_convertible, read_quantity
from kpicli.model.number import AmbiguousNumberError, Mark
from kpicli.model.target import Comparison, Direction, Target, Tolerance
from kpicli.model.unit import PERCENT, POINTS, is_percent
from kpicli.text import safe

_SIGNS = {each.value: each for each in Comparison}
_SIGNS |= {"≥": Comparison.AT_LEAST, "≤": Comparison.AT_MOST}
_WITH_SIGN = r"(?s)\s*(>=|<=|≥|≤|>|<)\s*(.+)"
_HINT = "write 500 kr, >=3%, <60%, 40..60% or, from a baseline, +20%"


def read_target(
    text: str, mark: Mark | None = ".", direction: Direction | None = None, unit: str = ""
) -> Target:
    """The target that a text gives: `[sign] number [unit]` or `low..high [unit]`.

    No sign means at least, or at most where lower is better. A duration is converted into the
    `unit` that the KPI is known to be counted in. Raises `NotationError` for a notation that is
    not one, a range upside down, another unit, and a sign against `direction`.
    """
    if ".." in text:
        return _range(text, mark, unit)
    match = re.fullmatch(_WITH_SIGN, text)
    bare = text.strip()
    if match is None and bare[:1] in {"+", "-", "−"} and bare.endswith("%"):
        return _relative(bare, mark, direction)
    number, own = _quantity(match[2] if match else text, text, mark, unit)
    lower = Comparison.AT_MOST if direction is Direction.LOWER else Comparison.AT_LEAST
    comparison = _SIGNS[match[1]] if match else lower
    _must_agree(text, comparison, direction)
    return Target(number, comparison, own, is_bare=match is None)


def _quantity(part: str, text: str, mark: Mark | None, unit: str) -> tuple[Decimal, str]:
    try:
        return read_quantity(part, mark, unit, is_definition=True)
    except AmbiguousNumberError:
        raise
    except NotationError as error:
        excerpt = safe(text.strip()[:60])
        is_named = excerpt in error.message or error.message.startswith("is in ")
        from kpicli.model.notation.advice import advice_for

        hint = "" if ":" in part else advice_for(text.strip(), unit, mark or ".")
        if not hint:
            hint = error.hint if re.search("[0-9]", part) else _HINT
        message = error.message if is_named else f"'{excerpt}': {error.message}"
        raise NotationError(message, hint=hint) from None


def _range(text: str, mark: Mark | None, unit: str) -> Target:
    if re.fullmatch(_WITH_SIGN, text):
        raise NotationError(f"'{safe(text)}': a range takes no comparison sign", hint="40..60%")
    first, _, second = text.partition("..")
    units = [unit for unit in (unit, _unit_of(first, mark), _unit_of(second, mark)) if unit]
    own = units[0] if units else ""
    if any(not is_convertible(other, own) for other in units[1:]) and not unit:
        raise NotationError(f"'{safe(text)}': its edges are in two units", hint="write 40..60%")
    low, low_unit = _quantity(first, text, mark, own)
    high, high_unit = _quantity(second, text, mark, own)
    if low > high:
        message = f"'{safe(text)}': the lower edge is above the upper one"
        hint = "write 20..40%" if own else f"write {safe(second.strip())}..{first.strip()}"
        raise NotationError(message, hint=hint)
    return Target(low, Comparison.WITHIN, high_unit or low_unit, high)


def _unit_of(part: str, mark: Mark | None) -> str:
    """The unit that one edge of a range names, for both of them."""
    quantity = or_none(read_quantity, part, mark or ".", is_definition=True)
    return quantity[1] if quantity else ""


def _relative(text: str, mark: Mark | None, direction: Direction | None) -> Target:
    is_cut = text[0] in "-−"
    size = text[1:].lstrip()
    number, unit = _quantity(size, text, mark, "")
    if unit != PERCENT or size[0] in "-−":
        raise NotationError(f"'{safe(text)}' is not a target", hint=_HINT)
    comparison = Comparison.AT_MOST if is_cut else Comparison.AT_LEAST
    _must_agree(text, comparison, direction)
    share = number.copy_negate() if is_cut else number
    return Target(share, comparison, unit, is_relative=True)


def _must_agree(text: str, comparison: Comparison, direction: Direction | None) -> None:
    if direction is not None and comparison.direction is not direction:
        message = f"'{safe(text.strip())}' contradicts direction = \"{direction}\""
        hint = "leave one of the two out: the sign says which way is better"
        raise NotationError(message, hint=hint)


def read_tolerance(text: str, mark: Mark | None = ".", unit: str | None = "") -> Tolerance:
    """`10%` of the target's size, or absolute: `20,000 kr`, and `2 pp` for a percentage.

    Raises `NotationError` for another unit than the KPI's own, where that is known, and for one
    below zero.
    """
    word = text.rpartition(" ")[2].strip().lstrip("0123456789.,-−")
    is_share = word != unit and (word == POINTS or is_percent(word))
    is_bare_share = unit == PERCENT and not is_share
    number, own = read_quantity(
        text, mark, None if is_share or is_bare_share else unit, is_definition=True
    )
    if number < 0:
        raise NotationError(f"'{safe(text)}': a tolerance is not below zero")
    if own == PERCENT:
        return Tolerance(number, is_relative=True)
    if is_bare_share:
        message = f"'{safe(text)}': say of what"
        raise NotationError(message, hint=f'write "{number}%" of the target, or "{number} pp"')
    if own and unit is not None and own != unit and (own, unit) != (POINTS, PERCENT):
        raise NotationError(
            f"is in {safe(own)}, and the KPI is counted "
            f"{f'in {safe(unit)}' if unit else 'without a unit'}",
            hint='write a share of the target, "10%", or a number in its own unit',
        )
    return Tolerance(number)
