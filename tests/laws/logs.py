"""Logs that anybody may have written: records in words, for boards of a few KPIs."""

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from kpicli.model.calendar import PLAIN
from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of

BOARD = """
[kpis.flow]
rollup = "sum"
target = "300 kr"
[kpis.limit]
rollup = "sum"
target = "<200"
tolerance = "25"
frequency = "quarterly"
[kpis.stock]
rollup = "last"
target = "40..60"
[kpis.share]
formula = "flow / stock * 100"
target = "5%"
[kpis.margin]
formula = "flow - limits"
rollup = "sum"
targets = { "2026-07" = "50", "2026-10" = "70" }
[kpis.limits]
rollup = "sum"
baseline = "10"
start = "2026-01"
by = "2026-12"
target = "20"
[kpis.growth]
formula = "flow - prev(flow)"
[kpis.day]
frequency = "daily"
rollup = "mean"
target = ">3"
"""
"""Every kind of KPI, each with a target."""

RECORDED = {
    "flow": Frequency.MONTHLY,
    "limit": Frequency.QUARTERLY,
    "stock": Frequency.MONTHLY,
    "limits": Frequency.MONTHLY,
    "day": Frequency.DAILY,
}
"""What can be recorded on it, and in which own periods."""

PERIODS = ["2026-11", "2026-10", "2026-Q4", "2026-Q3", "2026", "2026-10-31", "2026-11-14"]
TODAY = date(2026, 11, 16)

law = settings(deadline=None)
"""A law holds however slow the machine is; each example looks at many KPIs and periods."""


@st.composite
def logs(draw: st.DrawFn, most: int = 25) -> list[str]:
    """Records of the last months, for whole periods and parts, corrected and taken back."""
    return [draw(records()) for _ in range(draw(st.integers(0, most)))]


@st.composite
def records(draw: st.DrawFn) -> str:
    """`flow 2026-10 70 on 2026-11-02`: none is made before its period has begun."""
    kpi = draw(st.sampled_from(sorted(RECORDED)))
    lengths = [one for one in Frequency if PLAIN.fills(one, RECORDED[kpi])]
    back = draw(st.one_of(st.integers(0, 60), st.integers(0, 330)))
    period = period_of(TODAY - timedelta(days=back), draw(st.sampled_from(lengths)))
    made = period.start + timedelta(days=draw(st.integers(0, (TODAY - period.start).days)))
    value = draw(st.one_of(st.sampled_from(["none", "n/a"]), amounts.map(str)))
    return f"{kpi} {period} {value} on {made}"


amounts = st.one_of(st.integers(-20, 400), st.decimals(-20, 400, places=3))
