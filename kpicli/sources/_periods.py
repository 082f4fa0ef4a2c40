"""The periods of a table, each text read once."""

import re
from contextlib import suppress
from datetime import date

from kpicli.errors import NotationError, or_none
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import RELATIVE_PERIODS, named_period, written_period
from kpicli.model.notation.period_tokens import named_length, spanned_period
from kpicli.model.period import FISCAL, Period, recorded_period
from kpicli.model.scorecard import Clock
from kpicli.model.source import DateReading
from kpicli.text import safe

_THREE_PARTS = re.compile(
    r"([0-9]{1,2})([./ -])([0-9]{1,2}|[^\W\d_]{3,})\2([0-9]{4}|[0-9]{2})(?![0-9.])(.*)", re.DOTALL
)
"""A date that begins with its day or its month; between points it is always the day."""
_SHORT_YEAR = re.compile(r"([^\W\d_]{3,})\.?[-./ ]? ?([0-9]{2})")
"""The name of a month and a number: the year to a spreadsheet, and to most people the day."""
_MIDNIGHT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)? ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?)", re.ASCII
)
_YEAR_AND_NUMBER = re.compile(r"((?:19|20)\d\d)[-/. ]?(\d\d?)|(\d\d?)[-/. ](\d{4})", re.ASCII)
_LONGEST, _MONTHS, _QUARTERS = 80, 12, 4
_DAILY, _LETTERS = Frequency.DAILY, {Frequency.WEEKLY: "W", Frequency.QUARTERLY: "Q"}


def period_in_table(text: str, clock: Clock, calendar: Calendar = PLAIN) -> Period:
    """The period of a cell; a timestamp with an offset is its day where the reader lives.

    A quarter or year may be of another calendar. Raises `NotationError`, also for `today` and the
    like, which a table can't mean.
    """
    words = text.split(maxsplit=1)
    if len(text) > _LONGEST or not words or words[0].casefold() in RELATIVE_PERIODS:
        return recorded_period(text, calendar)
    today, day_of = clock
    return written_period(text, Frequency.MONTHLY, today, day_of, calendar)


class PeriodLabels(dict[str, str]):
    """The label of a text, `2026-10` for `Oct 2026`; a text that is not a period stays as it is.

    `first` says whether `01/02/2026` begins with the day or the month, where that is known; months
    of a fiscal year are those of the `calendar`. `length` says of what a number beside a year is.
    """

    def __init__(
        self,
        clock: Clock,
        first: DateReading | None = None,
        *,
        are_short_years: bool = False,
        calendar: Calendar = PLAIN,
        length: Frequency | None = None,
    ) -> None:
        super().__init__()
        self.letter = _LETTERS.get(length or _DAILY, "")
        self.clock, self.first, self.are_short_years = clock, first, are_short_years
        self.calendar = calendar
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
        for spelling in dict.fromkeys((self._settled(text), text)):
            with suppress(NotationError):
                return str(period_in_table(spelling, self.clock, self.calendar))
        period = spanned_period(text, lambda part: recorded_period(self[part.strip(" .")]))
        return str(period) if period else None

    def _settled(self, text: str) -> str:
        """The text with what the other rows of its table say of it."""
        match = _THREE_PARTS.fullmatch(text)
        if match:
            day, mark, month, year, time = match.groups()
            first = self.first or (DateReading.DAY_FIRST if mark == "." else None)
            year = year if len(year) > 2 else f"20{year}"
            if not month.isdecimal():
                return f"{day} {month} {year}{time}"
            if first is DateReading.MONTH_FIRST:
                day, month = month, day
            return f"{year}-{int(month):02}-{int(day):02}{time}" if first else text
        if self.letter and (match := _YEAR_AND_NUMBER.fullmatch(text)):
            return f"{match[1] or match[4]}-{self.letter}{match[2] or match[3]}"
        match = _SHORT_YEAR.fullmatch(text) if self.are_short_years else None
        return f"{match[1]} 20{match[2]}" if match and is_month(match[1]) else text


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    period = or_none(named_period, f"{word} 2000", Frequency.MONTHLY, date(2000, 1, 1))
    return period is not None and period.frequency is Frequency.MONTHLY


def have_short_years(texts: set[str]) -> bool:
    """Whether numbers behind months are years: each month has one, as no days have."""
    pairs = [match.groups() for text in texts if (match := _SHORT_YEAR.fullmatch(text))]
    months = {word.casefold() for word, _ in pairs if is_month(word)}
    return len(months) > 1 and len({number for _, number in pairs}) <= len(pairs) // len(months) + 1


def without_year(texts: set[str], labels: PeriodLabels) -> list[str]:
    """The texts of a period that do not say in which year it is."""
    return sorted(
        text
        for text in texts
        if labels.are_of(text) and labels[text] != text and not labels[text].startswith(FISCAL)
        if not re.search(r"\d{4}|['’]\d\d|(?i:\bfy ?\d\d|[qk]\d?\W?\d\d$)", text)  # noqa: RUF001
        if not (labels.are_short_years and _SHORT_YEAR.fullmatch(text))
    )


def length_of_numbers(name: str, texts: set[str], where: str) -> Frequency | None:
    """Weekly or quarterly where the name of a column says that its numbers are no months."""
    length = named_length(name)
    letter = _LETTERS.get(length or _DAILY, "")
    bare = min((text for text in texts if text.isdecimal() and len(text) < 3), default="")
    if letter and bare:
        message = f"'{bare}' in '{safe(name)}' does not say its year"
        raise NotationError(message, where=where, hint=f"write it, as in 2026-{letter}{bare}")
    matches = filter(None, map(_YEAR_AND_NUMBER.fullmatch, texts))
    numbers = {match[0]: match[2] or match[3] for match in matches}
    if length is Frequency.QUARTERLY and any(int(each) > _QUARTERS for each in numbers.values()):
        return None
    padded = min((text for text, each in numbers.items() if each[0] == "0"), default="")
    if length is Frequency.QUARTERLY and padded:
        message = f"'{safe(padded)}' in '{safe(name)}' is a quarter or a month"
        hint = f"write Q{numbers[padded][1:]} for a quarter, or name the column Month"
        raise NotationError(message, where=where, hint=hint)
    return length


def foreign_midnight(texts: set[str], labels: PeriodLabels) -> str:
    """A midnight with its offset that is another day here, where there are midnights alone."""
    matches = [_MIDNIGHT.fullmatch(text) for text in sorted(texts) if ":" in text]
    days = {match[0]: match[1] for match in matches if match}
    is_one = len(days) == len(matches)
    return next((text for text, day in days.items() if is_one and labels[text] != day), "")


def first_numbers(texts: set[str]) -> tuple[bool, bool, str]:
    """Whether a date begins with what can only be a day, with a month, and one that is open."""
    matches = filter(None, map(_THREE_PARTS.fullmatch, texts))
    marks = [match for match in matches if match[2] != "." and match[3].isdecimal()]
    pairs = {match[0]: (int(match[1]), int(match[3])) for match in marks}
    is_day = any(first > _MONTHS for first, _ in pairs.values())
    is_month = any(second > _MONTHS for _, second in pairs.values())
    is_open = (text for text, (first, second) in pairs.items() if first != second)
    return is_day, is_month, min(is_open, default="")


def open_year(texts: set[str], clock: Clock) -> str:
    """A date of which nothing says at which end its year of two digits is; most have it last."""
    matches = list(filter(None, map(_THREE_PARTS.fullmatch, texts)))
    short = [match for match in matches if len(match[4]) == 2]
    labels = PeriodLabels(clock)
    for match in short:
        first = labels[f"20{match[1]}-{match[3]}-{match[4]}"]
        can_be_year = len(match[1]) > 1 and labels.are_of(first)
        if not (can_be_year and first <= clock.today.isoformat()):
            return ""
    return min((match[0] for match in short), default="")
