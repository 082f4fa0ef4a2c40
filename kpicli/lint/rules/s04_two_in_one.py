"""One KPI is to show two things.

When it falls nobody can tell which of the two did, one may hide the other, and one target can't be
right for both. Write two KPIs, or the formula that makes one number of them.

Bad sample:
    [kpis.revenue_and_margin]
    name = "Revenue and margin"
    definition = "Invoiced sales, and what is left of them after cost of goods"

Good:
    # without [kpis.revenue_and_margin]
    [kpis.monthly_revenue]
    name = "Monthly Revenue"
    goal = "growth"
    owner = "Head of Sales"
    definition = "Invoiced sales excluding VAT and returns"
    source = "accounting system"
    levers = ["prices", "campaigns"]
    frequency = "monthly"
    target = "500,000 kr"
    [kpis.gross_margin]
    name = "Gross margin"
    goal = "growth"
    owner = "Head of Sales"
    definition = "Sales minus cost of goods, divided by sales"
    source = "accounting system"
    levers = ["purchasing"]
    frequency = "monthly"
    target = "40%"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.compound_name import two_names
from kpicli.lint.assignment import beginning
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI whose name, or else its definition, joins two that can each stand alone."""
    for kpi in active_kpis(context):
        if context.root_cause(kpi) is not RootCause.TWO_IN_ONE:
            continue
        names = two_names(kpi.name, kpi.definition or "") or (kpi.name, "")
        first, second = (beginning(name, 30) for name in names)
        yield Finding(
            path=("kpis", kpi.id, "name") if "name" in kpi.keys else ("kpis", kpi.id),
            message=f"{kpi.name} is two KPIs in one, so one target can't be right for both",
            hint=f'write a table for "{first}" and one for "{second}", each with its target',
        )
