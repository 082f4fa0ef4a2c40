"""The steps from an actual to its status: target, what is due, tolerance, comparison, overdue."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

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
from kpicli.model.number import Number
from kpicli.model.period import Period, period_of
from kpicli.model.quantity import Quantity
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.step import Rule, Step, Term
from kpicli.model.target import Target


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
            yield _result(Rule.LAST_TARGET, kpi, period, target, (_term(owns[-1], target),))
        return
    posts = [(own, goalpost(kpi, own).target) for own in owns]
    for own, _ in posts if kpi.all_targets else posts[:1]:
        yield from _own(kpi, own)
    if target := one.target:
        terms = tuple(_term(own, found) for own, found in posts if found)
        yield _result(Rule.SUM_OF_TARGETS, kpi, period, target, terms)


def _term(period: Period, target: Target) -> Term:
    return Term("target", target.number, period)


def _result(
    rule: Rule, kpi: Kpi, period: Period, target: Target, terms: Sequence[Term], said: str = ""
) -> Step:
    return Step(
        rule, kpi, period, tuple(terms), target.number, target.high, said or target.comparison
    )


def _own(kpi: Kpi, period: Period) -> Iterator[Step]:
    """The entry that is in force, moved from the baseline where it is relative or climbs."""
    written = kpi.targets.at(period) if kpi.targets else kpi.target
    post = goalpost(kpi, period)
    if written is None or post.target is None:
        yield Step(Rule.NO_TARGET, kpi, period, why=post.reason)
        return
    since = _since(kpi, period)
    yield _result(Rule.TARGET, kpi, period, written, ())._replace(why=since)
    base = kpi.baseline
    aim = post.end or post.target
    if written.is_relative and base:
        terms = (Term("baseline", base.number), Term("share", written.number))
        yield _result(Rule.RELATIVE, kpi, period, aim, terms)
    if kpi.start and kpi.by and base:
        own = period_of(period.start, kpi.frequency)
        terms = (
            Term("baseline", base.number, kpi.start),
            Term("end", aim.number, kpi.by),
            Term("step", Fraction(min(own.since(kpi.start), kpi.by.since(kpi.start)))),
            Term("steps", Fraction(kpi.by.since(kpi.start))),
        )
        yield _result(Rule.CLIMB, kpi, period, post.target, terms)


def _since(kpi: Kpi, period: Period) -> str:
    """The label of the schedule's entry, or nothing where one target is always in force."""
    entries = kpi.targets.entries if kpi.targets else ()
    begun = [since for since, _ in entries if since.start <= period.start]
    return str(begun[-1]) if begun else ""


def _against(one: Evaluation, target: Target, actual: Actual) -> Iterator[Step]:
    tolerance = one.kpi.tolerance or USUAL_TOLERANCE
    due, share = one.due or target, Fraction(1)
    if one.due:
        share = elapsed_part(actual, one.period)
        days = Fraction(one.period.days)
        edges = [Term("target", edge) for edge in (target.number, target.high) if edge is not None]
        terms = (*edges, Term("elapsed", share * days), Term("days", days))
        step = _result(Rule.DUE, one.kpi, one.period, one.due, terms)
        yield step._replace(until=actual.measured_to)
    zone = zone_of(due, tolerance, share)
    for edge, beyond in _edges(zone):
        yield _tolerance(one, zone, edge, beyond)
    if one.variance is not None:
        terms = (Term(one.kpi.id, actual.number), *_compared(due))
        meets = "" if zone.meets(Fraction(actual.number)) else "not"
        yield Step(
            Rule.COMPARISON, one.kpi, one.period, terms, one.variance, None, due.comparison, meets
        )


def _compared(due: Target) -> tuple[Term, ...]:
    edges: list[Number | None] = [due.number, due.high]
    return tuple(Term("target", edge) for edge in edges if edge is not None)


def _edges(zone: Zone) -> Iterator[tuple[Fraction, Fraction]]:
    """Each edge of what is on target, and the one of what is at risk behind it."""
    if zone.low is not None:
        yield zone.low, zone.low - zone.margin(zone.low)
    if zone.high is not None:
        yield zone.high, zone.high + zone.margin(zone.high)


def _tolerance(one: Evaluation, zone: Zone, edge: Fraction, beyond: Fraction) -> Step:
    size = Quantity(zone.tolerance.number, "%" if zone.tolerance.is_relative else "")
    terms = [Term("edge", edge), Term("tolerance", size.number)]
    if not zone.tolerance.is_relative and zone.scale != 1:
        days = Fraction(one.period.days)
        terms += [Term("elapsed", zone.scale * days), Term("days", days)]
    way = "+" if edge == zone.high else "-"
    return Step(Rule.TOLERANCE, one.kpi, one.period, tuple(terms), beyond, said=way, why=size.unit)


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
