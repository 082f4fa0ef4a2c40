"""What speaks against a value: what stands, what is expected, and fractions for percentages."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from kpicli.evaluation.effective_target import effective_target
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import EMPTY_SERIES, Record, Series
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple

_FAR, _FAR_DIGITS = 100, 2  # times more or less is asked about: 480 for 480 000
Board = TypeVar("Board", bound=Scorecard)

_MOST = Decimal("1.5")  # a fraction is seldom more: half as much again as all there is
_NEARER = 10  # a hundredfold that many times nearer to what is expected is what was meant


class Concerns(NamedTuple):
    """The record that would be replaced, and what is odd about the value.

    It is far from a number, which is the actual of `far_from_period`, or without one the target;
    or it is a likely fraction, and `percentage` is what it would be then.
    """

    replaced: Record | None = None
    far_from: Number | None = None
    far_from_period: Period | None = None
    percentage: Decimal | None = None

    @property
    def is_odd(self) -> bool:
        """Whether it looks like a slip."""
        return self.far_from is not None or self.percentage is not None

    def __bool__(self) -> bool:
        """Whether somebody has to agree."""
        return self.replaced is not None or self.is_odd

    def needs_consent(self, *, may_replace: bool) -> bool:
        """Whether somebody has to agree who has agreed to replace what stands, or has not."""
        return self.is_odd or (self.replaced is not None and not may_replace)


def current_record(scorecard: Scorecard, draft: Record) -> Record | None:
    """The record that counts for the draft's KPI and period, if a value stands, or a skip."""
    series = scorecard.series.get(draft.kpi, EMPTY_SERIES)
    record = series.records.get(draft.period)
    is_hidden = draft.period in series.damaged
    return record if record and record.is_standing and not is_hidden else None


def is_unchanged(scorecard: Scorecard, draft: Record) -> bool:
    """Whether the draft's value stands already, it has no new note to keep, and all agree on it."""
    old = current_record(scorecard, draft)
    rivals = scorecard.series.get(draft.kpi, EMPTY_SERIES).rivals
    if old is None or not old.says_as(draft) or draft.period in rivals:
        return False
    return not draft.note or draft.note == old.note


def previous_record(scorecard: Scorecard, draft: Record) -> Record | None:
    """The actual that it follows: the latest earlier one of equal period length."""
    earlier = [
        record
        for record in _actuals(scorecard.series.get(draft.kpi, EMPTY_SERIES))
        if record.period.length == draft.period.length and record.period < draft.period
    ]
    return max(earlier, key=lambda record: record.period.start, default=None)


def _actuals(series: Series) -> list[Record]:
    """What stands, and no damage hides."""
    return [record for record in series.standing if record.period not in series.damaged]


def concerns(scorecard: Scorecard, kpi: Kpi, draft: Record) -> Concerns:
    """What to ask about before it is recorded; nothing where neither holds."""
    return _concerns(scorecard, kpi, draft, previous_record(scorecard, draft))


def batch_concerns(
    scorecard: Scorecard, kpi: Kpi, drafts: Sequence[Record]
) -> Iterator[tuple[Record, Concerns]]:
    """What to ask about drafts of one KPI, which follow what stands and each other."""
    previous = _previous_records(with_records(scorecard, drafts).series_of(kpi))
    for draft in drafts:
        if draft_concerns := _concerns(scorecard, kpi, draft, previous.get(draft.period)):
            yield draft, draft_concerns


def _previous_records(series: Series) -> dict[Period, Record]:
    """For each period that has an actual the one before it of equal length."""
    last: dict[object, Record] = {}
    previous: dict[Period, Record] = {}
    for record in sorted(_actuals(series), key=lambda record: record.period):
        length = record.period.length
        if length in last:
            previous[record.period] = last[length]
        last[length] = record
    return previous


def _concerns(scorecard: Scorecard, kpi: Kpi, draft: Record, previous: Record | None) -> Concerns:
    old = current_record(scorecard, draft)
    value = draft.value
    if not draft.is_standing or (old and old.says_as(draft)):
        return Concerns()
    if value is None:
        return Concerns(old)
    actuals = [record for record in (old, previous) if record and record.value is not None]
    is_target_needed = kpi.unit == PERCENT or not actuals
    target = nearer_edge(kpi, draft.period, value) if is_target_needed else None
    others = _actuals(scorecard.series_of(kpi))
    comparable = actuals or sorted(others, key=lambda record: record.period.start)[-1:]
    if looks_like_fraction(kpi, value, [target, *(record.value for record in comparable)]):
        return Concerns(old, percentage=percentage_of(value))
    for record in actuals:
        if _is_far(value, record.value):
            return Concerns(old, record.value, record.period)
    if not actuals and draft.period.frequency is kpi.frequency and _is_far(value, target):
        return Concerns(old, target)
    return Concerns(old)


def nearer_edge(kpi: Kpi, period: Period, value: Decimal) -> Number | None:
    """The target in force, or the edge of its range that the value is nearer to."""
    target = effective_target(kpi, kpi.period_with(period)).target
    if target is None or target.high is None:
        return target and target.number
    return min((target.number, target.high), key=lambda edge: abs(Fraction(value) - Fraction(edge)))


def _is_far(number: Decimal, expected: Number | None) -> bool:
    if not number or not expected:
        return False
    if isinstance(expected, Decimal) and abs(number.adjusted() - expected.adjusted()) < _FAR_DIGITS:
        return False
    return ratio(number, expected) >= _FAR


def with_records(scorecard: Board, records: Sequence[Record]) -> Board:
    """The scorecard as it is once these newest records stand."""
    series = dict(scorecard.series)
    by_kpi: dict[str, dict[Period, Record]] = {}
    for record in records:
        by_kpi.setdefault(record.kpi, {})[record.period] = record
    for kpi, news in by_kpi.items():
        series[kpi] = series.get(kpi, EMPTY_SERIES).with_records(news)
    return scorecard._replace(series=series)


def percentage_of(fraction: Decimal) -> Decimal:
    """A hundred times a fraction of 1, exactly, and without an exponent."""
    return Decimal(f"{fraction.scaleb(2):f}")


def looks_like_fraction(kpi: Kpi, value: Decimal, expected: Iterable[Number | None]) -> bool:
    """Whether a hundred times the value of a percentage is far nearer to what is expected."""
    if kpi.unit != PERCENT or abs(value) > _MOST:
        return False
    return any(
        ratio(value, number) >= _NEARER * ratio(100 * value, number)
        for number in expected
        if value and number
    )


def ratio(number: Number, other: Number) -> Fraction:
    """How many times the one is the other, by size, and at least 1."""
    quotient = abs(Fraction(number) / Fraction(other))
    return max(quotient, 1 / quotient)


def look_like_fractions(scorecard: Scorecard, kpi: Kpi, drafts: Sequence[Record]) -> bool:
    """Whether none leaves ±1.5, one is no whole number, and what they are held against does."""
    values = [draft.value for draft in drafts if draft.value is not None]
    if kpi.unit != PERCENT or not values or not all(abs(value) <= _MOST for value in values):
        return False
    has_part = any(value != value.to_integral_value() for value in values)
    return has_part and not any(
        abs(Fraction(other)) <= _MOST for other in beside(scorecard, kpi, drafts)
    )


def beside(scorecard: Scorecard, kpi: Kpi, drafts: Sequence[Record]) -> Iterator[Number]:
    """The edges of the target of the latest, and the latest value that stands."""
    latest = max(drafts, key=lambda draft: draft.period.start)
    own = kpi.period_with(latest.period)
    if target := effective_target(kpi, own).target:
        yield from (edge for edge in (target.number, target.high) if edge is not None)
    records = scorecard.series.get(kpi.id, EMPTY_SERIES).records.values()
    standing = [record for record in records if record.value is not None]
    if standing:
        yield max(standing, key=lambda record: record.period.start).value or Decimal(0)
