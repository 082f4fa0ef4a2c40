"""A period has ended, and its actual is missing.

A board with holes is soon not looked at. Record the number, or say how many days after the period
it usually takes, or when it was kept for the last time.

As of: 2026-11-05

Bad sample:
    [kpis.monthly_revenue]

Log:
    {"kpi":"monthly_revenue","period":"2026-09","value":470000,"at":"2026-10-09T08:00:00Z"}

Good:
    [kpis.monthly_revenue]
    grace = 10
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.evaluation.ledger import Ledger
from kpicli.model.finding import Finding, Severity
from kpicli.model.period import period_list

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(ledger: Ledger) -> Iterator[Finding]:
    """Each KPI that has actuals, but none for some later periods that are past their grace.

    A period whose records can't be shown is named where that is said.
    """
    for kpi in active_kpis(ledger):
        hidden = ledger.series_of(kpi).damaged
        missing = [period for period in ledger.overdue(kpi).missing if period not in hidden]
        if missing:
            is_one = len(missing) == 1
            advice = f" VALUE --period {missing[0]}" if is_one else ", which asks for each"
            yield Finding(
                path=("kpis", kpi.id),
                message=f"{kpi.name} has no actual for {period_list(missing)}, "
                f"which {'is' if is_one else 'are'} past",
                hint=f"kpi record {kpi.id}{advice}, or grace = 10 if it comes so many days late",
            )
