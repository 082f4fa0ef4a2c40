"""The actuals, targets and evaluations of a board in one run, each worked out once."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import islice

from kpicli.evaluation.active import (
    MAX_PERIODS,
    Overdue,
    find_overdue,
    is_active,
    latest_due_period,
)
from kpicli.evaluation.actual import Actuals
from kpicli.evaluation.effective_target import EffectiveTarget, effective_target
from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.evaluation.memo import once
from kpicli.evaluation.rollup import own_periods
from kpicli.evaluation.selection import view_frequency
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing
from kpicli.model.status import Status


class Ledger(Actuals):
    """A scorecard with all that follows from it: `Ledger(definitions, series, clock)`."""

    @once
    def target(self, kpi: Kpi, period: Period) -> EffectiveTarget:
        """The target in force for a period."""
        is_summed = kpi.rollup is Rollup.SUM and period.frequency is not kpi.frequency
        if not is_summed or not kpi.fills(period):
            return effective_target(kpi, period)
        owns = period.parts(kpi.frequency)
        return effective_target(kpi, period, {own for own in owns if self.is_skipped(kpi, own)})

    @once
    def evaluate(self, kpi: Kpi, period: Period) -> Evaluation:
        """The status of a KPI in a period."""
        actual, target = self.actual(kpi, period), self.target(kpi, period)
        missing = self.overdue(kpi).missing
        evaluation = evaluate(kpi, period, actual, target, self.clock.today, missing)
        start = self.recorded_from(kpi, period) if evaluation.zone else None
        if start is None:
            return evaluation
        from kpicli.evaluation.due import without_target

        return without_target(evaluation, start)

    def recorded_from(self, kpi: Kpi, period: Period) -> date | None:
        """The day from which on a sum in a period was recorded, where that is not its first day.

        A share of sums that begin on one day is none of a part: of both the same days count.
        """
        if not kpi.formula:
            late = self._late_start(kpi)
            return late[1] if late and period.contains(late[0]) else None
        if not self._begins_late(kpi):
            return None
        starts = {self.recorded_from(*pair) for pair in self.derivation(kpi, period).inputs}
        if kpi.formula.is_share and len(starts) == 1:
            return None
        return max(filter(None, starts), default=None)

    def whole_periods(self, kpi: Kpi, periods: Sequence[Period]) -> Sequence[Period]:
        """Those of some periods of which no sum lacks the days before its first record."""
        if not self._begins_late(kpi):
            return periods
        return [period for period in periods if not self.recorded_from(kpi, period)]

    def _begins_late(self, kpi: Kpi) -> bool:
        return any(map(self._late_start, self.definitions.with_inputs(kpi)))

    @once
    def _late_start(self, kpi: Kpi) -> tuple[Period, date] | None:
        """The first own period of a sum, and the day in it on which its records begin, if late."""
        owns = self.own_periods(kpi)
        if kpi.rollup is not Rollup.SUM or not owns or self.is_recorded_whole(kpi):
            return None
        from kpicli.evaluation.due import begin_late

        first = owns[-1]
        parts = [
            record.period
            for own in (first, first.shift(1))
            for record in self.derivation(kpi, own).records
            if record.number is not None and record.period != own
        ]
        return (first, parts[0].start) if begin_late(parts, first, self.clock.today) else None

    @once
    def overdue(self, kpi: Kpi) -> Overdue:
        """The own periods that are missing today."""
        if kpi.formula or not is_active(kpi, self.clock.today):
            return find_overdue(kpi, self.clock.today, ())
        oldest = latest_due_period(kpi, self.clock.today).shift(1 - MAX_PERIODS)
        owns = self.own_periods(kpi)
        count = bisect_left(owns, 1, key=lambda period: period < oldest)
        recent, older = owns[:count], owns[count:]
        series = self.series_of(kpi)
        valued = () if series.damaged else tuple(series.valued_periods)
        known = recent
        if not len(valued) == len(owns) == len(series.records):
            are_valued = {*valued}
            known = [period for period in recent if period in are_valued or self.has(kpi, period)]
        unknown = {*recent}.difference(known) if len(known) < count else ()
        known += islice((period for period in older if self.has(kpi, period)), 1)
        skipped = {period for period in unknown if self.is_skipped(kpi, period)}
        return find_overdue(kpi, self.clock.today, known, skipped)

    def awaited_periods(self, kpi: Kpi) -> list[Period]:
        """The own periods that a person has to record: those missing, and those still in grace.

        None from before its first actual; of a KPI that has none yet the last closed one.
        """
        overdue, last = self.overdue(kpi), kpi.period_of(self.clock.today).shift(-1)
        if overdue.reason in {"formula", "retired"}:
            return []
        oldest_first = reversed(self.own_periods(kpi))
        oldest = next((period for period in oldest_first if self.has(kpi, period)), None)
        first = max(overdue.latest.shift(1), oldest) if oldest else last
        count = min(last.since(first) + 1, MAX_PERIODS)
        in_grace = (last.shift(-back) for back in reversed(range(count)))
        return [*overdue.missing, *(own for own in in_grace if self.is_unrecorded(kpi, own))]

    def number(self, kpi: Kpi, period: Period) -> Number | None:
        """The number of the actual of a period, if there is one."""
        return self.numbers(kpi, [period])[0]

    def numbers(self, kpi: Kpi, periods: Sequence[Period]) -> list[Number | None]:
        """The numbers of the actuals of periods in a row, `None` where there is none.

        Those of whole own periods stand in their records, so that of many none is made an actual.
        """
        if not periods:
            return []
        is_begun = max(periods[0], periods[-1]).has_begun(self.clock.today)
        if is_begun and periods[0].frequency is kpi.frequency and self.is_recorded_whole(kpi):
            return self.series_of(kpi).numbers(periods)
        actuals = [self.actual(kpi, period) for period in periods]
        return [actual.number if isinstance(actual, Actual) else None for actual in actuals]

    @once
    def is_recorded_whole(self, kpi: Kpi) -> bool:
        """Whether what is recorded for an own period is all that counts for it."""
        series, rank = self.series_of(kpi), kpi.frequency.rank
        if kpi.formula or series.damaged:
            return False
        may_have_parts = kpi.rollup and rank
        return not (may_have_parts and any(each.frequency.rank < rank for each in series.records))

    def has(self, kpi: Kpi, period: Period) -> bool:
        """Whether there is an actual for a period."""
        return self.number(kpi, period) is not None

    def is_skipped(self, kpi: Kpi, period: Period) -> bool:
        """Whether there is nothing to measure in a period."""
        actual = self.actual(kpi, period)
        return isinstance(actual, Missing) and actual.is_skip

    def is_unrecorded(self, kpi: Kpi, period: Period) -> bool:
        """Whether nobody has said yet what was measured in a period, or that it is skipped."""
        return not self.has(kpi, period) and not self.is_skipped(kpi, period)

    @once
    def own_periods(self, kpi: Kpi) -> list[Period]:
        """The own periods of which something is recorded, newest first."""
        return own_periods(self, kpi)

    @once
    def known_periods(self, kpi: Kpi, frequency: Frequency) -> list[Period]:
        """Periods that have begun and in which it or an input has a record, newest first."""
        today = self.clock.today
        if frequency is kpi.frequency and not kpi.formula:
            owns = self.own_periods(kpi)
            if not owns or owns[0].has_begun(today):
                return owns
            return [period for period in owns if period.has_begun(today)]
        inputs = [part for part in self.definitions.with_inputs(kpi) if not part.formula]
        periods = {
            kpi.period_with(own, frequency) for part in inputs for own in self.own_periods(part)
        }
        return sorted((period for period in periods if period.has_begun(today)), reverse=True)

    def latest(self, kpi: Kpi, frequency: Frequency | None = None) -> Evaluation:
        """The latest period that has an actual and is not too early, else the latest known one.

        Periods are as long as the KPI's own, or as `frequency` says where own ones fill such.
        """
        length = view_frequency(kpi, frequency)
        periods = self.known_periods(kpi, length)
        for period in periods:
            evaluation = self.evaluate(kpi, period)
            is_inconclusive = evaluation.status in {Status.TOO_EARLY, Status.NO_DATA}
            if evaluation.is_damaged or not is_inconclusive:
                return evaluation
        before = kpi.period_of(self.clock.today, length).shift(-1)
        return self.evaluate(kpi, periods[0] if periods else before)
