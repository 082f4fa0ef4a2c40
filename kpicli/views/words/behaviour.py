"""Signals in words."""

from kpicli.analysis.control_chart import Signal
from kpicli.analysis.signal_runs import SignalRule
from kpicli.model.kpi import Kpi
from kpicli.text import plural


def signal_text(signal: Signal, kpi: Kpi) -> str:
    """`8 months in a row below average`, `2026-03 is above its usual range`.

    With a gap among them it is `8 known months in a row`. What is no news any more is told with the
    period in which it was, or a season before: `…, as in 2025-03`.
    """
    again = f", as in {signal.as_in}" if signal.as_in else ""
    return f"{_subject(signal, kpi)} {_place(signal)}{again}"


def _subject(signal: Signal, kpi: Kpi) -> str:
    """The period that is meant, or how many of them."""
    if signal.size == 1:
        return f"{signal.last} is"
    noun, months = kpi.frequency.noun, signal.last.since(signal.first) + 1
    if signal.size == months:
        return f"{plural(months, noun)} in a row"
    if signal.rule is SignalRule.NEAR:
        return f"{signal.size} of {plural(months, noun)}"
    return f"{plural(signal.size, f'known {noun}')} in a row"


def _place(signal: Signal) -> str:
    """Where they lie."""
    above, top = ("above", "top") if signal.is_above else ("below", "bottom")
    places = {
        SignalRule.OUTSIDE: f"{above} its usual range",
        SignalRule.RUN: f"{above} average",
        SignalRule.NEAR: f"near the {top} of its usual range",
    }
    return places[signal.rule]


def chance_text(share: float) -> str:
    """`23%`, `under 1%`, `over 99%`; nothing but what is certain is 0% or 100%."""
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{round(100 * share)}%"
