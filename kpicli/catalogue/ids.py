"""Ids and goals as people name them: `Grow the business` is `grow_the_business`."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from unicodedata import normalize

from kpicli.errors import KpiError
from kpicli.model.kpi import Goal
from kpicli.text import safe

_LONGEST = 64
_SPELLED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "þ": "th"})
_CLOSE = 0.8  # how like another word a slip is; 1 is the same


def id_of(name: str) -> str:
    """The id that a name makes, or nothing where it has no letter that an id may have."""
    plain = normalize("NFKD", name.lower().translate(_SPELLED)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain.replace("'", "")).strip("_")
    if words[:1].isdigit():
        words = f"kpi_{words}"
    return words[:_LONGEST].rstrip("_")


def find_goal(name: str, goals: Mapping[str, Goal]) -> Goal:
    """The goal of that id or name, else a new one.

    Raises `KpiError` for what is most likely a slip, and for a name that makes no id.
    """
    name = name.strip()
    by_name = {**{goal.name.casefold(): goal for goal in goals.values()}, **goals}
    goal = by_name.get(name) or by_name.get(name.casefold()) or goals.get(id_of(name))
    if goal:
        return goal
    if close := get_close_matches(name.casefold(), by_name, n=1, cutoff=_CLOSE):
        hint = f"did you mean '{safe(close[0])}'?"
        raise KpiError(f"no goal is called '{safe(name)}'", hint=hint)
    id = id_of(name)
    if not id:
        message = f"'{safe(name)}' makes no valid id for a goal"
        raise KpiError(message, hint="name it in Latin letters")
    return Goal(id=id, name=name if name != id else name.replace("_", " ").capitalize())
