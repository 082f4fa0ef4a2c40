"""The actual of any KPI in any period: recorded, rolled up, or computed by its formula."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import cast

from kpicli.evaluation.memo import Memo, once
from kpicli.evaluation.rollup import Derivation, most_decimals, record_derivation, roll_up
from kpicli.model.formula import Constant, Formula, Input, Lag, Node
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual, Missing
from kpicli.model.unit import PERCENT

_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
_LARGEST = 10**40
"""A result beyond it is a slip in the formula, not a KPI."""


class Actuals(Memo):
    """A scorecard that finds each actual once, and remembers how it came about."""

    def actual(self, kpi: Kpi, period: Period) -> Actual | Missing:
        """What counts for a period, or the reason why nothing does; never 0 for what is missing."""
        return self.derivation(kpi, period).actual

    @once
    def derivation(self, kpi: Kpi, period: Period) -> Derivation:
        """The actual of a period, and what it was made of."""
        if not period.has_begun(self.clock.today):
            return Derivation(Missing(f"{period} has not begun"))
        if is_computed_once(kpi, period):
            return self._computed(kpi, period)
        if period.frequency is kpi.frequency:
            return record_derivation(self, kpi, period)
        if not kpi.frequency.fits_into(period.frequency):
            return Derivation(Missing(f"{kpi.frequency} periods do not fill {period}"))
        return self._longer(kpi, period)

    def own_actuals(self, kpi: Kpi, period: Period) -> list[Actual | Missing]:
        """What a longer view is made of; nothing is missing of own periods that have not ended."""
        actuals: list[Actual | Missing] = []
        for own in period.parts(kpi.frequency):
            actual = self.actual(kpi, own)
            is_awaited = isinstance(actual, Missing) and not actual.is_fault
            if not (is_awaited and actuals and not own.is_closed(self.clock.today)):
                actuals.append(actual)
        return actuals

    def _longer(self, kpi: Kpi, period: Period) -> Derivation:
        if kpi.rollup is None:
            noun = period.frequency.noun
            return Derivation(
                Missing(f"no rollup says how a {noun} is made of {kpi.frequency} ones")
            )
        actuals = self.own_actuals(kpi, period)
        owns = [own for own, _ in zip(period.parts(kpi.frequency), actuals, strict=False)]
        inputs = tuple((kpi, own) for own in owns)
        for actual in actuals:
            if isinstance(actual, Missing):
                return Derivation(actual, inputs=inputs)
        parts = cast("Sequence[Actual]", actuals)
        return Derivation(roll_up(parts, period, kpi.rollup), inputs=inputs, parts=tuple(parts))

    def _computed(self, kpi: Kpi, period: Period) -> Derivation:
        """The formula over its inputs in that period."""
        formula = cast("Formula", kpi.formula)
        inputs = tuple(
            (self.definitions.kpis[step.id], lagged_period(step, period)) for step in formula.inputs
        )
        return Derivation(self._formula_actual(kpi, formula, period), inputs, is_formula=True)

    def _formula_actual(self, kpi: Kpi, formula: Formula, period: Period) -> Actual | Missing:
        """The first input that is missing is named."""
        actuals: dict[Input, Actual] = {}
        for step in formula.inputs:
            actual = self._input(step, period)
            if isinstance(actual, Missing):
                return actual._replace(reason=f"{step.id}: {actual.reason}")
            actuals[step] = actual
        if incomplete := _incomplete_input(kpi, actuals):
            return incomplete
        numbers = {step: actual.number for step, actual in actuals.items()}
        number = formula_value(formula.root, numbers)
        if number is None:
            return Missing(f"division by zero in {period}", is_fault=True)
        if abs(number) > _LARGEST:
            return Missing(f"result too large in {period}", is_fault=True)
        ends = [actual.measured_to for step, actual in actuals.items() if step.lag is Lag.NONE]
        alike = [
            actual
            for step, actual in actuals.items()
            if kpi.unit and self.definitions.kpis[step.id].unit == kpi.unit
        ]
        decimals = max([formula.decimals, *(part.decimals for part in alike)])
        is_quotient = formula.is_quotient or kpi.unit == PERCENT
        most = most_decimals(alike or actuals.values(), is_quotient=is_quotient)
        end = min(ends, default=period.end)
        return Actual(number, period, end, decimals, max(decimals, most))

    def _input(self, step: Input, period: Period) -> Actual | Missing:
        kpi = self.definitions.kpis[step.id]
        is_open = not period.is_closed(self.clock.today)
        if step.lag is not Lag.NONE and kpi.rollup is Rollup.SUM and is_open:
            return Missing(f"{period} is open: a part of it is not compared with a whole period")
        return self.actual(kpi, lagged_period(step, period))


def is_computed_once(kpi: Kpi, period: Period) -> bool:
    """Whether the formula is computed over the whole of a period, and not over its own periods."""
    return bool(kpi.formula) and (period.frequency is kpi.frequency or kpi.rollup is None)


def _incomplete_input(kpi: Kpi, actuals: Mapping[Input, Actual]) -> Missing | None:
    """The input that, in a longer view that is open, lacks own periods which another has."""
    ends = {
        step: period_of(actual.last_day, kpi.frequency)
        for step, actual in actuals.items()
        if step.lag is Lag.NONE
    }
    for step, end in ends.items():
        if end < max(ends.values()):
            return Missing(f"{step.id}: nothing recorded for {end.shift(1)}")
    return None


def lagged_period(step: Input, period: Period) -> Period:
    """The period of an input that is meant by a formula computed for a period."""
    match step.lag:
        case Lag.PREVIOUS:
            return period.shift(-1)
        case Lag.LAST_YEAR:
            return period.last_year()
    return period


def lag_name(step: Input) -> str:
    """How an input stands in a formula: `visitors`, `prev(visitors)`."""
    return f"{step.lag}({step.id})" if step.lag else step.id


def formula_value(node: Node, numbers: Mapping[Input, Number]) -> Fraction | None:
    """The exact value; `None` where something is divided by zero."""
    if isinstance(node, Constant):
        return Fraction(node.number)
    if isinstance(node, Input):
        return Fraction(numbers[node])
    first, second = formula_value(node.left, numbers), formula_value(node.right, numbers)
    if first is None or second is None or (node.sign == "/" and second == 0):
        return None
    return _OPERATIONS[node.sign](first, second)
