"""A limit that a name gives, `First response < 4 h`, against the target's own."""

import re
from functools import cache

from kpicli.errors import NotationError
from kpicli.language.concept import pattern_of, words_of
from kpicli.language.tokens import tokens
from kpicli.model.kpi import Kpi
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.target import Direction
from kpicli.plugins import split, words


def limit_in_name(kpi: Kpi) -> str:
    """The limit that the name gives in the KPI's own unit, where the target has another one."""
    limit = _limit().search(kpi.name)
    if not limit or kpi.target is None or kpi.target.high is not None or kpi.target.is_relative:
        return ""
    before = tokens(kpi.name[: limit.start()])
    if not before or not words_of("text.joints", "limit.parts").isdisjoint(before):
        return ""
    if not limit["unit"] or _unit(limit["unit"]) != _unit(kpi.unit):
        return ""
    try:
        number, _ = read_quantity(limit["number"].rstrip(".,"))
    except NotationError:
        return ""
    if limit["sign"].casefold() in words_of("limit.reached"):
        is_asked = before[0] in words_of("direction.up", "direction.down", "vague.verbs")
        return limit[0] if is_asked and number != kpi.target.number else ""
    is_at_least = limit["sign"].casefold() in {">=", "≥", ">"} | words_of("limit.at_least")
    direction = Direction.HIGHER if is_at_least else Direction.LOWER
    is_same, is_aligned = number == kpi.target.number, direction is kpi.target.direction
    return limit[0] if is_same is not is_aligned else ""


@cache
def _limit() -> re.Pattern[str]:
    signs = pattern_of("limit.at_least", "limit.at_most", "limit.reached")
    return re.compile(
        rf"(?P<sign>>=|<=|≥|≤|>|<|\b(?:{signs})\b)\s*"
        r"(?P<number>[$€£]?[0-9][0-9.,]*[kM]?)\s?(?P<unit>%|[^\W\d]+|)",
        re.IGNORECASE,
    )


def _unit(text: str) -> str:
    return _units().get(text.casefold(), text.casefold())


@cache
def _units() -> dict[str, str]:
    """One word for each unit of time, and one for percentages, by all of their spellings."""
    units = {word: "%" for language in words("percent").values() for word in split(language)}
    for durations in words("durations").values():
        units |= {word: unit for unit, spelled in durations.items() for word in split(spelled)}
    return units
