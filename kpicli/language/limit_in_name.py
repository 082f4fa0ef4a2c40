"""A limit that a name gives, `First response < 4 h`, against the target's own."""

import re

from kpicli.errors import NotationError
from kpicli.language.tokens import JOINTS, spoken, word_set
from kpicli.model.kpi import Kpi
from kpicli.model.quantity import read_quantity
from kpicli.model.target import Direction

_LIMIT = re.compile(
    r"(?P<sign>>=|<=|≥|≤|>|<|\b(?:below|under|less than|at most|no more than|max|maximum|above|over"
    r"|more than|at least|min|minimum|within|inside)\b)\s*"
    r"(?P<number>[$€£]?[0-9][0-9.,]*[kM]?)\s?(?P<unit>%|[^\W\d]+|)",
    re.IGNORECASE,
)
_AT_LEAST = frozenset({">=", "≥", ">", "above", "over", "more than", "at least", "min", "minimum"})
_ONE_UNIT = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "timer", "timmar", "stunden"), "hours"),
    **dict.fromkeys(("min", "mins", "minute", "minutter", "minuter", "minuten"), "minutes"),
    **dict.fromkeys(("s", "sec", "secs", "second", "sekunder", "sekunden"), "seconds"),
    **dict.fromkeys(("d", "day", "dager", "dage", "dagar", "tage"), "days"),
    **dict.fromkeys(("percent", "percentage", "prosent", "procent", "prozent"), "%"),
}
_PARTS = word_set("share percentage percent number count andel anteil antall antal anzahl")


def limit_in_name(kpi: Kpi) -> str:
    """The limit that the name gives in the KPI's own unit, where the target has another one."""
    found = _LIMIT.search(kpi.name)
    if not found or kpi.target is None or kpi.target.high is not None or kpi.target.is_relative:
        return ""
    before = spoken(kpi.name[: found.start()])
    if not before or not JOINTS.isdisjoint(before) or not _PARTS.isdisjoint(before):
        return ""
    if not found["unit"] or _unit(found["unit"]) != _unit(kpi.unit):
        return ""
    try:
        number, _ = read_quantity(found["number"].rstrip(".,"))
    except NotationError:
        return ""
    wanted = Direction.HIGHER if found["sign"].casefold() in _AT_LEAST else Direction.LOWER
    is_same, is_aligned = number == kpi.target.number, wanted is kpi.target.direction
    return found[0] if is_same is not is_aligned else ""


def _unit(text: str) -> str:
    return _ONE_UNIT.get(text.casefold(), text.casefold())
