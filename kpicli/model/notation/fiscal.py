"""A fiscal quarter or year as people write one: `FY26`, `FY2025/26`, `Q1 FY2026`."""

import re
from collections.abc import Sequence

from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, dated_period

_CENTURY = 2000
_FORMS = re.compile("(?P<before>fn|nf)?F(?P<first>[yn])(?P<end>[yn])?(?P<after>fn|nf)?")
"""By the kinds of tokens: a year after the word, perhaps the one in which it ends as well, and a
quarter on one side."""


def fiscal_period(
    text: str, tokens: Sequence[tuple[str, int]], calendar: Calendar = PLAIN
) -> Period | None:
    """The fiscal period of the tokens of a text; nothing where they make none.

    Of two years the second names it; where years start in January there is only one. On a board
    without fiscal years it is one of no calendar that the board has.
    """
    match = _FORMS.fullmatch("".join(kind for kind, _ in tokens))
    if match is None or (match["before"] and match["after"]):
        return None
    year = _year(tokens[match.start("first")])
    if match["end"]:
        first, year = year, _year(tokens[match.start("end")])
        if year != first + 1 or calendar == Calendar(1, is_fiscal=True):
            return None
    own = calendar if calendar.is_fiscal else Calendar(1, is_fiscal=True)
    side = "before" if match["before"] else "after"
    if not match[side]:
        return dated_period(text, Frequency.YEARLY, own, year=year)
    quarter = dict(tokens[match.start(side) : match.end(side)])
    if tuple(Frequency)[quarter["f"]] is not Frequency.QUARTERLY:
        return None
    return dated_period(text, Frequency.QUARTERLY, own, year=year, number=quarter["n"])


def _year(token: tuple[str, int]) -> int:
    kind, number = token
    return number if kind == "y" else _CENTURY + number
