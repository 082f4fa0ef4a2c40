"""The periods of a table, each text read once."""

import re
from datetime import date

from kpicli.errors import NotationError
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import named_period
from kpicli.model.source import DateReading

_THREE_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?![\d.])(.*)", re.DOTALL)
"""A date that begins with its day or its month."""
_LONGEST = 60
_RELATIVE = frozenset({"today", "yesterday", "current", "this", "last", "previous"})
"""Words that a person may say for a period, and no table does."""


class PeriodLabels(dict[str, str]):
    """The label of a text, `2026-10` for `Oct 2026`; a text that is no period stays as it is.

    `first` says whether `01/02/2026` begins with the day or the month, where that is known.
    """

    def __init__(self, today: date, first: DateReading | None = None) -> None:
        super().__init__()
        self.today, self.first = today, first
        self._periods: set[str] = set()

    def __missing__(self, text: str) -> str:
        label = self._read(text)
        if label is not None:
            self._periods.add(text)
        return self.setdefault(text, text if label is None else label)

    def are_of(self, text: str) -> bool:
        """Whether a text is a period."""
        return self[text] != text or text in self._periods

    def _read(self, text: str) -> str | None:
        if not text or len(text) > _LONGEST or text.casefold() in _RELATIVE:
            return None
        try:
            return str(named_period(self._ordered(text), Frequency.MONTHLY, self.today))
        except NotationError:
            return None

    def _ordered(self, text: str) -> str:
        """A date of three numbers with its year first, where the order is known."""
        match = _THREE_NUMBERS.fullmatch(text) if self.first else None
        if not match:
            return text
        day, month = match[1], match[2]
        if self.first is DateReading.MONTH_FIRST:
            day, month = month, day
        return f"{match[3]}-{int(month):02}-{int(day):02}{match[4]}"


def first_numbers(texts: set[str]) -> tuple[bool, bool, str]:
    """Whether a date begins with what can only be a day, with a month, and one that is open."""
    pairs = {text: match for text in texts if (match := _THREE_NUMBERS.fullmatch(text))}
    is_day = any(int(match[1]) > 12 for match in pairs.values())
    is_month = any(int(match[2]) > 12 for match in pairs.values())
    is_open = (
        text for text, match in pairs.items() if match[1].lstrip("0") != match[2].lstrip("0")
    )
    return is_day, is_month, min(is_open, default="")
