"""How far back a view looks, so that of a long log only that much is kept in memory."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from kpicli.analysis.compare import Against
from kpicli.analysis.derive import actual_of
from kpicli.analysis.evaluate import Evaluation
from kpicli.analysis.kept import is_kept, latest_due
from kpicli.analysis.latest import view_frequency
from kpicli.model.actual import Actual
from kpicli.model.formula import Lag
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Frequency, Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status

Reach = Mapping[str, date]
"""The first day that is needed of each name in the log, former ids included; no other is."""


class Asked(NamedTuple):
    """A KPI to show in a period, or else in its latest that has an actual.

    `frequency` is the length of that one where it is not the KPI's own; with `against` the period
    that it is compared with is needed too.
    """

    kpi: Kpi
    period: Period | None = None
    frequency: Frequency | None = None
    against: Against | None = None

    @property
    def length(self) -> Frequency:
        """How long the period is that is shown."""
        return self.period.frequency if self.period else view_frequency(self.kpi, self.frequency)


_PERIODS, _DAYS = 3, 21
"""So many own periods back, and at least so many days, the latest actual is looked for at first."""

_YEAR = 372
"""Days that a year ago lies back at most: 366, and the week of an ISO year's end."""

_LENGTHS = {
    Frequency.DAILY: 1,
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.QUARTERLY: 92,
    Frequency.YEARLY: 366,
}
_INCONCLUSIVE = {Status.NO_DATA, Status.TOO_EARLY}


def reach_of(definitions: Definitions, asked: Iterable[Asked], today: date) -> Reach:
    """What is needed to show each KPI in its period, or else in the latest that has an actual."""
    first: dict[str, date] = {}
    for one in asked:
        start = first_searched(one.kpi, today, one.length)
        if one.period is not None:
            start = min(start, period_of(one.period.start, one.kpi.frequency).start)
        longest = _LENGTHS[max(one.length, one.kpi.frequency, key=lambda word: word.rank)]
        if one.against:
            start -= timedelta(days=longest if one.against is Against.PREVIOUS else _YEAR)
        _spread(definitions, one.kpi, start, longest, first)
    return _named(definitions, first)


def whole_reach(definitions: Definitions, ids: Iterable[str]) -> Reach:
    """Everything that was ever recorded of some KPIs."""
    return _named(definitions, dict.fromkeys(ids, date.min))


def _named(definitions: Definitions, first: Reach) -> Reach:
    return {name: first[id] for name, id in definitions.ids.items() if id in first}


def first_searched(kpi: Kpi, today: date, length: Frequency) -> date:
    """The first day on which the latest actual is looked for, at the start of such a period."""
    latest = min(period_of(today, kpi.frequency), latest_due(kpi, today))
    days_back = period_of(latest.start - timedelta(days=_DAYS), kpi.frequency)
    first = min(latest.shift(-_PERIODS), days_back).start
    return period_of(first, length).start


def _spread(
    definitions: Definitions, kpi: Kpi, start: date, length: int, first: dict[str, date]
) -> None:
    """From a KPI to the inputs of its formula, each lag further back."""
    if start >= first.get(kpi.id, date.max):
        return
    first[kpi.id] = start
    for step in kpi.formula.inputs if kpi.formula else ():
        back = {Lag.NONE: 0, Lag.PREVIOUS: length}.get(step.lag, _YEAR)
        earlier = start - timedelta(days=back)
        _spread(definitions, definitions.kpis[step.id], earlier, length, first)


def falls_short(
    scorecard: Scorecard, found: Iterable[tuple[Asked, Evaluation]], left_out: Collection[str]
) -> bool:
    """Whether older records, of which some were left out, may change what was found.

    `left_out` are the names in the log of which older records are there.
    """
    ids = {scorecard.definitions.ids.get(name) for name in left_out}
    return any(
        _is_inconclusive(asked, one, scorecard.clock.today) or _may_be_overdue(scorecard, one)
        for asked, one in found
        if any(part.id in ids for part in scorecard.definitions.made_of(one.kpi))
    )


def _is_inconclusive(asked: Asked, one: Evaluation, today: date) -> bool:
    if asked.period is not None:
        return False
    first = first_searched(one.kpi, today, asked.length)
    return one.status in _INCONCLUSIVE or one.period.start < first


def _may_be_overdue(scorecard: Scorecard, one: Evaluation) -> bool:
    if one.is_overdue or one.kpi.formula or not is_kept(one.kpi, scorecard.clock.today):
        return False
    due = latest_due(one.kpi, scorecard.clock.today)
    return not isinstance(actual_of(scorecard, one.kpi, due), Actual)
