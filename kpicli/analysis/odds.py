"""The chance that a target is met in a period to come, and that it is missed by far."""

from fractions import Fraction
from math import inf, sqrt
from typing import NamedTuple

from kpicli.analysis.derive import Known, actual_of
from kpicli.analysis.evaluate import elapsed_part
from kpicli.analysis.goalpost import goalpost
from kpicli.analysis.outlook import Outlook
from kpicli.analysis.past import zone_of_target
from kpicli.analysis.prospect import Prospect
from kpicli.model.actual import Actual
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target


class Chances(NamedTuple):
    """What is expected of a step beyond the part that is `known`; in all between two limits."""

    outlook: Outlook
    step: int = 0
    known: float = 0.0
    least: float = -inf
    most: float = inf

    def below(self, edge: float) -> float:
        """The chance to come out below an edge."""
        if edge <= self.least:
            return 0.0
        return 1.0 if edge > self.most else self.outlook.chance_below(self.step, edge - self.known)

    def above(self, edge: float) -> float:
        """The chance to come out above it."""
        if edge >= self.most:
            return 0.0
        return 1.0 if edge < self.least else self.outlook.chance_above(self.step, edge - self.known)

    def within(self, low: Fraction | None, high: Fraction | None, *, is_strict: bool) -> float:
        """The chance to come out between two edges, which count too where they are not strict."""
        under = over = 0.0
        if low is not None:
            under = 1 - self.above(float(low)) if is_strict else self.below(float(low))
        if high is not None:
            over = 1 - self.below(float(high)) if is_strict else self.above(float(high))
        return max(0.0, 1 - under - over)


class Odds(NamedTuple):
    """Of one period to come: the target in force, and the chances to meet it and to be off it.

    Both are from 0 to 1; what they leave is the chance to be at risk.
    """

    period: Period
    target: Target
    met: float
    off: float


def odds(
    scorecard: Scorecard,
    kpi: Kpi,
    found: Prospect,
    known: Known | None = None,
    *,
    most: int | None = None,
) -> tuple[Odds, ...]:
    """The chances in every period to come that has a target, the one under way first.

    Of that one what is known by now counts. Periods that have closed without an actual, and one
    under way for the whole of which an actual stands, have none. With `most`, only so many periods
    from the one under way on are looked at.
    """
    today = scorecard.clock.today
    to_come = [at for at, step in enumerate(found.steps) if not step.period.is_closed(today)]
    chances = []
    for at in to_come[:most]:
        period = found.steps[at].period
        target, expected = goalpost(kpi, period).target, _chances(scorecard, kpi, found, at, known)
        if target is not None and expected is not None:
            chances.append(_odds(kpi, period, target, expected))
    return tuple(chances)


def _odds(kpi: Kpi, period: Period, target: Target, chances: Chances) -> Odds:
    zone = zone_of_target(kpi, target)
    met = chances.within(zone.low, zone.high, is_strict=zone.is_strict)
    low = None if zone.low is None else zone.low - zone.margin(zone.low)
    high = None if zone.high is None else zone.high + zone.margin(zone.high)
    return Odds(period, target, met, 1 - max(met, chances.within(low, high, is_strict=False)))


def _chances(
    scorecard: Scorecard, kpi: Kpi, found: Prospect, at: int, known: Known | None
) -> Chances | None:
    """What is expected of a step; of the period under way, as far as that is still open."""
    period, ahead = found.steps[at].period, found.outlook
    today = scorecard.clock.today
    if ahead is None or period.is_closed(today):
        return None
    if period.has_begun(today):
        actual = actual_of(scorecard, kpi, period, known)
        if isinstance(actual, Actual):
            one = ahead._replace(middles=(ahead.middles[at],), spreads=(ahead.spreads[at],))
            return under_way(kpi, actual, one)
    return Chances(ahead, at)


def under_way(kpi: Kpi, actual: Actual, ahead: Outlook) -> Chances | None:
    """What a period comes to of which a part is known, by how such a KPI is rolled up.

    Of the rest as much is expected as of the whole in proportion to its days. Its spread goes with
    the root of that share, as for days that do not depend on each other, so that it shrinks to
    nothing at the end; a sum adds it to what stands, a mean (or a ratio) weighs both by their days.
    The last actual is the best guess of the last one, and an extreme can only get more extreme.
    Nothing where the actual stands for the whole period.
    """
    number = float(actual.number)
    rest = 1 - float(elapsed_part(actual, actual.period))
    match kpi.rollup:
        case Rollup.SUM:
            return Chances(_part(ahead, rest), known=number)
        case Rollup.MAX:
            return Chances(ahead, least=number)
        case Rollup.MIN:
            return Chances(ahead, most=number)
        case Rollup.LAST:
            return Chances(_mixed(ahead, number, 1.0, rest))
        case None if kpi.formula is None:
            return None
    return Chances(_mixed(ahead, number, 1 - rest, rest))


def _part(ahead: Outlook, rest: float) -> Outlook:
    """The rest of a sum; of a smaller middle the same spread is a larger share."""
    if not rest:
        return ahead._replace(middles=(0.0,), spreads=(0.0,), is_log=False)
    spread = ahead.spreads[0] / sqrt(rest) if ahead.is_log else ahead.spreads[0] * sqrt(rest)
    return ahead._replace(middles=(rest * ahead.middles[0],), spreads=(spread,))


def _mixed(ahead: Outlook, number: float, weight: float, rest: float) -> Outlook:
    middle = weight * number + (1 - weight) * ahead.middles[0]
    spread = ahead.spreads[0] * sqrt(rest)
    if ahead.is_log and middle <= 0:
        return ahead._replace(middles=(middle,), spreads=(0.0,), is_log=False)
    return ahead._replace(middles=(middle,), spreads=(spread,))
