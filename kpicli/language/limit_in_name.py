"""A limit that a name gives, `First response < 4 h`, against the target's own."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from itertools import islice

from kpicli.errors import or_none
from kpicli.language.concept import expression, words_of
from kpicli.language.duration_name import is_duration
from kpicli.language.tokens import tokens
from kpicli.model.kpi import Kpi
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.target import Direction, Target
from kpicli.plugins import split, words

_LIMIT = (
    r"(?P<sign>>=|<=|≥|≤|>|<|\b(?:<limit.at_least limit.at_most limit.reached>)\b)\s*"
    r"(?P<money>[$€£]?)(?P<number>[0-9][0-9.,]*(?:[ \u00a0\u202f][0-9]{3})*[kM]?)\s?"
    r"(?P<unit>[%$€£]|[^\W\d]+(?:/[^\W\d]+)?|)"
)
_LAST_VERBS = "direction.last_up", "direction.last_down", "vague.last_verbs"
_MOST_LIMITS = 8  # so many places are looked at in a name


def limit_in_name(kpi: Kpi) -> str:
    """The limit that the name gives in the KPI's own unit, where the target has another one."""
    return _first_limit(kpi, _is_another)


def target_in_name(kpi: Kpi) -> str:
    """The target's own number, where the name ends in it or tells somebody to bring it there."""
    return _first_limit(kpi, _is_repeated)


def _first_limit(kpi: Kpi, holds: Callable[[Kpi, Target, re.Match[str]], bool]) -> str:
    if kpi.target is None or kpi.target.high is not None or kpi.target.is_relative:
        return ""
    if not any(map(str.isdigit, kpi.name)):
        return ""
    limits = islice(expression(_LIMIT, kpi.name).finditer(kpi.name), _MOST_LIMITS)
    return next((limit[0].strip() for limit in limits if holds(kpi, kpi.target, limit)), "")


def _is_repeated(kpi: Kpi, target: Target, limit: re.Match[str]) -> bool:
    """Whether a limit is the target, in its unit or in none, and what is to be reached."""
    before, after = tokens(kpi.name[: limit.start()]), tokens(kpi.name[limit.end() :])
    unit = limit["money"] or limit["unit"]
    if unit.casefold() in words_of(*_LAST_VERBS):  # `Fluktuation auf 20.000 senken`
        unit, after = "", (unit.casefold(), *after)
    small = words_of("text.joints", "text.articles")
    is_own = unit.casefold() in {"", *small} or _unit(unit) == _unit(kpi.unit)
    is_reached = limit["sign"].casefold() in words_of("limit.reached")
    if not before or not is_own or target.number not in _numbers(limit["number"]):
        return False
    is_asked = _asks(before, (*before, *after)[-1])
    return [is_reached, not after, is_asked].count(True) > 1


def _is_another(kpi: Kpi, target: Target, limit: re.Match[str]) -> bool:
    """Whether a limit is the KPI's own, in its unit, and not the target's."""
    unit = limit["money"] or limit["unit"]
    before, after = tokens(kpi.name[: limit.start()]), tokens(kpi.name[limit.end() :])
    sign, joints = limit["sign"].casefold(), words_of("text.joints")
    small = words_of("text.joints", "text.articles")
    is_counted = kpi.unit.casefold() in before and unit.casefold() in small
    is_reached = sign in words_of("limit.reached")
    is_aged = not is_reached and not words_of("burden.population").isdisjoint(before[-1:])
    is_bare = kpi.name[: limit.start()].rstrip()[-1:] in {"", ",", ":", "("}
    is_counted = is_counted or (is_reached and not unit and kpi.unit.casefold() in before)
    is_counted = is_counted or (is_bare and kpi.unit.casefold() in after[:1])
    is_own = is_counted or (unit != "" and _unit(unit) == _unit(kpi.unit))
    numbers = _numbers(limit["number"]) if is_own and not is_aged else set()
    is_of_all = is_bare and sign in words_of("limit.at_least", "limit.at_most")
    if not numbers or not (before or is_of_all):
        return False
    is_same = target.number in numbers
    if is_of_all or is_reached or before[-1] in words_of("limit.reached"):
        return (is_of_all or _asks(before, (*before, *after)[-1])) and not is_same
    is_part = after[:1] != () and after[0] in words_of("ratio.of")  # `At least 90% of their stay`
    if is_part or not words_of("limit.parts").isdisjoint(before):
        return False
    is_at_least = sign in {">=", "≥", ">"} | words_of("limit.at_least")
    is_own = not is_at_least and not after and is_duration(kpi.unit)
    if not joints.isdisjoint(before) and not is_own:
        return False
    direction = Direction.HIGHER if is_at_least else Direction.LOWER
    return is_same is not (direction is target.direction)


def _numbers(text: str) -> set[Decimal]:
    """What a text may be by either decimal mark: a name does not say which it is in."""
    digits = text.rstrip(".,")
    quantities = or_none(read_quantity, digits, "."), or_none(read_quantity, digits, ",")
    return {quantity[0] for quantity in quantities if quantity}


def _asks(before: tuple[str, ...], last: str) -> bool:
    """Whether a name tells somebody to bring it there: `Bring it down to 5%`, `auf 3 % senken`."""
    first = {"direction.up", "direction.down", "vague.verbs", "limit.asking"}
    is_first = before[0] in words_of(*first) or last in words_of(*_LAST_VERBS)
    return is_first or before[-1] in words_of("limit.ways")


def _unit(text: str) -> str:
    return _units().get(text.casefold(), text.casefold())


@cache
def _units() -> dict[str, str]:
    """One word for each unit of time, and one for percentages, by all of their spellings."""
    units = {word: "%" for language in words("percent").values() for word in split(language)}
    for durations in words("durations").values():
        units |= {word: unit for unit, spelled in durations.items() for word in split(spelled)}
    return units
