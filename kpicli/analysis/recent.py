"""The actuals that lead up to what a view shows of a KPI: those of closed periods alone."""

from collections.abc import Iterable

from kpicli.analysis.derive import Known, actual_of
from kpicli.analysis.evaluate import Evaluation
from kpicli.analysis.trend import SHOWN, Trend, trend
from kpicli.model.actual import Actual
from kpicli.model.number import Number
from kpicli.model.period import Frequency
from kpicli.model.scorecard import Scorecard

LONGEST = 36
"""A season more than a trend is seen in tells it from one, where these are no more periods."""


def as_many(length: Frequency) -> int:
    """How many periods of a length lead up to the one that is shown."""
    count = SHOWN + length.season
    return count if length.season > 1 and count <= LONGEST else SHOWN


def recent(
    scorecard: Scorecard, one: Evaluation, known: Known | None = None
) -> list[Number | None]:
    """The latest closed periods as long as the one that is shown, up to it; `None` for a gap.

    Oldest first, and none from before the latest known change. A part of a period is never put
    beside whole ones, so an open one is left out.
    """
    is_closed = one.period.is_closed(scorecard.clock.today)
    last = one.period if is_closed else one.period.shift(-1)
    known = {} if known is None else known
    periods = [last.shift(-back) for back in reversed(range(as_many(last.frequency)))]
    changes = [change for change in one.kpi.rebase if change <= last]
    if changes:
        periods = [period for period in periods if period.start >= changes[-1].start]
    found = [actual_of(scorecard, one.kpi, period, known) for period in periods]
    return [each.number if isinstance(each, Actual) else None for each in found]


def trends(scorecard: Scorecard, evaluations: Iterable[Evaluation]) -> dict[str, Trend]:
    """Where each KPI is going, by its id."""
    known: Known = {}
    return {
        one.kpi.id: trend(one.kpi, one.target, recent(scorecard, one, known), one.period.frequency)
        for one in evaluations
    }
