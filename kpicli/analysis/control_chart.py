"""What a series does by itself, and what tells that it has changed: the XmR chart."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from math import lcm
from operator import itemgetter
from typing import NamedTuple

from kpicli.analysis.observations import Observation, Observations, observed_numbers
from kpicli.evaluation.evaluate import is_favourable
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.schema_types import Word
from kpicli.stats.control_limits import (
    FEWEST_FOR_LIMITS,
    FEWEST_FOR_TRIAL,
    RUN,
    ControlLimits,
    control_limits,
)

NEAR, CROWD = 3, 4
"""Three of four that are nearer to one limit than to the mean are no chance either."""


class SignalRule(Word):
    """What tells that a series has changed."""

    OUTSIDE = "outside_limits"
    RUN = "run"
    NEAR = "near_limit"


@dataclass(frozen=True, slots=True)
class Signal:
    """What is no chance, from its first value to the last moment at which that held.

    `count` are the values that tell it. `as_before` is the period one season before the last, where
    that was in a signal of the same kind: then what is told comes every December.
    """

    rule: SignalRule
    is_above: bool
    first: Period
    last: Period
    count: int
    is_favourable: bool | None
    as_before: Period | None = None


class ControlChart(NamedTuple):
    """A past with the limits in force at each of its moments, and its signals, oldest first.

    `is_trial`: there are fewer than twelve values under the latest limits. `last` is the period of
    the last moment.
    """

    limits: tuple[ControlLimits | None, ...]
    is_trial: bool
    signals: tuple[Signal, ...]
    last: Period | None = None

    @property
    def latest(self) -> tuple[Signal, ...]:
        """Those that still hold at the last moment."""
        return tuple(signal for signal in self.signals if signal.last == self.last)

    @property
    def telling(self) -> tuple[Signal, ...]:
        """Those that hold now, but for values near a limit where another lies beyond it."""
        beyond = {signal.is_above for signal in self.latest if signal.rule is SignalRule.OUTSIDE}
        near = {(SignalRule.NEAR, is_above) for is_above in beyond}
        return tuple(signal for signal in self.latest if (signal.rule, signal.is_above) not in near)


class SignalRun(NamedTuple):
    """Where in a series a rule finds something, from one place to another."""

    rule: SignalRule
    is_above: bool
    first: int
    last: int
    size: int


def control_chart(kpi: Kpi, moments: Observations) -> ControlChart:
    """The XmR chart of a past. Each known change (`rebase`) begins limits of its own.

    The signals are Wheeler's for this chart («Making Sense of Data», 2003): a value outside the
    limits; eight in a row on one side of the mean, which one on the mean breaks; three of four on
    one side that are nearer the limit than the mean. The first finds what is sudden, the others
    what is small and stays. More rules find little more and cry wolf more often: of 10,000 stable
    normal series of 24 values 14% show one of these, 11% where no range is screened, and 18% by the
    rules of the NHS («Making data count»: seven in a row, seven that rise or fall, two of three in
    the outer third); a shift of 1.5 standard deviations is seen after 7, 7 and 6 values. Of skewed
    (exponential) series 58, 53 and 61% show one, of counts around four 21, 17 and 26%, and of
    values that lean on the one before (autocorrelation 0.3) 39, 36 and 46%: so a signal is a
    question to ask, and no verdict.

    A season gives signals too, and each is told with the same period a season before, where that
    was in such a signal; none is left out, since this December may be news all the same.
    """
    edges: list[ControlLimits | None] = []
    signals: list[Signal] = []
    for stretch in _stretches(kpi, moments):
        values = observed_numbers(stretch)
        limits = control_limits(values, FEWEST_FOR_TRIAL)
        edges += [limits] * len(stretch)
        signals += (_signal(kpi, stretch, spell) for spell in signal_runs(values, limits))
    signals.sort(key=lambda signal: (signal.first, signal.last))
    seasonal = tuple(replace(signal, as_before=_as_before(signal, signals)) for signal in signals)
    is_trial = len(since_rebase(kpi, moments)) < FEWEST_FOR_LIMITS
    return ControlChart(tuple(edges), is_trial, seasonal, moments[-1].period if moments else None)


def since_rebase(kpi: Kpi, moments: Observations) -> Observations:
    """The moments from the latest known change on, or all of them."""
    return next(reversed(_stretches(kpi, moments)), ())


def _stretches(kpi: Kpi, moments: Observations) -> list[Observations]:
    """The moments from the first known change to the next, and so on."""

    def changes(moment: Observation) -> int:
        return bisect_right(kpi.rebase, moment.period)

    return [tuple(stretch) for _, stretch in groupby(moments, changes)]


def _signal(kpi: Kpi, moments: Observations, spell: SignalRun) -> Signal:
    rule, is_above, first, last, size = spell
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


def signal_runs(values: Sequence[Fraction], limits: ControlLimits | None) -> Iterator[SignalRun]:
    """Each signal of a series under its limits once, as long as it lasts.

    Values near a limit that are all in one run tell nothing more than that, and they are over with
    the first that lies on the other side of the mean.
    """
    if limits is None:
        return
    for is_above in (True, False):
        half, off = _away(values, limits, is_above=is_above)
        for first, last in _runs([distance > half for distance in off]):
            yield SignalRun(SignalRule.OUTSIDE, is_above, first, last, last - first + 1)
        runs = [
            run for run in _runs(distance > 0 for distance in off) if run[1] - run[0] >= RUN - 1
        ]
        for first, last in runs:
            yield SignalRun(SignalRule.RUN, is_above, first, last, last - first + 1)
        near = [2 * distance > half for distance in off]
        for first, end in _crowds(near):
            last = next(at for at in range(end, first, -1) if off[at] > 0)
            if not any(begin <= first and last <= end for begin, end in runs):
                yield SignalRun(SignalRule.NEAR, is_above, first, last, sum(near[first : last + 1]))


def _away(
    values: Sequence[Fraction], limits: ControlLimits, *, is_above: bool
) -> tuple[int, list[int]]:
    """The half width, and how far each value lies to one side of the mean, as whole numbers."""
    sign = 1 if is_above else -1
    edges = (limits.mean, limits.half_width)
    scale = lcm(*(number.denominator for number in (*values, *edges)))
    mean, half, *whole = (
        number.numerator * (scale // number.denominator) for number in (*edges, *values)
    )
    return half, [sign * (value - mean) for value in whole]


def _crowds(near: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where three of four following each other are near, from the first that is."""
    places = range(len(near))
    full = [sum(near[max(at - CROWD + 1, 0) : at + 1]) >= NEAR for at in places]
    for first, last in _runs(any(full[at : at + CROWD]) for at in places):
        yield near.index(True, first), last


def _runs(flags: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each unbroken run of what holds."""
    for holds, run in groupby(enumerate(flags), itemgetter(1)):
        if holds:
            places = [place for place, _ in run]
            yield places[0], places[-1]
