"""A percentage was recorded as a fraction.

0.104 for a churn of 10.4% is kept as 0.104%, and shown far below the limit. Found where a hundred
times the record lies ten times nearer to the target, or to the record before or after it. So is
what a formula makes of two counts where nothing in it makes a percentage of them.

As of: 2026-11-05

Bad sample:
    [kpis.churn]
    name = "Customer churn rate"
    owner = "Head of Customer Success"
    definition = "Customers lost, divided by those at the start of the month"
    source = "billing system"
    levers = ["call before a contract ends"]
    target = "<5%"

Log:
    churn from 2026-09: 4.8 0.052

Good:

Log:
    churn from 2026-09: 4.8 5.2
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpicli.evaluation.active import active_kpis
from kpicli.lint.assignment import assignment
from kpicli.lint.context import LintContext
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number, to_decimal
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.unit import PERCENT
from kpicli.recording.plausibility import looks_like_fraction, nearer_edge, percentage_of
from kpicli.text import plural

SEVERITY, READS_RECORDS = Severity.WARNING, True


def check(context: LintContext) -> Iterator[Finding]:
    """Each percentage with records that look like fractions, or a formula that makes one."""
    for kpi in active_kpis(context):
        if kpi.unit == PERCENT:
            yield from (_made if kpi.formula else _recorded)(context, kpi)


def _recorded(context: LintContext, kpi: Kpi) -> Iterator[Finding]:
    """What is told at the earliest record that looks like a fraction."""
    fractions = _fractions(context, kpi)
    if fractions:
        period, value = fractions[0]
        mark = context.definitions.shown_mark
        fraction = Quantity(value, PERCENT, mark)
        percentage = Quantity(percentage_of(value), PERCENT, mark)
        yield Finding(
            path=("kpis", kpi.id),
            message=f"{kpi.name} has {plural(len(fractions), 'record')} that may be a fraction: "
            f"{fraction} in {period}, which would be {percentage}",
            hint=f"kpi record {kpi.id} {percentage} --period {period} --yes, or "
            'ignore = ["E08"] if it is meant',
        )


def _made(context: LintContext, kpi: Kpi) -> Iterator[Finding]:
    """What is told of the latest number of a formula that takes nothing by 100."""
    formula = kpi.formula.text if kpi.formula else ""
    for period, number, *_ in context.observations(kpi)[-1:]:
        value = to_decimal(number)
        expected = nearer_edge(kpi, period, value)
        if "100" not in formula and looks_like_fraction(kpi, value, [expected]):
            fraction = Quantity(value, PERCENT, context.definitions.shown_mark, 2)
            advice = assignment("formula", f"100 * ({formula})")
            yield Finding(
                path=("kpis", kpi.id, "formula"),
                message=f"{kpi.name} may be a fraction: its formula makes {fraction} in {period}",
                hint=f'{advice} makes a percentage of it, or ignore = ["E08"] if it is meant',
            )


def _fractions(context: LintContext, kpi: Kpi) -> list[tuple[Period, Decimal]]:
    """The periods and values that look like fractions beside the target or their neighbours."""
    series = context.series_of(kpi)
    by_frequency: dict[str, list[Period]] = defaultdict(list)
    for period in sorted(series.valued_periods):
        if period not in series.damaged:
            by_frequency[period.frequency].append(period)
    fractions = []
    for periods in by_frequency.values():
        values = series.numbers(periods)
        neighbours = zip([None, *values[:-1]], [*values[1:], None], strict=True)
        for period, value, beside in zip(periods, values, neighbours, strict=True):
            if isinstance(value, Decimal) and looks_like_fraction(
                kpi, value, _expected(kpi, period, value, beside)
            ):
                fractions.append((period, value))
    return sorted(fractions)


def _expected(
    kpi: Kpi, period: Period, value: Decimal, beside: Iterable[Number | None]
) -> Iterator[Number | None]:
    """What a value is held against; nothing of it is looked up unless it may be a fraction."""
    yield nearer_edge(kpi, period, value)
    yield from beside
