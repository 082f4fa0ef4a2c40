"""Which actuals people have to record: until when, and what is late."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from kpicli.evaluation.active import first_overdue_day, is_active
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.schema_types import Word
from kpicli.noun import NamedTuple


class AwaitedState(Word):
    """How urgent it is, the most urgent first.

    Due is what has ended and is not overdue: still in grace, or of a KPI that has no actual yet.
    """

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(AwaitedState).index(self)


class AwaitedActual(NamedTuple):
    """One own period of a KPI without an actual.

    `last_day` is the last one that is in time; `is_first` says that the KPI has no actual yet;
    `is_pulled` that `kpi pull` fetches it; `damage` names what hides an actual that may be there.
    """

    kpi: Kpi
    period: Period
    state: AwaitedState
    is_first: bool = False
    is_pulled: bool = False
    damage: str = ""

    @property
    def last_day(self) -> date:
        """The last day on which it is in time: that of the period, and the days of grace."""
        return first_overdue_day(self.kpi, self.period) - timedelta(days=1)


class DuePeriods(NamedTuple):
    """Closed periods without an actual, oldest first, and the first day on which that is late."""

    periods: tuple[Period, ...]
    day: date


def awaited_actuals(
    ledger: Ledger, kpis: Iterable[Kpi], pulled: Collection[str], days: int | None
) -> list[AwaitedActual]:
    """The most urgent first, of these the ones that have been so for longest.

    With `days` also what ends within so many from today. What is `pulled`, by id, a person has to
    look after only where it is overdue.
    """
    actuals = (
        actual._replace(is_pulled=actual.kpi.id in pulled)
        for kpi in kpis
        for actual in (*_closed(ledger, kpi), *_coming(ledger, kpi, days))
        if actual.kpi.id not in pulled or actual.state is AwaitedState.OVERDUE
    )
    return sorted(actuals, key=lambda actual: (actual.state.rank, actual.last_day))


def _closed(ledger: Ledger, kpi: Kpi) -> Iterator[AwaitedActual]:
    overdue = ledger.overdue(kpi)
    for period in ledger.awaited_periods(kpi):
        state = AwaitedState.OVERDUE if period in overdue.missing else AwaitedState.DUE
        evaluation = ledger.evaluate(kpi, period)
        damage = evaluation.reason if evaluation.is_damaged else ""
        is_first = not ledger.own_periods(kpi)
        yield AwaitedActual(kpi, period, state, is_first, damage=damage)


def _coming(ledger: Ledger, kpi: Kpi, days: int | None) -> Iterator[AwaitedActual]:
    today = ledger.clock.today
    if days is None or kpi.formula or not is_active(kpi, today):
        return
    period = kpi.period_of(today)
    while (period.end - today).days <= days + 1 and not kpi.is_retired(period):
        if ledger.is_unrecorded(kpi, period):
            yield AwaitedActual(kpi, period, AwaitedState.COMING)
        period = period.shift(1)


def due_periods(ledger: Ledger, kpi: Kpi) -> DuePeriods | None:
    """What nobody has recorded yet, if anything."""
    periods = ledger.awaited_periods(kpi)
    if not periods:
        return None
    return DuePeriods(tuple(periods), first_overdue_day(kpi, periods[0]))
