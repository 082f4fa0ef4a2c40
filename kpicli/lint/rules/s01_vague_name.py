"""A name is a wish, and nothing turns it into a number.

Two people who hear a wish picture two different things, so both can say that it was met. A unit, a
formula, or a definition that counts something settles what is meant, whatever the name.

Bad sample:
    [kpis.happier_customers]
    name = "Happier customers"
    owner = "Head of Support"
    definition = "We want our customers to be happier with us"
    source = "survey"
    levers = ["call back"]
    target = 80

Good:
    # without [kpis.happier_customers]
    [kpis.repeat_customers]
    name = "Customers who come back"
    goal = "growth"
    owner = "Head of Support"
    definition = "Share of customers who order again within 90 days"
    source = "web shop"
    levers = ["newsletter"]
    frequency = "monthly"
    target = "40%"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.countable import names_things
from kpicli.language.vague_name import without_wish
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.lint.root_cause import RootCause
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI that is a wish by name and has no unit, formula or definition in numbers."""
    for kpi in active_kpis(context):
        if context.root_cause(kpi) is not RootCause.VAGUE:
            continue
        subject = without_wish(kpi.name).lower()
        subject = subject if names_things(subject) else "cases"
        definition = assignment("definition", f"Share of {subject} that …")
        yield Finding(
            path=("kpis", kpi.id, "name") if "name" in kpi.keys else ("kpis", kpi.id),
            message=f"{kpi.name} is a wish: nothing says which number shows that it came true",
            hint=f'say what is counted, as in {definition}, unit = "%"',
        )
