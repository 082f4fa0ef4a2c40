"""What a series does by itself, and what tells that it has changed: the XmR chart."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import groupby

from kpicli.analysis.observations import Observation, Observations, observed_numbers
from kpicli.evaluation.evaluate import is_favourable
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import (
    FEWEST_FOR_LIMITS,
    FEWEST_FOR_TRIAL,
    ChartAssumptions,
    ControlLimits,
    chart_assumptions,
    control_limits,
    floats,
)
from kpicli.stats.mann_kendall import climb_sign
from kpicli.stats.signal_runs import SignalRule, SignalRun, signal_runs


class Signal(NamedTuple):
    """What is no chance, from its first value to the last moment at which that held.

    `size` are the values that tell it. `as_before` is the period one season before the last, where
    that was in a signal of the same kind: then what is told comes every December. `recent` is the
    period in which a signal that holds now was news at last.
    """

    rule: SignalRule
    is_above: bool
    first: Period
    last: Period
    size: int
    is_favourable: bool | None
    as_before: Period | None = None
    recent: Period | None = None
    is_stale: bool = False

    @property
    def is_news(self) -> bool:
        """Whether it appeared or grew in its last period, and that is the latest there can be."""
        return self.recent == self.last and not self.is_stale

    @property
    def as_in(self) -> Period | None:
        """The period in which the same was told already, if any."""
        if self.is_news:
            return None
        return self.recent or self.as_before


class ControlChart(NamedTuple):
    """A past with the limits in force at each of its moments, and its signals, oldest first.

    `is_trial`: there are fewer than twelve values under the latest limits. `last` is the period of
    the last moment. `assumptions` are those of the values under each limits.
    """

    limits: tuple[ControlLimits | None, ...]
    is_trial: bool
    signals: tuple[Signal, ...]
    last: Period | None = None
    assumptions: tuple[ChartAssumptions, ...] = ()
    has_wanted_trend: bool = False

    @property
    def latest(self) -> tuple[Signal, ...]:
        """Those that still hold at the last moment, but for what a trend that is wanted makes."""
        return tuple(signal for signal in self._holding if not self._is_of_trend(signal))

    @property
    def has_trend_signal(self) -> bool:
        """Whether one holds that a wanted trend makes."""
        return any(map(self._is_of_trend, self._holding))

    @property
    def _holding(self) -> Iterator[Signal]:
        return (signal for signal in self.signals if signal.last == self.last)

    def _is_of_trend(self, signal: Signal) -> bool:
        return self.has_wanted_trend and signal.is_favourable is True

    @property
    def telling(self) -> tuple[Signal, ...]:
        """Those that hold now, but for values near a limit where another lies beyond it."""
        beyond = {signal.is_above for signal in self.latest if signal.rule is SignalRule.OUTSIDE}
        near = {(SignalRule.NEAR, is_above) for is_above in beyond}
        return tuple(signal for signal in self.latest if (signal.rule, signal.is_above) not in near)


def control_chart(kpi: Kpi, moments: Observations) -> ControlChart:
    """The XmR chart of a past. Each known change (`rebase`) begins limits of its own.

    The signals are Wheeler's for this chart («Making Sense of Data», 2003): a value outside the
    limits; eight in a row on one side of the mean, which one on the mean breaks; three of four on
    one side that are nearer the limit than the mean. The first finds what is sudden, the others
    what is small and stays. More rules find little more and cry wolf more often: of 10,000 stable
    normal series of 24 values 12% show one of these and 18% one of the NHS's («Making data count»);
    a shift of 1.5 standard deviations is seen after 7 values by these, after 6 by those. In a month
    it is 1.0% of normal, 2.5% of skewed and 2.9% of leaning series (tests/benchmarks/false_alarms):
    a signal is a question to ask, and no verdict.

    Where values are plainly skewed or lean on each other, limits are wider and runs longer
    (`chart_assumptions`). A signal is news in the period in which it appears, and while it grows:
    where the latest value lies further out than all before it. A season gives signals too; each is
    told with the same period a season before, where that was in such a signal, and is news where it
    lies further out than that. What a trend makes that is wanted is no signal: that of a climb in
    the definitions, or one that a straight line tells better than a step.
    """
    edges: list[ControlLimits | None] = []
    assumptions: list[ChartAssumptions] = []
    signals: list[Signal] = []
    for stretch in _stretches(kpi, moments):
        values = observed_numbers(stretch)
        limits, shape = process_limits(values)
        edges += [limits] * len(stretch)
        assumptions += [shape] * len(stretch)
        signals += (_signal(kpi, stretch, run) for run in signal_runs(values, limits, shape))
    signals.sort(key=lambda signal: (signal.first, signal.last))
    latest = since_rebase(kpi, moments)
    recent = _recent(latest, edges[-1] if edges else None)
    return ControlChart(
        tuple(edges),
        len(latest) < FEWEST_FOR_LIMITS,
        tuple(recent(signal._replace(as_before=_as_before(signal, signals))) for signal in signals),
        moments[-1].period if moments else None,
        tuple(assumptions),
        _has_wanted_trend(kpi, latest),
    )


def process_limits(values: Sequence[Fraction]) -> tuple[ControlLimits | None, ChartAssumptions]:
    """The limits, as wide as these values need them, and what made them wider."""
    limits, assumptions = control_limits(values, FEWEST_FOR_TRIAL), chart_assumptions(values)
    return limits and assumptions.widened(limits), assumptions


def _has_wanted_trend(kpi: Kpi, moments: Observations) -> bool:
    """Whether it goes where it should, by the definitions or by itself."""
    if not moments:
        return False
    if kpi.by:
        return True
    sign = climb_sign(floats(observed_numbers(moments)))
    return is_favourable(kpi, moments[-1].target, Fraction(sign)) is True


def _recent(moments: Observations, limits: ControlLimits | None) -> Callable[[Signal], Signal]:
    """Those that hold at the last moment, with the period in which they were news at last."""
    values = observed_numbers(moments)
    places = {moment.period: at for at, moment in enumerate(moments)}

    @cache
    def known(at: int) -> list[SignalRun]:
        """The signals at a moment, by what was known then."""
        runs = signal_runs(values[: at + 1], *process_limits(values[: at + 1]))
        return [run for run in runs if run.last == at]

    def as_it_came(signal: Signal) -> Signal:
        """With what lay outside the limits of its time, as far as it is off today's average."""
        first, last = places[signal.first], places[signal.last]
        if signal.rule is not SignalRule.OUTSIDE or limits is None:
            return signal
        kind, at, sign = (signal.rule, signal.is_above), last - 1, 1 if signal.is_above else -1
        while runs := [run.first for run in known(at) if run[:2] == kind]:
            first, at = min(first, *runs), at - 1
        usual = [at for at in range(first, last) if sign * (values[at] - limits.mean) <= 0]
        first = usual[-1] + 1 if usual else first
        return signal._replace(first=moments[first].period, size=last - first + 1)

    def is_news(signal: Signal, at: int) -> bool:
        sign = 1 if signal.is_above else -1
        before = values[places[signal.first] : at]
        is_growing = bool(before) and sign * values[at] > max(sign * value for value in before)
        return is_growing or all(run.is_above != signal.is_above for run in known(at - 1))

    def with_recent(signal: Signal) -> Signal:
        if not moments or signal.last != moments[-1].period or signal.first not in places:
            return signal
        signal = as_it_came(signal)
        first, last = places[signal.first], places[signal.last]
        at = next((at for at in range(last, first, -1) if is_news(signal, at)), first)
        recent, before = moments[at].period, places.get(signal.as_before or signal.last, last)
        sign = 1 if signal.is_above else -1
        if before < last and sign * values[last] <= sign * values[before]:
            recent = moments[before].period
        return signal._replace(recent=recent)

    return with_recent


def since_rebase(kpi: Kpi, moments: Observations) -> Observations:
    """The moments from the latest known change on, or all of them."""
    return next(reversed(_stretches(kpi, moments)), ())


def _stretches(kpi: Kpi, moments: Observations) -> list[Observations]:
    """The moments from the first known change to the next, and so on."""
    if not kpi.rebase:
        return [moments] if moments else []

    def changes(moment: Observation) -> int:
        return bisect_right(kpi.rebase, moment.period)

    return [tuple(stretch) for _, stretch in groupby(moments, changes)]


def _signal(kpi: Kpi, moments: Observations, run: SignalRun) -> Signal:
    rule, is_above, first, last, size = run
    change = Fraction(1 if is_above else -1)
    is_good = is_favourable(kpi, moments[last].target, change)
    return Signal(rule, is_above, moments[first].period, moments[last].period, size, is_good)


def _as_before(signal: Signal, signals: Iterable[Signal]) -> Period | None:
    """The period one season before, where another signal of that kind held in it."""
    season = signal.last.frequency.season
    before = signal.last.shift(-season)
    is_known = season > 1 and any(
        earlier.first <= before <= earlier.last < signal.first
        for earlier in signals
        if (earlier.rule, earlier.is_above) == (signal.rule, signal.is_above)
    )
    return before if is_known else None
