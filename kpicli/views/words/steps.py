"""The words for each step of an explanation: how, with which numbers, and what comes out."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from kpicli.evaluation.step import Step, StepRule
from kpicli.model.formula import with_inputs
from kpicli.model.kpi import Rollup
from kpicli.model.number import Mark, Number
from kpicli.model.period import period_list
from kpicli.model.scorecard import Clock
from kpicli.model.status import Status
from kpicli.model.target import Comparison, Target
from kpicli.model.unit import PERCENT, POINTS
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.words.actuals import NOT_APPLICABLE, rollup_word
from kpicli.views.words.exact_numbers import SIGNS, StepNumbers

if TYPE_CHECKING:
    from kpicli.model.record import Record

_DAY = timedelta(days=1)
_MOST_PERIODS = 6  # periods that are named one by one; of more the first and the last


class StepWords(NamedTuple):
    """How a step goes, its calculation with numbers, and its result."""

    how: str = ""
    numbers: str = ""
    result: str = ""


def step_words(step: Step, mark: Mark, clock: Clock) -> StepWords:
    """What people read of a step; every number in it is exact."""
    return _WORDS[step.rule](step, StepNumbers(step, mark, clock))


def _record(step: Step, exact: StepNumbers) -> StepWords:
    record = cast("Record", step.record)
    replaced = [f"{exact.value(old)}, {exact.record(old)}" for old in step.replaced]
    lines = [f"in place of {'; '.join(replaced)}"] if replaced else []
    lines += [f"in place of its parts: {_periods_text(step.parts)}"] if step.parts else []
    result = "nothing stands" if record.number is None else f"= {exact.in_unit(record.number)}"
    result = NOT_APPLICABLE if record.skip else result
    how = exact.record(record) if record.is_standing else f"taken back, {exact.record(record)}"
    return StepWords(how, "; ".join(lines), result)


def _periods_text(items: tuple[object, ...]) -> str:
    if len(items) <= _MOST_PERIODS:
        return ", ".join(map(str, items))
    return f"{items[0]} to {items[-1]}, {len(items)} of them"


def _rollup(step: Step, exact: StepNumbers) -> StepWords:
    rollup = Rollup(step.word)
    numbers = [exact.plain(term.number) for term in step.terms]
    text = (" + " if rollup in {Rollup.SUM, Rollup.MEAN} else ", ").join(numbers)
    text = f"({text}) / {len(numbers)}" if rollup is Rollup.MEAN else text
    of = _periods_text(tuple(term.period for term in step.terms))
    skipped = f" ({period_list(step.parts)} {NOT_APPLICABLE})" if step.parts else ""
    how = f"the {rollup_word(rollup)} of {of}{skipped}"
    return StepWords(how, text, exact.result())


def _formula(step: Step, exact: StepNumbers) -> StepWords:
    inputs = {term.name: exact.plain(term.number) for term in step.terms}
    numbers = with_inputs(step.word, lambda part: inputs[str(part)])
    return StepWords(step.word, numbers, exact.result())


def _reason(step: Step, _: StepNumbers) -> StepWords:
    return StepWords(clipped(step.reason))


def _target(step: Step, exact: StepNumbers) -> StepWords:
    if step.reason:
        how = f"the entry of {step.reason} in targets, the last that starts by then"
    else:
        how = "target in the definitions"
    kpi = step.kpi
    target = kpi.targets.at(step.period) if kpi.targets else kpi.target
    if target and target.is_relative:
        return StepWords(how, "", clipped(target.show(exact.mark)))
    return StepWords(how, "", exact.target())


def _relative(_step: Step, exact: StepNumbers) -> StepWords:
    base, share = exact.terms["baseline"], exact.term("share")
    numbers = f"{exact.plain(base)} + {exact.plain(abs(Fraction(base)))} * {share} / 100"
    size = exact.in_unit(exact.terms["share"], PERCENT)
    how = f"moved from the baseline, {exact.in_unit(base)}, by {size} of its size"
    return StepWords(how, numbers, exact.target())


def _climb(step: Step, exact: StepNumbers) -> StepWords:
    base, end = step.terms[:2]
    step_number, steps = exact.term("step"), exact.term("steps")
    how = (
        f"step {step_number} of {steps} from {exact.in_unit(base.number)} in {base.period} "
        f"to {exact.in_unit(end.number)} in {end.period}"
    )
    low, high = exact.plain(base.number), exact.plain(end.number)
    return StepWords(how, f"{low} + ({high} - {low}) * {step_number} / {steps}", exact.target())


def _sum_of_targets(step: Step, exact: StepNumbers) -> StepWords:
    lows = [exact.plain(term.number) for term in step.terms if term.name == "target"]
    highs = [exact.plain(term.number) for term in step.terms if term.name == "high"]
    sums = [" + ".join(numbers) for numbers in (lows, highs) if numbers]
    periods = _periods_text(tuple(term.period for term in step.terms if term.name == "target"))
    return StepWords(f"the sum of the targets of {periods}", " .. ".join(sums), exact.target())


def _last_target(step: Step, exact: StepNumbers) -> StepWords:
    return StepWords(f"the target at its end, of {step.terms[0].period}", "", exact.target())


def _due(step: Step, exact: StepNumbers) -> StepWords:
    """Of an own period its elapsed part; of a longer one the sum of those of its own periods."""
    last = f", up to {step.until - _DAY}" if step.until and step.until > step.period.start else ""
    days = f"{exact.term('elapsed')} of {exact.term('days')} days" if "days" in exact.terms else ""
    sums = [_prorated(step, name, exact) for name in ("target", "high")]
    numbers = " .. ".join(filter(None, sums))
    begun = tuple(term.period for term in step.terms if term.name == "target" and term.period)
    if not begun:
        return StepWords(f"{days} have elapsed{last}", numbers, exact.target())
    ended = begun[:-1] if days else begun
    parts = [f"the sum of the targets of {_periods_text(ended)}"] if ended else []
    parts += [f"{days} of {begun[-1]}{last}"] if days else []
    return StepWords(" and ".join(parts), numbers, exact.target())


def _prorated(step: Step, name: str, exact: StepNumbers) -> str:
    """`100 + 200 + 300 * 10 / 30`: the last is under way where its days are known."""
    numbers = [exact.plain(term.number) for term in step.terms if term.name == name]
    if numbers and "days" in exact.terms:
        numbers[-1] += f" * {exact.term('elapsed')} / {exact.term('days')}"
    return " + ".join(numbers)


def _tolerance(step: Step, exact: StepNumbers) -> StepWords:
    edge = exact.terms["edge"]
    size_of = abs(Fraction(edge))
    if "share" in exact.terms:
        share = exact.term("share")
        how, size = (
            f"{share}% of {exact.in_unit(size_of)}",
            f"{exact.plain(size_of)} * {share} / 100",
        )
    else:
        unit = POINTS if step.kpi.unit == PERCENT else step.kpi.unit
        how, size = exact.in_unit(exact.terms["size"], unit), exact.term("size")
    if "days" in exact.terms or "part" in exact.terms:
        days = f"{exact.term('elapsed')} / {exact.term('days')}" if "days" in exact.terms else ""
        part = days or exact.term("part")
        how, size = f"{part} of {how}", f"{size} * {part}"
    way = "up" if step.word == "+" else "down"
    end = exact.in_unit(cast("Number", step.result))
    return StepWords(how, f"{exact.plain(edge)} {step.word} {size}", f"at risk {way} to {end}")


def _comparison(step: Step, exact: StepNumbers) -> StepWords:
    target = Target(exact.terms["target"], Comparison(step.word), high=exact.terms.get("high"))
    actual, variance = step.terms[0].number, Fraction(cast("Number", step.result))
    goal = f"{SIGNS[target.comparison]} {exact.edges(target.number, target.high)}"
    ending = "holds" if step.reason == "holds" else "does not hold"
    unit = POINTS if step.kpi.unit == PERCENT else step.kpi.unit
    edge = Fraction(actual) - variance
    is_inside = target.high is not None and not variance
    numbers = "" if is_inside else f"{exact.plain(actual)} - {exact.plain(edge)}"
    result = f"variance {exact.in_unit(variance, unit)}"
    return StepWords(f"{exact.in_unit(actual)} {goal} {ending}", numbers, result)


_REASONS: Mapping[str, str] = {
    "on_target": "the target is met",
    "at_risk": "the target is missed, but within the tolerance",
    "off_target": "the target is missed by more than the tolerance",
    "too_early": "less than a fifth has elapsed",
}


def _status(step: Step, _: StepNumbers) -> StepWords:
    status = Status(step.word)
    met = "the whole target is already met, before the end of the period"
    broken = "the whole limit is already exceeded by more than the tolerance"
    at_once = met if status is Status.ON_TARGET else broken
    why = at_once if step.reason == "at_once" else _REASONS.get(step.reason, clipped(step.reason))
    return StepWords(why, "", status.word)


def _overdue(step: Step, _: StepNumbers) -> StepWords:
    after = f" its {plural(step.kpi.grace, 'day')} of grace" if step.kpi.grace else ""
    latest = f"{step.period}, the latest that is past{after}"
    missing = period_list(step.parts) if step.parts else ""
    why = {
        "formula": "a formula is computed, so never overdue",
        "retired": f"it was kept until {step.kpi.until}",
        "never": f"{latest}, has no actual, and no earlier one has",
        "missing": f"nothing recorded for {missing}, up to {latest}",
        "complete": f"no {step.kpi.frequency.noun} is missing up to {latest}",
    }
    return StepWords(why[step.reason], "", "overdue" if step.word else "not overdue")


_WORDS: Mapping[StepRule, Callable[[Step, StepNumbers], StepWords]] = {
    StepRule.RECORD: _record,
    StepRule.ROLLUP: _rollup,
    StepRule.WINDOW: _rollup,
    StepRule.FORMULA: _formula,
    StepRule.MISSING: _reason,
    StepRule.TARGET: _target,
    StepRule.RELATIVE: _relative,
    StepRule.CLIMB: _climb,
    StepRule.SUM_OF_TARGETS: _sum_of_targets,
    StepRule.LAST_TARGET: _last_target,
    StepRule.NO_TARGET: _reason,
    StepRule.DUE: _due,
    StepRule.TOLERANCE: _tolerance,
    StepRule.COMPARISON: _comparison,
    StepRule.STATUS: _status,
    StepRule.OVERDUE: _overdue,
}
