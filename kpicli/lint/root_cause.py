"""What is wrong with a KPI at the root: what follows from it is not held against it as well."""

from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache
from operator import ge

from kpicli.language.compound_name import two_names
from kpicli.language.currency import is_money
from kpicli.language.deeds.activity import is_activity
from kpicli.language.direction import direction_in_name, is_less_better, may_be_negative
from kpicli.language.placeholder import defined
from kpicli.language.share import (
    divides_unlike,
    is_of_what_comes_in,
    is_share_of_whole,
    keeps_part_of_sales,
    lies_within_whole,
)
from kpicli.language.shortfall import is_plain_burden
from kpicli.language.stated_direction import stated_direction
from kpicli.language.tokens import has_phrase, names_any
from kpicli.language.vague_name import is_mere_vision, is_painted, is_vague
from kpicli.model.kpi import Kpi
from kpicli.model.target import Comparison, Direction, Target
from kpicli.model.unit import PERCENT

LOWER = "lower seems better"
ASKED = "its name asks for less"
_HALF = 50
_WHOLE = 100
_CACHED = 1024  # so many answers are kept: several rules ask for each KPI's


class RootCause(Enum):
    """Why there is no one number yet; each hides what lies beneath it."""

    TWO_IN_ONE = auto()
    ACTIVITY = auto()
    VAGUE = auto()


def root_cause(kpi: Kpi) -> RootCause | None:
    """The first of them that holds; a formula, and a place under another, settle the rest.

    Two in one are taken apart first; what people do is replaced by what comes of it; only then
    does it matter whether a name is vague, and a vague KPI has as yet neither unit nor definition.
    """
    if kpi.formula:
        return None
    definition = defined(kpi.definition, kpi.name)
    return cause_by_words(kpi.name, definition, kpi.unit, kpi.supports)


@lru_cache(_CACHED)
def cause_by_words(name: str, definition: str, unit: str, parent: str | None) -> RootCause | None:
    """The root cause by words alone; a parent is the id of the KPI that this one supports."""
    if two_names(name, definition):
        return RootCause.TWO_IN_ONE
    if is_mere_vision(name, definition) or (not unit and is_painted(name, definition)):
        return RootCause.VAGUE
    if parent is None and is_activity(name, definition, unit):
        return RootCause.ACTIVITY
    return RootCause.VAGUE if not unit and is_vague(name, definition) else None


def contradicts_name(kpi: Kpi) -> bool:
    """Whether the name asks for the other way than the targets do; a bare one says nothing yet."""
    direction = direction_in_name(kpi)
    if direction is Direction.LOWER and _has_no_sign(kpi):
        return False
    return None not in {direction, kpi.direction} and kpi.direction is not direction


def doubt(kpi: Kpi, burdens: frozenset[str] = frozenset()) -> str:
    """Why a target without a sign, which means at least, may mean the opposite; empty if it can't.

    A sign in one entry of a schedule speaks for the others. Of what has one of the `burdens` in
    its name less is better too.
    """
    if not _has_no_sign(kpi):
        return ""
    if direction := direction_in_name(kpi):
        return ASKED if direction is Direction.LOWER else ""
    if direction := stated_direction(f"{kpi.name}; {kpi.definition or ''}"):
        return LOWER if direction is Direction.LOWER else ""
    if (is_less_better(kpi) and not _is_wanted(kpi)) or names_any(kpi.name, burdens):
        return LOWER
    if _falls(kpi):
        return "its targets fall"
    is_zero = not any(target.number for target in kpi.all_targets)
    return "nothing can be less" if is_zero and not may_be_negative(kpi.name) else ""


def _is_wanted(kpi: Kpi) -> bool:
    """Whether it asks for much of it: for 84% of `Patients who died where they wished to`."""
    is_most = all(target.number >= _HALF for target in kpi.all_targets)
    is_plain = is_plain_burden(kpi.name) or has_phrase(kpi.name, "burden.always")
    return kpi.unit == PERCENT and is_most and not is_plain


def _has_no_sign(kpi: Kpi) -> bool:
    """Whether nothing but the name may say which way is better."""
    return (
        "direction" not in kpi.keys
        and bool(kpi.all_targets)
        and all(map(_is_bare, kpi.all_targets))
    )


def asks_for_burden(kpi: Kpi) -> bool:
    """Whether its targets ask by their sign for more of what nobody wants more of."""
    is_asked = bool(kpi.all_targets) and all(map(_is_at_least, kpi.all_targets))
    if not is_asked or "direction" in kpi.keys or direction_in_name(kpi):
        return False
    return is_plain_burden(kpi.name) and is_less_better(kpi)


def _is_at_least(target: Target) -> bool:
    is_positive = target.number > 0 and not target.is_relative
    return target.comparison is Comparison.AT_LEAST and not target.is_bare and is_positive


def _is_bare(target: Target) -> bool:
    return target.is_bare and target.direction is Direction.HIGHER and not target.is_relative


def _falls(kpi: Kpi) -> bool:
    """Whether a schedule never rises and falls somewhere, or the target lies below the baseline."""
    numbers = [target.number for target in kpi.all_targets]
    if kpi.baseline is not None:
        numbers.insert(0, kpi.baseline.number)
    return numbers[0] > numbers[-1] and all(map(ge, numbers, numbers[1:]))


def impossible_target(kpi: Kpi) -> Target | None:
    """The first target of a share that lies above 100% or below 0%."""
    is_open = is_of_what_comes_in(kpi.definition or "") or divides_unlike(kpi)
    is_bound = not is_open or has_phrase(kpi.name, "deed.in_time")
    if is_share_of_whole(kpi) and is_bound:
        return next((target for target in kpi.all_targets if not _is_possible(kpi, target)), None)
    margins = kpi.all_targets if keeps_part_of_sales(kpi) else ()
    absolute = (target for target in margins if not target.is_relative)
    return next((it for it in absolute if max(it.number, it.high or 0) > _WHOLE), None)


def unmissable_target(kpi: Kpi) -> Target | None:
    """The target that every possible value meets; that of a schedule is not looked at."""
    target = kpi.target
    if target is None or target.is_relative or target.is_bare or may_be_negative(kpi.name):
        return None
    is_share = lies_within_whole(kpi)
    is_below = target.comparison in {Comparison.AT_LEAST, Comparison.WITHIN} and target.number <= 0
    high = target.number if target.direction is Direction.LOWER else target.high
    is_above = is_share and high == _WHOLE
    if target.comparison is Comparison.AT_LEAST:
        is_count = not is_money(kpi.unit) and (is_share or kpi.unit != PERCENT)
        return target if is_below and is_count else None
    if target.comparison is Comparison.WITHIN:
        return target if is_below and is_above else None
    return target if is_above and target.comparison is Comparison.AT_MOST else None


def _is_possible(kpi: Kpi, target: Target) -> bool:
    low = Fraction(target.number)
    if target.is_relative and kpi.baseline:
        low = Fraction(kpi.baseline.number) * (1 + low / 100)
    is_beyond = low == _WHOLE and target.comparison is Comparison.ABOVE
    return 0 <= low <= _WHOLE and not is_beyond and (target.high is None or target.high <= _WHOLE)
