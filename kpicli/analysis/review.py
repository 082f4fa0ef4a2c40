"""What a review is of: the KPIs that are judged otherwise than before, or have something due."""

from collections.abc import Iterable, Sequence

from kpicli.analysis.awaited import DuePeriods, due_periods
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.status import Status
from kpicli.noun import NamedTuple

_UNJUDGED = {Status.NO_DATA, Status.NO_TARGET, Status.TOO_EARLY}


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
