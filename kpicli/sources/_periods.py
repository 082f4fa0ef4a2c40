"""The periods of a table, each text read once."""

import re
from contextlib import suppress
from datetime import date, timedelta

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import RELATIVE_PERIODS, named_period, written_period
from kpicli.model.period import FISCAL, Period, period_of, recorded_period
from kpicli.model.record import Clock
from kpicli.model.source import DateReading

_THREE_NUMBERS = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d.])(.*)", re.DOTALL | re.ASCII
)
"""A date that begins with its day or its month; between points it is always the day."""
_SHORT_YEAR = re.compile(r"([^\W\d_]{3,})\.?[-./ ]? ?([0-9]{2})")
"""The name of a month and a number: the year to a spreadsheet, and to most people the day."""
_TWO_DAYS = re.compile(
    r"(.*?[0-9])(?: +[-–] +|(?<=-[0-9]{2}) ?[/,] ?| to | til | till | bis | au | al )([0-9].*)"  # noqa: RUF001
)
_LONGEST, _MONTHS, _DAY = 60, 12, timedelta(days=1)


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
    of a fiscal year are those of the `calendar`.
    """

    def __init__(
        self,
        clock: Clock,
        first: DateReading | None = None,
        *,
        are_short_years: bool = False,
        calendar: Calendar = PLAIN,
    ) -> None:
        super().__init__()
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
        match = _TWO_DAYS.fullmatch(text)
        return self._between(*match.groups()) if match else None

    def _between(self, first: str, last: str) -> str | None:
        """The label of the period that begins and ends on these days."""
        try:
            start, end = (date.fromisoformat(self[day]) for day in (first, last))
        except ValueError:
            return None
        periods = (period_of(start, frequency) for frequency in Frequency)
        whole = (each for each in periods if (each.start, each.end) == (start, end + _DAY))
        return str(next(whole, "")) or None

    def _settled(self, text: str) -> str:
        """The text with what the other rows of its table say of it."""
        if match := _THREE_NUMBERS.fullmatch(text):
            day, mark, month, year, time = match.groups()
            first = self.first or (DateReading.DAY_FIRST if mark == "." else None)
            if first is DateReading.MONTH_FIRST:
                day, month = month, day
            return f"{year}-{int(month):02}-{int(day):02}{time}" if first else text
        match = _SHORT_YEAR.fullmatch(text) if self.are_short_years else None
        return f"{match[1]} 20{match[2]}" if match and is_month(match[1]) else text


def is_month(word: str) -> bool:
    """Whether a word is the name of a month."""
    try:
        period = named_period(f"{word} 2000", Frequency.MONTHLY, date(2000, 1, 1))
    except NotationError:
        return False
    return period.frequency is Frequency.MONTHLY


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


def first_numbers(texts: set[str]) -> tuple[bool, bool, str]:
    """Whether a date begins with what can only be a day, with a month, and one that is open."""
    matches = filter(None, map(_THREE_NUMBERS.fullmatch, texts))
    pairs = {match[0]: (int(match[1]), int(match[3])) for match in matches if match[2] != "."}
    is_day = any(first > _MONTHS for first, _ in pairs.values())
    is_month = any(second > _MONTHS for _, second in pairs.values())
    is_open = (text for text, (first, second) in pairs.items() if first != second)
    return is_day, is_month, min(is_open, default="")
