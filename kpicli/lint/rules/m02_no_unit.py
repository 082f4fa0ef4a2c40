"""A number has no unit.

Is 3.2 percent, a grade or millions? Whoever records it next may take it for another. What is
plainly a count of things or a score needs no unit: `Orders`, `Number of returns`, `NPS`.

Bad sample:
    [kpis.monthly_revenue]
    target = "500,000"

Good:
    [kpis.monthly_revenue]
    target = "500,000 kr"
    [kpis.orders]
    name = "Orders"
    owner = "Head of Sales"
    definition = "Paid orders, whether sent or not"
    source = "web shop"
    frequency = "monthly"
    supports = "monthly_revenue"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.countable import is_counted
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI that has no unit and is, by its words, neither a count nor a score.

    Of one that lacks its target the unit will come with that.
    """
    for kpi in active_kpis(context):
        is_without_target = kpi.supports is None and not kpi.all_targets
        if (
            kpi.unit
            or kpi.formula
            or is_without_target
            or context.root_cause(kpi)
            or (kpi.all_targets and not any(it.number or it.high for it in kpi.all_targets))
            or is_counted(kpi.name, kpi.definition or "")
        ):
            continue
        number = kpi.target.show(context.definitions.decimal.value) if kpi.target else "a number"
        yield Finding(
            path=("kpis", kpi.id, "target") if kpi.target else ("kpis", kpi.id),
            message=f"{kpi.name} has no unit, so {number} can be read in more than one way",
            hint='say what it is counted in: unit = "kr", "%", "days" …',
        )
