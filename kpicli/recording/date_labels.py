"""Whether the dates of a table stand for themselves, or for the KPI's own periods around them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import Enum, auto
from itertools import pairwise

from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.noun import NamedTuple

_DAY = timedelta(days=1)
_WEEK, _FEWEST_WEEKS, _SATURDAY = 7, 3, 5


class DateMeaning(Enum):
    """What the dates of one KPI look like."""

    DAYS = auto()
    LABELS = auto()  # one in each own period, and all on its first or all on its last day
    SINGLE = auto()  # one alone, on such a day
    WEEKENDS = auto()  # the last days of ISO weeks, and the first or last of American weeks


class OpenDates(NamedTuple):
    """What leaves two readings: a date of a KPI, and why nothing settles it."""

    kpi: Kpi
    day: date
    why: str


def dates_meaning(kpi: Kpi, days: Iterable[date]) -> DateMeaning:
    """What the dates of a KPI look like."""
    distinct = set(days)
    periods = {kpi.period_of(day) for day in distinct}
    are_first = all(day == kpi.period_of(day).start for day in distinct)
    are_last = all(day + _DAY == kpi.period_of(day).end for day in distinct)
    are_saturdays = len(distinct) > 1 and {day.weekday() for day in distinct} == {_SATURDAY}
    is_weekly = kpi.frequency is Frequency.WEEKLY and len(periods) == len(distinct)
    if is_weekly and (are_last or are_saturdays):
        return DateMeaning.WEEKENDS
    if len(periods) < len(distinct) or not (are_first or are_last):
        return DateMeaning.DAYS
    return DateMeaning.SINGLE if len(distinct) == 1 else DateMeaning.LABELS


def require_no_weeks(dates: Mapping[str, set[date]], kpis: Mapping[str, Kpi], where: str) -> None:
    """Raise `KpiError` where the parts of a sum stand weeks apart, and weeks do not fit into it."""
    for id, days in dates.items():
        kpi, ordered = kpis[id], sorted(days)
        gaps = {(later - day).days for day, later in pairwise(ordered)}
        are_weeks = _WEEK in gaps and not any(gap % _WEEK for gap in gaps)
        own = kpi.frequency
        fit = own is Frequency.DAILY or kpi.calendar.fills(Frequency.WEEKLY, own)
        if are_weeks and len(days) >= _FEWEST_WEEKS and kpi.rollup is Rollup.SUM and not fit:
            message = f"{id}: its dates are weeks apart, and weeks do not fit into {own.noun}s"
            hint = f"nothing recorded; give {own.noun}s or days; --dates days for single days"
            raise KpiError(message, where=where, hint=hint)


def labels_or_open(dates: Mapping[str, set[date]], kpis: Mapping[str, Kpi]) -> bool | OpenDates:
    """Whether all dates of a table are labels of own periods; what is open where none settles it.

    One date alone goes with the others; KPIs of which some have labels and some have days, do not.
    """
    meanings = {
        id: dates_meaning(kpis[id], days)
        for id, days in dates.items()
        if kpis[id].frequency is not Frequency.DAILY
    }
    of = {meaning: id for id, meaning in reversed(meanings.items())}
    if id := of.get(DateMeaning.WEEKENDS):
        is_sunday = min(dates[id]).weekday() > _SATURDAY
        why = "a Sunday ends an ISO week" if is_sunday else "a Saturday ends a week in America"
        return _open(id, dates, kpis, why)
    if {DateMeaning.LABELS, DateMeaning.DAYS} <= of.keys():
        why = f"those of {of[DateMeaning.DAYS]} are days"
        return _open(of[DateMeaning.LABELS], dates, kpis, why)
    if of.keys() == {DateMeaning.SINGLE}:
        singles = {day for id in meanings for day in dates[id]}
        if len(singles) == 1:
            return _open(of[DateMeaning.SINGLE], dates, kpis, "one row alone settles nothing")
        return True
    return DateMeaning.LABELS in of


def _open(id: str, dates: Mapping[str, set[date]], kpis: Mapping[str, Kpi], why: str) -> OpenDates:
    return OpenDates(kpis[id], min(dates[id]), why)
