"""What a review talks about: the KPIs that changed status, and those with an actual to come."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from kpicli.evaluation.active import is_active, latest_due_period
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.period import Period, period_of
from kpicli.model.status import Status

_UNJUDGED = {Status.NO_DATA, Status.NO_TARGET, Status.TOO_EARLY}


class DuePeriod(NamedTuple):
    """A closed period without an actual, and the first day on which that is late."""

    period: Period
    day: date


class ReviewTopic(NamedTuple):
    """A KPI in the period that is shown, and the period before that; what is due of it, if any."""

    now: Evaluation
    before: Evaluation
    due: DuePeriod | None

    @property
    def has_turned(self) -> bool:
        """Whether it is judged otherwise than before, or now and not before."""
        statuses = {self.now.status, self.before.status}
        return len(statuses) > 1 and not statuses <= _UNJUDGED


def review_topics(ledger: Ledger, evaluations: Iterable[Evaluation]) -> Sequence[ReviewTopic]:
    """Those that have turned or have something due, in the same order."""
    topics = [
        ReviewTopic(
            evaluation,
            ledger.evaluate(evaluation.kpi, evaluation.period.shift(-1)),
            due_period(ledger, evaluation),
        )
        for evaluation in evaluations
    ]
    return [topic for topic in topics if topic.has_turned or topic.due]


def due_period(ledger: Ledger, evaluation: Evaluation) -> DuePeriod | None:
    """What nobody has recorded yet: the period that is overdue, else the latest closed one."""
    kpi, today = evaluation.kpi, ledger.clock.today
    if kpi.formula or not is_active(kpi, today):
        return None
    closed = period_of(today, kpi.frequency).shift(-1)
    period = latest_due_period(kpi, today) if evaluation.is_overdue else closed
    if ledger.has(kpi, period):
        return None
    return DuePeriod(period, period.end + timedelta(days=kpi.grace))
