"""What a hint advises: a line of TOML, its key, and who could be the owner."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kpicli.language.owner import is_group, is_nobody
from kpicli.model.kpi import Definitions, Kpi

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_LONGEST = 50


def assignment(key: str, value: str | Sequence[str] | Mapping[str, str]) -> str:
    """`owner = "Head of Sales"`, `levers = ["prices"]`: what stands in the texts is escaped."""
    if isinstance(value, str):
        return f"{key} = {_quoted(value)}"
    if isinstance(value, Mapping):
        entries = (f"{_quoted(name)} = {_quoted(text)}" for name, text in value.items())
        return f"{key} = {{ {', '.join(entries)} }}"
    return f"{key} = [{', '.join(map(_quoted, value))}]"


def target_key(kpi: Kpi) -> str:
    """The key under which a KPI's targets stand."""
    return "target" if kpi.target else "targets"


def likely_owner(definitions: Definitions, kpi: Kpi) -> str:
    """The head of its area, else whoever answers for most of the board, else a place to fill in."""
    if kpi.area:
        return f"Head of {kpi.area}"
    owners = Counter(other.owner for other in definitions.kpis.values() if other.owner)
    names = (owner for owner, _ in owners.most_common() if owner)
    return next((name for name in names if not is_nobody(name) and not is_group(name)), "…")


def beginning(text: str, most: int = _LONGEST) -> str:
    """A text in one line that is cut, where it is long, between two words."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    words = re.sub(r"\W+\w*$", "", whole[: most + 1]) or whole[:most]
    return f"{words} …"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
