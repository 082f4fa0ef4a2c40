"""Which period a view of all KPIs asks for of each, and what it is compared with."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kpicli.evaluation.active import MAX_PERIODS, is_active
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import EvaluationRequest, trend_lookback
from kpicli.evaluation.selection import period_in_view
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.noun import NamedTuple

if TYPE_CHECKING:
    from kpicli.evaluation.compare import Against


class PeriodQuery(NamedTuple):
    """Which periods are shown, else each KPI's latest, and what they are compared with."""

    period: str | None = None
    frequency: Frequency | None = None
    against: "Against | None" = None

    def has_two_lengths(self, today: date) -> bool:
        """Whether a period with a length of its own is asked for in another."""
        if self.period is None or self.frequency is None:
            return False
        from kpicli.model.notation.period import written_period

        period = written_period(self.period, self.frequency, today, None)
        return period.frequency is not self.frequency


def evaluation_requests(
    kpis: Iterable[Kpi], span: PeriodQuery, today: date, *, has_past: bool = False
) -> list[EvaluationRequest]:
    """Each KPI with the period that was asked for, if any; retired ones are left out.

    Each with what leads up to it: the own periods that may be overdue, of a longer view those that
    tell its trend, and where it `has_past` all own periods that signals go by, and where it has a
    target those that odds do.
    """
    if span.period is None:
        active = [kpi for kpi in kpis if is_active(kpi, today)]
        requests = [EvaluationRequest(kpi, None, span.frequency, span.against) for kpi in active]
    else:
        candidates = [_in_period(kpi, span, span.period, today) for kpi in kpis]
        requests = [
            request
            for request in candidates
            if request.period and not request.kpi.is_retired(request.period)
        ]
    return [each._replace(back=_periods_back(each, has_past=has_past)) for each in requests]


def _periods_back(request: EvaluationRequest, *, has_past: bool) -> int:
    is_never_overdue = request.kpi.formula is not None
    if request.length is not request.kpi.frequency or (is_never_overdue and not has_past):
        return trend_lookback(request.length)
    if not has_past or not request.kpi.all_targets:
        return MAX_PERIODS
    from kpicli.stats.predictive_distribution import MOST

    return MOST[request.length.season]


def _in_period(kpi: Kpi, span: PeriodQuery, label: str, today: date) -> EvaluationRequest:
    from kpicli.model.notation.period import named_period

    period = named_period(label, span.frequency or kpi.frequency, today, calendar=kpi.calendar)
    is_view = span.frequency is not None and period.frequency.rank > kpi.frequency.rank
    shown = period if is_view else period_in_view(kpi, period, today)
    return EvaluationRequest(kpi, shown, against=span.against)


def evaluations_in(ledger: Ledger, kpis: Iterable[Kpi], period: str | None) -> list[Evaluation]:
    """Each KPI in the period that was asked for, else in its latest; retired ones are left out."""
    today = ledger.clock.today
    if period is None:
        return [ledger.latest(kpi) for kpi in kpis if is_active(kpi, today)]
    requests = [_in_period(kpi, PeriodQuery(), period, today) for kpi in kpis]
    return [
        ledger.evaluate(request.kpi, request.period)
        for request in requests
        if request.period and not request.kpi.is_retired(request.period)
    ]
