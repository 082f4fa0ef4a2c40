"""What is due of a target where a period is open, and what a part of a closed one is against."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.evaluate import (
    DEFAULT_TOLERANCE,
    Evaluation,
    status_at_once,
    target_zone,
)
from kpicli.evaluation.rollup import mean, total
from kpicli.model.period import Period
from kpicli.model.status import Status
from kpicli.model.target import Target
from kpicli.noun import NamedTuple

_FEWEST, _LONG_WEEKEND = 2, 3  # records that tell where they begin, and days before that are no gap


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


def begin_late(recorded: Sequence[Period], first: Period, today: date) -> bool:
    """Whether the records of a first period, and of the one after it, begin late in it.

    More days lie before them than a long weekend has, or a tenth of the period, and no such gap
    comes after, but most of the days: whoever records now and then has measured all that there was,
    and so has whoever recorded the first period whole.
    """
    if len(recorded) < _FEWEST:
        return False
    start, end = recorded[0].start, recorded[-1].end
    if first.is_closed(today):
        end = max(end, first.end)
    gaps = [(after.start - period.end).days for period, after in pairwise(recorded)]
    fewest = max(min(_LONG_WEEKEND, first.days // 10), *gaps)
    is_late = fewest < (start - first.start).days < first.days
    days = sum(period.days for period in recorded)
    return is_late and 2 * days > (end - start).days


def without_target(evaluation: Evaluation, start: date) -> Evaluation:
    """A period whose records begin late is held against nothing, but where a sum tells at once."""
    target, actual = evaluation.target, evaluation.actual
    if target is None or actual is None:
        return evaluation
    zone = target_zone(target, evaluation.kpi.tolerance or DEFAULT_TOLERANCE)
    if not evaluation.kpi.formula and status_at_once(Fraction(actual), zone):
        return evaluation
    bare = evaluation._replace(target=None, end=None, due=None, zone=None, elapsed=())
    bare = bare._replace(variance=None, is_favourable=None)
    return bare._replace(status=Status.NO_TARGET, reason=f"recorded from {start} on")
