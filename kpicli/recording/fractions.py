"""Fractions in place of percentages, 0.104 for 10.4%: of one value, and of a column of them."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from kpicli.evaluation.effective_target import effective_target
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.record import EMPTY_SERIES, Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT

_MOST = Decimal("1.5")
"""A fraction is seldom more: half as much again as all there is."""
_NEARER = 10
"""A hundredfold that many times nearer to what is expected is what was meant."""


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
