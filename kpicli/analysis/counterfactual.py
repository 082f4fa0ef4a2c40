"""A formula reckoned with some of its inputs moved to other numbers, and the rest left in place."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import cast

from kpicli.evaluation.actual import formula_value, is_computed_once
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.rollup import mean, roll_up, total
from kpicli.model.formula import Formula, Input, Lag
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing
from kpicli.noun import NamedTuple


class PeriodPair(NamedTuple):
    """A period, and the one that it is held against."""

    end: Period
    start: Period


class InputMove(NamedTuple):
    """The number that an input has, and the one that it is moved to."""

    start: Number
    end: Number


Moves = dict[tuple[PeriodPair, Input], InputMove]
"""How an input moves in each pair of periods, and in windows that end with them."""
Side = Number | Missing
Read = Callable[[Kpi, PeriodPair], tuple[Side, Side]]
"""What an input is in the earlier and in the later period of a pair, or why it is nothing there."""


class _Leaf:
    """An input; all of its periods move together, by one bit of the mask."""

    def __init__(self, bit: int, move: InputMove) -> None:
        self.bits = bit
        self.start, self.end = Fraction(move.start), Fraction(move.end)

    def at(self, mask: int) -> Fraction:
        return self.end if mask & self.bits else self.start


class _Composite:
    """What is made of inputs; `bits` are those on which it depends, each mask is reckoned once."""

    def __init__(self, parts: Sequence["_Part"]) -> None:
        self.parts = parts
        self.known: dict[int, Fraction | None] = {}
        self.bits = 0
        for part in parts:
            self.bits |= part.bits

    def at(self, mask: int) -> Fraction | None:
        relevant = mask & self.bits
        if relevant not in self.known:
            numbers = [number for part in self.parts if (number := part.at(relevant)) is not None]
            is_whole = len(numbers) == len(self.parts)
            self.known[relevant] = self.compose(numbers) if is_whole else None
        return self.known[relevant]

    def compose(self, numbers: Sequence[Fraction]) -> Fraction | None:
        raise NotImplementedError


class _Computed(_Composite):
    def __init__(self, formula: Formula, parts: Sequence["_Part"]) -> None:
        super().__init__(parts)
        self.formula = formula

    def compose(self, numbers: Sequence[Fraction]) -> Fraction | None:
        return formula_value(
            self.formula.root, dict(zip(self.formula.inputs, numbers, strict=True))
        )


class _Combined(_Composite):
    def __init__(self, rollup: Rollup, period: Period, parts: Sequence["_Part"]) -> None:
        super().__init__(parts)
        self.rollup, self.period = rollup, period

    def compose(self, numbers: Sequence[Fraction]) -> Fraction:
        actuals = [Actual(number, self.period, self.period.end) for number in numbers]
        return Fraction(roll_up(actuals, self.period, self.rollup).number)


_Part = _Leaf | _Composite


class Counterfactual:
    """A KPI in a pair of periods, for every choice of inputs that are moved.

    `now` and `then` are the ledgers for the one and the other period; `players` are the inputs
    that move, where the formula tree ends. `moves` are theirs, by id.
    """

    def __init__(self, now: Ledger, then: Ledger, players: Sequence[Kpi], read: Read) -> None:
        self.now, self.then, self.read = now, then, read
        self.bits = {kpi.id: 1 << at for at, kpi in enumerate(players)}
        self.moves: dict[str, Moves] = {kpi.id: {} for kpi in players}
        self._parts: dict[tuple[str, PeriodPair], _Part | Missing] = {}

    def of(self, kpi: Kpi, pair: PeriodPair) -> Callable[[int], Fraction | None] | Missing:
        """Its number by the mask of the inputs moved, or `None` where something is divided by 0."""
        part = self._part(kpi, pair)
        return part if isinstance(part, Missing) else part.at

    def _part(self, kpi: Kpi, pair: PeriodPair) -> _Part | Missing:
        key = kpi.id, pair
        if key not in self._parts:
            self._parts[key] = self._build(kpi, pair)
        return self._parts[key]

    def _build(self, kpi: Kpi, pair: PeriodPair) -> _Part | Missing:
        if kpi.id in self.bits:
            return self._leaf(kpi, pair)
        if is_computed_once(kpi, pair.end):
            return self._computed(kpi, pair)
        return self._combined(kpi, pair)

    def _leaf(self, kpi: Kpi, pair: PeriodPair) -> _Leaf | Missing:
        start, end = self.read(kpi, pair)
        for side in (start, end):
            if isinstance(side, Missing):
                return side._replace(reason=f"{kpi.id}: {side.reason}")
        return self._moving(pair, Input(kpi.id), InputMove(*cast("list[Number]", [start, end])))

    def _moving(self, pair: PeriodPair, step: Input, move: InputMove) -> _Leaf:
        self.moves[step.id][pair, step] = move
        return _Leaf(self.bits[step.id], move)

    def _computed(self, kpi: Kpi, pair: PeriodPair) -> _Computed | Missing:
        formula = cast("Formula", kpi.formula)
        parts = _all_or_missing(self._input(kpi, step, pair) for step in formula.inputs)
        return parts if isinstance(parts, Missing) else _Computed(formula, parts)

    def _input(self, kpi: Kpi, step: Input, pair: PeriodPair) -> _Part | Missing:
        """An input as the formula of a KPI means it: in one pair of periods, or over a window."""
        part = self.now.definitions.kpis[step.id]
        ends = self.now.input_periods(kpi, step, pair.end)
        starts = self.then.input_periods(kpi, step, pair.start)
        pairs = [PeriodPair(*both) for both in zip(ends, starts, strict=True)]
        if not step.is_window:
            return self._part(part, pairs[-1])
        if part.id in self.bits:
            return self._window_leaf(part, step, pairs)
        now = _periods([self.now.actual(part, at) for at in ends])
        then = _periods([self.then.actual(part, at) for at in starts])
        return self._one_by_one(part, Rollup(step.lag), (now, then), pair)

    def _window_leaf(self, kpi: Kpi, step: Input, pairs: Sequence[PeriodPair]) -> _Leaf | Missing:
        """All periods of a window move together, each side over those that it has."""
        aggregate = total if step.lag is Lag.SUM else mean
        numbers: list[Number] = []
        for sides in zip(*(self.read(kpi, pair) for pair in pairs), strict=True):
            there = [side for side in sides if not isinstance(side, Missing)]
            gaps = [side for side in sides if isinstance(side, Missing)]
            for gap in gaps:
                if not there or not gap.is_skip:
                    return gap._replace(reason=f"{kpi.id}: {gap.reason}")
            numbers.append(aggregate(there))
        return self._moving(pairs[-1], step, InputMove(*numbers))

    def _combined(self, kpi: Kpi, pair: PeriodPair) -> _Combined | Missing:
        ends = _periods(self.now.own_actuals(kpi, pair.end))
        starts = _periods(self.then.own_actuals(kpi, pair.start))
        return self._one_by_one(kpi, cast("Rollup", kpi.rollup), (ends, starts), pair)

    def _one_by_one(
        self, kpi: Kpi, rollup: Rollup, both: tuple[list[Period], list[Period]], pair: PeriodPair
    ) -> _Combined | Missing:
        """Own periods that have an actual are held against each other one by one."""
        ends, starts = both
        if len(ends) != len(starts):
            noun = kpi.frequency.noun
            return Missing(
                f"{pair.end} has {len(ends)} {noun}s and {pair.start} has {len(starts)}, "
                "which can't be held against each other one by one"
            )
        pairs = zip(ends, starts, strict=True)
        parts = _all_or_missing(self._part(kpi, PeriodPair(*each)) for each in pairs)
        return parts if isinstance(parts, Missing) else _Combined(rollup, pair.end, parts)


def _all_or_missing(parts: Iterable[_Part | Missing]) -> list[_Part] | Missing:
    """All of them, or the first that is missing."""
    whole: list[_Part] = []
    for part in parts:
        if isinstance(part, Missing):
            return part
        whole.append(part)
    return whole


def _periods(actuals: Sequence[Actual | Missing]) -> list[Period]:
    """Those that have an actual; it is asked where all that count have one."""
    return [actual.period for actual in actuals if isinstance(actual, Actual)]
