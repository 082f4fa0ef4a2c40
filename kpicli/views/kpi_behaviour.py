"""What a KPI does by itself, and what tells that it has changed: trend, limits and signals."""

from itertools import groupby

from kpicli.analysis.control_chart import FEWEST_FOR_LIMITS, FEWEST_FOR_TRIAL, Signal, since_rebase
from kpicli.analysis.profile import Profile
from kpicli.analysis.trend import Trend, TrendDirection
from kpicli.model.period import Period
from kpicli.text import plural
from kpicli.views.parts.view import Column, Row, Table
from kpicli.views.words.behaviour import signal_text

_LIMITS = ("since", "low", "mean", "high", "trial")
_SIGNALS = ("rule", "side", "first", "last", "count", "favourable", "as_before", "holds", "text")
_NEWS = {None: "", True: ", for the better", False: ", for the worse"}


def trend_text(going: Trend) -> str:
    """`up, for the better`, `flat: it moves no more than it always did`."""
    if going.move is TrendDirection.FLAT:
        return "flat: it moves no more than it always did"
    return f"{going.move}{_NEWS[going.is_favourable]}"


def signals_text(found: Profile) -> str:
    """The signals that hold, or that there is none, and how much is known of what is usual."""
    count = len(since_rebase(found.kpi, found.observations))
    noun = found.kpi.frequency.noun
    if count < FEWEST_FOR_TRIAL:
        return f"too few {noun}s to tell what is usual: {count} of {FEWEST_FOR_TRIAL}"
    said = "; ".join(
        f"{signal_text(one, found.kpi)}{_NEWS[one.is_favourable]}" for one in found.chart.telling
    )
    trial = (
        f" (limits on trial: {count} of {plural(FEWEST_FOR_LIMITS, noun)})"
        if found.chart.is_trial
        else ""
    )
    return f"{said or 'nothing unusual: within its usual range'}{trial}"


def limits_table(found: Profile) -> Table:
    """The natural limits, and after each known change those from there on; for machines."""
    pairs = zip(found.observations, found.chart.limits, strict=True)
    rows = []
    for limits, run in groupby(pairs, key=lambda pair: pair[1]):
        moments = [moment for moment, _ in run]
        if limits:
            is_trial = len(moments) < FEWEST_FOR_LIMITS
            rows.append(Row((moments[0].period, limits.low, limits.mean, limits.high, is_trial)))
    return Table("limits", tuple(map(Column, _LIMITS)), tuple(rows), is_aside=True)


def signals_table(found: Profile) -> Table:
    """Every signal of the past, oldest first; for machines."""
    rows = tuple(Row(_signal(found, one)) for one in found.chart.signals)
    return Table("signals", tuple(map(Column, _SIGNALS)), rows, is_aside=True)


def _signal(found: Profile, one: Signal) -> tuple[str | Period | int | bool | None, ...]:
    return (
        one.rule,
        "above" if one.is_above else "below",
        one.first,
        one.last,
        one.count,
        one.is_favourable,
        one.as_before,
        one in found.chart.latest,
        signal_text(one, found.kpi),
    )
