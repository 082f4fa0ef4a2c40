"""How a KPI stands in one period, in one sentence: what was measured, and what was wanted."""

import re
from fractions import Fraction
from typing import cast

from kpicli.evaluation.active import latest_due_period
from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.target import Comparison, Target
from kpicli.text import shown
from kpicli.views.words.numbers import NumberFormat

_SIGN = re.compile(r"^[≥≤<>]")
_PLURAL = re.compile(r"(?=.*[aeiou]).{3,}(?<!ie|xe|ze)(?<!che|she|sse)(?<![iu s])s")
"""A unit that loses its s in the singular, and no more: points, but not boxes, replies or mbps."""

_STRICT = {Comparison.ABOVE, Comparison.BELOW}


def status_sentence(numbers: NumberFormat) -> str:
    """`480,000 kr, 20,000 kr short of 500,000 kr`; where nothing was measured, the reason."""
    return shown(_said(numbers.one, numbers))


def _said(one: Evaluation, numbers: NumberFormat) -> str:
    if one.actual is None:
        return one.reason
    actual = f"{_singular(str(numbers.actual()), one)}{' to date' if one.is_to_date else ''}"
    if one.target is None:
        return actual if one.reason == "no target" else f"{actual}; {one.reason}"
    if one.status is Status.TOO_EARLY:
        return f"{actual} of {_bare(numbers, one.target)}, under a fifth of {one.period} measured"
    return f"{actual}, {_distance(one, numbers)}{_whole(one, numbers)}"


def _distance(one: Evaluation, numbers: NumberFormat) -> str:
    """How far from what is asked, and on which side of it."""
    due, edge = cast("Target", one.due or one.target), _edge(one, numbers)
    if not one.variance:
        return _at(due, edge, numbers)
    size, is_below = _singular(_size(numbers, one.variance), one), one.variance < 0
    if due.high is None and not one.is_favourable:
        return f"{size} {'short of' if is_below else 'over'} {edge}"
    return f"{size} {'below' if is_below else 'above'} {edge}"


def _at(due: Target, edge: str, numbers: NumberFormat) -> str:
    """In a range, or where the target itself is: what that is worth depends on its sign."""
    if due.high is not None:
        return f"within {edge}"
    if due.comparison in _STRICT:
        return f"which just misses {numbers.target(due)}"
    return "exactly as wanted" if edge == _bare(numbers, due) else f"exactly {edge}"


def _size(numbers: NumberFormat, variance: Fraction) -> str:
    """Without its sign; what rounds to nothing is still something."""
    text = str(numbers.difference(abs(variance)))
    return text.removeprefix("+") if re.search("[1-9]", text) else "a little"


def _edge(one: Evaluation, numbers: NumberFormat) -> str:
    """What the actual is held against: the target, or the part of it or the step that is due."""
    if one.due:
        return f"the {_bare(numbers, one.due)} due by then"
    if _is_step(one):
        return f"the {_bare(numbers, one.target)} due in {one.period}"
    return _bare(numbers, one.target)


def _whole(one: Evaluation, numbers: NumberFormat) -> str:
    """What it is all about where that is not what the actual is held against."""
    if _is_step(one):
        return f" ({_bare(numbers, one.end)} by {one.kpi.by})"
    if one.due:
        return f" ({_bare(numbers, one.target)} in all)"
    return ""


def _is_step(one: Evaluation) -> bool:
    """Whether the target is a step on the way to another."""
    return bool(one.end and one.target and one.end.number != one.target.number)


def _bare(numbers: NumberFormat, target: Target | None) -> str:
    """Without its sign: which side is meant is said in words."""
    return _singular(_SIGN.sub("", numbers.target(target)), numbers.one)


def _singular(text: str, one: Evaluation) -> str:
    """`1 point` of a unit that is a plain English plural."""
    unit = one.kpi.unit
    return text.removesuffix("s") if text == f"1 {unit}" and _PLURAL.fullmatch(unit) else text


def overdue_text(scorecard: Scorecard, one: Evaluation) -> str:
    """What is missing, or hidden by damage, and the command that mends it."""
    due = latest_due_period(one.kpi, scorecard.clock.today)
    is_damaged = evaluate(scorecard, one.kpi, due).is_damaged
    why = f"{due} is damaged" if is_damaged else f"nothing recorded for {due}"
    return f"{why}: kpi record {one.kpi.id} VALUE --period {due}"
