"""Which period a view shows of a KPI."""

from datetime import date

from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of


def view_frequency(kpi: Kpi, frequency: Frequency | None) -> Frequency:
    """How long the periods are that a view shows of a KPI: as asked, but no shorter than its own.

    Where its own do not fill such, the row says so.
    """
    if frequency is None or frequency.rank < kpi.frequency.rank:
        return kpi.frequency
    return frequency


def period_in_view(kpi: Kpi, period: Period, today: date) -> Period:
    """The period that a view of another length shows of a KPI.

    A shorter frequency is rolled up to it, a longer one shows the period that contains its start.
    Of weeks it is the last that ends in it, and of one under way the last that has by today.
    """
    if kpi.fills(period):
        return period
    if kpi.frequency is Frequency.WEEKLY and period.frequency.rank > kpi.frequency.rank:
        end = min(period.end, today) if period.has_begun(today) else period.end
        weeks = (
            period_of(period.start, Frequency.WEEKLY),
            period_of(end, Frequency.WEEKLY).shift(-1),
        )
        return max(weeks, key=lambda week: week.start)
    return kpi.period_with(period)
