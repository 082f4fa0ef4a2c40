"""The steps from the records to a status, each with its word, by the trace of an evaluation."""

from collections.abc import Iterator
from fractions import Fraction

from kpicli.evaluation.due import Elapsed
from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.evaluation.evaluate import Evaluation, Zone
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.step import ActualSteps, Entries, Step, StepInput, StepRule
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.record import Missing
from kpicli.model.status import Status
from kpicli.model.target import Target


def explanation_steps(ledger: Ledger, entries: Entries, kpi: Kpi, period: Period) -> list[Step]:
    """Every step, each once: what a number is made of comes before it, the status last."""
    return [
        *ActualSteps(ledger, entries).to(kpi, period),
        *target_steps(kpi, ledger.target(kpi, period)),
        *evaluation_steps(ledger, ledger.evaluate(kpi, period)),
        _overdue_step(ledger, kpi),
    ]


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
