"""Records in the log that nothing uses: no definition has their KPI, or their period.

They were meant for something, and it is shown without them. An id was changed, or mistyped by an
editor; a frequency was changed, or years became fiscal, and the log has the periods of before; a
KPI got a formula, and what was recorded of it is ignored.

As of: 2026-11-05

Bad sample:
    [kpis.net_revenue]
    name = "Net revenue"
    source = "accounting system, report 12"
    rollup = "sum"

Log:
    {"kpi":"revenue","period":"2026-10","value":510000,"at":"2026-11-02T08:00:00Z"}

Good:
    [kpis.net_revenue]
    formerly = ["revenue"]
"""

from collections.abc import Iterator

from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard
from kpicli.recording.misfit import misfits

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each unknown id at the KPI that may have had it, else at the top of the file; each reason."""
    for records in misfits(scorecard):
        path = ("kpis", records.kpi.id) if records.kpi else ()
        yield Finding(path, records.message, records.misfit.hint)
