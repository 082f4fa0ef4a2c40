"""A source that nothing uses.

It was written for a KPI that is gone, or its name is misspelt where it is used, and then the
number does not come. Take it out, or name it.

Bad sample:
    [kpis.monthly_revenue]
    definition = "Invoiced sales excluding VAT and returns, from the table invoices"
    source = "warehose"
    [sources.warehouse]
    file = "exports/2026-*.csv"

Good:
    [kpis.monthly_revenue]
    source = "warehouse"
"""

from collections.abc import Iterator

from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard
from kpicli.text import Suggestions

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each source that no KPI names, and that names no KPI itself."""
    definitions = scorecard.definitions
    named = {kpi.source or "" for kpi in definitions.kpis.values()}
    suggestions = Suggestions(named - {""})
    for source in definitions.sources.values():
        if source.id in named or source.columns or source.kpi:
            continue
        hint = suggestions.of(source.id)
        yield Finding(
            path=("sources", source.id),
            message=f"no KPI comes from {source.id}",
            hint=hint or f'write source = "{source.id}" where it belongs, or take it out',
        )
