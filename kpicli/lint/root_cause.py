"""What is wrong with a KPI at the root: what follows from it is not held against it as well."""

from enum import Enum, auto
from fractions import Fraction
from functools import lru_cache

from kpicli.language.activity import is_activity
from kpicli.language.compound_name import two_names
from kpicli.language.direction import direction_in_name, is_less_better
from kpicli.language.ratio import is_share_of_whole
from kpicli.language.vague_name import is_vague
from kpicli.model.kpi import Kpi
from kpicli.model.target import Direction, Target

_CACHED = 1024
"""So many answers are kept: several rules ask for each KPI's."""


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
    return cause_by_words(kpi.name, kpi.definition or "", kpi.unit, kpi.supports)


@lru_cache(_CACHED)
def cause_by_words(name: str, definition: str, unit: str, parent: str | None) -> RootCause | None:
    """The root cause by words alone; a parent is the id of the KPI that this one supports."""
    if two_names(name, definition):
        return RootCause.TWO_IN_ONE
    if parent is None and is_activity(name, definition, unit):
        return RootCause.ACTIVITY
    return RootCause.VAGUE if not unit and is_vague(name, definition) else None


def contradicts_name(kpi: Kpi) -> bool:
    """Whether the name asks for the other way than the targets do."""
    direction = direction_in_name(kpi)
    return None not in {direction, kpi.direction} and kpi.direction is not direction


def is_direction_doubtful(kpi: Kpi) -> bool:
    """Whether a target without a sign means at least, and less is better by the name."""
    if "direction" in kpi.keys or not any(map(_is_bare, kpi.all_targets)):
        return False
    return is_less_better(kpi) and not contradicts_name(kpi)


def _is_bare(target: Target) -> bool:
    return target.is_bare and target.direction is Direction.HIGHER and not target.is_relative


def impossible_target(kpi: Kpi) -> Target | None:
    """The first target of a share that lies above 100% or below 0%."""
    targets = kpi.all_targets if is_share_of_whole(kpi) else ()
    return next((target for target in targets if not _is_possible(kpi, target)), None)


def _is_possible(kpi: Kpi, target: Target) -> bool:
    low = Fraction(target.number)
    if target.is_relative and kpi.baseline:
        low = Fraction(kpi.baseline.number) * (1 + low / 100)
    return 0 <= low <= 100 and (target.high is None or target.high <= 100)
