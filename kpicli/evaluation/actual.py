"""The actual of any KPI in any period: recorded, rolled up, or computed by its formula."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import cast

from kpicli.evaluation.memo import Memo, once
from kpicli.evaluation.rollup import (
    Derivation,
    all_skipped,
    most_decimals,
    record_derivation,
    roll_up,
    unfilled_reason,
)
from kpicli.model.calendar import FIRST_YEAR
from kpicli.model.formula import Constant, Formula, Input, Lag, Node
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number, exact
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, not_applicable, nothing_recorded
from kpicli.model.unit import PERCENT

_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]]
_OPERATIONS = {"+": add, "-": sub, "*": mul, "/": truediv}
_LARGEST = 10**40  # a result beyond it is a slip in the formula, not a KPI


class Actuals(Memo):
    """A scorecard that finds each actual once; of the records behind it none is kept."""

    @once
    def actual(self, kpi: Kpi, period: Period) -> Actual | Missing:
        """What counts for a period, or the reason why nothing does; never 0 for what is missing."""
        return self.derivation(kpi, period).actual

    def derivation(self, kpi: Kpi, period: Period) -> Derivation:
        """The actual of a period, and what it was made of."""
        if not period.has_begun(self.clock.today):
            return Derivation(Missing(f"{period} has not begun"))
        if period.start.year < FIRST_YEAR:
            return Derivation(nothing_recorded(period))
        if is_computed_once(kpi, period):
            return self._computed(kpi, period)
        if period.frequency is kpi.frequency:
            derivation = record_derivation(self, kpi, period)
            is_over = kpi.is_retired(period) and derivation.actual == nothing_recorded(period)
            return Derivation(Missing(f"kept until {kpi.until}")) if is_over else derivation
        if not kpi.fills(period):
            return Derivation(Missing(unfilled_reason(kpi, period)))
        return self._longer(kpi, period)

    def own_actuals(self, kpi: Kpi, period: Period) -> list[Actual | Missing]:
        """What a longer view is made of."""
        return [self.actual(kpi, own) for own in self._counting_owns(kpi, period)]

    def _counting_owns(self, kpi: Kpi, period: Period) -> list[Period]:
        """The own periods that a longer view is of: the one under way if something is known of it.

        There is always the first one.
        """
        today, parts = self.clock.today, period.parts(kpi.frequency)
        owns = [own for own in parts if own.has_begun(today)] or [parts[0]]
        if len(owns) > 1 and not owns[-1].is_closed(today):
            actual = self.actual(kpi, owns[-1])
            if isinstance(actual, Missing) and not (actual.is_fault or actual.is_skip):
                owns.pop()
        return owns

    def _longer(self, kpi: Kpi, period: Period) -> Derivation:
        if kpi.rollup is None:
            reason = f"no rollup says how a {period.frequency.noun} is made of {kpi.frequency} ones"
            return Derivation(Missing(reason))
        owns = self._counting_owns(kpi, period)
        inputs, actuals = tuple((kpi, own) for own in owns), dict[Period, Actual | Missing]()
        for own in owns:
            actual = actuals[own] = self.derivation(kpi, own).actual
            if isinstance(actual, Missing) and not actual.is_skip:
                return Derivation(actual, inputs=inputs)
        return _of_periods(actuals, period, kpi.rollup, inputs)

    def _computed(self, kpi: Kpi, period: Period) -> Derivation:
        """The formula over its inputs in that period."""
        formula = cast("Formula", kpi.formula)
        derivations = {step: self.input_derivation(kpi, step, period) for step in formula.inputs}
        inputs = tuple(pair for derivation in derivations.values() for pair in derivation.inputs)
        actuals = {step: derivation.actual for step, derivation in derivations.items()}
        return Derivation(self._formula_actual(kpi, actuals, period), inputs, is_formula=True)

    def _formula_actual(
        self, kpi: Kpi, actuals: Mapping[Input, Actual | Missing], period: Period
    ) -> Actual | Missing:
        """The first input that is missing is named; where all are skipped, so is the formula."""
        formula, actual_inputs = cast("Formula", kpi.formula), dict[Input, Actual]()
        for step, actual in actuals.items():
            if isinstance(actual, Missing):
                is_skip = all(isinstance(one, Missing) and one.is_skip for one in actuals.values())
                reason, gaps = f"{step.id}: {actual.reason}", (period,) if is_skip else ()
                return actual._replace(reason=reason, gaps=gaps, is_skip=is_skip)
            actual_inputs[step] = actual
        if incomplete := _incomplete_input(kpi, actual_inputs):
            return incomplete
        numbers = {step: actual.number for step, actual in actual_inputs.items()}
        number = formula_value(formula.root, numbers)
        if number is None:
            return Missing(f"division by zero in {period}", is_fault=True)
        if abs(number) > _LARGEST:
            return Missing(f"result too large in {period}", is_fault=True)
        parts = actual_inputs.values()
        ends = [part.measured_to for step, part in actual_inputs.items() if not step.is_earlier]
        alike = [
            part
            for step, part in actual_inputs.items()
            if kpi.unit and self.definitions.kpis[step.id].unit == kpi.unit
        ]
        decimals = max([formula.decimals, *(part.decimals for part in alike)])
        is_quotient = formula.is_quotient or kpi.unit == PERCENT
        most = most_decimals(alike or parts, is_quotient=is_quotient)
        end = min(ends, default=period.end)
        return Actual(number, period, end, decimals, max(decimals, most), all_skipped(parts))

    @once
    def input_derivation(self, kpi: Kpi, step: Input, period: Period) -> Derivation:
        """The actual of an input of a KPI's formula, as meant for a period, and what it is of."""
        part = self.definitions.kpis[step.id]
        periods = self.input_periods(kpi, step, period)
        inputs = tuple((part, at) for at in periods)
        today = self.clock.today
        if step.is_window:
            return self._window(step, periods, inputs)
        if step.is_earlier and part.rollup is Rollup.SUM and not part.is_closed(period, today):
            reason = f"{period} is open: a part of it is not compared with a whole period"
            return Derivation(Missing(reason), inputs)
        return Derivation(self.actual(part, periods[0]), inputs)

    def _window(
        self, step: Input, periods: Sequence[Period], inputs: tuple[tuple[Kpi, Period], ...]
    ) -> Derivation:
        """The sum or the mean over several periods; where some have no actual, all are named."""
        part, last = self.definitions.kpis[step.id], periods[-1]
        is_open = not last.is_closed(self.clock.today)
        if is_open and step.periods > 1 and part.rollup is Rollup.SUM:
            reason = f"{last} is open: a part of it is not put together with whole periods"
            return Derivation(Missing(reason), inputs)
        actuals = {at: self.actual(part, at) for at in periods}
        gap = _gap(actuals)
        if gap:
            return Derivation(gap, inputs)
        return _of_periods(actuals, last, Rollup(step.lag), inputs)

    def input_periods(self, kpi: Kpi, step: Input, period: Period) -> tuple[Period, ...]:
        """The periods of an input that a KPI's formula is over, in order, computed for a period."""
        if not step.is_window:
            return (lagged_period(step, period),)
        periods = [self._window_end(kpi, period)]
        while len(periods) < step.periods:
            periods.append(periods[-1].shift(-1))
        return tuple(reversed(periods))

    @once
    def _window_end(self, kpi: Kpi, period: Period) -> Period:
        """The own period that the windows of a formula end with: in a longer view its last.

        Of an open view it is the own period under way, where there is enough of it; else the last
        one that has ended.
        """
        if period.frequency is kpi.frequency or not kpi.fills(period):
            return period
        today = self.clock.today
        owns = [own for own in period.parts(kpi.frequency) if own.has_begun(today)]
        last = owns[-1] if owns else period.parts(kpi.frequency)[0]
        if len(owns) < 2 or last.is_closed(today):
            return last
        windows = (step for step in cast("Formula", kpi.formula).inputs if step.is_window)
        actuals = (self.input_derivation(kpi, step, last).actual for step in windows)
        return last if all(isinstance(actual, Actual) for actual in actuals) else owns[-2]


def is_computed_once(kpi: Kpi, period: Period) -> bool:
    """Whether the formula is computed over the whole of a period, and not over its own periods."""
    return bool(kpi.formula) and (period.frequency is kpi.frequency or kpi.rollup is None)


def _incomplete_input(kpi: Kpi, actuals: Mapping[Input, Actual]) -> Missing | None:
    """The input that, in a longer view that is open, lacks own periods which another has."""
    ends = {
        step: kpi.period_of(actual.last_day)
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
            return period.shift(-step.periods)
        case Lag.LAST_YEAR:
            return period.last_year()
    return period


def _of_periods(
    actuals: Mapping[Period, Actual | Missing],
    period: Period,
    rollup: Rollup,
    inputs: tuple[tuple[Kpi, Period], ...],
) -> Derivation:
    """What several periods make, of which some may be skipped."""
    parts = tuple(actual for actual in actuals.values() if isinstance(actual, Actual))
    skipped = [at for at, actual in actuals.items() if isinstance(actual, Missing)]
    if not parts:
        return Derivation(not_applicable(*skipped), inputs)
    return Derivation(roll_up(parts, period, rollup, skipped), inputs, parts=parts)


def _gap(actuals: Mapping[Period, Actual | Missing]) -> Missing | None:
    """Why a window has no actual: all periods of which nothing is recorded, or the first fault."""
    missing = [
        (at, actual)
        for at, actual in actuals.items()
        if isinstance(actual, Missing) and not actual.is_skip
    ]
    if not missing:
        return None
    if all(gap.gaps == (at,) for at, gap in missing):
        return nothing_recorded(*(at for at, _ in missing))
    return next(gap for at, gap in missing if gap.gaps != (at,))


def formula_value(node: Node, numbers: Mapping[Input, Number]) -> Fraction | None:
    """The exact value; `None` where something is divided by zero."""
    if isinstance(node, Constant):
        return exact(node.number)
    if isinstance(node, Input):
        return exact(numbers[node])
    first, second = formula_value(node.left, numbers), formula_value(node.right, numbers)
    if first is None or second is None or (node.sign == "/" and second == 0):
        return None
    return _OPERATIONS[node.sign](first, second)
