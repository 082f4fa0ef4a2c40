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
from kpicli.evaluation.actual import actual_of
from kpicli.evaluation.effective_target import effective_target
from kpicli.evaluation.evaluate import evaluate
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Missing
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target


def drivers_to_target(
    scorecard: Scorecard, kpi: Kpi, period: Period, depth: int | None = None
) -> Drivers:
    """What the KPI would be if one input alone were on its own target; that does not add up.

    What lies before the period stays as it was.
    """
    players = inputs_of(scorecard.definitions, kpi, depth)
    found = Drivers(evaluate(scorecard, kpi, period), None)
    now = actual_of(scorecard, kpi, period)
    if isinstance(now, Missing):
        return found._replace(reason=now.reason)
    found = found._replace(start=now.number)
    if apart := unequal(scorecard, kpi, period, None):
        return found._replace(reason=naming_closed(scorecard, period, apart.reason))
    target = found.one.target
    found = found._replace(end=_nearest(target, now.number) if target else None)
    aims = _Aims(scorecard, period)
    mixture = Counterfactual(scorecard, scorecard, players, aims.read)
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

    def __init__(self, scorecard: Scorecard, period: Period) -> None:
        self.scorecard, self.period = scorecard, period
        self.bare: set[str] = set()

    def read(self, kpi: Kpi, pair: PeriodPair) -> InputMove | Missing:
        actual = actual_of(self.scorecard, kpi, pair.end)
        if isinstance(actual, Missing):
            return actual
        if not self.period.contains(pair.end):
            return InputMove(actual.number, actual.number)
        target = effective_target(kpi, pair.end).target
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
