"""How often: the length of a KPI's own periods, one row a frequency."""

import re
from collections.abc import Mapping
from typing import Literal, Self

from kpicli.model.schema_types import Word

LengthUnit = Literal["days", "weeks", "months"]


class Frequency(Word):
    """How often, shortest first; a new one is one more row.

    A period is `length` `unit`s long, and `season` of them are what comes back: a week of days, a
    year of longer ones. `label` writes one by its `year`, its `number` in that year, and the
    `month` and `day` it starts on; `pattern` is what an editor expects after the year;
    `rank` is 0 for the shortest.
    """

    noun: str
    length: int
    unit: LengthUnit
    season: int
    label: str
    pattern: str
    rank: int

    def __new__(  # noqa: PLR0917 - one argument a column of the table
        cls,
        word: str,
        noun: str = "",
        length: int = 0,
        unit: LengthUnit = "days",
        season: int = 0,
        label: str = "",
        pattern: str = "",
    ) -> Self:
        """The member of one row."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.noun, member.length, member.unit = noun, length, unit
        member.season, member.label, member.pattern = season, label, pattern
        member.rank = len(cls.__members__)
        return member

    # word, noun, length, unit, season, label, pattern
    DAILY = (
        *("daily", "day", 1, "days", 7),
        *("{year:04}-{month:02}-{day:02}", "-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"),
    )
    WEEKLY = (
        *("weekly", "week", 1, "weeks", 52),
        *("{year:04}-W{number:02}", "-W(?:0[1-9]|[1-4][0-9]|5[0-3])"),
    )
    MONTHLY = "monthly", "month", 1, "months", 12, "{year:04}-{number:02}", "-(?:0[1-9]|1[0-2])"
    QUARTERLY = "quarterly", "quarter", 3, "months", 4, "{year:04}-Q{number}", "-Q[1-4]"
    YEARLY = "yearly", "year", 12, "months", 1, "{year:04}", ""

    @property
    def is_fiscal(self) -> bool:
        """Whether such a period begins in another month where years do."""
        return self.unit == "months" and self.length > 1


class _Digits(str):
    """A field of a label that formats as the pattern of its digits: `02` as two of them."""

    __slots__ = ()

    def __format__(self, width: str) -> str:
        return f"(?P<{str.__str__(self)}>[0-9]{{{width.removeprefix('0') or 1}}})"


_FIELDS = {field: _Digits(field) for field in ("year", "number", "month", "day")}
_LABELS = {
    each: (len(each.label.format(year=1, number=1, month=1, day=1)), each.label.format(**_FIELDS))
    for each in Frequency
}
"""How long a label is, and its pattern, which is made ready where such a label is met."""


def label_fields(text: str) -> tuple[Frequency | None, Mapping[str, int]]:
    """How long the period of a label is, and the numbers in it; nothing where it is no label."""
    for frequency, (size, pattern) in _LABELS.items():
        if len(text) == size and (match := re.fullmatch(pattern, text)):
            return frequency, {field: int(digits) for field, digits in match.groupdict().items()}
    return None, {}
