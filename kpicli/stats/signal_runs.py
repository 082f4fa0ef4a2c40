"""The rules of a control chart: where in a series each of them finds what is no chance."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import ChartAssumptions, ControlLimits, whole_numbers

NEAR, CROWD = 3, 4  # three of four nearer to one limit than to the mean are no chance either


class SignalRule(StrEnum):
    """What tells that a series has changed."""

    OUTSIDE = "outside_limits"
    RUN = "run"
    NEAR = "near_limit"


class SignalRun(NamedTuple):
    """Where in a series a rule finds something, from one place to another."""

    rule: SignalRule
    is_above: bool
    first: int
    last: int
    size: int


def signal_runs(
    values: Sequence[Fraction],
    limits: ControlLimits | None,
    assumptions: ChartAssumptions = ChartAssumptions(),  # noqa: B008 - it never changes
) -> Iterator[SignalRun]:
    """Each signal of a series under its limits once, as long as it lasts.

    Values near a limit that are all in one run tell nothing more than that, and they are over with
    the first that lies on the other side of the mean. One near the other limit among them is no
    signal but a wide swing, and where values lean on each other they are near it together by
    themselves.
    """
    if limits is None:
        return
    _, (mean, half, *whole) = whole_numbers((limits.mean, limits.half_width, *values))
    above = [value - mean for value in whole]
    for is_above, off in ((True, above), (False, [-distance for distance in above])):
        for first, last in _runs([distance > half for distance in off]):
            yield SignalRun(SignalRule.OUTSIDE, is_above, first, last, last - first + 1)
        runs = [
            run
            for run in _runs(distance > 0 for distance in off)
            if run[1] - run[0] >= assumptions.run - 1
        ]
        for first, last in runs:
            yield SignalRun(SignalRule.RUN, is_above, first, last, last - first + 1)
        if assumptions.correlation:
            continue
        near = [2 * distance > half for distance in off]
        for first, end in _crowds(near, [2 * distance < -half for distance in off]):
            last = next(at for at in range(end, first, -1) if off[at] > 0)
            if not any(begin <= first and last <= end for begin, end in runs):
                yield SignalRun(SignalRule.NEAR, is_above, first, last, sum(near[first : last + 1]))


def _crowds(near: Sequence[bool], opposite: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where three of four following each other are near, from the first that is."""
    places = range(len(near))
    windows = [slice(max(at - CROWD + 1, 0), at + 1) for at in places]
    full = [sum(near[window]) >= NEAR and not any(opposite[window]) for window in windows]
    for first, last in _runs(any(full[at : at + CROWD]) for at in places):
        yield near.index(True, first), last


def _runs(flags: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each unbroken run of what holds."""
    for holds, run in groupby(enumerate(flags), itemgetter(1)):
        if holds:
            places = [place for place, _ in run]
            yield places[0], places[-1]
