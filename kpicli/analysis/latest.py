"""Which period a view shows of a KPI."""

from kpicli.analysis.evaluate import Evaluation, evaluate
from kpicli.analysis.rollup import own_periods
from kpicli.model.kpi import Kpi
from kpicli.model.period import Frequency, Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status


def latest_evaluation(scorecard: Scorecard, kpi: Kpi) -> Evaluation:
    """The latest own period that has an actual and is not too early, else the latest known one."""
    first: Evaluation | None = None
    for period in _candidates(scorecard, kpi):
        one = evaluate(scorecard, kpi, period)
        if one.is_damaged or one.status not in {Status.TOO_EARLY, Status.NO_DATA}:
            return one
        first = first or one
    if first is not None:
        return first
    return evaluate(scorecard, kpi, period_of(scorecard.clock.today, kpi.frequency).shift(-1))


def _candidates(scorecard: Scorecard, kpi: Kpi) -> list[Period]:
    """Own periods that have begun and of which something is known, newest first."""
    today = scorecard.clock.today
    if not kpi.formula:
        return [own for own in own_periods(scorecard, kpi) if own.has_begun(today)]
    known = {
        period_of(own.start, kpi.frequency)
        for leaf in scorecard.definitions.made_of(kpi)
        if not leaf.formula
        for own in own_periods(scorecard, leaf)
    }
    return sorted((own for own in known if own.has_begun(today)), reverse=True)


def shown_period(kpi: Kpi, period: Period) -> Period:
    """The period that a view of another length shows of a KPI.

    A shorter frequency is rolled up to it (of weeks the last that ends in it), a longer one shows
    the period that contains its start.
    """
    if kpi.frequency.fits_into(period.frequency):
        return period
    if kpi.frequency is Frequency.WEEKLY and period.frequency.rank > kpi.frequency.rank:
        return period_of(period.end, Frequency.WEEKLY).shift(-1)
    return period_of(period.start, kpi.frequency)
