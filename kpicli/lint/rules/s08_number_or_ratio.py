"""A name says a number, and the definition a ratio.

Four hundred late parcels and 4% of the parcels late are two things: one grows with the business,
the other does not. The target can be right for one of them only.

Bad sample:
    [kpis.late_parcels]
    name = "Number of late parcels"
    owner = "Head of Logistics"
    definition = "Share of all parcels that came later than we had said"
    source = "carrier report"
    levers = ["a second carrier"]
    target = "<4%"

Good:
    [kpis.late_parcels]
    name = "Late parcels, in percent"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.ratio import says_number_for_ratio
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity

SEVERITY = Severity.WARNING
READS_WORDS = True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI of which the name begins with `Number of`, and the definition divides."""
    for kpi in active_kpis(context):
        if context.root_cause(kpi) or not says_number_for_ratio(kpi):
            continue
        yield Finding(
            path=("kpis", kpi.id, "name"),
            message=f"{kpi.name} is a number by its name, and a ratio by its definition",
            hint="name it for what is divided, as in Share of …, or define the number alone",
        )
