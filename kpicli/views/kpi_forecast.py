"""What is expected of one KPI: the forecast by period, and the chances of its targets."""

from decimal import Decimal
from fractions import Fraction
from math import floor, log10

from kpicli.analysis.kpi_forecast import ForecastPeriod
from kpicli.analysis.profile import Profile
from kpicli.evaluation.effective_target import effective_target
from kpicli.model.number import Mark, decimal_places, show_number
from kpicli.model.quantity import CURRENCIES, with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target
from kpicli.text import plural, safe
from kpicli.views.parts.cells import Cell
from kpicli.views.parts.view import Block, Column, Note, Row, Table
from kpicli.views.words.behaviour import chance_text

_FORECAST = (
    *("period", "point", "low_80", "high_80", "low_95", "high_95"),
    *("target", "target_low", "target_high", "met", "off"),
)
_ODDS = ("period", "target", "target_low", "target_high", "met", "off")
_PEOPLE = (
    Column("", "Period", is_brief=True),
    Column("", "Expected", is_number=True, is_brief=True),
    Column("", "80% of outcomes", is_number=True),
    Column("", "Target", rank=1, is_number=True),
    Column("", "Chance", is_number=True),
)
_DIGITS = 2
"""Of the width of an interval: more of its edges is not known."""
_ALL = 12
"""Decimals of a number that is known exactly."""
_NEAR, _FAR = 12, 24
_FINER, _CHANCE = 2, 3
"""Decimals for machines: so many more than people see, and those of a chance."""


class Expectations:
    """The numbers to come of a KPI, in its unit and in as many digits as are known."""

    def __init__(self, found: Profile, scorecard: Scorecard, places: int) -> None:
        typed = [decimal_places(one.actual) for one in found.periods if one.actual is not None]
        self.found, self.today = found, scorecard.clock.today
        self.mark: Mark = scorecard.definitions.decimal.value
        self.places = max([places, *typed])
        self.begun = {one.period for one in found.periods if one.actual is not None}
        self.steps = [one for one in found.forecast.steps if not self._is_known(one)]
        self.chances = {one.period: one for one in found.odds}
        self.known = self._decimals(*found.forecast.steps[:1])

    def _decimals(self, *steps: ForecastPeriod) -> int:
        """As many as are known of the next period, and no more than of the latest ones are shown.

        What is computed may come in smaller parts than its target: of these one digit of the width
        is shown all the same.
        """
        actuals = (one.actual for one in self.found.periods)
        has_parts = any(isinstance(one, Fraction) and one.denominator > 1 for one in actuals)
        known = min(map(_known, steps), default=self.places)
        is_finer = has_parts and self.places < known - 1 <= self.places + _FINER
        return min(known, known - 1 if is_finer else self.places)

    def _is_known(self, one: ForecastPeriod) -> bool:
        """Whether an actual stands for all of a period that has not closed, and not for a part."""
        kpi = self.found.kpi
        return one.period in self.begun and kpi.rollup is None and kpi.formula is None

    def words(self) -> str:
        """`2026-11 likely 455,000 to 498,000 kr (80%), 23% to meet 500,000 kr`, or why not."""
        if not self.steps:
            return f"none: {self.found.forecast.reason or 'nothing is to come'}"
        to_come = [one for one in self.steps if not one.period.is_closed(self.today)]
        first, *rest = to_come or self.steps
        soon = [first, *rest[:1]] if first.period in self.begun else [first]
        by = [one for one in rest if one.period == self.found.kpi.by and one not in soon]
        return "; ".join((*map(self._step, (*soon, *by)), *self._too_far()))

    def _too_far(self) -> tuple[str, ...]:
        """The end of a climb where the forecast does not reach it."""
        kpi, last = self.found.kpi, self.steps[-1].period
        is_beyond = kpi.by is not None and kpi.by > last and not kpi.is_retired(kpi.by)
        return (f"{kpi.by} is too far off to tell",) if is_beyond else ()

    def _step(self, one: ForecastPeriod) -> str:
        """Of a period under way what is known of it so far counts, so more than the forecast."""
        span = f"likely {self._span(one)} (80%)"
        odds = self.chances.get(one.period)
        if odds is None:
            return f"{one.period} {span}"
        chance = f"{chance_text(odds.met)} to meet {self._aim(odds.target)}"
        if one.period in self.begun:
            return f"{one.period} {chance}, by what is known of it so far"
        return f"{one.period} {span}, {chance}"

    def for_machines(self) -> tuple[Table, Table]:
        """Every step, and the odds that are told of."""
        places = self.places + _FINER
        steps = [
            Row(
                (
                    one.period,
                    *(rounded(number, places) for number in one[1:6]),
                    *_edges(effective_target(self.found.kpi, one.period).target),
                    *self._odds(one),
                )
            )
            for one in self.found.forecast.steps
        ]
        odds = [
            Row((one.period, *_edges(one.target), *(rounded(each, _CHANCE) for each in one[2:4])))
            for one in self.found.odds
        ]
        return (
            Table("forecast", tuple(map(Column, _FORECAST)), tuple(steps), is_aside=True),
            Table("odds", tuple(map(Column, _ODDS)), tuple(odds), is_aside=True),
        )

    def _odds(self, one: ForecastPeriod) -> tuple[Cell, Cell]:
        odds = self.chances.get(one.period)
        return (rounded(odds.met, _CHANCE), rounded(odds.off, _CHANCE)) if odds else (None, None)

    @property
    def near(self) -> list[ForecastPeriod]:
        """The steps that people see: the next twelve, or up to a deadline that is not far off."""
        by, steps = self.found.kpi.by, self.steps
        to_deadline = [at for at, one in enumerate(steps[:_FAR], start=1) if one.period == by]
        return steps[: max([_NEAR, *to_deadline])]

    def for_people(self) -> tuple[Block, ...]:
        """These beneath a heading; each reads as a sentence where there is no table."""
        steps = self.near
        if not steps:
            return ()
        noun = self.found.kpi.frequency.noun
        rows = tuple(Row(cells, line=_line(*cells)) for cells in map(self._read, steps))
        heading = Note(f"{plural(len(steps), noun)} to come", is_heading=True)
        return heading, Table("expected", _PEOPLE, rows, is_aside=True)

    def _read(self, one: ForecastPeriod) -> tuple[Cell, Cell, Cell, Cell, Cell]:
        odds, target = (
            self.chances.get(one.period),
            effective_target(self.found.kpi, one.period).target,
        )
        return (
            one.period,
            with_unit(self._digits(one.point), self.found.kpi.unit),
            self._span(one),
            self._aim(target) if target else None,
            chance_text(odds.met) if odds else None,
        )

    def _aim(self, target: Target) -> str:
        return target.show(self.mark, self.places)

    def _span(self, one: ForecastPeriod) -> str:
        """`455,000 to 498,000 kr`; where there is no doubt, a single number."""
        unit = self.found.kpi.unit
        low, high = (self._digits(edge) for edge in (one.low_80, one.high_80))
        if low == high:
            return with_unit(low, unit)
        return f"{with_unit(low, unit if unit in CURRENCIES else '')} to {with_unit(high, unit)}"

    def _digits(self, number: float) -> str:
        """In as many as are known of the next period, so that the others can be compared."""
        return show_number(rounded(number, self.known), self.mark, max(self.known, 0))


def _line(period: Cell, point: Cell, span: Cell, target: Cell, chance: Cell) -> str:
    """`2026-11  expected 467,000 kr, 80% of outcomes 455,000 to 498,000 kr, 23% to meet …`."""
    aim = f", {chance} to meet {target}" if chance else ""
    return safe(f"{period}  expected {point}, 80% of outcomes {span}{aim}")


def _known(one: ForecastPeriod) -> int:
    """The decimal at which what is known of a number ends; before the mark it is below zero."""
    width = one.high_80 - one.low_80
    return _DIGITS - 1 - floor(log10(width)) if width > 0 else _ALL


def _edges(target: Target | None) -> tuple[Cell, Cell, Cell]:
    """The number of a target, or both of a range."""
    if target is None:
        return None, None, None
    if target.high is None:
        return target.number, None, None
    return None, target.number, target.high


def rounded(number: float, places: int) -> Decimal:
    """The number at that many decimals, below zero at tens, hundreds and so on; never −0."""
    return Decimal(f"{round(number, places) + 0.0:.{max(places, 0)}f}")
