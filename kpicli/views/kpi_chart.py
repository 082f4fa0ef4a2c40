"""The chart of one KPI: where it was, where it should be, what is usual and what is expected."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kpicli.analysis.kpi_forecast import ForecastPeriod
from kpicli.analysis.observations import zone_of_target
from kpicli.analysis.profile import Profile
from kpicli.evaluation.effective_target import effective_target
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Kpi
from kpicli.model.number import Mark
from kpicli.model.period import Period
from kpicli.model.target import Target
from kpicli.views.kpi_periods import latest_text
from kpicli.views.parts.axis import Scale, is_unit_in_ticks, scale_for, ticks
from kpicli.views.parts.plot import Band, Line, Plot, Role, Values

_FEWEST = 2
"""Actuals that make a chart."""


class _Edges(NamedTuple):
    """Where a value is on target, and on each side how far beyond that it is still at risk."""

    low: float | None = None
    high: float | None = None
    at_risk_low: float | None = None
    at_risk_high: float | None = None


def kpi_plot(found: Profile, expected: Sequence[ForecastPeriod], mark: Mark) -> Plot | None:
    """Its latest periods and the ones to come; nothing where there are no two actuals.

    A part of an open period is never drawn beside whole ones.
    """
    known = [one for one in reversed(found.periods) if not one.is_to_date]
    if sum(one.actual is not None for one in known) < _FEWEST:
        return None
    last = known[-1].period
    to_come = [one for one in expected if one.period.start > last.start]
    return _Drawing(found, known, to_come).plot(mark)


class _Drawing:
    """The values of each role at all places, the known ones first."""

    def __init__(
        self, found: Profile, known: Sequence[Evaluation], to_come: Sequence[ForecastPeriod]
    ) -> None:
        self.kpi, self.limits = found.kpi, found.limits
        self.known, self.to_come = known, to_come
        self.periods = [*(one.period for one in known), *(one.period for one in to_come)]
        self.edges = list(_every_edge(self.kpi, self.periods))
        self.actuals = tuple(None if one.actual is None else float(one.actual) for one in known)

    def plot(self, mark: Mark) -> Plot:
        """All of it on one scale."""
        scale, unit = self._scale(), self.kpi.unit
        labels = tuple(map(str, self.periods))
        return Plot(
            self._heading(),
            labels,
            len(self.known),
            *scale,
            ticks(scale, unit, mark),
            self._lines(scale),
            self._bands(scale),
        )

    def _heading(self) -> str:
        """`Latest 24 months, and 12 to come, in customers`."""
        to_come = f", and {len(self.to_come)} to come" if self.to_come else ""
        unit = "" if is_unit_in_ticks(self.kpi.unit) else f", in {self.kpi.unit}"
        return f"{latest_text(self.kpi, len(self.known))}{to_come}{unit}"

    def _scale(self) -> Scale:
        aims = [edge for each in self.edges for edge in each[:2]]
        points = [one.point for one in self.to_come]
        margins = [edge for each in self.edges for edge in each[2:]]
        wide = [edge for one in self.to_come for edge in (one.low_95, one.high_95)]
        usual = [edge for role in self._usual() for edge in role]
        return scale_for(
            _given(*self.actuals, *aims, *points),
            [edge for one in self.to_come for edge in (one.low_80, one.high_80)],
            _given(*margins, *wide, *usual),
        )

    def _usual(self) -> tuple[Values, Values, Values]:
        """Lower limit, mean and upper limit."""
        found = [self.limits.get(period) for period in self.periods]
        low, mean, high = (
            tuple(None if each is None else float(each[at]) for each in found) for at in range(3)
        )
        return low, mean, high

    def _lines(self, scale: Scale) -> tuple[Line, ...]:
        low, mean, high = (_only(values, scale) for values in self._usual())
        fan = self._fan("point")
        lines = (
            Line(Role.LIMITS, low, is_stepped=True),
            Line(Role.LIMITS, high, is_stepped=True),
            Line(Role.MEAN, mean, is_stepped=True),
            Line(Role.FORECAST, fan),
            Line(Role.TARGET, tuple(each.low for each in self.edges), is_stepped=True),
            Line(Role.TARGET, tuple(each.high for each in self.edges), is_stepped=True),
            Line(Role.ACTUAL, (*self.actuals, *[None] * len(self.to_come))),
        )
        return tuple(line for line in lines if any(each is not None for each in line.values))

    def _bands(self, scale: Scale) -> tuple[Band, ...]:
        bands = (
            Band(Role.TOLERANCE, *self._between("at_risk_low", "low"), is_stepped=True),
            Band(Role.TOLERANCE, *self._between("high", "at_risk_high"), is_stepped=True),
            Band(Role.POSSIBLE, self._fan("low_95"), self._fan("high_95")),
            Band(Role.LIKELY, self._fan("low_80"), self._fan("high_80")),
        )
        return tuple(_within(scale, band) for band in bands if any(map(scale.overlaps, *band[1:3])))

    def _fan(self, name: str) -> Values:
        """An expectation, which opens from the last actual where it follows that directly."""
        last, steps = self.known[-1].period, [getattr(one, name) for one in self.to_come]
        is_next = bool(steps) and self.to_come[0].period == last.shift(1)
        return (
            *[None] * (len(self.known) - 1),
            self.actuals[-1] if is_next else None,
            *steps,
        )

    def _between(self, low: str, high: str) -> tuple[Values, Values]:
        """Two edges at the places that have both."""
        pairs = [(getattr(each, low), getattr(each, high)) for each in self.edges]
        both = [pair if None not in pair else (None, None) for pair in pairs]
        return tuple(pair[0] for pair in both), tuple(pair[1] for pair in both)


def _every_edge(kpi: Kpi, periods: Iterable[Period]) -> Iterator[_Edges]:
    """Those of each period; most have the target of the one before."""
    target: Target | None = None
    edges = _Edges()
    for period in periods:
        before, target = target, effective_target(kpi, period).target
        if target is not before:
            edges = _edges(kpi, target) if target else _Edges()
        yield edges


def _edges(kpi: Kpi, target: Target) -> _Edges:
    zone = zone_of_target(kpi, target)
    low, high = zone.low, zone.high
    return _Edges(
        None if low is None else float(low),
        None if high is None else float(high),
        None if low is None else float(low - zone.margin(low)),
        None if high is None else float(high + zone.margin(high)),
    )


def _given(*values: float | None) -> list[float]:
    return [float(value) for value in values if value is not None]


def _within(scale: Scale, band: Band) -> Band:
    """What of it is on the scale."""
    pairs = [_cut(scale, *pair) for pair in zip(band.lows, band.highs, strict=True)]
    lows, highs = (tuple(pair[at] for pair in pairs) for at in range(2))
    return band._replace(lows=lows, highs=highs)


def _cut(
    scale: Scale, low: float | None, high: float | None
) -> tuple[float, float] | tuple[None, None]:
    if low is None or high is None or not scale.overlaps(low, high):
        return None, None
    return scale.clipped(low), scale.clipped(high)


def _only(values: Values, scale: Scale) -> Values:
    return tuple(value if scale.holds(value) else None for value in values)
