"""A rate does not say what is divided by what.

Churn of 3% may be of all customers or of those that could leave, and each makes another number. A
ratio is defined by both of its parts, or by a formula.

Bad sample:
    [kpis.conversion_rate]
    name = "Conversion Rate"
    owner = "Head of Marketing"
    definition = "Visitors who become customers"
    source = "web analytics"
    levers = ["checkout"]
    target = "3%"

Good:
    [kpis.conversion_rate]
    definition = "Visits that end in a paid order, divided by all visits"
"""

from collections.abc import Iterator

from kpicli.catalogue.term import Template
from kpicli.evaluation.active import active_kpis
from kpicli.language.placeholder import defined
from kpicli.language.ratio import is_ratio, names_both_parts, says_number_for_ratio
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each ratio without a formula whose definition names one part, or none."""
    for kpi in active_kpis(context):
        is_defined = defined(kpi.definition, kpi.name) and not kpi.formula
        if not is_defined or not _lacks_a_part(context, kpi):
            continue
        yield Finding(
            path=("kpis", kpi.id, "definition"),
            message=f"{kpi.name} is a ratio, and nothing says what is divided by what",
            hint=_hint(kpi, context.term(kpi)),
        )


def _lacks_a_part(context: LintContext, kpi: Kpi) -> bool:
    if context.root_cause(kpi) or not is_ratio(kpi) or says_number_for_ratio(kpi):
        return False
    return not any(names_both_parts(text) for text in (kpi.name, kpi.definition or ""))


def _hint(kpi: Kpi, term: Template | None) -> str:
    if term:
        return f"say it as the catalogue does: {assignment('definition', term.keys['definition'])}"
    parts = assignment("definition", f"{_begun(kpi)} divided by all …")
    return f"name both parts: {parts}, or a formula"


def _begun(kpi: Kpi) -> str:
    """The part that is there, if it is short."""
    part = " ".join((kpi.definition or "").split()).rstrip(".")
    return part if len(part) <= 40 else "…"
