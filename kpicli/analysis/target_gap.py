"""What a KPI would be if one input of its formula alone were on its own target."""

from fractions import Fraction

from kpicli.analysis.counterfactual import Counterfactual, PeriodPair, Side
from kpicli.analysis.drivers import (
    Driver,
    Drivers,
    formula_inputs,
    input_move,
    largest_first,
    reason_not_comparable,
    with_closed_period,
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
    players = formula_inputs(ledger.definitions, kpi, depth)
    answer = Drivers(ledger.evaluate(kpi, period), None)
    now = ledger.actual(kpi, period)
    if isinstance(now, Missing):
        return answer._replace(reason=now.reason)
    answer = answer._replace(start=now.number)
    if apart := reason_not_comparable(ledger, kpi, period, None):
        return answer._replace(reason=with_closed_period(ledger, period, apart.reason))
    target = answer.evaluation.target
    answer = answer._replace(end=_nearest(target, now.number) if target else None)
    aims = _Aims(ledger, period)
    mixture = Counterfactual(ledger, ledger, players, aims.read)
    worth = mixture.of(kpi, PeriodPair(period, period))
    if isinstance(worth, Missing):
        return answer._replace(reason=worth.reason)
    drivers: list[Driver] = []
    for kpi_input in players:
        number = worth(mixture.bits[kpi_input.id])
        if number is None:
            return answer._replace(reason=f"division by zero with {kpi_input.id} on target")
        if kpi_input.id not in aims.bare:
            move = input_move(mixture, kpi_input, PeriodPair(period, period))
            remaining = Fraction(_nearest(target, number)) - number if target else None
            contribution = number - Fraction(now.number)
            drivers.append(Driver(kpi_input, *move, contribution, remaining=remaining))
    bare = tuple(kpi_input for kpi_input in players if kpi_input.id in aims.bare)
    reason = "" if drivers else f"no input of {kpi.id} has a target for {period}"
    return answer._replace(
        drivers=largest_first(answer.evaluation, drivers), bare=bare, reason=reason
    )


class _Aims:
    """From what an input is to its own target; `bare` are the ids of those that have none."""

    def __init__(self, ledger: Ledger, period: Period) -> None:
        self.ledger, self.period = ledger, period
        self.bare: set[str] = set()

    def read(self, kpi: Kpi, pair: PeriodPair) -> tuple[Side, Side]:
        actual = self.ledger.actual(kpi, pair.end)
        if isinstance(actual, Missing):
            return actual, actual
        if not self.period.contains(pair.end):
            return actual.number, actual.number
        target = self.ledger.target(kpi, pair.end).target
        if target is None:
            self.bare.add(kpi.id)
            return actual.number, actual.number
        return actual.number, _nearest(target, actual.number)


def _nearest(target: Target, number: Number) -> Number:
    """The number of a target; of a range what is nearest in it."""
    if target.high is None:
        return target.number
    if Fraction(number) > Fraction(target.high):
        return target.high
    return target.number if Fraction(number) < Fraction(target.number) else number
