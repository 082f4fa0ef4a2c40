"""How a spreadsheet shows a number, by the code of its format: as a percentage, a month, a year."""

import re
from enum import Enum, auto


class Shown(Enum):
    """What a number is to a reader, beside a plain number or a day."""

    PERCENT = auto()
    MONTH = auto()
    YEAR = auto()


BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"}
"""Codes that have a number and stand in no file."""

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Texts, escaped characters, colours and places: what stands in a code and says nothing."""


def shown(code: str) -> Shown | None:
    """What a format makes of a number; nothing for a plain one, and for days and times."""
    bare = _LITERAL.sub("", code.split(";", maxsplit=1)[0]).lower()
    if "%" in bare:
        return Shown.PERCENT
    letters = set(bare)
    if "y" not in letters or letters & set("dhs"):
        return None
    return Shown.MONTH if "m" in letters else Shown.YEAR
