"""Records in the log that were made in another unit than the KPI is counted in today.

A number means nothing without its unit: 4 hours are no 4 minutes. What was recorded in another
length of time is converted, exactly. What was recorded in any other unit is left out, so that
its periods have no data, until it is recorded again or the unit is put back.

As of: 2026-11-05

Bad sample:
    [kpis.net_revenue]
    name = "Net revenue"
    source = "accounting system, report 12"
    rollup = "sum"
    target = "500,000 €"

Log:
    {"kpi":"net_revenue","period":"2026-10","value":510000,"unit":"kr","at":"2026-11-02T08:00:00Z"}

Good:
    [kpis.net_revenue]
    target = "500,000 kr"
"""

from collections import Counter
from collections.abc import Iterator

from kpicli.model.finding import Finding, Severity
from kpicli.model.log_issue import IssueKind
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural

SEVERITY, READS_RECORDS = Severity.ERROR, True


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI and each of the other units that its records are in."""
    for kpi in scorecard.definitions.kpis.values():
        issues = scorecard.series_of(kpi).damaged.values()
        reasons = Counter(issue.message for issue in issues if issue.kind is IssueKind.UNIT)
        for reason, count in reasons.items():
            key = next((key for key in ("unit", "target", "targets") if key in kpi.keys), "unit")
            yield Finding(
                ("kpis", kpi.id, key),
                f"{plural(count, 'record')} of {kpi.name} can't be shown: {reason}",
                "put the unit back, or record them again in the new one",
            )
