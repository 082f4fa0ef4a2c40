"""A KPI does not say what is counted.

Does revenue include VAT, is a customer who pauses lost? As long as that is in somebody's head, the
number changes with whoever adds it up. A formula says it too; `tbd`, the name said again or where
to look do not.

Bad sample:
    [kpis.monthly_revenue]
    # without definition

Good:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns"
"""

from collections.abc import Iterator

from kpicli.catalogue.term import Template
from kpicli.evaluation.active import active_kpis
from kpicli.language.placeholder import defined
from kpicli.lint.assignment import assignment, beginning
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.unit import PERCENT

SEVERITY = Severity.WARNING


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI with neither a formula nor a definition that says more than its name."""
    for kpi in active_kpis(context):
        text = (kpi.definition or "").strip()
        is_defined = kpi.formula or defined(text, kpi.name)
        if is_defined or context.root_cause(kpi) is RootCause.VAGUE:
            continue
        lack = f"no definition but '{beginning(text, 30)}'" if text else "no definition"
        yield Finding(
            path=("kpis", kpi.id, "definition") if text else ("kpis", kpi.id),
            message=f"{kpi.name} has {lack}, so two people may count it in two ways",
            hint=_hint(kpi, context.term(kpi)),
        )


def _hint(kpi: Kpi, term: Template | None) -> str:
    """A share has two parts to name; of anything else it matters what is left out."""
    if term:
        return f"the catalogue has one: {assignment('definition', term.keys['definition'])}"
    if kpi.unit == PERCENT:
        return 'say of what it is a share: definition = "… divided by …"'
    return 'say what is counted, and what is not: definition = "… excluding …"'
