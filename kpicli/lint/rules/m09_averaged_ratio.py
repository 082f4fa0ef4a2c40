"""A ratio is averaged over time, though its parts could be recorded.

The mean of two months' rates is not the rate of both: a month of ten visits weighs as much as one
of ten thousand, and the rate of the last month says nothing of the quarter. Record the parts, and
divide their sums.

Bad sample:
    [kpis.conversion_rate]
    name = "Conversion Rate"
    owner = "Head of Marketing"
    definition = "Paid orders divided by visits"
    source = "web analytics"
    levers = ["checkout"]
    target = "3%"
    rollup = "mean"

Good:
    [kpis.conversion_rate]
    # without source
    # without levers
    # without rollup
    formula = "orders / visits * 100"
    [kpis.orders]
    name = "Orders"
    owner = "Head of Marketing"
    definition = "Number of paid orders"
    source = "web shop"
    frequency = "monthly"
    rollup = "sum"
    supports = "conversion_rate"
    [kpis.visits]
    name = "Visits"
    owner = "Head of Marketing"
    definition = "Number of visits, staff left out"
    source = "web analytics"
    frequency = "monthly"
    rollup = "sum"
    supports = "conversion_rate"
"""

from collections.abc import Iterator

from kpicli.evaluation.active import active_kpis
from kpicli.language.ratio import has_parts, is_averaged
from kpicli.model.finding import Finding, Severity
from kpicli.model.formula import Lag
from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each ratio of two parts with the rollup mean or last, and each mean() of such a ratio.

    The state on a day may be the last.
    """
    for kpi in active_kpis(scorecard):
        if is_averaged(kpi):
            yield Finding(
                path=("kpis", kpi.id, "rollup"),
                message=f"{kpi.name} is a ratio: the {kpi.rollup} of several {kpi.frequency.noun}s "
                "is not the ratio over all of them",
                hint=_hint(kpi),
            )
        for step in kpi.formula.inputs if kpi.formula else ():
            ratio = scorecard.definitions.kpis[step.id]
            if step.lag is Lag.MEAN and has_parts(ratio):
                yield Finding(
                    path=("kpis", kpi.id, "formula"),
                    message=f"{ratio.name} is a ratio: {step} is not the ratio over "
                    f"all {plural(step.periods, kpi.frequency.noun)}",
                    hint=f"divide the sums of its parts: sum(…, {step.periods}) / "
                    f"sum(…, {step.periods}) * 100",
                )


def _hint(kpi: Kpi) -> str:
    if kpi.formula:
        return "leave rollup out: the formula then divides the sums of its parts"
    return "record both parts, each with the rollup sum, and divide one by the other in a formula"
