"""What a KPI usually does, and what shows that it has changed: trend, limits and signals."""

from itertools import groupby
from typing import NamedTuple

from kpicli.analysis.control_chart import Signal, since_rebase
from kpicli.analysis.profile import Profile
from kpicli.analysis.trend import Trend, TrendDirection
from kpicli.model.period import Period
from kpicli.stats.control_limits import FEWEST_FOR_LIMITS, FEWEST_FOR_TRIAL, ControlLimits
from kpicli.text import plural
from kpicli.views.parts.view import Column, Table, attribute_columns, table_of
from kpicli.views.words.behaviour import signal_text

_NEWS = {None: "", True: ", for the better", False: ", for the worse"}


class _LimitsRow(NamedTuple):
    since: Period
    limits: ControlLimits
    is_trial: bool


class _SignalRow(NamedTuple):
    profile: Profile
    signal: Signal


_LIMITS: tuple[Column[_LimitsRow], ...] = (
    *attribute_columns("since"),
    *attribute_columns("low", "mean", "high", of="limits"),
    Column("trial", of=lambda row: row.is_trial),
)
_SIGNALS: tuple[Column[_SignalRow], ...] = (
    *attribute_columns("rule", of="signal"),
    Column("side", of=lambda row: "above" if row.signal.is_above else "below"),
    *attribute_columns("first", "last", "count", of="signal"),
    Column("favourable", of=lambda row: row.signal.is_favourable),
    *attribute_columns("as_before", of="signal"),
    Column("holds", of=lambda row: row.signal in row.profile.chart.latest),
    Column("text", of=lambda row: signal_text(row.signal, row.profile.kpi)),
)


def trend_text(trend: Trend) -> str:
    """`up, for the better`, `flat: no more movement than usual`."""
    if trend.move is TrendDirection.FLAT:
        return "flat: no more movement than usual"
    return f"{trend.move}{_NEWS[trend.is_favourable]}"


def signals_text(profile: Profile) -> str:
    """The signals that hold, or that there is none, and whether the limits are on trial."""
    kpi, chart = profile.kpi, profile.chart
    count, noun = len(since_rebase(kpi, profile.observations)), kpi.frequency.noun
    if count < FEWEST_FOR_TRIAL:
        return f"too few {noun}s to tell what is usual: {count} of {FEWEST_FOR_TRIAL}"
    text = "; ".join(
        f"{signal_text(signal, kpi)}{_NEWS[signal.is_favourable]}" for signal in chart.telling
    )
    text = text or "nothing unusual: within its usual range"
    trial = f" (provisional limits: {count} of {plural(FEWEST_FOR_LIMITS, noun)})"
    return text + trial if chart.is_trial else text


def limits_table(profile: Profile) -> Table:
    """The natural limits, and after each known change those from there on; for machines."""
    pairs = zip(profile.observations, profile.chart.limits, strict=True)
    rows = []
    for limits, run in groupby(pairs, key=lambda pair: pair[1]):
        periods = [observation.period for observation, _ in run]
        if limits:
            rows.append(_LimitsRow(periods[0], limits, len(periods) < FEWEST_FOR_LIMITS))
    return table_of("limits", _LIMITS, rows, is_aside=True)


def signals_table(profile: Profile) -> Table:
    """Every signal of the past, oldest first; for machines."""
    rows = (_SignalRow(profile, signal) for signal in profile.chart.signals)
    return table_of("signals", _SIGNALS, rows, is_aside=True)
