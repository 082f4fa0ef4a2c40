"""Targets of 95% and more, and nobody has said how far off is still at risk.

Where nothing is written 10% of the target is tolerated, so a share that should be 98% is red only
below 88.2%. It is advice, once for the whole file.

Bad sample:
    [kpis.uptime]
    name = "Uptime"
    owner = "Head of Operations"
    definition = "Minutes in which the shop answered, as a share of all minutes"
    source = "monitoring"
    levers = ["second data centre"]
    target = "99.95%"

Good:
    [kpis.uptime]
    tolerance = "0.05 pp"
"""

from collections.abc import Iterator
from fractions import Fraction

from kpicli.evaluation.active import active_kpis
from kpicli.language.share import is_no_share
from kpicli.lint.assignment import assignment, target_key
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import Mark, show_number, to_decimal
from kpicli.model.scorecard import Scorecard
from kpicli.model.target import Direction, Target

SEVERITY = Severity.ADVICE
_HIGH, _WHOLE = 95, 100
_DEFAULT = Fraction(9, 10)  # what is left of a target by the tolerance where none is written


def check(context: LintContext) -> Iterator[Finding]:
    """Each share with such a target; said once for the file."""
    for kpi in active_kpis(context):
        target = None if context.root_cause(kpi) or context.doubt(kpi) else _high_target(kpi)
        if target is None:
            continue
        limit = _shown(context, Fraction(target.number) * _DEFAULT)
        room = _shown(context, (_WHOLE - Fraction(target.number)) / 2 or Fraction(1))
        yield Finding(
            path=("kpis", kpi.id, target_key(kpi)),
            message=f"{kpi.name} has target {target.show(_mark(context))} and no tolerance, "
            f"so that it is red below {limit}% only",
            hint=f"say how far off is still at risk, as in {assignment('tolerance', f'{room} pp')}",
            is_shared=True,
        )


def _high_target(kpi: Kpi) -> Target | None:
    """Its last target, where it is a share that should be nearly everything."""
    if kpi.tolerance is not None or not kpi.all_targets or is_no_share(kpi):
        return None
    target = kpi.all_targets[-1]
    is_high = target.direction is Direction.HIGHER and _HIGH <= target.number <= _WHOLE
    return target if is_high and not target.is_relative else None


def _shown(scorecard: Scorecard, number: Fraction) -> str:
    return show_number(to_decimal(number), _mark(scorecard))


def _mark(scorecard: Scorecard) -> Mark:
    return scorecard.definitions.decimal.value
