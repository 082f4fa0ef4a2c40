"""What a period to come may come out at, and how likely, where a part of it is known."""

from fractions import Fraction
from math import inf, sqrt
from typing import NamedTuple

from kpicli.analysis.evaluate import elapsed_part
from kpicli.analysis.outlook import Outlook
from kpicli.model.actual import Actual
from kpicli.model.kpi import Kpi, Rollup


class Chances(NamedTuple):
    """What is expected of a step beyond the part that is `known`; in all between two limits."""

    outlook: Outlook
    step: int = 0
    known: float = 0.0
    least: float = -inf
    most: float = inf

    @property
    def point(self) -> float:
        """What is expected."""
        return self._within(self.outlook.points[self.step] + self.known)

    def interval(self, level: int) -> tuple[float, float]:
        """Between what it comes out with a chance of 80 or 95 percent."""
        low, high = self.outlook.interval(self.step, level)
        return self._within(low + self.known), self._within(high + self.known)

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

    def _within(self, number: float) -> float:
        return max(self.least, min(self.most, number))


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
