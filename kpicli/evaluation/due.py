"""What is due of a target by now in an open period: own period by own period."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.rollup import mean, total
from kpicli.model.period import Period
from kpicli.model.target import Target


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
