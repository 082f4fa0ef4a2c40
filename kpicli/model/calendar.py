"""How days make weeks, months, quarters and years."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, assert_never

from kpicli.model.frequency import Frequency
from kpicli.noun import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2999


class Calendar(NamedTuple):
    """Where periods begin and end; quarters and years are counted from the first month.

    Fiscal ones are named by the year in which they end, and marked so. Days, weeks and months are
    the same in all calendars.
    """

    first_month: int = 1
    is_fiscal: bool = False

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Callable[[Any], Any]) -> Any:
        """No key of the TOML is one, so that there is no shape of it to check."""
        return handler(Any)

    def of(self, frequency: Frequency) -> "Calendar":
        """The calendar of periods of that length: this one of quarters and years."""
        return self if frequency.is_fiscal else PLAIN

    def fills(self, shorter: Frequency, longer: Frequency) -> bool:
        """Whether such periods fill a longer one (or an equal one) without a rest.

        Weeks fill the ISO year, that of their Thursday, and nothing else.
        """
        if shorter is longer:
            return True
        if shorter.unit == "weeks":
            return longer is Frequency.YEARLY and self.first_month == 1
        return shorter.rank < longer.rank

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
                year, month = divmod(start.year * 12 + start.month - self.first_month, 12)
                return year + self._ahead, month // frequency.length + 1
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
                first = date(year - self._ahead, self.first_month, 1)
                return _month_after(first, (number - 1) * frequency.length)
            case _:
                assert_never(frequency.unit)

    def periods_in(self, year: int, frequency: Frequency) -> int:
        """How many periods of that length a year has; 31 December may be of the next one's week."""
        if frequency.unit == "months":
            return 12 // frequency.length
        return max(self.number(date(year, 12, day), frequency)[1] for day in (28, 31))

    @property
    def _ahead(self) -> int:
        """How many years the one in which a year ends is ahead of that in which it begins."""
        return int(self.first_month > 1)

    @property
    def first_year(self) -> int:
        """The first year that begins after periods do."""
        return FIRST_YEAR + self._ahead


PLAIN = Calendar()  # the calendar's own quarters and years


def calendar_of(year_starts: str | None) -> Calendar:
    """The calendar of a board whose fiscal years, if it has such, start in that month."""
    return Calendar(int(year_starts), is_fiscal=True) if year_starts else PLAIN


def _month_after(day: date, months: int) -> date:
    """The first day of the month that many after the one of a day."""
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)
