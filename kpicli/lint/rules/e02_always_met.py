"""The target was met in every single period.

A target that is never missed asks for nothing: it is too easy, the work is done, or the numbers are
in another unit than the target. Found where the target in force now was in force in twelve closed
periods or more and met in each; a target that was raised starts anew, and so does each step of a
climb. Not where nothing better can be asked for, as no accidents at all. What was before the latest
36 periods is not looked at.

As of: 2026-11-05

Bad sample:
    [kpis.renewals]
    name = "Renewed contracts"
    owner = "Head of Customer Success"
    definition = "Contracts that were renewed in the month"
    source = "contract register"
    levers = ["a call two months before the end"]
    rollup = "sum"
    target = "20 contracts"

Log:
    renewals from 2025-11: 31 33 30 32 31 34 32 33 31 30 33 34

Good:
    [kpis.renewals]
    # without target
    targets = { "2025-11" = "20 contracts", "2026-10" = "33 contracts" }
    tolerance = "20%"
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile

from kpicli.analysis.observations import Observations, current_target, never_moves
from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.evaluate import is_best
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.target import Target
from kpicli.stats.control_limits import FEWEST_FOR_LIMITS
from kpicli.text import plural

SEVERITY, READS_RECORDS = Severity.ADVICE, True
_OTHER_SIZE = 10


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI whose target of now was met for as long as it is in force."""
    for kpi in active_kpis(context):
        past = context.observations(kpi)
        target = current_target(context, kpi)
        count = _met(past, target)
        is_hardest = target is not None and is_best(kpi, target, Fraction(target.number))
        if count < FEWEST_FOR_LIMITS or never_moves(kpi, past) or is_hardest:
            continue
        periods = plural(count, kpi.frequency.noun)
        reason, hint = "it is too easy, or the work is done", "set a target that takes work"
        if target and _is_of_another_size(past[-count:], target):
            reason = "each number is ten times off, as if in another unit"
            hint = "put back the unit in which it was recorded, or set a target that takes work"
        yield Finding(
            path=("kpis", kpi.id, "targets" if kpi.targets else "target"),
            message=f"{kpi.name} met its target in all of {periods}: {reason}",
            hint=f"{hint}, or {assignment('until', str(past[-1].period))} if the work is done",
        )


def _met(past: Observations, target: Target | None) -> int:
    """In how many of the latest periods a target was in force; 0 where one of them missed it."""
    periods = list(takewhile(lambda moment: target and moment.target == target, reversed(past)))
    return len(periods) if all(moment.is_met for moment in periods) else 0


def _is_of_another_size(past: Observations, target: Target) -> bool:
    """Whether all are ten times the target or more, or a tenth of it or less."""
    edge = abs(Fraction(target.number))
    most, least = edge / _OTHER_SIZE, edge * _OTHER_SIZE
    is_less = all(abs(moment.number) <= most for moment in past)  # most are told by the first
    return is_less or (least > 0 and all(abs(moment.number) >= least for moment in past))
