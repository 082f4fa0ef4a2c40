"""What speaks against a value to be recorded: what stands, and what it is expected to be like."""

from fractions import Fraction
from typing import NamedTuple

from kpicli.analysis.goalpost import goalpost
from kpicli.analysis.kept import is_kept
from kpicli.analysis.rollup import recorded
from kpicli.model.actual import NOTHING, Actual, Record, Series
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard

_FAR = 100
"""That many times more or less is asked about: 0.032 for 3.2%, 480 for 480 000."""


class Doubts(NamedTuple):
    """The record that would be replaced, and the number that the value is far from.

    That number is the actual of `far_from_period`, or without one the target.
    """

    replaced: Record | None = None
    far_from: Number | None = None
    far_from_period: Period | None = None

    def __bool__(self) -> bool:
        """Whether somebody has to agree."""
        return self.replaced is not None or self.far_from is not None


def standing(scorecard: Scorecard, draft: Record) -> Record | None:
    """The record that counts for the draft's KPI and period, if a value stands."""
    series = scorecard.series.get(draft.kpi, NOTHING)
    record = series.records.get(draft.period)
    is_hidden = draft.period in series.damaged
    return record if record and record.value is not None and not is_hidden else None


def is_standing(scorecard: Scorecard, draft: Record) -> bool:
    """Whether the draft's value stands already, and it has no new note to keep."""
    old = standing(scorecard, draft)
    if old is None or old.value != draft.value:
        return False
    return not draft.note or draft.note == old.note


def previous(scorecard: Scorecard, draft: Record) -> Record | None:
    """The actual that it follows: the latest earlier one of equal period length."""
    series = scorecard.series.get(draft.kpi, NOTHING)
    earlier = [
        record
        for at, record in series.records.items()
        if at.frequency is draft.period.frequency and at < draft.period
        if record.value is not None and at not in series.damaged
    ]
    return max(earlier, key=lambda record: record.period.start, default=None)


def doubts(scorecard: Scorecard, kpi: Kpi, draft: Record) -> Doubts:
    """What to ask about before it is recorded; nothing where neither holds."""
    old = standing(scorecard, draft)
    if draft.value is None or (old and old.value == draft.value):
        return Doubts()
    value = Fraction(draft.value)
    for number, period in _expected(scorecard, kpi, draft, value):
        if _is_far(value, Fraction(number)):
            return Doubts(old, number, period)
    return Doubts(old)


def _expected(
    scorecard: Scorecard, kpi: Kpi, draft: Record, value: Fraction
) -> list[tuple[Number, Period | None]]:
    """What it replaces and follows; where there is neither, the target, by its nearer edge."""
    known: list[tuple[Number, Period | None]] = [
        (record.value, record.period)
        for record in (standing(scorecard, draft), previous(scorecard, draft))
        if record and record.value is not None
    ]
    target = goalpost(kpi, draft.period).target
    if known or target is None or draft.period.frequency is not kpi.frequency:
        return known
    edges = [target.number] if target.high is None else [target.number, target.high]
    return [(min(edges, key=lambda edge: abs(value - Fraction(edge))), None)]


def _is_far(number: Fraction, other: Fraction) -> bool:
    if not number or not other:
        return False
    return abs(number) >= abs(other) * _FAR or abs(number) * _FAR <= abs(other)


def is_due(scorecard: Scorecard, kpi: Kpi) -> bool:
    """Whether a person has to record the last closed own period: nothing stands or computes it."""
    last = period_of(scorecard.clock.today, kpi.frequency).shift(-1)
    if kpi.formula or not is_kept(kpi, scorecard.clock.today):
        return False
    return not isinstance(recorded(scorecard, kpi, last), Actual)


def with_records(scorecard: Scorecard, records: tuple[Record, ...]) -> Scorecard:
    """The scorecard as it is once these newest records stand."""
    series = dict(scorecard.series)
    for record in records:
        old = series.get(record.kpi, NOTHING)
        hidden = {at: damage for at, damage in old.damaged.items() if at != record.period}
        series[record.kpi] = Series({**old.records, record.period: record}, hidden)
    return scorecard._replace(series=series)
