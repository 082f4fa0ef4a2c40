"""Nothing says how often a KPI is measured.

Then nobody knows when the next number is due, and it comes when somebody remembers. It is taken as
monthly, but whoever reads the file cannot tell whether that was meant.

Bad sample:
    [kpis.monthly_revenue]
    # without frequency

Good:
    [defaults]
    frequency = "monthly"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Correction, Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ADVICE


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI whose frequency stands neither in its own table nor in the defaults."""
    for kpi in active_kpis(scorecard):
        if "frequency" not in kpi.keys:
            yield Finding(
                path=("kpis", kpi.id),
                message=f"{kpi.name} has no frequency, so nobody knows when its next actual is due",
                hint=f'write frequency = "{kpi.frequency}" here, or under [defaults] for all',
                default=f'frequency = "{kpi.frequency}"',
                correction=Correction(("kpis", kpi.id, "frequency"), value=f'"{kpi.frequency}"'),
            )
