"""How much of a period is usually in by a day of it, and how far that strays: told by its parts."""

from collections.abc import Iterator, Sequence
from math import fsum

from kpicli.evaluation.ledger import Ledger
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.period import Period
from kpicli.model.record import Actual
from kpicli.noun import NamedTuple

_FEWEST, _MOST = 3, 24  # earlier periods with parts that tell something, and enough of them
_DOUBT = 2  # so many periods have to agree that more or less comes early to believe half of it


class Pace(NamedTuple):
    """What of a period's level is in by a day, as `share` of it and an `offset` beside.

    Both are of what a sum is made of, and of a mean weighed by the days that it is of. `variance`
    is by how much that strays from period to period, as a share of the level where `is_share`, else
    in the unit. It was told by so many `periods`.
    """

    share: float
    offset: float = 0.0
    variance: float = 0.0
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
    in early or late for any other reason, such as a bill on the last day, is believed the more the
    more of them agree.
    """
    past = list(_past(ledger, kpi, earlier))
    if len(past) < _FEWEST:
        return None
    days, passed = actual.period.days, (actual.measured_to - actual.period.start).days
    is_share = min(each.total for each in past) > 0
    weights = _weekdays(past) if is_share and _has_weekdays(ledger, kpi, past) else None
    offs = []
    for each in past:
        into = passed if 2 * passed < days else each.period.days - (days - passed)
        usual = _share(each.period, into, weights, is_mean=each.is_mean)
        scale = each.total if is_share else 1.0
        offs.append(each.by(into) / scale - usual * each.total / scale)
    count, off = len(offs), _mean(offs)
    variance = sum([(one - off) ** 2 for one in offs]) / (count - 1) * (1 + 1 / count)
    off *= count / (count + _DOUBT)
    share = _share(actual.period, passed, weights, is_mean=kpi.rollup is Rollup.MEAN)
    if is_share:
        return Pace(min(1.0, max(0.0, share + off)), 0.0, variance, is_share, count)
    return Pace(share, off, variance, is_share, count)


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
