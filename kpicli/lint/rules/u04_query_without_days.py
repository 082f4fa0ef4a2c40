"""A query that does not say for which days it asks.

It answers the same whichever period it is asked for: what is true today is recorded for last
month, and months that were missed get today's number. Bind the days, which are half-open.

Bad sample:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns, from the table invoices"
    source = "warehouse"
    query = "select sum(amount) from invoices"
    [sources.warehouse]
    url = "sqlite:shop.db"

Good:
    [kpis.monthly_revenue]
    query = "select sum(amount) from invoices where paid >= :start and paid < :end"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with a query for a database that names no day; Prometheus is asked at one."""
    for kpi in active_kpis(scorecard):
        source = scorecard.definitions.sources.get(kpi.source or "")
        if kpi.query and source and source.url and not _has_days(kpi.query):
            yield Finding(
                path=("kpis", kpi.id, "query"),
                message=f"{kpi.name} is asked for without its days",
                hint="end it with: where day >= :start and day < :end",
            )


def _has_days(query: str) -> bool:
    """Whether one is bound; in a text or a comment it is not."""
    from kpicli.model.source import parameters

    return bool(parameters(query))
