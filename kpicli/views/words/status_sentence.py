"""How a KPI stands in one period, in one sentence: the actual, and how far it is off target."""

import re
from typing import cast

from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.period import period_list
from kpicli.model.status import Status
from kpicli.model.target import Comparison, Target
from kpicli.text import clipped
from kpicli.views.words.actuals import passed_over
from kpicli.views.words.numbers import NumberFormat, singular

_SIGN = r"^[≥≤<>]"
_STRICT = {Comparison.ABOVE, Comparison.BELOW}


def status_sentence(numbers: NumberFormat) -> str:
    """`480,000 kr, 20,000 kr short of 500,000 kr`; where there is no actual, the reason."""
    skipped = () if numbers.evaluation.is_skip else numbers.evaluation.skipped
    return clipped(_sentence(numbers) + passed_over(skipped))


def _sentence(numbers: NumberFormat) -> str:
    evaluation = numbers.evaluation
    if evaluation.actual is None:
        return evaluation.reason
    to_date = " to date" if evaluation.is_to_date else ""
    actual = f"{singular(str(numbers.actual()), evaluation.kpi)}{to_date}"
    if evaluation.target is None:
        return actual if evaluation.reason == "no target" else f"{actual}; {evaluation.reason}"
    if evaluation.status is Status.TOO_EARLY:
        target = _without_sign(numbers, evaluation.target)
        return f"{actual} of {target}, under a fifth of {evaluation.period} measured"
    return f"{actual}, {_distance(numbers)}{_whole_target(numbers)}"


def _distance(numbers: NumberFormat) -> str:
    """How far from the target or the part of it that is due, and on which side."""
    evaluation = numbers.evaluation
    due, edge = cast("Target", evaluation.due or evaluation.target), _edge(numbers)
    if not evaluation.variance:
        return _no_distance(due, edge, numbers)
    size = singular(str(numbers.variance()).lstrip("+-"), evaluation.kpi)
    is_below = evaluation.variance < 0
    if due.high is None and not evaluation.is_favourable:
        return f"{size} {'short of' if is_below else 'over'} {edge}"
    return f"{size} {'below' if is_below else 'above'} {edge}"


def _no_distance(due: Target, edge: str, numbers: NumberFormat) -> str:
    """In a range, or where the target itself is, which a strict sign excludes."""
    if due.high is not None:
        return f"within {edge}"
    if due.comparison in _STRICT:
        return f"which just misses {numbers.target(due)}"
    return "exactly on target" if edge == _without_sign(numbers, due) else f"exactly {edge}"


def _edge(numbers: NumberFormat) -> str:
    """What the actual is held against: the target, or the part of it or the step that is due."""
    evaluation = numbers.evaluation
    if evaluation.due:
        return f"the {_without_sign(numbers, evaluation.due)} due by then"
    target = _without_sign(numbers, evaluation.target)
    return f"the {target} due in {evaluation.period}" if numbers.climb_end() else target


def _whole_target(numbers: NumberFormat) -> str:
    """The whole target, or the end of a climb, where the actual is held against a part of it."""
    evaluation = numbers.evaluation
    if numbers.climb_end():
        return f" ({_without_sign(numbers, evaluation.end)} by {evaluation.kpi.by})"
    return f" ({_without_sign(numbers, evaluation.target)} in all)" if evaluation.due else ""


def _without_sign(numbers: NumberFormat, target: Target | None) -> str:
    """A target without its sign, where words say which side is meant."""
    return singular(re.sub(_SIGN, "", numbers.target(target)), numbers.evaluation.kpi)


def overdue_text(scorecard: Ledger, evaluation: Evaluation) -> str:
    """What is missing, or hidden by damage, and the command that mends it."""
    kpi, missing = evaluation.kpi, evaluation.missing
    damaged = [period for period in missing if scorecard.evaluate(kpi, period).is_damaged]
    unrecorded = [period for period in missing if period not in damaged]
    reasons = [f"nothing recorded for {period_list(unrecorded)}"] if unrecorded else []
    if damaged:
        reasons.append(f"{period_list(damaged)} {'is' if len(damaged) == 1 else 'are'} damaged")
    advice = f" VALUE --period {missing[0]}" if len(missing) == 1 else ""
    return f"{', '.join(reasons)}: kpi record {kpi.id}{advice}"
