"""Which period a view shows of a KPI."""

from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of


def view_frequency(kpi: Kpi, frequency: Frequency | None) -> Frequency:
    """How long the periods are that a view shows of a KPI: as asked, but no shorter than its own.

    Where its own do not fill such, the row says so.
    """
    return max(frequency or kpi.frequency, kpi.frequency, key=lambda length: length.rank)


def period_in_view(kpi: Kpi, period: Period) -> Period:
    """The period that a view of another length shows of a KPI.

    A shorter frequency is rolled up to it (of weeks the last that ends in it), a longer one shows
    the period that contains its start.
    """
    if kpi.fills(period):
        return period
    if kpi.frequency is Frequency.WEEKLY and period.frequency.rank > kpi.frequency.rank:
        return period_of(period.end, Frequency.WEEKLY).shift(-1)
    return kpi.period_with(period)
