"""Where a KPI is going, told from the noise."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import dropwhile, pairwise
from math import comb, lcm
from typing import NamedTuple

from kpicli.evaluation.evaluate import Evaluation, is_favourable
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import TREND_PERIODS, trend_lookback
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.schema_types import Word
from kpicli.model.target import Target
from kpicli.stats.mann_kendall import agreement, critical, score, ties

STEPS = 4
"""So many of them the same way, one after another, are news whatever was before."""

IN_A_ROW = 7
"""So many on one side of the season before are."""

_CHANCE, _ONE_SIDED, _ALIKE = Fraction(3, 200), Fraction(1, 50), Fraction(1, 5)
"""How often chance alone makes twelve so orderly, so one-sided, so like the season before."""

_FEWEST_PAIRS = 7
"""Pairs of a period and the one a season before; of fewer the sign test can never say anything."""


class TrendDirection(Word):
    """Which way a series goes; flat unless that beats the noise."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"

    @property
    def sign(self) -> int:
        """1 upwards, −1 downwards, 0 for flat."""
        return (self is TrendDirection.UP) - (self is TrendDirection.DOWN)


class Trend(NamedTuple):
    """The latest twelve closed periods, oldest first and `None` a gap, and where they go.

    `move` is `None` where there are too few actuals to say, and `is_favourable` where it is flat
    or no way is the better one.
    """

    actuals: tuple[Number | None, ...]
    move: TrendDirection | None
    is_favourable: bool | None


def trend(
    kpi: Kpi,
    target: Target | None,
    actuals: Sequence[Number | None],
    frequency: Frequency | None = None,
) -> Trend:
    """The trend of the latest twelve closed periods.

    `actuals` are oldest first; those before the twelve tell what a season does. `frequency` is how
    long the periods are, where that is not the KPI's own.
    """
    move = trend_direction(actuals, (frequency or kpi.frequency).season)
    change = Fraction(move.sign if move else 0)
    latest = tuple(dropwhile(lambda actual: actual is None, actuals[-TREND_PERIODS:]))
    return Trend(latest, move, is_favourable(kpi, target, change))


def trend_direction(actuals: Sequence[Number | None], season: int = 1) -> TrendDirection | None:
    """Which way a series went of late; nothing where fewer than five of twelve are known.

    It moved where the latest five go one way, one after another (1 in 60 by chance), or where all
    are in such an order as at most 15 in 1,000 orders of the same values are: the test of Mann
    (1945) and Kendall (1975), here with the exact odds, so that few values and ties do no harm, and
    on ranks, so that an outlier doesn't either.

    Where they go up and down like those of a season before (Kendall's tau, 20%), each is held
    against that one: it moved where nearly all are above it, or the latest seven are (the sign
    test, 2%; with whole years that is the seasonal Kendall test of Hirsch, Slack and Smith,
    «Techniques of trend analysis for monthly water quality data», Water Resources Research 18,
    1982), or where five go one way both by themselves and against the season before. So spring
    alone moves nothing, once it has been seen before.

    Of stable series 2 to 4 in 100 get an arrow, with a season or without one, whether normal,
    skewed or counts; 7 to 9 where each value leans on the one before (autocorrelation 0.3). A
    climb by 0.3 standard deviations a period is seen in 65 of 100.
    """
    values = _whole(actuals)
    latest = [value for value in values[-TREND_PERIODS:] if value is not None]
    if len(latest) <= STEPS:
        return None
    pairs = _pairs(values, season) if season > 1 else []
    if _is_seasonal(pairs):
        way = _way_by_season(latest, [now - before for before, now in pairs])
    else:
        way = _steady(latest) or _orderly(latest)
    return (TrendDirection.FLAT, TrendDirection.UP, TrendDirection.DOWN)[way]


def _whole(actuals: Sequence[Number | None]) -> list[int | None]:
    """The values as whole numbers of one denominator, which are compared much faster."""
    ratios = [None if actual is None else actual.as_integer_ratio() for actual in actuals]
    scale = lcm(*(ratio[1] for ratio in ratios if ratio))
    return [None if ratio is None else ratio[0] * (scale // ratio[1]) for ratio in ratios]


def _pairs(values: Sequence[int | None], season: int) -> list[tuple[int, int]]:
    """Each of the latest twelve behind the one a season before it, where both are known."""
    first = max(len(values) - TREND_PERIODS, season)
    pairs = zip(values[first - season :], values[first:], strict=False)
    return [(before, now) for before, now in pairs if before is not None and now is not None]


def _is_seasonal(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the latest rise and fall as the same ones did a season before."""
    if len(pairs) < _FEWEST_PAIRS:
        return False
    least = critical(ties(now for _, now in pairs), _ALIKE)
    return least is not None and agreement(pairs) >= least


def _steady(values: Sequence[int]) -> int:
    """1 where the latest five rise one after another, −1 where they fall, else 0."""
    signs = {_sign(other - one) for one, other in pairwise(values[-STEPS - 1 :])}
    return signs.pop() if len(signs) == 1 else 0


def _orderly(values: Sequence[int]) -> int:
    """1 where they climb, −1 where they fall, 0 where chance does the same."""
    kendall, least = score(values), critical(ties(values), _CHANCE / 2)
    return _sign(kendall) if least is not None and abs(kendall) >= least else 0


def _way_by_season(latest: Sequence[int], moves: Sequence[int]) -> int:
    """By how far the latest have moved from those of a season before."""
    way = _steady(latest)
    if way and way == _steady(moves):
        return way
    return _side(moves) or _side(moves[-IN_A_ROW:])


def _side(moves: Sequence[int]) -> int:
    """1 where nearly all are above zero, −1 below, 0 where chance does the same."""
    above, below = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    count = above + below
    ways = sum(comb(count, most) for most in range(max(above, below), count + 1))
    return _sign(above - below) if 2 * ways <= _ONE_SIDED * 2**count else 0


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def recent_actuals(ledger: Ledger, evaluation: Evaluation) -> list[Number | None]:
    """The latest closed periods as long as the one that is shown, up to it; `None` for a gap.

    Oldest first, and none from before the latest known change. A part of a period is never put
    beside whole ones, so an open one is left out.
    """
    kpi, period = evaluation.kpi, evaluation.period
    last = period if kpi.is_closed(period, ledger.clock.today) else period.shift(-1)
    periods = [last.shift(-back) for back in reversed(range(trend_lookback(last.frequency)))]
    changes = [change for change in kpi.rebase if change <= last]
    if changes:
        periods = [period for period in periods if period.start >= changes[-1].start]
    return [ledger.number(kpi, period) for period in periods]


def trends(ledger: Ledger, evaluations: Iterable[Evaluation]) -> dict[str, Trend]:
    """Where each KPI is going, by its id."""
    return {
        evaluation.kpi.id: trend(
            evaluation.kpi,
            evaluation.target,
            recent_actuals(ledger, evaluation),
            evaluation.period.frequency,
        )
        for evaluation in evaluations
    }
