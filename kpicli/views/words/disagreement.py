"""What two people recorded apart, neither having seen the other's, in words."""

from kpicli.model.kpi import Definitions
from kpicli.model.record import Record, Series
from kpicli.text import clipped
from kpicli.views.words.actuals import value_text


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
