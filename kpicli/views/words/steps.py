"""The words for each step of a reckoning: how, with which numbers, and what comes out."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple, cast

from kpicli.evaluation.step import Step, StepRule
from kpicli.model.kpi import Rollup
from kpicli.model.number import Mark, Number
from kpicli.model.quantity import PERCENT, POINTS
from kpicli.model.record import Clock, Record
from kpicli.model.status import Status
from kpicli.model.target import Comparison, Target
from kpicli.text import clipped, plural
from kpicli.views.words.exact_numbers import SIGNS, StepNumbers

_DAY = timedelta(days=1)
_LIST = 6
"""Periods that are named one by one; of more the first and the last."""


class StepWords(NamedTuple):
    """How a step goes, the same with numbers put in, and its result."""

    how: str = ""
    numbers: str = ""
    result: str = ""


def step_words(step: Step, mark: Mark, clock: Clock) -> StepWords:
    """What people read of a step; every number in it is exact."""
    return _WORDS[step.rule](step, StepNumbers(step, mark, clock))


def _record(step: Step, ink: StepNumbers) -> StepWords:
    record = cast("Record", step.record)
    old = [f"{ink.value(one)}, {ink.record(one)}" for one in step.replaced]
    lines = [f"in place of {'; '.join(old)}"] if old else []
    lines += [f"in place of its parts: {_listed(step.parts)}"] if step.parts else []
    result = "nothing stands" if record.value is None else f"= {ink.said(record.value)}"
    how = f"taken back, {ink.record(record)}" if record.value is None else ink.record(record)
    return StepWords(how, "; ".join(lines), result)


def _listed(items: tuple[object, ...]) -> str:
    if len(items) <= _LIST:
        return ", ".join(map(str, items))
    return f"{items[0]} to {items[-1]}, {len(items)} of them"


_ROLLUPS = {
    Rollup.SUM: "sum",
    Rollup.MEAN: "mean",
    Rollup.LAST: "last",
    Rollup.MIN: "least",
    Rollup.MAX: "greatest",
}


def _rollup(step: Step, ink: StepNumbers) -> StepWords:
    rollup = Rollup(step.said)
    numbers = [ink.bare(term.number) for term in step.terms]
    text = (" + " if rollup in {Rollup.SUM, Rollup.MEAN} else ", ").join(numbers)
    text = f"({text}) / {len(numbers)}" if rollup is Rollup.MEAN else text
    of = _listed(tuple(term.period for term in step.terms))
    return StepWords(f"the {_ROLLUPS[rollup]} of {of}", text, ink.result())


def _formula(step: Step, ink: StepNumbers) -> StepWords:
    known = {term.name: ink.bare(term.number) for term in step.terms}
    call = r"(prev|last_year)[ \t]*\([ \t]*([a-z][a-z0-9_]*)[ \t]*\)"

    def number(found: re.Match[str]) -> str:
        lag, lagged, plain = found.groups()
        return known[f"{lag}({lagged})" if lag else plain]

    numbers = re.sub(rf"{call}|\b([a-z][a-z0-9_]*)", number, step.said)
    return StepWords(step.said, numbers, ink.result())


def _missing(step: Step, _: StepNumbers) -> StepWords:
    return StepWords(clipped(step.why))


def _target(step: Step, ink: StepNumbers) -> StepWords:
    if step.why:
        how = f"the entry of {step.why} in targets, the last that starts by then"
    else:
        how = "target in the definitions"
    kpi = step.kpi
    written = kpi.targets.at(step.period) if kpi.targets else kpi.target
    if written and written.is_relative:
        return StepWords(how, "", clipped(written.show(ink.mark)))
    return StepWords(how, "", ink.target())


def _relative(_step: Step, ink: StepNumbers) -> StepWords:
    base, share = ink.terms["baseline"], ink.term("share")
    numbers = f"{ink.bare(base)} + {ink.bare(abs(Fraction(base)))} * {share} / 100"
    size = ink.said(ink.terms["share"], PERCENT)
    how = f"moved from the baseline, {ink.said(base)}, by {size} of its size"
    return StepWords(how, numbers, ink.target())


def _climb(step: Step, ink: StepNumbers) -> StepWords:
    base, end = step.terms[:2]
    done, steps = ink.term("step"), ink.term("steps")
    how = (
        f"step {done} of {steps} from {ink.said(base.number)} in {base.period} "
        f"to {ink.said(end.number)} in {end.period}"
    )
    low, high = ink.bare(base.number), ink.bare(end.number)
    return StepWords(how, f"{low} + ({high} - {low}) * {done} / {steps}", ink.target())


def _sum_of_targets(step: Step, ink: StepNumbers) -> StepWords:
    lows = [ink.bare(term.number) for term in step.terms if term.name == "target"]
    highs = [ink.bare(term.number) for term in step.terms if term.name == "high"]
    sums = [" + ".join(numbers) for numbers in (lows, highs) if numbers]
    periods = _listed(tuple(term.period for term in step.terms if term.name == "target"))
    return StepWords(f"the sum of those of {periods}", " .. ".join(sums), ink.target())


def _last_target(step: Step, ink: StepNumbers) -> StepWords:
    return StepWords(f"the one at its end, of {step.terms[0].period}", "", ink.target())


def _no_target(step: Step, _: StepNumbers) -> StepWords:
    return StepWords(clipped(step.why))


def _due(step: Step, ink: StepNumbers) -> StepWords:
    elapsed, days = ink.term("elapsed"), ink.term("days")
    last = f", up to {step.until - _DAY}" if step.until and step.until > step.period.start else ""
    edges = [term for term in step.terms if term.name in {"target", "high"}]
    numbers = " .. ".join(f"{ink.bare(edge.number)} * {elapsed} / {days}" for edge in edges)
    return StepWords(f"{elapsed} of {days} days have elapsed{last}", numbers, ink.target())


def _tolerance(step: Step, ink: StepNumbers) -> StepWords:
    edge = ink.terms["edge"]
    size_of = abs(Fraction(edge))
    if "share" in ink.terms:
        share = ink.term("share")
        how, size = f"{share}% of {ink.said(size_of)}", f"{ink.bare(size_of)} * {share} / 100"
    else:
        unit = POINTS if step.kpi.unit == PERCENT else step.kpi.unit
        how, size = ink.said(ink.terms["size"], unit), ink.term("size")
    if "days" in ink.terms:
        part = f"{ink.term('elapsed')} / {ink.term('days')}"
        how, size = f"{part} of {how}", f"{size} * {part}"
    way = "up" if step.said == "+" else "down"
    end = ink.said(cast("Number", step.result))
    return StepWords(how, f"{ink.bare(edge)} {step.said} {size}", f"at risk {way} to {end}")


def _comparison(step: Step, ink: StepNumbers) -> StepWords:
    target = Target(ink.terms["target"], Comparison(step.said), high=ink.terms.get("high"))
    actual, variance = step.terms[0].number, Fraction(cast("Number", step.result))
    goal = f"{SIGNS[target.comparison]} {ink.said(target.number)}"
    goal += f"..{ink.said(target.high)}" if target.high is not None else ""
    ending = "holds" if step.why == "holds" else "does not hold"
    unit = POINTS if step.kpi.unit == PERCENT else step.kpi.unit
    edge = Fraction(actual) - variance
    is_inside = target.high is not None and not variance
    numbers = "" if is_inside else f"{ink.bare(actual)} - {ink.bare(edge)}"
    said = f"variance {ink.said(variance, unit)}"
    return StepWords(f"{ink.said(actual)} {goal} {ending}", numbers, said)


_WHY: Mapping[str, str] = {
    "on_target": "the comparison holds",
    "at_risk": "the comparison does not hold, and the tolerance does",
    "off_target": "neither the comparison nor the tolerance holds",
    "too_early": "less than a fifth has elapsed",
}


def _status(step: Step, _: StepNumbers) -> StepWords:
    status = Status(step.said)
    met = "the whole target is met already, before the end of the period"
    broken = "the whole limit is broken already, beyond its tolerance"
    at_once = met if status is Status.ON_TARGET else broken
    why = at_once if step.why == "at_once" else _WHY.get(step.why, clipped(step.why))
    return StepWords(why, "", status.word)


def _overdue(step: Step, _: StepNumbers) -> StepWords:
    after = f" and {plural(step.kpi.grace, 'day')} of grace" if step.kpi.grace else ""
    latest = f"{step.period}, the latest that is past{after}"
    earlier = step.parts[0] if step.parts else None
    why = {
        "formula": "a formula is computed, so never overdue",
        "retired": f"it was kept until {step.kpi.until}",
        "known": f"{latest}, has an actual",
        "never": f"{latest}, has no actual, and no earlier one has",
        "earlier": f"{latest}, has no actual, and {earlier} has",
    }
    return StepWords(why[step.why], "", "overdue" if step.said else "not overdue")


_WORDS: Mapping[StepRule, Callable[[Step, StepNumbers], StepWords]] = {
    StepRule.RECORD: _record,
    StepRule.ROLLUP: _rollup,
    StepRule.FORMULA: _formula,
    StepRule.MISSING: _missing,
    StepRule.TARGET: _target,
    StepRule.RELATIVE: _relative,
    StepRule.CLIMB: _climb,
    StepRule.SUM_OF_TARGETS: _sum_of_targets,
    StepRule.LAST_TARGET: _last_target,
    StepRule.NO_TARGET: _no_target,
    StepRule.DUE: _due,
    StepRule.TOLERANCE: _tolerance,
    StepRule.COMPARISON: _comparison,
    StepRule.STATUS: _status,
    StepRule.OVERDUE: _overdue,
}
