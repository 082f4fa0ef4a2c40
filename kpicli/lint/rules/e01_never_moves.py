"""The actual is the same number, period after period.

What never moves tells nothing: it may be copied from last time, be rounded too hard, or count
something that nobody can change. Found where the latest twelve closed periods are one number, or
all of them where there are fewer, six at least; not where nothing better can be, as no accidents
or 100% of a share.

As of: 2026-11-05

Bad:
    [goals.growth]
    name = "Grow the business"

    [kpis.partners]
    name = "Active partners"
    goal = "growth"
    owner = "Head of Sales"
    definition = "Partners that sold at least once in the month"
    source = "partner portal"
    levers = ["training for new partners"]
    frequency = "monthly"
    rollup = "last"
    target = "25 partners"

Log:
    {"kpi":"partners","period":"2026-05","value":24,"at":"2026-06-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-06","value":24,"at":"2026-07-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-07","value":24,"at":"2026-08-03T08:00:00Z"}
    {"kpi":"partners","period":"2026-08","value":24,"at":"2026-09-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-09","value":24,"at":"2026-10-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-10","value":24,"at":"2026-11-02T08:00:00Z"}

Good:

Log:
    {"kpi":"partners","period":"2026-05","value":24,"at":"2026-06-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-06","value":26,"at":"2026-07-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-07","value":25,"at":"2026-08-03T08:00:00Z"}
    {"kpi":"partners","period":"2026-08","value":24,"at":"2026-09-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-09","value":27,"at":"2026-10-02T08:00:00Z"}
    {"kpi":"partners","period":"2026-10","value":26,"at":"2026-11-02T08:00:00Z"}
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
