"""A sum whose records begin within its first period: a part, which no whole target judges."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kpicli.evaluation.evaluate import (
    DEFAULT_TOLERANCE,
    EARLIEST_JUDGED_SHARE,
    Evaluation,
    status_at_once,
    target_zone,
)
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.model.status import Status


def late_start(parts: Sequence[Actual], first: Period) -> date | None:
    """The day on which the records of a first period begin, where that is late in it.

    More than a fifth of its days lie before the first of some parts, and no such gap comes after.
    """
    if len(parts) < 2:
        return None
    start = parts[0].period.start
    late = (start - first.start).days
    gaps = [(after.period.start - part.period.end).days for part, after in pairwise(parts)]
    is_late = late > max(gaps, default=0) and late > EARLIEST_JUDGED_SHARE * first.days
    return start if is_late else None


def without_target(evaluation: Evaluation, start: date) -> Evaluation:
    """A part of a period is held against nothing, but where it tells of the whole at once."""
    if evaluation.target is None or evaluation.actual is None:
        return evaluation
    zone = target_zone(evaluation.target, evaluation.kpi.tolerance or DEFAULT_TOLERANCE)
    if status_at_once(Fraction(evaluation.actual), zone):
        return evaluation
    return evaluation._replace(
        status=Status.NO_TARGET,
        target=None,
        end=None,
        due=None,
        variance=None,
        is_favourable=None,
        zone=None,
        elapsed=(),
        reason=f"recorded from {start} on",
    )
