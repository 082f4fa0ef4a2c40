"""The actual is the same number, period after period.

What never moves tells nothing: it may be copied from last time, be rounded too hard, or count
something that nobody can change. Found where the latest twelve closed periods are one number, or
all of them where there are fewer, six at least; not where nothing better can be, as no accidents
or 100% of a share.

As of: 2026-11-05

Bad sample:
    [kpis.partners]
    name = "Active partners"
    definition = "Partners that sold at least once in the month"
    source = "partner portal"
    levers = ["training for new partners"]
    rollup = "last"
    target = "25 partners"

Log:
    partners from 2026-05: 24 24 24 24 24 24

Good:

Log:
    partners from 2026-05: 24 26 25 24 27 26
"""

from collections.abc import Iterator

from kpicli.analysis.observations import STILL, never_moves
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.quantity import Quantity

SEVERITY, READS_RECORDS = Severity.ADVICE, True


def check(context: LintContext) -> Iterator[Finding]:
    """Each KPI that stands still at a number that could be better."""
    for kpi in active_kpis(context):
        past = context.observations(kpi)
        if not never_moves(kpi, past):
            continue
        number = Quantity(past[-1].number, kpi.unit, context.definitions.decimal.value)
        count = min(len(past), STILL)
        yield Finding(
            path=("kpis", kpi.id),
            message=f"{kpi.name} was {number} in each of its latest {count} {kpi.frequency.noun}s",
            hint="check that it is measured, not copied, or measure what your work changes",
        )
