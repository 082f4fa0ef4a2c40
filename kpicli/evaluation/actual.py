"""The actual of any KPI in any period: recorded, rolled up, or computed by its formula."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import TYPE_CHECKING, cast

from kpicli.evaluation.rollup import recorded_actual, roll_up
from kpicli.model.formula import Constant, Input, Lag, Node
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual, Missing
from kpicli.model.scorecard import Scorecard

if TYPE_CHECKING:
    from kpicli.model.formula import Formula

_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
_DAY = timedelta(days=1)
_LARGEST = 10**40
"""A result beyond it is a slip in the formula, not a KPI."""


Known = dict[tuple[str, Period], Actual | Missing]
"""What has been found out already, so that an input of several formulas is reckoned once."""


def actual_of(
    scorecard: Scorecard, kpi: Kpi, period: Period, known: Known | None = None
) -> Actual | Missing:
    """What stands for a period, or the reason why nothing does; never 0 for what is missing."""
    known = {} if known is None else known
    if (kpi.id, period) not in known:
        known[kpi.id, period] = _found(scorecard, kpi, period, known)
    return known[kpi.id, period]


def _found(scorecard: Scorecard, kpi: Kpi, period: Period, known: Known) -> Actual | Missing:
    if not period.has_begun(scorecard.clock.today):
        return Missing(f"{period} has not begun")
    if is_computed_once(kpi, period):
        return _computed(scorecard, kpi, period, known)
    if period.frequency is kpi.frequency:
        return recorded_actual(scorecard, kpi, period)
    if not kpi.frequency.fits_into(period.frequency):
        return Missing(f"{kpi.frequency} periods do not fill {period}")
    return _longer(scorecard, kpi, period, known)


def is_computed_once(kpi: Kpi, period: Period) -> bool:
    """Whether the formula is computed over the whole of a period, and not over its own periods."""
    return bool(kpi.formula) and (period.frequency is kpi.frequency or kpi.rollup is None)


def _longer(scorecard: Scorecard, kpi: Kpi, period: Period, known: Known) -> Actual | Missing:
    if kpi.rollup is None:
        return Missing(
            f"no rollup says how a {period.frequency.noun} is made of {kpi.frequency} ones"
        )
    parts: list[Actual] = []
    for part in own_actuals(scorecard, kpi, period, known):
        if isinstance(part, Missing):
            return part
        parts.append(part)
    return roll_up(parts, period, kpi.rollup)


def own_actuals(
    scorecard: Scorecard, kpi: Kpi, period: Period, known: Known | None = None
) -> list[Actual | Missing]:
    """What a longer view is made of; in an open one a sum runs to the last that is known."""
    known = {} if known is None else known
    found = [actual_of(scorecard, kpi, own, known) for own in period.parts(kpi.frequency)]
    if kpi.rollup is Rollup.SUM and not period.is_closed(scorecard.clock.today):
        while len(found) > 1 and isinstance(found[-1], Missing) and not found[-1].is_fault:
            del found[-1]
    return found


def _computed(scorecard: Scorecard, kpi: Kpi, period: Period, known: Known) -> Actual | Missing:
    """The formula over its inputs in that period; the first input that is missing is named."""
    formula = cast("Formula", kpi.formula)
    inputs: dict[Input, Actual] = {}
    for step in formula.inputs:
        actual = _input(scorecard, step, period, known)
        if isinstance(actual, Missing):
            return actual._replace(reason=f"{step.id}: {actual.reason}")
        inputs[step] = actual
    if behind := _behind(kpi, inputs):
        return behind
    number = formula_value(formula.root, {step: actual.number for step, actual in inputs.items()})
    if number is None:
        return Missing(f"division by zero in {period}", is_fault=True)
    if abs(number) > _LARGEST:
        return Missing(f"result too large in {period}", is_fault=True)
    current = [actual.measured_to for step, actual in inputs.items() if step.lag is Lag.NONE]
    return Actual(number, period, min(current, default=period.end))


def _behind(kpi: Kpi, known: Mapping[Input, Actual]) -> Missing | None:
    """The input of which, in a longer view that is open, own periods are missing at its end."""
    ends = {
        step: period_of(actual.measured_to - _DAY, kpi.frequency)
        for step, actual in known.items()
        if step.lag is Lag.NONE
    }
    for step, end in ends.items():
        if end < max(ends.values()):
            return Missing(f"{step.id}: nothing recorded for {end.shift(1)}")
    return None


def _input(scorecard: Scorecard, step: Input, period: Period, known: Known) -> Actual | Missing:
    kpi = scorecard.definitions.kpis[step.id]
    if step.lag is Lag.NONE:
        return actual_of(scorecard, kpi, period, known)
    if kpi.rollup is Rollup.SUM and not period.is_closed(scorecard.clock.today):
        return Missing(f"{period} is open: a part of it is not compared with a whole period")
    return actual_of(scorecard, kpi, lagged_period(step, period), known)


def lagged_period(step: Input, period: Period) -> Period:
    """The period of an input that is meant by a formula computed for a period."""
    match step.lag:
        case Lag.PREVIOUS:
            return period.shift(-1)
        case Lag.LAST_YEAR:
            return period.last_year()
    return period


def formula_value(node: Node, known: Mapping[Input, Number]) -> Fraction | None:
    """The exact value; `None` where something is divided by zero."""
    if isinstance(node, Constant):
        return Fraction(node.number)
    if isinstance(node, Input):
        return Fraction(known[node])
    left, right = formula_value(node.left, known), formula_value(node.right, known)
    if left is None or right is None or (node.sign == "/" and right == 0):
        return None
    return _OPERATIONS[node.sign](left, right)
