"""What a KPI usually does, and what shows that it has changed: trend, limits and signals."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from kpicli.analysis.control_chart import ControlChart, Signal, since_rebase
from kpicli.analysis.profile import Profile
from kpicli.analysis.signal_runs import SignalRule
from kpicli.analysis.trend import Trend, TrendDirection
from kpicli.model.period import Period
from kpicli.noun import NamedTuple
from kpicli.stats.chart_assumptions import ChartAssumptions
from kpicli.stats.control_limits import FEWEST_FOR_LIMITS, FEWEST_FOR_TRIAL, ControlLimits
from kpicli.text import plural
from kpicli.views.parts.view import Column, Table, attribute_columns, table_of
from kpicli.views.words.behaviour import signal_text

_NEWS = {None: "", True: ", for the better", False: ", for the worse"}


class _LimitsRow(NamedTuple):
    since: Period
    limits: ControlLimits
    is_trial: bool
    assumptions: ChartAssumptions


class _SignalRow(NamedTuple):
    profile: Profile
    signal: Signal


_LIMITS: tuple[Column[_LimitsRow], ...] = (
    *attribute_columns("since"),
    *attribute_columns("low", "mean", "high", of="limits"),
    Column("trial", of=lambda row: row.is_trial),
    Column("width", of=lambda row: row.assumptions.width),
    Column("skewed", of=lambda row: bool(row.assumptions.skewness)),
    Column("autocorrelated", of=lambda row: bool(row.assumptions.correlation)),
)
_SIGNALS: tuple[Column[_SignalRow], ...] = (
    *attribute_columns("rule", of="signal"),
    Column("side", of=lambda row: "above" if row.signal.is_above else "below"),
    *attribute_columns("first", "last", of="signal"),
    Column("count", of=lambda row: row.signal.size),
    Column("favourable", of=lambda row: row.signal.is_favourable),
    *attribute_columns("as_before", of="signal"),
    Column("holds", of=lambda row: row.signal in row.profile.chart.latest),
    Column("news", of=lambda row: row.signal.is_news),
    Column("text", of=lambda row: signal_text(row.signal, row.profile.kpi)),
)


def trend_text(trend: Trend, chart: ControlChart) -> str:
    """`up, for the better`, `flat: no more movement than usual`."""
    if trend.move is not TrendDirection.FLAT:
        return f"{trend.move}{_NEWS[trend.is_favourable]}"
    runs = [signal for signal in chart.latest if signal.rule is SignalRule.RUN]
    if runs:
        return f"flat: it stays {'above' if runs[0].is_above else 'below'} average"
    return "flat, but for its signals" if chart.latest else "flat: no more movement than usual"


def signals_text(profile: Profile) -> str:
    """The signals that hold, or that there is none, and what their limits are worth."""
    kpi, chart = profile.kpi, profile.chart
    count, noun = len(since_rebase(kpi, profile.observations)), kpi.frequency.noun
    if count < FEWEST_FOR_TRIAL:
        return f"too few {noun}s to tell what is usual: {count} of {FEWEST_FOR_TRIAL}"
    text = "; ".join(
        f"{signal_text(signal, kpi)}{_NEWS[signal.is_favourable]}" for signal in chart.telling
    )
    usual = "it goes where it should" if chart.has_trend_signal else "within its usual range"
    text = text or f"nothing unusual: {usual}"
    trial = f"provisional limits: {count} of {plural(FEWEST_FOR_LIMITS, noun)}"
    remarks = [trial] if chart.is_trial else list(_width_text(chart.assumptions[-1]))
    return " ".join((text, *(f"({remark})" for remark in remarks)))


def _width_text(assumptions: ChartAssumptions) -> Iterator[str]:
    """`limits 1.4 times as wide: each value leans on the one before, by the variance ratio`."""
    reasons = []
    if assumptions.correlation:
        reasons.append("each value leans on the one before, by the variance ratio")
    if assumptions.skewness:
        reasons.append("values are skewed, by D'Agostino's test")
    if reasons:
        yield f"limits {float(assumptions.width):.1f} times as wide: {', and '.join(reasons)}"


def limits_table(profile: Profile) -> Table:
    """The natural limits, and after each known change those from there on; for machines."""
    chart = profile.chart
    moments = zip(profile.observations, chart.limits, chart.assumptions, strict=True)
    rows = []
    for (limits, assumptions), run in groupby(moments, key=itemgetter(1, 2)):
        periods = [observation.period for observation, *_ in run]
        if limits:
            is_trial = len(periods) < FEWEST_FOR_LIMITS
            rows.append(_LimitsRow(periods[0], limits, is_trial, assumptions))
    return table_of("limits", _LIMITS, rows, is_aside=True)


def signals_table(profile: Profile) -> Table:
    """Every signal of the past, oldest first; for machines."""
    rows = (_SignalRow(profile, signal) for signal in profile.chart.signals)
    return table_of("signals", _SIGNALS, rows, is_aside=True)
