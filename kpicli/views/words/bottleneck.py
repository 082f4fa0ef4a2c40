"""Where a board sticks in words: how large the worst gap is, and what could not be judged."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpicli.analysis.bottleneck import TargetGap
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.number import Mark, to_decimal
from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.text import clipped, plural
from kpicli.views.words.actuals import NOT_APPLICABLE

JUDGED = {Status.ON_TARGET, Status.AT_RISK, Status.OFF_TARGET}
_MOST_NAMED = 5
"""KPIs that a line names; machines get all of them."""


def tolerances(gap: TargetGap, mark: Mark) -> Quantity | str:
    """With one decimal, and more where that would hide on which side of the tolerance it is."""
    size, places = gap.tolerances, 1
    if size is None:
        return "none"
    while size and not _tells(size, places):
        places += 1
    return Quantity(size, "", mark, places)


def _tells(size: Fraction, places: int) -> bool:
    """Whether it is neither shown as nothing nor on the other side of the tolerance."""
    number = to_decimal(size, places)
    return bool(number) and (number > 1) is (size > 1)


def bottleneck_lines(gaps: Sequence[TargetGap], mark: Mark) -> Iterator[str]:
    """The worst gap, and those that have no tolerance to be measured in."""
    if not gaps:
        return
    size = "off a target without tolerance"
    if gaps[0].tolerances is not None:
        size = f"{tolerances(gaps[0], mark)} tolerances off target"
    driver = gaps[0].driver
    by = f", explained most by {clipped(driver.kpi.name)}" if driver else ""
    yield f"bottleneck: {clipped(gaps[0].evaluation.kpi.name)}, {size}{by}"
    bare = [gap.evaluation for gap in gaps if gap.tolerances is None]
    if bare:
        yield f"a tolerance of zero, in which no gap can be measured: {_names(bare)}"


def on_target_lines(names: Sequence[str]) -> Iterator[str]:
    """The groups in which nothing sticks."""
    if names:
        yield f"on target: {', '.join(names)}"


def unjudged_lines(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """Whether nothing sticks, and what could not be judged."""
    statuses = [evaluation.status for evaluation in evaluations]
    if not JUDGED.intersection(statuses):
        yield "nothing can be judged"
    elif not {Status.AT_RISK, Status.OFF_TARGET}.intersection(statuses):
        yield "nothing sticks: all that is judged is on target"
    named = {status.word for status in (Status.NO_DATA, Status.TOO_EARLY)} | {NOT_APPLICABLE}
    words = [NOT_APPLICABLE if one.is_skip else one.status.word for one in evaluations]
    for word in dict.fromkeys(words):
        if word in named:
            pairs = zip(evaluations, words, strict=True)
            yield f"{word}: {_names([one for one, each in pairs if each == word])}"
    if count := statuses.count(Status.NO_TARGET):
        yield f"no target: {plural(count, 'KPI')}"


def _names(evaluations: Sequence[Evaluation]) -> str:
    names = [clipped(evaluation.kpi.name) for evaluation in evaluations]
    rest = len(names) - _MOST_NAMED
    return ", ".join([*names[:_MOST_NAMED], *([f"{rest} more"] if rest > 0 else [])])
