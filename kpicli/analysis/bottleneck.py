"""Where a board sticks: gaps to target in their own tolerance, and what one input would change."""

from collections.abc import Iterable
from fractions import Fraction

from kpicli.analysis.counterfactual import Counterfactual, PeriodPair, Side
from kpicli.analysis.drivers import (
    Driver,
    Drivers,
    drivers_of_change,
    formula_inputs,
    input_move,
    largest_first,
    reason_not_comparable,
    with_closed_period,
)
from kpicli.analysis.observations import tolerances_off
from kpicli.errors import KpiError
from kpicli.evaluation.compare import Against
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Missing
from kpicli.model.status import Status
from kpicli.model.target import Target
from kpicli.noun import NamedTuple


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


_MISSED = {Status.OFF_TARGET, Status.AT_RISK}


class TargetGap(NamedTuple):
    """A KPI that misses its target, or the part of it that is due.

    `tolerances` is the variance divided by the tolerance at the edge that is missed: up to 1 is at
    risk, more is off target. Nothing can be divided by a tolerance of zero, so there is none then.
    `driver` is the input that explains it most, one of those of `drivers`; there is none where no
    formula explains it.
    """

    evaluation: Evaluation
    tolerances: Fraction | None
    drivers: Drivers | None = None
    driver: Driver | None = None


def target_gaps(ledger: Ledger, evaluations: Iterable[Evaluation]) -> list[TargetGap]:
    """The worst first: by status, what has no tolerance before what has one, then by size.

    As large ones stay in the order in which they came. What has no target, no data or is too early
    to judge has no gap.
    """
    gaps = (
        TargetGap(evaluation, tolerances_off(evaluation), *_explanation(ledger, evaluation))
        for evaluation in evaluations
        if evaluation.status in _MISSED
    )
    return sorted(gaps, key=_order)


def _order(gap: TargetGap) -> tuple[int, bool, Fraction]:
    size = gap.tolerances
    return gap.evaluation.status.urgency, size is not None, -(size or Fraction(0))


def _explanation(ledger: Ledger, evaluation: Evaluation) -> tuple[Drivers, Driver] | tuple[()]:
    """What is furthest from its own target on the way to the KPI's, else a change for the worse."""
    if evaluation.kpi.formula is None:
        return ()
    for depth in (None, 1):
        try:
            return _to_target(ledger, evaluation, depth) or _to_worse(ledger, evaluation, depth)
        except KpiError:  # of more inputs than can be told apart
            continue
    return ()


def _to_target(
    ledger: Ledger, evaluation: Evaluation, depth: int | None
) -> tuple[Drivers, Driver] | tuple[()]:
    """The input that misses its own target, and without that would close most of the gap."""
    period = evaluation.period
    drivers = drivers_to_target(ledger, evaluation.kpi, period, depth)
    for driver in drivers.drivers:
        helps = _widens(evaluation, -driver.contribution)
        if helps and ledger.evaluate(driver.kpi, period).status in _MISSED:
            return drivers, driver
    return ()


def _to_worse(
    ledger: Ledger, evaluation: Evaluation, depth: int | None
) -> tuple[Drivers, Driver] | tuple[()]:
    """Where it got worse since the period before, the input that made that most."""
    kpi, period = evaluation.kpi, evaluation.period
    drivers = drivers_of_change(ledger, kpi, period, Against.PREVIOUS, depth)
    if drivers.change is None or not _widens(evaluation, drivers.change):
        return ()
    worse = (driver for driver in drivers.drivers if _widens(evaluation, driver.contribution))
    return next(((drivers, driver) for driver in worse), ())


def _widens(evaluation: Evaluation, change: Fraction) -> bool:
    """Whether a change leads away from the target, on the side on which it is missed."""
    return change * (evaluation.variance or Fraction(0)) > 0
