"""A number that comes by itself, and nobody says what of.

A query is code: who reads the board can't see which table or report it counts, and who changes
that table does not know who counts on it. It is advice: name the table in the definition.

Bad sample:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns, from the table invoices"
    source = "warehouse"
    query = "select sum(amount) from receipts where paid >= :start and paid < :end"
    [sources.warehouse]
    url = "sqlite:shop.db"

Good:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns, from the table receipts"
"""

import re
from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard

SEVERITY = Severity.ADVICE
_TABLE = re.compile(r"\b(?:from|join)\s+[\"`\[]?(\w+(?:\.\w+)*)", re.IGNORECASE)


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each KPI with a query, and a definition that names none of its tables."""
    for kpi in active_kpis(scorecard):
        tables = [table.rpartition(".")[2] for table in _TABLE.findall(kpi.query or "")]
        text = (kpi.definition or "").lower()
        if text and tables and not any(table.lower() in text for table in tables):
            yield Finding(
                path=("kpis", kpi.id, "definition"),
                message=f"{kpi.name} does not say that it is counted in {tables[0]}",
                hint=f'name the table in its definition: "… from {tables[0]}"',
            )
