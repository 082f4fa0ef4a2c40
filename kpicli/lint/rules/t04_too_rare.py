"""A top-level KPI is measured once a year.

When it turns red the year is over, and nothing of it can be changed. Measure it more often, or put
something beneath it that moves earlier. It is advice: some things are known but once a year.

Bad sample:
    [kpis.satisfaction]
    name = "Customer satisfaction"
    owner = "Head of Support"
    definition = "Average answer of all customers asked, from 1 to 10"
    source = "survey"
    levers = ["call back"]
    frequency = "yearly"
    target = "8 points"

Good:
    [kpis.satisfaction]
    frequency = "quarterly"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis, top_level_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard

SEVERITY, READS_RECORDS = Severity.ADVICE, True


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each yearly KPI at the top that nothing more frequent feeds, supports or is recorded for."""
    for kpi in top_level_kpis(scorecard):
        if kpi.frequency is Frequency.YEARLY and not _is_seen_earlier(scorecard, kpi):
            yield Finding(
                path=("kpis", kpi.id, "frequency") if "frequency" in kpi.keys else ("kpis", kpi.id),
                message=f"{kpi.name} is measured once a year: "
                "it only turns red when the year is over",
                hint='measure it more often, frequency = "quarterly", or put what warns beneath it',
            )


def _is_seen_earlier(scorecard: Scorecard, kpi: Kpi) -> bool:
    """Whether a more frequent KPI is part of it or beneath it, or its own parts are recorded."""
    parts = scorecard.definitions.with_inputs(kpi)
    beneath = [other for other in active_kpis(scorecard) if other.supports == kpi.id]
    if any(other.frequency is not Frequency.YEARLY for other in [*parts, *beneath]):
        return True
    records = scorecard.series_of(kpi).records
    return any(period.frequency is not Frequency.YEARLY for period in records)
