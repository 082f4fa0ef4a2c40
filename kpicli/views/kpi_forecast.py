"""What is expected of one KPI: the forecast by period, and the chances of its targets."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, log10

from kpicli.analysis.kpi_forecast import AHEAD, ForecastPeriod, TargetOdds
from kpicli.analysis.profile import Profile
from kpicli.evaluation.effective_target import own_targets
from kpicli.model.frequency import Frequency
from kpicli.model.number import Mark, decimal_places, with_mark
from kpicli.model.period import Period
from kpicli.model.quantity import with_unit
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Target
from kpicli.model.unit import CURRENCIES
from kpicli.noun import NamedTuple
from kpicli.text import plural, safe
from kpicli.views.parts.evaluation_columns import target_columns
from kpicli.views.parts.view import Block, Column, Note, Table, row_of, table_of
from kpicli.views.words.behaviour import chance_text
from kpicli.views.words.numbers import singular

_SIGNIFICANT_DIGITS = 2  # of the width of an interval: more of its edges is not known
_ALL_PLACES = 12  # decimals of a number that is known exactly
_DAYS_LISTED, _NOT_FAR = 14, 24  # days to come, and periods to a deadline, that are all listed
_EXTRA_PLACES, _CHANCE_PLACES = 2, 3  # decimals for machines: beyond those shown, and of a chance


class _Row(NamedTuple):
    """A period to come, its target, and the odds that this is met, where those are known."""

    format: "Expectations"
    step: ForecastPeriod
    target: Target | None
    odds: TargetOdds | None


class _RowInWords(NamedTuple):
    """What people read of a period to come: what is expected, and what 80% of outcomes lie in.

    The target as it is written, and the chance that it is met, where those are known.
    """

    period: Period
    point: str
    interval: str
    target: str | None
    chance: str | None

    def text(self) -> str:
        """`2026-11  expected 467,000 kr, 80% of outcomes 455,000 to 498,000 kr, 23% to meet …`."""
        odds = f", {self.chance} to meet {self.target}" if self.chance else ""
        outcomes = f"80% of outcomes {self.interval}"
        return safe(f"{self.period}  expected {self.point}, {outcomes}{odds}")


def _chance(odds: TargetOdds | None, name: str) -> Decimal | None:
    return rounded(getattr(odds, name), _CHANCE_PLACES) if odds else None


def _edge(name: str) -> Column[_Row]:
    return Column(name, of=lambda row: row.format.edge(getattr(row.step, name)))


_ODDS_COLUMNS: tuple[Column[TargetOdds], ...] = (
    Column("period", of=lambda odds: odds.period),
    *target_columns("target"),
    Column("met", of=lambda odds: _chance(odds, "met")),
    Column("off", of=lambda odds: _chance(odds, "off")),
)
_FORECAST_COLUMNS: tuple[Column[_Row], ...] = (
    Column("period", of=lambda row: row.step.period),
    *map(_edge, ("point", "low_80", "high_80", "low_95", "high_95")),
    *target_columns("target"),
    Column("met", of=lambda row: _chance(row.odds, "met")),
    Column("off", of=lambda row: _chance(row.odds, "off")),
)
_COLUMNS: tuple[Column[_RowInWords], ...] = (
    Column("", "Period", lambda row: row.period, is_brief=True),
    Column("", "Expected", lambda row: row.point, is_number=True, is_brief=True),
    Column("", "80% of outcomes", lambda row: row.interval, is_number=True),
    Column("", "Target", lambda row: row.target, rank=1, is_number=True),
    Column("", "Chance", lambda row: row.chance, is_number=True),
)


class Expectations:
    """The numbers to come of a KPI, in its unit and in as many digits as are known."""

    def __init__(self, profile: Profile, scorecard: Scorecard, places: int) -> None:
        actuals = [row.actual for row in profile.periods if row.actual is not None]
        self.profile, self.kpi = profile, profile.kpi
        self.today = scorecard.clock.today
        self.mark: Mark = scorecard.definitions.decimal.value
        self.places = max([places, *map(decimal_places, actuals)])
        self.measured = {row.period for row in profile.periods if row.actual is not None}
        self.steps = [step for step in profile.forecast.steps if not self._is_complete(step)]
        self.odds = {odds.period: odds for odds in profile.odds}
        self.certain_places = self._certain_places()
        self._form = f",.{max(self.certain_places, 0)}f"

    def _certain_places(self) -> int:
        """As many as are known of the next period, and no more than of the latest ones are shown.

        What is computed may come in smaller parts than its target: of these one digit of the width
        is shown all the same.
        """
        actuals = (row.actual for row in self.profile.periods)
        has_parts = any(isinstance(one, Fraction) and one.denominator > 1 for one in actuals)
        steps = self.profile.forecast.steps[:1]
        certain = min(map(_certain_places, steps), default=self.places)
        is_finer = has_parts and self.places < certain - 1 <= self.places + _EXTRA_PLACES
        return min(certain, certain - 1 if is_finer else self.places)

    def _is_complete(self, step: ForecastPeriod) -> bool:
        """Whether an actual stands for all of a period that has not closed, and not for a part."""
        return step.period in self.measured and self.kpi.rollup is None and self.kpi.formula is None

    def sentence(self) -> str:
        """`2026-11 likely 455,000 to 498,000 kr (80%), 23% to meet 500,000 kr`, or why not."""
        if not self.steps:
            return f"none: {self.profile.forecast.reason or 'no periods to come'}"
        open_steps = [step for step in self.steps if not step.period.is_closed(self.today)]
        first, *later = open_steps or self.steps
        soon = [first, *later[:1]] if first.period in self.measured else [first]
        deadline = [step for step in later if step.period == self.kpi.by and step not in soon]
        return "; ".join((*map(self._clause, (*soon, *deadline)), *self._too_far()))

    def _too_far(self) -> tuple[str, ...]:
        """The end of a climb where the forecast does not reach it."""
        by, last = self.kpi.by, self.steps[-1].period
        is_beyond = by is not None and by > last and not self.kpi.is_retired(by)
        return (f"{by} is too far ahead to forecast",) if is_beyond else ()

    def _clause(self, step: ForecastPeriod) -> str:
        """Of a period under way what is known of it so far counts, so more than the forecast."""
        interval = f"likely {self.interval(step)} (80%)"
        odds = self.odds.get(step.period)
        if odds is None:
            return f"{step.period} {interval}"
        chance = f"{chance_text(odds.met)} to meet {self.target(odds.target)}"
        if step.period in self.measured:
            return f"{step.period} {chance}, from what is recorded so far"
        return f"{step.period} {interval}, {chance}"

    def _rows(self, steps: Sequence[ForecastPeriod]) -> Iterator[_Row]:
        targets = own_targets(self.kpi, [step.period for step in steps])
        for step, target in zip(steps, targets, strict=True):
            yield _Row(self, step, target, self.odds.get(step.period))

    def _rows_in_words(self) -> Iterator[_RowInWords]:
        last, text = None, None
        for _, step, target, odds in self._rows(self.listed):
            if target is not last:  # most have that of the one before
                last, text = target, self.target(target) if target else None
            yield _RowInWords(
                step.period,
                singular(with_unit(self.digits(step.point), self.kpi.unit), self.kpi),
                self.interval(step),
                text,
                chance_text(odds.met) if odds else None,
            )

    def for_machines(self) -> tuple[Table, Table]:
        """Every step, and the odds of every target."""
        forecast = self._rows(self.profile.forecast.steps)
        return (
            table_of("forecast", _FORECAST_COLUMNS, forecast, is_aside=True),
            table_of("odds", _ODDS_COLUMNS, self.profile.odds, is_aside=True),
        )

    @property
    def drawn(self) -> list[ForecastPeriod]:
        """The steps of a chart: as far as one looks ahead, or up to a deadline that is not far."""
        steps = enumerate(self.steps[:_NOT_FAR], start=1)
        to_deadline = [count for count, step in steps if step.period == self.kpi.by]
        return self.steps[: max([AHEAD[self.kpi.frequency], *to_deadline])]

    @property
    def listed(self) -> list[ForecastPeriod]:
        """The steps of a table: those of a chart, of days fewer; and a deadline, however far."""
        steps = self.drawn
        if self.kpi.frequency is Frequency.DAILY:
            steps = steps[:_DAYS_LISTED]
        deadline = [step for step in self.steps[len(steps) :] if step.period == self.kpi.by]
        return [*steps, *deadline]

    @property
    def heading(self) -> str:
        """`12 months to come`."""
        return f"{plural(len(self.listed), self.kpi.frequency.noun)} to come"

    def for_people(self) -> tuple[Block, ...]:
        """These beneath a heading; each reads as a sentence where there is no table."""
        rows = tuple(row_of(_COLUMNS, row, line=row.text()) for row in self._rows_in_words())
        if not rows:
            return ()
        heading = Note(self.heading, is_heading=True)
        return heading, Table("expected", _COLUMNS, rows, is_aside=True)

    def target(self, target: Target) -> str:
        """A target as it is written."""
        return singular(target.show(self.mark, self.places), self.kpi)

    def edge(self, number: float) -> Decimal:
        """A number of the forecast for machines."""
        return rounded(number, self.places + _EXTRA_PLACES)

    def interval(self, step: ForecastPeriod) -> str:
        """`455,000 to 498,000 kr`; where there is no doubt, a single number."""
        unit = self.kpi.unit
        low, high = (self.digits(edge) for edge in (step.low_80, step.high_80))
        if low == high:
            return singular(with_unit(low, unit), self.kpi)
        last = singular(with_unit(high, unit), self.kpi)
        return f"{with_unit(low, unit if unit in CURRENCIES else '')} to {last}"

    def digits(self, number: float) -> str:
        """In as many as are known of the next period, so that the others can be compared."""
        return with_mark(format(_rounded(number, self.certain_places), self._form), self.mark)


def _certain_places(step: ForecastPeriod) -> int:
    """The decimal at which what is known of a number ends; before the mark it is below zero."""
    width = step.high_80 - step.low_80
    return _SIGNIFICANT_DIGITS - 1 - floor(log10(width)) if width > 0 else _ALL_PLACES


def rounded(number: float, places: int) -> Decimal:
    """The number at that many decimals, below zero at tens, hundreds and so on; never −0."""
    return Decimal(f"{_rounded(number, places):.{max(places, 0)}f}")


def _rounded(number: float, places: int) -> float:
    return round(number, places) + 0.0
