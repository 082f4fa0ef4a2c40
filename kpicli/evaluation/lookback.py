"""How far back a view looks, so that of a long log only that much is kept in memory."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from kpicli.evaluation.active import is_active, latest_due_period
from kpicli.evaluation.actual import actual_of
from kpicli.evaluation.compare import Against
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.latest import view_frequency
from kpicli.model.formula import Lag
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status

TREND_PERIODS = 12
"""Periods in which a trend is looked for."""

MAX_PERIODS = 36
"""More of the past than this is not read."""

Lookback = Mapping[str, date]
"""The first day that is needed of each name in the log, former ids included; no other is."""


def trend_lookback(frequency: Frequency) -> int:
    """How many periods of a length lead up to the one that is shown, a season included."""
    count = TREND_PERIODS + frequency.season
    return count if frequency.season > 1 and count <= MAX_PERIODS else TREND_PERIODS


class EvaluationRequest(NamedTuple):
    """A KPI to show in a period, or else in its latest that has an actual.

    `frequency` is the length of that one where it is not the KPI's own; with `against` the period
    that it is compared with is needed too, and so are as many periods `back` from it. `until` is
    the day from which backwards its latest is looked for, if not today; the first day there is asks
    for all of it.
    """

    kpi: Kpi
    period: Period | None = None
    frequency: Frequency | None = None
    against: Against | None = None
    until: date | None = None
    back: int = 0

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


def lookback_of(
    definitions: Definitions, asked: Iterable[EvaluationRequest], today: date
) -> Lookback:
    """What is needed to show each KPI in its period, or else in the latest that has an actual."""
    first: dict[str, date] = {}
    for one in asked:
        start = _first_searched(one, today)
        if one.period is not None:
            start = min(start, period_of(one.period.start, one.kpi.frequency).start)
        longest = _LENGTHS[max(one.length, one.kpi.frequency, key=lambda word: word.rank)]
        earlier = {None: 0, Against.PREVIOUS: longest, Against.YEAR: _YEAR}[one.against]
        start = min(_before(start, earlier), _first_leading(one, today))
        _spread(definitions, one.kpi, start, longest, first)
    return _named(definitions, first)


def full_lookback(definitions: Definitions, ids: Iterable[str]) -> Lookback:
    """Everything that was ever recorded of some KPIs."""
    return _named(definitions, dict.fromkeys(ids, date.min))


def _named(definitions: Definitions, first: Lookback) -> Lookback:
    return {name: first[id] for name, id in definitions.ids.items() if id in first}


def _first_searched(one: EvaluationRequest, today: date) -> date:
    """The first day on which the latest actual is looked for, at the start of such a period."""
    if one.until == date.min:
        return date.min
    latest = _latest(one, today)
    days_back = period_of(latest.start - timedelta(days=_DAYS), one.kpi.frequency)
    first = min(latest.shift(-_PERIODS), days_back).start
    return period_of(first, one.length).start


def _latest(one: EvaluationRequest, today: date) -> Period:
    """The own period from which backwards its latest is looked for."""
    return min(period_of(one.until or today, one.kpi.frequency), latest_due_period(one.kpi, today))


def _first_leading(one: EvaluationRequest, today: date) -> date:
    """The first day of what leads up to the period that is shown, where that is no older."""
    if not one.back:
        return date.max
    if one.until == date.min:
        return date.min
    if one.period is not None:
        return one.period.shift(-one.back).start
    oldest = _latest(one, today).shift(-_PERIODS)
    return period_of(oldest.start, one.length).shift(-one.back).start


def _before(day: date, days: int) -> date:
    return day if day == date.min else day - timedelta(days=days)


def _spread(
    definitions: Definitions, kpi: Kpi, start: date, length: int, first: dict[str, date]
) -> None:
    """From a KPI to the inputs of its formula, each lag further back."""
    if start >= first.get(kpi.id, date.max):
        return
    first[kpi.id] = start
    for step in kpi.formula.inputs if kpi.formula else ():
        back = {Lag.NONE: 0, Lag.PREVIOUS: length}.get(step.lag, _YEAR)
        _spread(definitions, definitions.kpis[step.id], _before(start, back), length, first)


def further_requests(
    scorecard: Scorecard,
    found: Iterable[tuple[EvaluationRequest, Evaluation]],
    left_out: Mapping[str, date],
) -> list[EvaluationRequest]:
    """What to ask for instead, where older records may change what was found; else the same.

    `left_out` are the names in the log of which older records are there, with the day of the latest
    of these. A KPI is looked for around that day, and where that is not enough in all of the log.
    """
    latest: dict[str, date] = {}
    for name, day in left_out.items():
        id = scorecard.definitions.ids.get(name, name)
        latest[id] = max(day, latest.get(id, date.min))
    asked = []
    for one, evaluation in found:
        parts = scorecard.definitions.with_inputs(one.kpi)
        days = [latest[part.id] for part in parts if part.id in latest]
        if days and _falls_short(scorecard, one, evaluation):
            asked.append(one._replace(until=date.min if one.until else min(days)))
        elif days and _lacks_lead(one, evaluation, scorecard.clock.today):
            asked.append(one._replace(until=date.min if one.until else evaluation.period.start))
        else:
            asked.append(one)
    return asked


def _falls_short(scorecard: Scorecard, asked: EvaluationRequest, one: Evaluation) -> bool:
    today = scorecard.clock.today
    is_settled = asked.period is not None or (
        one.status not in _INCONCLUSIVE and one.period.start >= _first_searched(asked, today)
    )
    return not is_settled or _may_be_overdue(scorecard, one)


def _lacks_lead(asked: EvaluationRequest, one: Evaluation, today: date) -> bool:
    """Whether what is shown is so old that some of what leads up to it has not been read."""
    if not asked.back or asked.until == date.min:
        return False
    return one.period.shift(-asked.back).start < _first_leading(asked, today)


def _may_be_overdue(scorecard: Scorecard, one: Evaluation) -> bool:
    if one.is_overdue or one.kpi.formula or not is_active(one.kpi, scorecard.clock.today):
        return False
    due = latest_due_period(one.kpi, scorecard.clock.today)
    return not isinstance(actual_of(scorecard, one.kpi, due), Actual)
