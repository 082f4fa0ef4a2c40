"""What is due of a target where a period is open, and what a part of a closed one is against."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.evaluate import (
    DEFAULT_TOLERANCE,
    EARLIEST_JUDGED_SHARE,
    Evaluation,
    status_at_once,
    target_zone,
)
from kpicli.evaluation.rollup import mean, total
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.model.status import Status
from kpicli.model.target import Target
from kpicli.noun import NamedTuple

_FEWEST_PARTS, _FEWEST_DAYS = 2, 5  # parts that tell when its records began, and days of daily ones


class Elapsed(NamedTuple):
    """How many days of an own period have elapsed."""

    period: Period
    days: int

    @property
    def share(self) -> Fraction:
        """The elapsed share of the period, from 0 to 1."""
        return Fraction(self.days, self.period.days)


class Due(NamedTuple):
    """The part of a target that is due.

    `share` is the part of the own periods that has elapsed, each with the same weight, which is how
    an absolute tolerance goes; `elapsed_share` is that of all days.
    """

    target: Target
    parts: tuple[Elapsed, ...]

    @property
    def share(self) -> Fraction:
        """The mean of the elapsed shares of the own periods."""
        return mean([part.share for part in self.parts])

    @property
    def elapsed_share(self) -> Fraction:
        """The elapsed share of all days."""
        days = sum(part.period.days for part in self.parts)
        return Fraction(sum(part.days for part in self.parts), days)


def due_of(target: Target, effective: EffectiveTarget, measured_to: date, today: date) -> Due:
    """The targets of the own periods that have ended, and of the one under way the elapsed part.

    `measured_to` is the first day that the actual does not cover.
    """
    parts = [
        (own.target or target, Elapsed(own.period, elapsed_days(own.period, measured_to, today)))
        for own in effective.parts or (effective,)
    ]
    elapsed = tuple(part for _, part in parts)
    if all(part.share == 1 for part in elapsed):
        return Due(target, elapsed)
    number = total([Fraction(own.number) * part.share for own, part in parts])
    highs = [Fraction(own.high) * part.share for own, part in parts if own.high is not None]
    return Due(target._replace(number=number, high=total(highs) if highs else None), elapsed)


def elapsed_days(period: Period, measured_to: date, today: date) -> int:
    """All days of a period that has ended, else those that an actual covers."""
    if period.is_closed(today):
        return period.days
    return min(max((measured_to - period.start).days, 0), period.days)


def begin_late(parts: Sequence[Actual], first: Period) -> bool:
    """Whether the records of a first period begin late in it.

    More than a fifth of its days lie before them, no such gap comes after, and most of the days
    from there on are recorded: whoever records now and then has measured all that there was.
    """
    if len(parts) < _FEWEST_PARTS:
        return False
    start = parts[0].period.start
    late = (start - first.start).days
    gaps = [(after.period.start - part.period.end).days for part, after in pairwise(parts)]
    is_late = late > max(gaps) and late > EARLIEST_JUDGED_SHARE * first.days
    recorded = sum(part.period.days for part in parts)
    return is_late and 2 * recorded > (first.end - start).days


def without_target(evaluation: Evaluation, parts: Sequence[Actual]) -> Evaluation:
    """A period whose days begin late is held against nothing, but where they tell of it at once."""
    are_days = len(parts) >= _FEWEST_DAYS and all(part.period.days == 1 for part in parts)
    if not are_days or evaluation.target is None or evaluation.actual is None:
        return evaluation
    zone = target_zone(evaluation.target, evaluation.kpi.tolerance or DEFAULT_TOLERANCE)
    if status_at_once(Fraction(evaluation.actual), zone):
        return evaluation
    bare = evaluation._replace(target=None, end=None, due=None, zone=None, elapsed=())
    bare = bare._replace(variance=None, is_favourable=None)
    return bare._replace(
        status=Status.NO_TARGET, reason=f"recorded from {parts[0].period.start} on"
    )
