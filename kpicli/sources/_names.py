"""What the name of a column says: its role in any language, or the KPI that it is of."""

import re
from collections.abc import Mapping
from functools import cache

from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.source import ROLES
from kpicli.plugins import split, words
from kpicli.text import folded

TOTAL = "total"
"""The role of a column or row that adds up the others."""

_UNIT = re.compile(r"(.+?)[\s,]*(?:\(([^()]*)\)|\[([^\[\]]*)\]|([%$€£¥]))\s*")
_UNIT_ENDS = tuple(")]%$€£¥")
_LONGEST = 200
_EDGES = " .:*#"


@cache
def _roles() -> Mapping[str, str]:
    named = {role: role for role in ROLES}
    for columns in words("columns").values():
        for role, names in columns.items():
            for name in split(names):
                named.setdefault(folded(name), role)
    return named


def role_of(name: str) -> str:
    """`period` for `Måned`, `total` for `Summe`; nothing for a name that says none."""
    text = name[:_LONGEST].strip().casefold()
    return text if text in ROLES else _roles().get(folded(name[:_LONGEST].strip(_EDGES)), "")


def kpi_of(name: str, definitions: Definitions) -> Kpi | None:
    """The KPI of an id or a name, also as `Revenue (kr)`, with its unit, or `Revenue (actual)`."""
    if kpi := definitions.kpi_named(name):
        return kpi
    is_named = name[-1:] in _UNIT_ENDS and len(name) <= _LONGEST
    match = _UNIT.fullmatch(name) if is_named else None
    kpi = definitions.kpi_named(match[1]) if match else None
    unit = next(filter(None, match.groups()[1:]), "") if match else ""
    is_it = kpi is not None and (folded(unit) == folded(kpi.unit) or role_of(unit) == "value")
    return kpi if is_it else None
