"""Which period a view shows of a KPI."""

from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.evaluation.rollup import own_periods
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status


def latest_evaluation(
    scorecard: Scorecard, kpi: Kpi, frequency: Frequency | None = None
) -> Evaluation:
    """The latest period that has an actual and is not too early, else the latest known one.

    Periods are as long as the KPI's own, or as `frequency` says where own ones fill such.
    """
    length = view_frequency(kpi, frequency)
    first: Evaluation | None = None
    for period in known_periods(scorecard, kpi, length):
        one = evaluate(scorecard, kpi, period)
        if one.is_damaged or one.status not in {Status.TOO_EARLY, Status.NO_DATA}:
            return one
        first = first or one
    if first is not None:
        return first
    return evaluate(scorecard, kpi, period_of(scorecard.clock.today, length).shift(-1))


def view_frequency(kpi: Kpi, frequency: Frequency | None) -> Frequency:
    """How long the periods are that a view shows of a KPI: as asked, where its own fill such."""
    return frequency if frequency and kpi.frequency.fits_into(frequency) else kpi.frequency


def known_periods(scorecard: Scorecard, kpi: Kpi, length: Frequency) -> list[Period]:
    """Periods that have begun and of which something is known, newest first."""
    leaves = [part for part in scorecard.definitions.with_inputs(kpi) if not part.formula]
    known = {
        period_of(own.start, length) for leaf in leaves for own in own_periods(scorecard, leaf)
    }
    today = scorecard.clock.today
    return sorted((period for period in known if period.has_begun(today)), reverse=True)


def period_in_view(kpi: Kpi, period: Period) -> Period:
    """The period that a view of another length shows of a KPI.

    A shorter frequency is rolled up to it (of weeks the last that ends in it), a longer one shows
    the period that contains its start.
    """
    if kpi.frequency.fits_into(period.frequency):
        return period
    if kpi.frequency is Frequency.WEEKLY and period.frequency.rank > kpi.frequency.rank:
        return period_of(period.end, Frequency.WEEKLY).shift(-1)
    return period_of(period.start, kpi.frequency)
