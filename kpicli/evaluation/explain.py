"""The steps from an actual to its status: target, what is due, tolerance, comparison, overdue."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from kpicli.evaluation.active import is_active, latest_due_period
from kpicli.evaluation.actual import actual_of, is_computed_once, lagged_period, own_actuals
from kpicli.evaluation.effective_target import effective_target
from kpicli.evaluation.evaluate import (
    DEFAULT_TOLERANCE,
    Evaluation,
    Zone,
    elapsed_share,
    evaluate,
    status_at_once,
    target_zone,
)
from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.rollup import is_part, own_periods, standing_parts
from kpicli.evaluation.step import Step, StepInput, StepRule
from kpicli.model.formula import Formula, Input
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual, Missing, Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.target import Target

if TYPE_CHECKING:
    from kpicli.model.number import Number


def judgement(scorecard: Scorecard, kpi: Kpi, period: Period) -> Iterator[Step]:
    """Why the actual of a period has the status that it has."""
    one = evaluate(scorecard, kpi, period)
    yield from _target(one)
    actual = actual_of(scorecard, kpi, period)
    if one.target and isinstance(actual, Actual):
        yield from _against(one, one.target, actual)
    yield Step(StepRule.STATUS, kpi, period, result=one.actual, said=one.status, why=_why(one))
    yield _overdue(scorecard, one)


def _target(one: Evaluation) -> Iterator[Step]:
    """The target of the period, or those of its own periods and what is made of them."""
    kpi, period = one.kpi, one.period
    if period.frequency is kpi.frequency or not kpi.frequency.fits_into(period.frequency):
        yield from _own(kpi, period)
        return
    owns = list(period.parts(kpi.frequency))
    if kpi.rollup is not Rollup.SUM:
        yield from _own(kpi, owns[-1])
        if target := one.target:
            yield _result(StepRule.LAST_TARGET, (kpi, period), target, *_terms(target, owns[-1]))
        return
    posts = [(own, effective_target(kpi, own).target) for own in owns]
    for own, _ in posts if kpi.all_targets else posts[:1]:
        yield from _own(kpi, own)
    if target := one.target:
        terms = [term for own, found in posts if found for term in _terms(found, own)]
        yield _result(StepRule.SUM_OF_TARGETS, (kpi, period), target, *terms)


def _terms(target: Target, period: Period | None = None) -> list[StepInput]:
    """Its number, and of a range the upper one as well."""
    high = [] if target.high is None else [StepInput("high", target.high, period)]
    return [StepInput("target", target.number, period), *high]


def _result(rule: StepRule, one: tuple[Kpi, Period], target: Target, *terms: StepInput) -> Step:
    """A step that ends in a target."""
    return Step(rule, *one, terms, target.number, target.high, target.comparison)


def _own(kpi: Kpi, period: Period) -> Iterator[Step]:
    """The entry that is in force, moved from the baseline where it is relative or climbs."""
    written = kpi.targets.at(period) if kpi.targets else kpi.target
    post = effective_target(kpi, period)
    if written is None or post.target is None:
        yield Step(StepRule.NO_TARGET, kpi, period, why=post.reason)
        return
    yield _result(StepRule.TARGET, (kpi, period), written)._replace(why=_since(kpi, period))
    base = kpi.baseline
    aim = post.end or post.target
    if written.is_relative and base:
        terms = [StepInput("baseline", base.number), StepInput("share", written.number)]
        yield _result(StepRule.RELATIVE, (kpi, period), aim, *terms)
    if kpi.start and kpi.by and base:
        own = period_of(period.start, kpi.frequency)
        steps = kpi.by.since(kpi.start)
        terms = [
            StepInput("baseline", base.number, kpi.start),
            StepInput("end", aim.number, kpi.by),
            StepInput("step", Fraction(min(own.since(kpi.start), steps))),
            StepInput("steps", Fraction(steps)),
        ]
        yield _result(StepRule.CLIMB, (kpi, period), post.target, *terms)


def _since(kpi: Kpi, period: Period) -> str:
    """The label of the schedule's entry, or nothing where one target is always in force."""
    entries = kpi.targets.entries if kpi.targets else ()
    begun = [since for since, _ in entries if since.start <= period.start]
    return str(begun[-1]) if begun else ""


def _against(one: Evaluation, target: Target, actual: Actual) -> Iterator[Step]:
    due, share = one.due or target, Fraction(1)
    if one.due:
        share = elapsed_share(actual, one.period)
        terms = [*_terms(target), *_elapsed(one.period, share)]
        step = _result(StepRule.DUE, (one.kpi, one.period), one.due, *terms)
        yield step._replace(until=actual.measured_to)
    zone = target_zone(due, one.kpi.tolerance or DEFAULT_TOLERANCE, share)
    yield from _tolerances(one, zone)
    if one.variance is not None:
        terms = [StepInput("actual", actual.number), *_terms(due)]
        step = Step(StepRule.COMPARISON, one.kpi, one.period, tuple(terms), one.variance)
        holds = "holds" if zone.meets(Fraction(actual.number)) else "fails"
        yield step._replace(said=due.comparison, why=holds)


def _elapsed(period: Period, share: Fraction) -> tuple[StepInput, StepInput]:
    return StepInput("elapsed", share * period.days), StepInput("days", Fraction(period.days))


def _tolerances(one: Evaluation, zone: Zone) -> Iterator[Step]:
    """Where what is at risk ends, on each side that has an edge."""
    size = zone.tolerance
    term = StepInput("share" if size.is_relative else "size", size.number)
    is_part = not size.is_relative and zone.scale != 1
    for edge, way in ((zone.low, -1), (zone.high, 1)):
        if edge is not None:
            terms = [StepInput("edge", edge), term]
            terms += _elapsed(one.period, zone.scale) if is_part else []
            end = edge + way * zone.margin(edge)
            said = "+" if way > 0 else "-"
            yield Step(StepRule.TOLERANCE, one.kpi, one.period, tuple(terms), end, said=said)


def _why(one: Evaluation) -> str:
    """What decided: the reason of an evaluation, or one of a few words."""
    if one.status in {Status.NO_DATA, Status.NO_TARGET}:
        return one.reason
    target, actual = cast("Target", one.target), Fraction(cast("Number", one.actual))
    whole = target_zone(target, one.kpi.tolerance or DEFAULT_TOLERANCE)
    if one.is_to_date and status_at_once(actual, whole):
        return "at_once"
    return str(one.status)


def _overdue(scorecard: Scorecard, one: Evaluation) -> Step:
    """By the latest own period whose end plus grace is past, and the ones before it."""
    kpi, today = one.kpi, scorecard.clock.today
    latest = latest_due_period(kpi, today)
    step = Step(StepRule.OVERDUE, kpi, latest, said="overdue" if one.is_overdue else "")
    if kpi.formula:
        return step._replace(why="formula")
    if not is_active(kpi, today):
        return step._replace(why="retired")
    if isinstance(actual_of(scorecard, kpi, latest), Actual):
        return step._replace(why="known")
    known = (
        own
        for own in own_periods(scorecard, kpi)
        if own < latest and isinstance(actual_of(scorecard, kpi, own), Actual)
    )
    earlier = next(known, None)
    return step._replace(why="earlier" if earlier else "never", parts=(earlier,) if earlier else ())


Entries = Mapping[str, Sequence[HistoryEntry]]
"""Every record of each KPI, the replaced ones too, in order of time."""


def explained(scorecard: Scorecard, entries: Entries, kpi: Kpi, period: Period) -> list[Step]:
    """Every step, each once: what a number is made of comes before it, the judgement last."""
    made = _Reckoning(scorecard, entries)
    made.add(kpi, period)
    return [*made.steps, *judgement(scorecard, kpi, period)]


def term_name(step: Input) -> str:
    """How an input stands in a formula: `visitors`, `prev(visitors)`."""
    return f"{step.lag}({step.id})" if step.lag else step.id


class _Reckoning:
    """The steps to an actual; what has been shown is not shown again."""

    def __init__(self, scorecard: Scorecard, entries: Entries) -> None:
        self.scorecard, self.entries = scorecard, entries
        self.steps: list[Step] = []
        self.seen: set[tuple[str, Period]] = set()

    def add(self, kpi: Kpi, period: Period) -> None:
        """The steps to the actual of a period, or to the reason why there is none."""
        if (kpi.id, period) in self.seen:
            return
        self.seen.add((kpi.id, period))
        if not period.has_begun(self.scorecard.clock.today):
            pass
        elif is_computed_once(kpi, period):
            self._formula(kpi, period)
        elif period.frequency is kpi.frequency:
            self.steps += self._recorded(kpi, period)
        elif kpi.rollup and kpi.frequency.fits_into(period.frequency):
            self._longer(kpi, period)
        actual = actual_of(self.scorecard, kpi, period)
        if isinstance(actual, Missing):
            self.steps.append(Step(StepRule.MISSING, kpi, period, why=actual.reason))

    def _formula(self, kpi: Kpi, period: Period) -> None:
        formula = cast("Formula", kpi.formula)
        terms: list[StepInput] = []
        for step in formula.inputs:
            one, at = self.scorecard.definitions.kpis[step.id], lagged_period(step, period)
            self.add(one, at)
            actual = actual_of(self.scorecard, one, at)
            if isinstance(actual, Actual):
                terms.append(StepInput(term_name(step), actual.number, at))
        found = actual_of(self.scorecard, kpi, period)
        result = found.number if isinstance(found, Actual) else None
        if len(terms) == len(formula.inputs):
            self.steps.append(
                Step(StepRule.FORMULA, kpi, period, tuple(terms), result, said=formula.text)
            )

    def _longer(self, kpi: Kpi, period: Period) -> None:
        parts = own_actuals(self.scorecard, kpi, period)
        for own in list(period.parts(kpi.frequency))[: len(parts)]:
            self.add(kpi, own)
        known = [part for part in parts if isinstance(part, Actual)]
        if len(known) == len(parts):
            self.steps.append(self._rolled_up(kpi, period, known))

    def _rolled_up(self, kpi: Kpi, period: Period, parts: Sequence[Actual]) -> Step:
        found = cast("Actual", actual_of(self.scorecard, kpi, period))
        terms = tuple(StepInput(kpi.id, part.number, part.period) for part in parts)
        return Step(StepRule.ROLLUP, kpi, period, terms, found.number, said=kpi.rollup or "")

    def _recorded(self, kpi: Kpi, period: Period) -> Iterator[Step]:
        """The record of the whole, else those of the parts that count, and how they add up."""
        series = self.scorecard.series_of(kpi)
        whole = series.records.get(period)
        shorter = [at for at in sorted(series.records) if is_part(at, period)]
        if whole and period not in series.damaged:
            beside = shorter if whole.value is not None else []
            yield self._record(kpi, whole, beside)
        if period in series.damaged or (whole and whole.value is not None) or not kpi.rollup:
            return
        counting = standing_parts(series, period, self.scorecard)
        shown = {part.period for part in counting}
        for at in shorter:
            if at in shown:
                inner = [one for one in shorter if is_part(one, at)]
                yield self._record(kpi, series.records[at], inner)
            elif at not in series.damaged and not any(is_part(at, longer) for longer in shown):
                yield self._record(kpi, series.records[at], [])
        if isinstance(actual_of(self.scorecard, kpi, period), Actual):
            yield self._rolled_up(kpi, period, counting)

    def _record(self, kpi: Kpi, record: Record, beside: Sequence[Period]) -> Step:
        """With the earlier records of its period, and the parts for which it stands instead."""
        series = self.scorecard.series_of(kpi)
        replaced = tuple(
            entry.record
            for entry in self.entries.get(kpi.id, ())
            if entry.record.period == record.period and entry.record.order < record.order
        )
        standing = tuple(at for at in beside if series.records[at].value is not None)
        return Step(
            StepRule.RECORD,
            kpi,
            record.period,
            result=record.value,
            record=record,
            replaced=replaced,
            parts=standing,
        )
