"""The KPIs that are kept today: what a rule judges; retired ones are history."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kpicli.model.calendar import Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard


def active_kpis(scorecard: Scorecard) -> Iterator[Kpi]:
    """Every KPI whose last period, if it has one, is not past; in file order."""
    for kpi in scorecard.definitions.kpis.values():
        if is_active(kpi, scorecard.clock.today):
            yield kpi


def is_active(kpi: Kpi, today: date) -> bool:
    """Whether it is not retired on that day."""
    return kpi.until is None or not kpi.until.is_closed(today)


def top_level_kpis(scorecard: Scorecard) -> Iterator[Kpi]:
    """Those of them that stand under no other."""
    return (kpi for kpi in active_kpis(scorecard) if kpi.supports is None)


def first_overdue_day(kpi: Kpi, period: Period) -> date:
    """The day from which on an own period without an actual is overdue."""
    return period.end + timedelta(days=kpi.grace)


def latest_due_period(kpi: Kpi, today: date) -> Period:
    """The latest own period whose end plus grace is past."""
    return _closed_before(today, kpi.grace, kpi.frequency, kpi.calendar)


@cache
def _closed_before(today: date, grace: int, frequency: Frequency, calendar: Calendar) -> Period:
    """The latest period of a length that had ended so many days ago: many KPIs have the same."""
    return period_of(today - timedelta(days=grace), frequency, calendar).shift(-1)
