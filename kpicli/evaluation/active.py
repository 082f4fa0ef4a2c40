"""The KPIs that are kept today, and which of their own periods are missing by then."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from kpicli.model.calendar import Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.noun import NamedTuple

MAX_PERIODS = 36  # more own periods of the past than this are not looked at


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


class Overdue(NamedTuple):
    """The missing periods of a KPI, oldest first, and by what they were found.

    `latest` is the latest own period whose end plus grace is past, `first` the first of those that
    are looked at that has an actual. `reason` is `formula` or `retired` where nothing is awaited,
    `never` where nothing was recorded yet, else `missing` or `complete`.
    """

    latest: Period
    reason: str
    first: Period | None = None
    missing: tuple[Period, ...] = ()

    @property
    def may_be_older(self) -> bool:
        """Whether an actual from before the first one would make more of them missing."""
        is_awaited = self.reason not in {"formula", "retired"}
        oldest = self.latest.shift(1 - MAX_PERIODS)
        return is_awaited and (self.first is None or self.first > oldest)


def find_overdue(
    kpi: Kpi, today: date, known: Sequence[Period], skipped: Collection[Period] = ()
) -> Overdue:
    """Of the latest own periods, those without an actual that come after one with an actual.

    `known` are the own periods that have an actual, however old, newest first, and `skipped` those
    in which there is nothing to measure.
    """
    latest = latest_due_period(kpi, today)
    if kpi.formula:
        return Overdue(latest, "formula")
    if not is_active(kpi, today):
        return Overdue(latest, "retired")
    not_due = bisect_left(known, 1, key=lambda period: period <= latest)
    if not_due == len(known):
        return Overdue(latest, "never")
    first = max(known[-1], latest.shift(1 - MAX_PERIODS))
    count = latest.since(first) + 1
    if bisect_left(known, 1, key=lambda period: period < first) - not_due == count:
        return Overdue(latest, "complete", first)
    periods = map(first.shift, range(count))
    missing = tuple(period for period in periods if period not in known and period not in skipped)
    return Overdue(latest, "missing" if missing else "complete", first, missing)
