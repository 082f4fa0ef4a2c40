"""The chance that a target is met in a period to come, and that it is missed by far."""

from typing import NamedTuple

from kpicli.analysis.chances import Chances
from kpicli.analysis.goalpost import goalpost
from kpicli.analysis.past import zone_of_target
from kpicli.analysis.prospect import Prospect
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target


class Odds(NamedTuple):
    """Of one period to come: the target in force, and the chances to meet it and to be off it.

    Both are from 0 to 1; what they leave is the chance to be at risk.
    """

    period: Period
    target: Target
    met: float
    off: float


def odds(
    scorecard: Scorecard, kpi: Kpi, found: Prospect, *, most: int | None = None
) -> tuple[Odds, ...]:
    """The chances in every period to come that has a target, the one under way first.

    Periods that have closed without an actual have none, nor has one under way for the whole of
    which an actual stands. With `most`, only so many from the one under way on are looked at.
    """
    today = scorecard.clock.today
    pairs = zip(found.steps, found.chances, strict=True)
    to_come = [pair for pair in pairs if not pair[0].period.is_closed(today)]
    told = []
    for step, chances in to_come[:most]:
        target = goalpost(kpi, step.period).target
        if target is not None and chances is not None:
            told.append(_odds(kpi, step.period, target, chances))
    return tuple(told)


def _odds(kpi: Kpi, period: Period, target: Target, chances: Chances) -> Odds:
    zone = zone_of_target(kpi, target)
    met = chances.within(zone.low, zone.high, is_strict=zone.is_strict)
    low = None if zone.low is None else zone.low - zone.margin(zone.low)
    high = None if zone.high is None else zone.high + zone.margin(zone.high)
    return Odds(period, target, met, 1 - max(met, chances.within(low, high, is_strict=False)))
