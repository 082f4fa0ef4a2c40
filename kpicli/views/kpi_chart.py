"""The chart of one KPI: where it was, where it should be, what is usual and what is expected."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kpicli.analysis.kpi_forecast import ForecastPeriod
from kpicli.analysis.observations import kpi_zone
from kpicli.analysis.profile import Profile
from kpicli.evaluation.effective_target import own_targets
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.event import Events
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.number import Mark
from kpicli.model.period import Period
from kpicli.model.target import Target
from kpicli.stats.control_limits import ControlLimits
from kpicli.stats.downsampling import landmarks
from kpicli.views.kpi_periods import latest_text
from kpicli.views.parts.axis import NOTHING, Scale, is_unit_in_ticks, scale_for, ticks
from kpicli.views.parts.plot import Band, Line, Plot, PlotEvent, Role, Values

_FAN = ("point", "low_80", "high_80", "low_95", "high_95")  # parts of a period to come
_FEWEST, _MOST = 2, 120  # actuals that make a chart, and those of a long series that are drawn


def kpi_plot(
    profile: Profile, forecast: Sequence[ForecastPeriod], definitions: Definitions
) -> Plot | None:
    """Its latest periods and the ones to come; nothing where there are no two actuals.

    A part of an open period is never drawn beside whole ones.
    """
    evaluations = [row for row in reversed(profile.periods) if not row.is_to_date]
    if sum(evaluation.actual is not None for evaluation in evaluations) < _FEWEST:
        return None
    count, last = len(evaluations), evaluations[-1].period
    steps = [step for step in forecast if step.period.start > last.start]
    evaluations = _sample(evaluations)
    plot = _ChartData(profile, evaluations, steps, count).plot(definitions.shown_mark)
    periods = (*(row.period for row in evaluations), *(step.period for step in steps))
    return plot._replace(events=tuple(_events(definitions.events, periods)))


def _sample(evaluations: list[Evaluation]) -> list[Evaluation]:
    """As many as a chart has room for, what stands out among them; the last one in any case."""
    if len(evaluations) <= _MOST:
        return evaluations
    actuals = [None if row.actual is None else float(row.actual) for row in evaluations]
    places = landmarks(actuals, _MOST)
    return [evaluations[place] for place in dict.fromkeys((*places, len(evaluations) - 1))]


def _events(events: Events | None, periods: Sequence[Period]) -> Iterator[PlotEvent]:
    """Each event at the first place that it touches."""
    for event in events.entries if events else ():
        places = (place for place, period in enumerate(periods) if event.touches(period))
        if (place := next(places, None)) is not None:
            yield PlotEvent(place, str(event.period), event.text)


class _ChartData:
    """The values of each role at all places, the measured ones first."""

    def __init__(
        self,
        profile: Profile,
        evaluations: Sequence[Evaluation],
        steps: Sequence[ForecastPeriod],
        count: int,
    ) -> None:
        self.kpi, self.steps, self.last = profile.kpi, steps, evaluations[-1].period
        self.count = count
        periods = (row.period for row in evaluations)
        self.periods = [*periods, *(step.period for step in steps)]
        targets = (row.target for row in evaluations)
        to_come = own_targets(self.kpi, [step.period for step in steps])
        edges = zip(*_edges(self.kpi, (*targets, *to_come)), strict=True)
        self.lows, self.highs, self.at_risk_lows, self.at_risk_highs = edges
        self.actuals = tuple(
            None if row.actual is None else float(row.actual) for row in evaluations
        )
        limits = map(profile.limits.get, self.periods)
        self.lower_limits, self.means, self.upper_limits = zip(*_numbers_of(limits), strict=True)
        self.points, self.low_80, self.high_80, self.low_95, self.high_95 = map(self._fan, _FAN)

    def plot(self, mark: Mark) -> Plot:
        scale, unit = self._scale(), self.kpi.unit
        return Plot(
            self._heading(),
            tuple(map(str, self.periods)),
            len(self.actuals),
            *scale,
            ticks(scale, unit, mark),
            tuple(self._lines(scale)),
            tuple(self._bands(scale)),
        )

    def _heading(self) -> str:
        """`Latest 24 months, and 12 to come, in customers`; of a sample how many are drawn."""
        drawn = len(self.actuals)
        sample = f", {drawn:,} of them drawn" if drawn < self.count else ""
        forecast = f", and {len(self.steps)} to come" if self.steps else ""
        unit = "" if is_unit_in_ticks(self.kpi.unit) else f", in {self.kpi.unit}"
        return f"{latest_text(self.kpi, self.count)}{sample}{forecast}{unit}"

    def _scale(self) -> Scale:
        limits = (self.lower_limits, self.means, self.upper_limits)
        return scale_for(
            needed=_numbers(self.actuals, self.lows, self.highs, self.points),
            likely=_numbers(self.low_80, self.high_80),
            nearby=_numbers(
                self.at_risk_lows, self.at_risk_highs, *limits, self.low_95, self.high_95
            ),
        )

    def _lines(self, scale: Scale) -> Iterator[Line]:
        """Those that have a value on the scale."""
        lines = (
            (Role.LIMITS, self.lower_limits, True),
            (Role.LIMITS, self.upper_limits, True),
            (Role.MEAN, self.means, True),
            (Role.FORECAST, self.points, False),
            (Role.TARGET, self.lows, True),
            (Role.TARGET, self.highs, True),
            (Role.ACTUAL, (*self.actuals, *[None] * len(self.steps)), False),
        )
        for role, values, is_stepped in lines:
            held = scale.held(values)
            if {*held} != {None}:
                yield Line(role, held, is_stepped)

    def _bands(self, scale: Scale) -> Iterator[Band]:
        """What of each band is on the scale."""
        bands = (
            (Role.TOLERANCE, self.at_risk_lows, self.lows, True),
            (Role.TOLERANCE, self.highs, self.at_risk_highs, True),
            (Role.POSSIBLE, self.low_95, self.high_95, False),
            (Role.LIKELY, self.low_80, self.high_80, False),
        )
        for role, *edges, is_stepped in bands:
            rooms = scale.cut(*edges)
            if {*rooms} != {NOTHING}:
                lows, highs = zip(*rooms, strict=True)
                yield Band(role, lows, highs, is_stepped)

    def _fan(self, name: str) -> Values:
        """An expectation, which opens from the last actual where it follows that directly."""
        is_next = bool(self.steps) and self.steps[0].period == self.last.shift(1)
        return (
            *[None] * (len(self.actuals) - 1),
            self.actuals[-1] if is_next else None,
            *[getattr(step, name) for step in self.steps],
        )


def _numbers_of(limits: Iterable[ControlLimits | None]) -> Iterator[tuple[float | None, ...]]:
    """The three numbers of each limits; most are those of the period before."""
    for each, same in groupby(limits):
        numbers = tuple(map(float, each)) if each else (None,) * 3
        yield from (numbers for _ in same)


def _edges(kpi: Kpi, targets: Iterable[Target | None]) -> Iterator[tuple[float | None, ...]]:
    """Those of the zone of each target; most have that of the one before."""
    for target, same in groupby(targets):
        edges = kpi_zone(kpi, target).edges if target else (None,) * 4
        yield from (edges for _ in same)


def _numbers(*columns: Values) -> set[float]:
    """Those of several columns, each once."""
    return {number for column in columns for number in column if number is not None}
