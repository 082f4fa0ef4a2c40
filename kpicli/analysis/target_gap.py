"""What a KPI would be if one input of its formula alone were on its own target."""

from fractions import Fraction

from kpicli.analysis.counterfactual import Counterfactual, InputMove, PeriodPair
from kpicli.analysis.drivers import (
    Driver,
    Drivers,
    inputs_of,
    largest_first,
    naming_closed,
    shown_move,
    unequal,
)
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Missing
from kpicli.model.target import Target


def drivers_to_target(
    ledger: Ledger, kpi: Kpi, period: Period, depth: int | None = None
) -> Drivers:
    """What the KPI would be if one input alone were on its own target; that does not add up.

    What lies before the period stays as it was.
    """
    players = inputs_of(ledger.definitions, kpi, depth)
    found = Drivers(ledger.evaluate(kpi, period), None)
    now = ledger.actual(kpi, period)
    if isinstance(now, Missing):
        return found._replace(reason=now.reason)
    found = found._replace(start=now.number)
    if apart := unequal(ledger, kpi, period, None):
        return found._replace(reason=naming_closed(ledger, period, apart.reason))
    target = found.one.target
    found = found._replace(end=_nearest(target, now.number) if target else None)
    aims = _Aims(ledger, period)
    mixture = Counterfactual(ledger, ledger, players, aims.read)
    worth = mixture.of(kpi, PeriodPair(period, period))
    if isinstance(worth, Missing):
        return found._replace(reason=worth.reason)
    drivers: list[Driver] = []
    for one in players:
        number = worth(mixture.bits[one.id])
        if number is None:
            return found._replace(reason=f"division by zero with {one.id} on target")
        if one.id not in aims.bare:
            shown = shown_move(mixture, one, PeriodPair(period, period))
            left = Fraction(_nearest(target, number)) - number if target else None
            contribution = number - Fraction(now.number)
            drivers.append(Driver(one, *shown, contribution, left=left))
    bare = tuple(one for one in players if one.id in aims.bare)
    reason = "" if drivers else f"no input of {kpi.id} has a target for {period}"
    return found._replace(drivers=largest_first(found.one, drivers), bare=bare, reason=reason)


class _Aims:
    """From what an input is to its own target; `bare` are the ids of those that have none."""

    def __init__(self, ledger: Ledger, period: Period) -> None:
        self.ledger, self.period = ledger, period
        self.bare: set[str] = set()

    def read(self, kpi: Kpi, pair: PeriodPair) -> InputMove | Missing:
        actual = self.ledger.actual(kpi, pair.end)
        if isinstance(actual, Missing):
            return actual
        if not self.period.contains(pair.end):
            return InputMove(actual.number, actual.number)
        target = self.ledger.target(kpi, pair.end).target
        if target is None:
            self.bare.add(kpi.id)
            return InputMove(actual.number, actual.number)
        return InputMove(actual.number, _nearest(target, actual.number))


def _nearest(target: Target, number: Number) -> Number:
    """The number of a target; of a range what is nearest in it."""
    if target.high is None:
        return target.number
    if Fraction(number) > Fraction(target.high):
        return target.high
    return target.number if Fraction(number) < Fraction(target.number) else number
