"""What a review talks about: the KPIs that changed status, and those with an actual to come."""

from collections.abc import Iterable, Sequence
from datetime import date

from kpicli.evaluation.active import first_overdue_day
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.status import Status
from kpicli.noun import NamedTuple

_UNJUDGED = {Status.NO_DATA, Status.NO_TARGET, Status.TOO_EARLY}


class DuePeriods(NamedTuple):
    """Closed periods without an actual, oldest first, and the first day on which that is late."""

    periods: tuple[Period, ...]
    day: date


class ReviewTopic(NamedTuple):
    """A KPI in the period that is shown, and the period before that; what is due of it, if any."""

    now: Evaluation
    before: Evaluation
    due: DuePeriods | None

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
            due_periods(ledger, evaluation.kpi),
        )
        for evaluation in evaluations
    ]
    return [topic for topic in topics if topic.has_turned or topic.due]


def due_periods(ledger: Ledger, kpi: Kpi) -> DuePeriods | None:
    """What nobody has recorded yet, if anything."""
    periods = ledger.awaited_periods(kpi)
    if not periods:
        return None
    return DuePeriods(tuple(periods), first_overdue_day(kpi, periods[0]))
