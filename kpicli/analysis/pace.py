"""How much of a period is usually in by a day of it, and how far that strays: told by its parts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp, fsum, log

from kpicli.evaluation.ledger import Ledger
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.noun import NamedTuple

_FEWEST, _MOST = 3, 24  # earlier periods with parts that tell something, and enough of them
_DOUBT = 2  # square of the standard errors that early or late is worth to count by half
_CLEARLY = 4  # times less must days stray to be counted from the end that lies further off
_ALIKE = 4  # so many moves are believed by half on which strays more: what is in, or the rest
_EDGE = 1e-3  # what of a period is in, or still to come, at least


class Pace(NamedTuple):
    """What of a period's level is in by a day, as `share` of it and an `offset` beside.

    Both are of what a sum is made of, and of a mean weighed by the days that it is of. `strays` are
    the variances of what is in and of what is to come, from period to period, as shares of the
    level where `is_share`, else in the unit. It was told by so many `periods`.
    """

    share: float
    offset: float = 0.0
    strays: tuple[float, float] = (0.0, 0.0)
    is_share: bool = True
    periods: int = 0


class _Part(NamedTuple):
    """A part of a period: its middle in days from the start of that, its weekday, its number."""

    middle: float
    weekday: int
    number: float


class _Parts(NamedTuple):
    """The parts of one period that it is rolled up from."""

    period: Period
    parts: Sequence[_Part]
    is_mean: bool

    @property
    def total(self) -> float:
        numbers = [part.number for part in self.parts]
        return _mean(numbers) if self.is_mean else sum(numbers)

    def by(self, days: float) -> float:
        """What those of the first days add to it."""
        numbers = [part.number for part in self.parts if part.middle < days]
        if not self.is_mean:
            return sum(numbers)
        return _mean(numbers) * days / self.period.days if numbers else 0.0


def pace(ledger: Ledger, kpi: Kpi, actual: Actual, earlier: Sequence[Period]) -> Pace | None:
    """The pace of a period that has an actual so far, by its parts in the latest earlier ones.

    Nothing where fewer than three of these have parts. Weekdays count as they do in them; what is
    in early or late for any other reason, such as a bill on the last day or the 20th, is believed
    the more the more of them agree.
    """
    past = list(_past(ledger, kpi, earlier))
    if len(past) < _FEWEST:
        return None
    days, passed = actual.period.days, (actual.measured_to - actual.period.start).days
    is_share = min(each.total for each in past) > 0
    weights = _weekdays(past) if is_share and _has_weekdays(ledger, kpi, past) else None
    by_start = [min(passed, each.period.days) for each in past]
    by_end = [max(0, each.period.days - (days - passed)) for each in past]
    into, far = (by_start, by_end) if 2 * passed < days else (by_end, by_start)
    offs, variance = _offs(past, into, weights, is_share=is_share)
    others, least = _offs(past, far, weights, is_share=is_share)
    if _CLEARLY * least < variance:
        into, offs, variance = far, others, least
    count, off = len(offs), _mean(offs)
    off *= off * off / (off * off + _DOUBT * variance / count) if off else 0.0
    share = _share(actual.period, passed, weights, is_mean=kpi.rollup is Rollup.MEAN)
    if is_share:
        share, off = min(1.0, max(0.0, share + off)), 0.0
    return Pace(share, off, _strays(past, into, share, variance), is_share, count)


def _past(ledger: Ledger, kpi: Kpi, earlier: Sequence[Period]) -> Iterator[_Parts]:
    """The latest of some periods that are made of more than one part."""
    for period in earlier[-_MOST:]:
        parts = ledger.derivation(kpi, period).parts
        if len(parts) > 1:
            yield _Parts(
                period,
                [
                    _Part(
                        (part.period.start - period.start).days + part.period.days / 2,
                        part.period.start.weekday(),
                        float(part.number),
                    )
                    for part in parts
                ],
                kpi.rollup is Rollup.MEAN,
            )


def _has_weekdays(ledger: Ledger, kpi: Kpi, past: Sequence[_Parts]) -> bool:
    """Whether they are made of days, in which a week comes again."""
    parts = ledger.derivation(kpi, past[-1].period).parts
    is_daily = all(part.period.frequency is Frequency.DAILY for part in parts)
    return is_daily and kpi.frequency.unit == "months"


class _Weekday(NamedTuple):
    """How often there is a part on a weekday, and what one is worth beside the mean."""

    presence: float
    worth: float


def _weekdays(past: Sequence[_Parts]) -> list[_Weekday]:
    weekdays = []
    for weekday in range(7):
        there = worth = 0.0
        for each in past:
            mean = each.total / (1 if each.is_mean else len(each.parts))
            numbers = [part.number for part in each.parts if part.weekday == weekday]
            there += len(numbers)
            worth += sum(numbers) / mean
        days = sum(each.period.days for each in past) / 7
        weekdays.append(_Weekday(min(1.0, there / days), worth / there if there else 0.0))
    return weekdays


def _offs(
    past: Sequence[_Parts],
    into: Sequence[int],
    weights: Sequence[_Weekday] | None,
    *,
    is_share: bool,
) -> tuple[list[float], float]:
    """What more than usual of each was in after so many days, and the variance of the next one."""
    offs = []
    for each, days in zip(past, into, strict=True):
        scale = each.total if is_share else 1.0
        usual = _share(each.period, days, weights, is_mean=each.is_mean)
        offs.append(each.by(days) / scale - usual * each.total / scale)
    off, count = _mean(offs), len(offs)
    return offs, sum([(one - off) ** 2 for one in offs]) / (count - 1) * (1 + 1 / count)


def _strays(
    past: Sequence[_Parts], into: Sequence[int], share: float, variance: float
) -> tuple[float, float]:
    """The variances of what is in and of the rest, by that of what is in beside its share of both.

    Which of the two strays more is seen in how far each moves from period to period: a bill that is
    in does so no longer. It is drawn to what it is of days that are alike.
    """
    share = min(1 - _EDGE, max(_EDGE, share))
    ratio = share / (1 - share)
    parts = [(each.by(days), each.total) for each, days in zip(past, into, strict=True)]
    moves = [
        ((one - other) / size, (total - before - one + other) / size)
        for (other, before), (one, total) in pairwise(parts)
        for size in (abs(total) + abs(before) or 1.0,)
    ]
    first, rest = (sum([move * move for move in column]) for column in zip(*moves, strict=True))
    if first and rest:
        trust = len(moves) / (len(moves) + _ALIKE)
        ratio = exp(trust * log(first / rest) + (1 - trust) * log(ratio))
    of_rest = variance / ((1 - share) ** 2 * ratio + share * share)
    return ratio * of_rest, of_rest


def _share(
    period: Period, passed: int, weights: Sequence[_Weekday] | None, *, is_mean: bool
) -> float:
    """What of a period is in after so many days, by the weekdays in it."""
    even = min(1.0, passed / period.days)
    if weights is None:
        return even
    first = period.start.weekday()
    ahead = [weights[(first + day) % 7] for day in range(period.days)]
    worth = [weekday.presence * weekday.worth for weekday in ahead]
    if not is_mean:
        return sum(worth[:passed]) / sum(worth)
    there = [weekday.presence for weekday in ahead]
    if not sum(there[:passed]) or not sum(worth):
        return even
    return even * (sum(worth[:passed]) / sum(there[:passed])) / (sum(worth) / sum(there))


def _mean(numbers: Sequence[float]) -> float:
    return fsum(numbers) / len(numbers)
