"""A record in words: which KPI and period it is of, its number in a unit, and who disagrees."""

from collections.abc import Sequence

from kpicli.model.kpi import Definitions, Rollup
from kpicli.model.number import shown_places
from kpicli.model.period import Period, period_list
from kpicli.model.quantity import Quantity
from kpicli.model.record import Record, Series
from kpicli.text import clipped

_MOST_NAMED = 3  # periods and runs of periods that are named; of more the latest
NOT_APPLICABLE = "not applicable"  # what is said of a period in which there is nothing to measure


_EXTREMES = {Rollup.MIN: "least", Rollup.MAX: "greatest"}


def rollup_word(rollup: Rollup) -> str:
    """What a longer period is of its parts: `sum`, `greatest`."""
    return _EXTREMES.get(rollup, rollup.value)


def passed_over(periods: Sequence[Period]) -> str:
    """`, 2026-07 not applicable`: the periods in which there is nothing to measure, if any."""
    return f", {period_list(periods, _MOST_NAMED)} {NOT_APPLICABLE}" if periods else ""


def pair_text(definitions: Definitions, id: str, period: object) -> str:
    """`Churn 2026-10`, under a former id too; the id itself where no definition has it."""
    kpi = definitions.kpis.get(definitions.ids.get(id, id))
    return f"{clipped(kpi.name if kpi else id)} {period}"


def value_text(definitions: Definitions, record: Record, *, is_brief: bool = False) -> str:
    """`480,000 kr`, `not applicable`, and for an actual that was taken back `nothing`.

    In the KPI's unit where the record has none; `is_brief` leaves out most decimals of a length of
    time that was converted.
    """
    if record.value is None:
        return NOT_APPLICABLE if record.skip else "nothing"
    kpi = definitions.kpis.get(record.kpi)
    unit = record.unit or (kpi.unit if kpi else "")
    places = shown_places(record.value, unit) if is_brief else None
    return clipped(str(Quantity(record.value, unit, definitions.decimal.value, places)))


def disagreement_text(definitions: Definitions, series: Series) -> str:
    """Each period of which people disagree, with both values; empty where there is none."""
    sentences = (
        f"{period}: {', '.join(_statement(definitions, each) for each in (*others, newest))}"
        for period, others in sorted(series.rivals.items())
        if (newest := series.records.get(period))
    )
    text = "; ".join(sentences)
    if not text:
        return ""
    return f"{text}; neither had seen the other's. The last counts until one is recorded again"


def _statement(definitions: Definitions, record: Record) -> str:
    return f"{value_text(definitions, record)} by {clipped(record.by) or 'nobody named'}"
