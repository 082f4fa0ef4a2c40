"""The actuals that lead up to what a view shows of a KPI: those of closed periods alone."""

from collections.abc import Iterable

from kpicli.analysis.derive import Known, actual_of
from kpicli.analysis.evaluate import Evaluation
from kpicli.analysis.trend import Trend, trend
from kpicli.model.actual import Actual
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Frequency
from kpicli.model.scorecard import Scorecard

SHOWN, LONGEST = 12, 36
"""Periods: a trend is seen in the latest twelve; two years more of own ones tell of a season."""


def as_many(kpi: Kpi, length: Frequency) -> int:
    """How many periods of a length lead up to the one that is shown."""
    return LONGEST if length is kpi.frequency else SHOWN


def recent(
    scorecard: Scorecard, one: Evaluation, known: Known | None = None
) -> list[Number | None]:
    """The latest closed periods as long as the one that is shown, up to it; `None` for a gap.

    Oldest first. A part of a period is never put beside whole ones, so an open one is left out.
    """
    is_closed = one.period.is_closed(scorecard.clock.today)
    last = one.period if is_closed else one.period.shift(-1)
    known = {} if known is None else known
    count = as_many(one.kpi, last.frequency)
    periods = [last.shift(-back) for back in reversed(range(count))]
    found = [actual_of(scorecard, one.kpi, period, known) for period in periods]
    return [each.number if isinstance(each, Actual) else None for each in found]


def trends(scorecard: Scorecard, evaluations: Iterable[Evaluation]) -> dict[str, Trend]:
    """Where each KPI is going, by its id."""
    known: Known = {}
    return {
        one.kpi.id: trend(one.kpi, one.target, recent(scorecard, one, known)) for one in evaluations
    }
