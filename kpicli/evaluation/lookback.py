"""How far back a view looks, so that of a long log only that much is kept in memory."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from kpicli.evaluation.active import MAX_PERIODS, latest_due_period
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.selection import view_frequency
from kpicli.model.formula import Input, Lag
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.record import NOTE_ID
from kpicli.model.status import Status
from kpicli.noun import NamedTuple

if TYPE_CHECKING:
    from kpicli.evaluation.compare import Against

TREND_PERIODS = 12  # periods in which a trend is looked for

Lookback = Mapping[str, date]  # the first day that is needed of each name in the log; no other is


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
    against: "Against | None" = None
    until: date | None = None
    back: int = 0

    @property
    def length(self) -> Frequency:
        """How long the period is that is shown."""
        return self.period.frequency if self.period else view_frequency(self.kpi, self.frequency)


_PERIODS, _DAYS = 3, 21  # own periods, and days, in which the latest is looked for first
_YEAR = 372  # days that a year ago lies back at most: 366, and the week of an ISO year's end
_INTO_YEAR = 3  # days of the year before that the first week of an ISO year has at most

_LENGTHS = dict(zip(Frequency, (1, 7, 31, 92, 366), strict=True))  # days, at most
_INCONCLUSIVE = {Status.NO_DATA, Status.TOO_EARLY}


def lookback_of(
    definitions: Definitions, requests: Iterable[EvaluationRequest], today: date
) -> Lookback:
    """What is needed to show each KPI in its period, or else in the latest that has an actual."""
    first: dict[str, date] = {}
    for request in requests:
        kpi = request.kpi
        start = _first_searched(request, today)
        if request.period is not None:
            start = min(start, kpi.period_of(request.period.start).start)
        longest = _LENGTHS[max(request.length, kpi.frequency, key=lambda length: length.rank)]
        start = min(_compared_from(start, request, longest), _first_leading(request, today))
        into_year = _INTO_YEAR if request.length is Frequency.YEARLY else 0
        _spread(definitions, kpi, _before(start, into_year), longest, first)
    return _by_name(definitions, first)


def _compared_from(start: date, request: EvaluationRequest, longest: int) -> date:
    """The first day of the period that it is compared with, if with any."""
    if request.against is None:
        return start
    from kpicli.evaluation.compare import Against

    return _before(start, longest if request.against is Against.PREVIOUS else _YEAR)


def full_lookback(definitions: Definitions, kpis: Iterable[Kpi]) -> Lookback:
    """Everything that was ever recorded of some KPIs, and all notes."""
    return lookback_from(definitions, {kpi.id: date.min for kpi in kpis})


def lookback_from(definitions: Definitions, first: Mapping[str, date]) -> Lookback:
    """What begins on the first day of each KPI or later, and all notes."""
    return {**_by_name(definitions, first), NOTE_ID: date.min}


def _by_name(definitions: Definitions, first: Lookback) -> Lookback:
    return {name: first[id] for name, id in definitions.ids.items() if id in first}


def _first_searched(request: EvaluationRequest, today: date) -> date:
    """The first day on which the latest actual is looked for, at the start of such a period."""
    if request.until == date.min:
        return date.min
    latest = _latest(request, today)
    days_back = request.kpi.period_of(latest.start - timedelta(days=_DAYS))
    first = min(latest.shift(-_PERIODS), days_back).start
    return request.kpi.period_of(first, request.length).start


def _latest(request: EvaluationRequest, today: date) -> Period:
    """The own period from which backwards its latest is looked for."""
    return min(request.kpi.period_of(request.until or today), latest_due_period(request.kpi, today))


def _first_leading(request: EvaluationRequest, today: date) -> date:
    """The first day of what leads up to the period that is shown, where that is no older."""
    if not request.back:
        return date.max
    if request.until == date.min:
        return date.min
    if request.period is not None:
        return request.period.shift(-request.back).start
    oldest = _latest(request, today).shift(-_PERIODS)
    return request.kpi.period_of(oldest.start, request.length).shift(-request.back).start


def _before(day: date, days: int) -> date:
    return date.min if (day - date.min).days <= days else day - timedelta(days=days)


def _spread(
    definitions: Definitions, kpi: Kpi, start: date, length: int, first: dict[str, date]
) -> None:
    """From a KPI to the inputs of its formula, each lag further back."""
    if start >= first.get(kpi.id, date.max):
        return
    first[kpi.id] = start
    for step in kpi.formula.inputs if kpi.formula else ():
        back = _days_back(step, kpi, length)
        _spread(definitions, definitions.kpis[step.id], _before(start, back), length, first)


def _days_back(step: Input, kpi: Kpi, length: int) -> int:
    """How many days an input lies before the period that a KPI's formula is computed for."""
    match step.lag:
        case Lag.NONE:
            return 0
        case Lag.PREVIOUS:
            return step.periods * length
        case Lag.LAST_YEAR:
            return _YEAR
        case Lag.SUM | Lag.MEAN:
            return step.periods * _LENGTHS[kpi.frequency]
        case _:
            assert_never(step.lag)


def further_requests(
    ledger: Ledger,
    answers: Iterable[tuple[EvaluationRequest, Evaluation]],
    left_out: Mapping[str, date],
) -> list[EvaluationRequest]:
    """What to ask for instead, where older records may change an answer; else the same requests.

    `left_out` are the names in the log of which older records are there, with the day of the latest
    of these. A KPI is looked for around that day, and where that is not enough in all of the log.
    """
    latest: dict[str, date] = {}
    for name, day in left_out.items():
        id = ledger.definitions.ids.get(name, name)
        latest[id] = max(day, latest.get(id, date.min))
    requests = []
    for request, evaluation in answers:
        parts = ledger.definitions.with_inputs(request.kpi)
        days = [latest[part.id] for part in parts if part.id in latest]
        until = request.until
        if days and _falls_short(ledger, request, evaluation):
            until = date.min if until else min(days)
        elif days and _lacks_lead(request, evaluation, ledger.clock.today):
            until = date.min if until else evaluation.period.start
        requests.append(request._replace(until=until))
    return requests


def _falls_short(ledger: Ledger, request: EvaluationRequest, evaluation: Evaluation) -> bool:
    is_settled = request.period is not None or (
        evaluation.status not in _INCONCLUSIVE
        and evaluation.period.start >= _first_searched(request, ledger.clock.today)
    )
    is_first = ledger.recorded_from(request.kpi, evaluation.period) is not None
    return not is_settled or is_first or ledger.overdue(evaluation.kpi).may_be_older


def _lacks_lead(request: EvaluationRequest, evaluation: Evaluation, today: date) -> bool:
    """Whether what is shown is so old that some of what leads up to it has not been read."""
    if not request.back or request.until == date.min:
        return False
    return evaluation.period.shift(-request.back).start < _first_leading(request, today)
