"""Whether an actual is overdue: an own period past its grace has none, and an earlier one has."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from kpicli.evaluation.active import is_active, latest_due_period
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period


class Overdue(NamedTuple):
    """What is missing of a KPI, and by what that was decided.

    `period` is the latest own one whose end plus grace is past, `earlier` the latest before it that
    has an actual; `reason` is one of `formula`, `retired`, `known`, `never` and `earlier`.
    """

    period: Period
    reason: str
    earlier: Period | None = None

    def __bool__(self) -> bool:
        return self.earlier is not None


def overdue(
    kpi: Kpi, today: date, own_periods: Iterable[Period], has_actual: Callable[[Period], bool]
) -> Overdue:
    """By the own periods of which something is recorded, newest first."""
    latest = latest_due_period(kpi, today)
    if kpi.formula:
        return Overdue(latest, "formula")
    if not is_active(kpi, today):
        return Overdue(latest, "retired")
    if has_actual(latest):
        return Overdue(latest, "known")
    earlier_periods = (period for period in own_periods if period < latest and has_actual(period))
    earlier = next(earlier_periods, None)
    return Overdue(latest, "earlier" if earlier else "never", earlier)
