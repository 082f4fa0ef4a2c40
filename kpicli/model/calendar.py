"""How days make weeks, months, quarters and years."""

from datetime import date, timedelta
from typing import NamedTuple, assert_never

from kpicli.model.frequency import Frequency

FIRST_YEAR, LAST_YEAR = 1900, 2999


class Calendar(NamedTuple):
    """Where periods begin and end; quarters and years are counted from the first month."""

    first_month: int = 1

    def first_day(self, day: date, frequency: Frequency) -> date:
        """The first day of the period of that length that a day lies in."""
        match frequency.unit:
            case "days":
                return day
            case "weeks":
                return day - timedelta(days=day.weekday())
            case "months":
                into = (day.month - self.first_month) % frequency.length
                return _month_after(day, -into)
            case _:
                assert_never(frequency.unit)

    def shift(self, start: date, frequency: Frequency, count: int) -> date:
        """The first day of the period that many later, or earlier, than the one of a first day."""
        match frequency.unit:
            case "days":
                return start + timedelta(days=count * frequency.length)
            case "weeks":
                return start + timedelta(weeks=count * frequency.length)
            case "months":
                return _month_after(start, count * frequency.length)
            case _:
                assert_never(frequency.unit)

    def number(self, start: date, frequency: Frequency) -> tuple[int, int]:
        """The year that a period belongs to, and its number in that year, from 1."""
        match frequency.unit:
            case "days":
                return start.year, start.timetuple().tm_yday
            case "weeks":
                week = start.isocalendar()
                return week.year, week.week
            case "months":
                return start.year, (start.month - 1) // frequency.length + 1
            case _:
                assert_never(frequency.unit)

    def start(self, year: int, number: int, frequency: Frequency) -> date:
        """The first day of the period with that number in a year."""
        match frequency.unit:
            case "days":
                return date(year, 1, 1) + timedelta(days=number - 1)
            case "weeks":
                return date.fromisocalendar(year, number, 1)
            case "months":
                return date(year, (number - 1) * frequency.length + 1, 1)
            case _:
                assert_never(frequency.unit)

    def periods_in(self, year: int, frequency: Frequency) -> int:
        """How many periods of that length a year has; 31 December may be of the next one's week."""
        return max(self.number(date(year, 12, day), frequency)[1] for day in (28, 31))


def _month_after(day: date, months: int) -> date:
    """The first day of the month that many after the one of a day."""
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)
