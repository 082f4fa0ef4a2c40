"""The steps from an actual to its status: target, what is due, tolerance, comparison, overdue."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from kpicli.analysis.derive import actual_of
from kpicli.analysis.evaluate import (
    USUAL_TOLERANCE,
    Evaluation,
    Zone,
    elapsed_part,
    evaluate,
    known_at_once,
    zone_of,
)
from kpicli.analysis.goalpost import goalpost
from kpicli.analysis.kept import is_kept, latest_due
from kpicli.analysis.rollup import own_periods
from kpicli.model.actual import Actual
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.step import Rule, Step, Term
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
    yield Step(Rule.STATUS, kpi, period, result=one.actual, said=one.status, why=_why(one))
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
            yield _result(Rule.LAST_TARGET, (kpi, period), target, *_terms(target, owns[-1]))
        return
    posts = [(own, goalpost(kpi, own).target) for own in owns]
    for own, _ in posts if kpi.all_targets else posts[:1]:
        yield from _own(kpi, own)
    if target := one.target:
        terms = [term for own, found in posts if found for term in _terms(found, own)]
        yield _result(Rule.SUM_OF_TARGETS, (kpi, period), target, *terms)


def _terms(target: Target, period: Period | None = None) -> list[Term]:
    """Its number, and of a range the upper one as well."""
    high = [] if target.high is None else [Term("high", target.high, period)]
    return [Term("target", target.number, period), *high]


def _result(rule: Rule, one: tuple[Kpi, Period], target: Target, *terms: Term) -> Step:
    """A step that ends in a target."""
    return Step(rule, *one, terms, target.number, target.high, target.comparison)


def _own(kpi: Kpi, period: Period) -> Iterator[Step]:
    """The entry that is in force, moved from the baseline where it is relative or climbs."""
    written = kpi.targets.at(period) if kpi.targets else kpi.target
    post = goalpost(kpi, period)
    if written is None or post.target is None:
        yield Step(Rule.NO_TARGET, kpi, period, why=post.reason)
        return
    yield _result(Rule.TARGET, (kpi, period), written)._replace(why=_since(kpi, period))
    base = kpi.baseline
    aim = post.end or post.target
    if written.is_relative and base:
        terms = [Term("baseline", base.number), Term("share", written.number)]
        yield _result(Rule.RELATIVE, (kpi, period), aim, *terms)
    if kpi.start and kpi.by and base:
        own = period_of(period.start, kpi.frequency)
        steps = kpi.by.since(kpi.start)
        terms = [
            Term("baseline", base.number, kpi.start),
            Term("end", aim.number, kpi.by),
            Term("step", Fraction(min(own.since(kpi.start), steps))),
            Term("steps", Fraction(steps)),
        ]
        yield _result(Rule.CLIMB, (kpi, period), post.target, *terms)


def _since(kpi: Kpi, period: Period) -> str:
    """The label of the schedule's entry, or nothing where one target is always in force."""
    entries = kpi.targets.entries if kpi.targets else ()
    begun = [since for since, _ in entries if since.start <= period.start]
    return str(begun[-1]) if begun else ""


def _against(one: Evaluation, target: Target, actual: Actual) -> Iterator[Step]:
    due, share = one.due or target, Fraction(1)
    if one.due:
        share = elapsed_part(actual, one.period)
        terms = [*_terms(target), *_elapsed(one.period, share)]
        step = _result(Rule.DUE, (one.kpi, one.period), one.due, *terms)
        yield step._replace(until=actual.measured_to)
    zone = zone_of(due, one.kpi.tolerance or USUAL_TOLERANCE, share)
    yield from _tolerances(one, zone)
    if one.variance is not None:
        terms = [Term("actual", actual.number), *_terms(due)]
        step = Step(Rule.COMPARISON, one.kpi, one.period, tuple(terms), one.variance)
        holds = "holds" if zone.meets(Fraction(actual.number)) else "fails"
        yield step._replace(said=due.comparison, why=holds)


def _elapsed(period: Period, share: Fraction) -> tuple[Term, Term]:
    return Term("elapsed", share * period.days), Term("days", Fraction(period.days))


def _tolerances(one: Evaluation, zone: Zone) -> Iterator[Step]:
    """Where what is at risk ends, on each side that has an edge."""
    size = zone.tolerance
    term = Term("share" if size.is_relative else "size", size.number)
    is_part = not size.is_relative and zone.scale != 1
    for edge, way in ((zone.low, -1), (zone.high, 1)):
        if edge is not None:
            terms = [Term("edge", edge), term]
            terms += _elapsed(one.period, zone.scale) if is_part else []
            end = edge + way * zone.margin(edge)
            said = "+" if way > 0 else "-"
            yield Step(Rule.TOLERANCE, one.kpi, one.period, tuple(terms), end, said=said)


def _why(one: Evaluation) -> str:
    """What decided: the reason of an evaluation, or one of a few words."""
    if one.status in {Status.NO_DATA, Status.NO_TARGET}:
        return one.reason
    target, actual = cast("Target", one.target), Fraction(cast("Number", one.actual))
    whole = zone_of(target, one.kpi.tolerance or USUAL_TOLERANCE)
    if one.is_to_date and known_at_once(actual, whole):
        return "at_once"
    return str(one.status)


def _overdue(scorecard: Scorecard, one: Evaluation) -> Step:
    """By the latest own period whose end plus grace is past, and the ones before it."""
    kpi, today = one.kpi, scorecard.clock.today
    latest = latest_due(kpi, today)
    step = Step(Rule.OVERDUE, kpi, latest, said="overdue" if one.is_overdue else "")
    if kpi.formula:
        return step._replace(why="formula")
    if not is_kept(kpi, today):
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
