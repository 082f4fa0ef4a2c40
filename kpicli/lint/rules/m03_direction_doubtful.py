"""A target without a sign means at least, and less would be better.

Ten complaints, written bare, is met by eleven: green on every bad month. The sign says which way
is better. Of a term of the catalogue that is known, whatever the sign, and so it is of a cost, of
complaints, errors, absence and accidents. A name that asks for less leaves it to the sign as well.
Durations are better short, unless known to be good when long; half of a whole or more is wanted.

Bad sample:
    [kpis.complaints]
    name = "Complaints"
    owner = "Head of Support"
    definition = "Complaints received in the month, by mail or telephone"
    source = "helpdesk"
    levers = ["better packaging"]
    target = "10 complaints"

Good:
    [kpis.complaints]
    target = "<=10 complaints"
"""

from collections.abc import Iterator

from kpicli.catalogue.term import Template
from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import assignment, target_key
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import ASKED, LOWER, RootCause, asks_for_burden, contradicts_name
from kpicli.model.finding import Correction, Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import Mark
from kpicli.model.target import Direction

SEVERITY = Severity.ERROR
READS_WORDS = True
_SIGNS = 'write the sign: {}, or ">={}" if higher is better'
_DIRECTIONS = 'say it for the whole schedule: direction = "lower", or "higher" if that is better'


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI of which the target asks for more, and less is usually better, or the opposite."""
    for kpi in active_kpis(context):
        if context.root_cause(kpi) in {RootCause.ACTIVITY, RootCause.TWO_IN_ONE}:
            continue
        term = context.term(kpi)
        is_usual = term and kpi.direction and kpi.direction == term.keys.get("direction")
        reason = "" if is_usual else context.doubt(kpi)
        if reason:
            yield _bare(context, kpi, reason)
        elif term and _is_against(kpi, term):
            better = "more" if kpi.direction is Direction.LOWER else "less"
            yield _against(context, kpi, better, term.name, f"; kpi catalog {term.id}")
        elif not term and asks_for_burden(kpi):
            yield _against(context, kpi, "less", kpi.name, "")


def _bare(context: LintContext, kpi: Kpi, reason: str) -> Finding:
    """It has no sign, and means at least."""
    bare = next(target for target in kpi.all_targets if target.is_bare).show(_mark(context))
    return Finding(
        path=("kpis", kpi.id, target_key(kpi)),
        message=f"{kpi.name} has target {bare}, which means at least that, but {reason}",
        hint=_SIGNS.format(assignment("target", f"<={bare}"), bare) if kpi.target else _DIRECTIONS,
        correction=_correction(kpi) if reason in {ASKED, LOWER} else None,
    )


def _correction(kpi: Kpi) -> Correction:
    """The sign of a target, or the direction of a schedule; what stands in the defaults stays."""
    if kpi.target:
        return Correction(("kpis", kpi.id, "target"), sign="<=")
    return Correction(("kpis", kpi.id, "direction"), value='"lower"')


def _is_against(kpi: Kpi, term: Template) -> bool:
    """Whether it asks for the opposite of what the catalogue calls better; names go first."""
    better = term.keys.get("direction")
    return kpi.direction is not None and kpi.direction != better and not contradicts_name(kpi)


def _against(context: LintContext, kpi: Kpi, better: str, of: str, more: str) -> Finding:
    """It has a sign, or a direction, that the field would turn around."""
    wish = "less" if kpi.direction is Direction.LOWER else "more"
    target = next((target.show(_mark(context)) for target in kpi.all_targets), str(kpi.direction))
    return Finding(
        path=("kpis", kpi.id, _key(kpi)),
        message=f"{kpi.name} asks for {wish} by {target}, but for {of} {better} is better",
        hint=f'reverse it, or keep it on purpose: ignore = ["M03"]{more}',
    )


def _key(kpi: Kpi) -> str:
    return next((key for key in ("target", "targets") if key in kpi.keys), "direction")


def _mark(context: LintContext) -> Mark:
    return context.definitions.decimal.value
