"""The steps from the records to a status, read from the trace that an evaluation leaves."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kpicli.evaluation.due import Elapsed
from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.evaluate import Evaluation, Zone
from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.rollup import Derivation, is_part
from kpicli.evaluation.step import Step, StepInput, StepRule
from kpicli.model.formula import Formula
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, Record
from kpicli.model.status import Status
from kpicli.model.target import Target

Entries = Mapping[str, Sequence[HistoryEntry]]
"""Every record of each KPI, the replaced ones too, in order of time."""


def explanation_steps(ledger: Ledger, entries: Entries, kpi: Kpi, period: Period) -> list[Step]:
    """Every step, each once: what a number is made of comes before it, the status last."""
    return [
        *_ActualSteps(ledger, entries).to(kpi, period),
        *target_steps(kpi, ledger.target(kpi, period)),
        *evaluation_steps(ledger, ledger.evaluate(kpi, period)),
        _overdue_step(ledger, kpi),
    ]


class _ActualSteps:
    """The steps to an actual; what has been shown is not shown again."""

    def __init__(self, ledger: Ledger, entries: Entries) -> None:
        self.ledger, self.entries = ledger, entries
        self.seen: set[tuple[str, Period]] = set()

    def to(self, kpi: Kpi, period: Period) -> Iterator[Step]:
        """The steps to the actual of a period, or to the reason why there is none."""
        if (kpi.id, period) in self.seen:
            return
        self.seen.add((kpi.id, period))
        derivation = self.ledger.derivation(kpi, period)
        for part, part_period in derivation.inputs:
            yield from self.to(part, part_period)
        for record in derivation.records:
            yield self._record_step(kpi, record)
        yield from self._result(kpi, period, derivation)

    def _result(self, kpi: Kpi, period: Period, derivation: Derivation) -> Iterator[Step]:
        actual = derivation.actual
        result = None if isinstance(actual, Missing) else actual.number
        if derivation.parts and isinstance(actual, Actual):
            yield self._parts_step(StepRule.ROLLUP, kpi, derivation, actual, kpi.rollup or "")
        elif derivation.is_formula and kpi.formula:
            yield from self._formula_steps(kpi, kpi.formula, period, result)
        if isinstance(actual, Missing):
            yield Step(StepRule.MISSING, kpi, period, reason=actual.reason)

    def _parts_step(
        self, rule: StepRule, kpi: Kpi, derivation: Derivation, actual: Actual, word: str
    ) -> Step:
        """What is made of several periods."""
        terms = tuple(StepInput(kpi.id, part.number, part.period) for part in derivation.parts)
        return Step(rule, kpi, actual.period, terms, actual.number, word=word)

    def _formula_steps(
        self, kpi: Kpi, formula: Formula, period: Period, result: Number | None
    ) -> Iterator[Step]:
        """Each window by itself, then all inputs put in, where there are all."""
        inputs: list[StepInput] = []
        for step in formula.inputs:
            derivation = self.ledger.input_derivation(kpi, step, period)
            actual, part = derivation.actual, self.ledger.definitions.kpis[step.id]
            if isinstance(actual, Missing):
                continue
            inputs.append(StepInput(str(step), actual.number, actual.period))
            if step.is_window:
                yield self._parts_step(StepRule.WINDOW, part, derivation, actual, step.lag)
        if len(inputs) == len(formula.inputs):
            yield Step(StepRule.FORMULA, kpi, period, tuple(inputs), result, word=formula.text)

    def _record_step(self, kpi: Kpi, record: Record) -> Step:
        """With the earlier records of its period, and the parts for which it stands instead."""
        replaced = tuple(
            entry.record
            for entry in self.entries.get(kpi.id, ())
            if entry.record.period == record.period and entry.record.order < record.order
        )
        standing = self.ledger.series_of(kpi).standing if record.value is not None else ()
        parts = sorted(part.period for part in standing if is_part(part.period, record.period))
        return Step(
            StepRule.RECORD,
            kpi,
            record.period,
            result=record.number,
            record=record,
            replaced=replaced,
            parts=tuple(parts),
        )


def target_steps(kpi: Kpi, effective: EffectiveTarget) -> Iterator[Step]:
    """The target of the period, or those of its own periods and what is made of them."""
    if not effective.parts:
        yield from _own_target_steps(kpi, effective)
        return
    for part in effective.parts:
        yield from _own_target_steps(kpi, part)
    if target := effective.target:
        is_sum = kpi.rollup == "sum"
        rule = StepRule.SUM_OF_TARGETS if is_sum else StepRule.LAST_TARGET
        terms = [
            term
            for part in effective.parts
            if part.target
            for term in _edges(part.target, part.period)
        ]
        yield _target_step(rule, kpi, effective.period, target, *terms)


def _own_target_steps(kpi: Kpi, effective: EffectiveTarget) -> Iterator[Step]:
    """The entry that is in force, moved from the baseline where it is relative or climbs."""
    period, target, as_written = effective.period, effective.target, effective.written
    if as_written is None or target is None:
        yield Step(StepRule.NO_TARGET, kpi, period, reason=effective.reason)
        return
    step = _target_step(StepRule.TARGET, kpi, period, as_written)
    yield step._replace(reason=str(effective.since or ""))
    if not kpi.baseline:
        return
    baseline, end = kpi.baseline.number, effective.end or target
    if as_written.is_relative:
        terms = [StepInput("baseline", baseline), StepInput("share", as_written.number)]
        yield _target_step(StepRule.RELATIVE, kpi, period, end, *terms)
    if effective.step is not None and kpi.start and kpi.by:
        terms = [
            StepInput("baseline", baseline, kpi.start),
            StepInput("end", end.number, kpi.by),
            StepInput("step", Fraction(effective.step)),
            StepInput("steps", Fraction(kpi.by.since(kpi.start))),
        ]
        yield _target_step(StepRule.CLIMB, kpi, period, target, *terms)


def _target_step(
    rule: StepRule, kpi: Kpi, period: Period, target: Target, *terms: StepInput
) -> Step:
    """A step that ends in a target."""
    return Step(rule, kpi, period, terms, target.number, target.high, target.comparison)


def _edges(target: Target, period: Period | None = None) -> list[StepInput]:
    """Its number, and of a range the upper one as well."""
    high = [] if target.high is None else [StepInput("high", target.high, period)]
    return [StepInput("target", target.number, period), *high]


def evaluation_steps(ledger: Ledger, evaluation: Evaluation) -> Iterator[Step]:
    """What is due, the tolerance, the comparison and the status."""
    kpi, period = evaluation.kpi, evaluation.period
    if evaluation.due:
        yield _due_step(ledger, evaluation, evaluation.due)
    if zone := evaluation.zone:
        yield from _tolerance_steps(evaluation, zone)
        yield from _comparison_step(evaluation, zone)
    is_unjudged = evaluation.status in {Status.NO_DATA, Status.NO_TARGET}
    decisive = "at_once" if evaluation.is_certain else str(evaluation.status)
    yield Step(
        StepRule.STATUS,
        kpi,
        period,
        result=evaluation.actual,
        word=evaluation.status,
        reason=evaluation.reason if is_unjudged else decisive,
    )


def _due_step(ledger: Ledger, evaluation: Evaluation, due: Target) -> Step:
    """The targets of the own periods that have begun; one under way with its elapsed days."""
    kpi, period = evaluation.kpi, evaluation.period
    effective, actual = ledger.target(kpi, period), ledger.actual(kpi, period)
    if effective.parts:
        pairs = zip(effective.parts, evaluation.elapsed, strict=True)
        terms = [term for own, part in pairs if own.target for term in _due_terms(own.target, part)]
    else:
        terms = [*_edges(effective.target or due), *_days(evaluation.elapsed[0])]
    until = None if isinstance(actual, Missing) else actual.measured_to
    return _target_step(StepRule.DUE, kpi, period, due, *terms)._replace(until=until)


def _due_terms(target: Target, part: Elapsed) -> list[StepInput]:
    if part.days == 0:
        return []
    days = [] if part.share == 1 else _days(part, part.period)
    return [*_edges(target, part.period), *days]


def _days(part: Elapsed, period: Period | None = None) -> list[StepInput]:
    elapsed, days = Fraction(part.days), Fraction(part.period.days)
    return [StepInput("elapsed", elapsed, period), StepInput("days", days, period)]


def _tolerance_steps(evaluation: Evaluation, zone: Zone) -> Iterator[Step]:
    """Where what is at risk ends, on each side that has an edge."""
    size = zone.tolerance
    term = StepInput("share" if size.is_relative else "size", size.number)
    part: list[StepInput] = []
    if not size.is_relative and zone.scale != 1:
        is_own = len(evaluation.elapsed) == 1
        part = _days(evaluation.elapsed[0]) if is_own else [StepInput("part", zone.scale)]
    for edge, sign in ((zone.low, "-"), (zone.high, "+")):
        if edge is not None:
            terms = [StepInput("edge", edge), term, *part]
            end = edge + int(f"{sign}1") * zone.margin(edge)
            yield Step(
                *(StepRule.TOLERANCE, evaluation.kpi, evaluation.period),
                tuple(terms),
                end,
                word=sign,
            )


def _comparison_step(evaluation: Evaluation, zone: Zone) -> Iterator[Step]:
    target = evaluation.due or evaluation.target
    if evaluation.variance is None or evaluation.actual is None or target is None:
        return
    yield Step(
        StepRule.COMPARISON,
        evaluation.kpi,
        evaluation.period,
        (StepInput("actual", evaluation.actual), *_edges(target)),
        evaluation.variance,
        word=target.comparison,
        reason="holds" if zone.meets(Fraction(evaluation.actual)) else "fails",
    )


def _overdue_step(ledger: Ledger, kpi: Kpi) -> Step:
    overdue = ledger.overdue(kpi)
    return Step(
        StepRule.OVERDUE,
        kpi,
        overdue.latest,
        word="overdue" if overdue.missing else "",
        reason=overdue.reason,
        parts=overdue.missing,
    )
