"""What a hint advises: a line of TOML, and its key."""

import re
from collections.abc import Mapping, Sequence

from kpicli.model.kpi import Kpi

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


def beginning(text: str, most: int = _LONGEST) -> str:
    """A text in one line that is cut, where it is long, between two words."""
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    words = re.sub(r"\W+\w*$", "", whole[: most + 1]) or whole[:most]
    return f"{words} …"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
