"""Which names of places stand beneath a chart, and where: as many as keep apart."""

from collections.abc import Sequence

from kpicli.screen import width

_STRIDES = (1, 2, 3, 4, 6, 12, 24, 48, 96)
"""How many places apart names stand; months go well into these."""
_GAP = 2
"""Columns between two names."""


def label_positions(
    labels: Sequence[str], middles: Sequence[int], measured_count: int, margin: int, columns: int
) -> dict[int, int]:
    """The places that are named, and in which column each name starts.

    Names stand around the middles of their places, which are columns of the grid; `margin` is what
    stands to the left of that, and `columns` how wide it is. The first and the last place have a
    name before any other, then the last measured one.
    """
    starts: dict[int, int] = {}
    for place in _by_importance(labels, middles, measured_count):
        size = width(labels[place])
        start = margin + middles[place] - size // 2
        start = min(max(start, 0), margin + columns - size)
        if start >= 0 and all(
            start >= taken + width(labels[at]) + _GAP or taken >= start + size + _GAP
            for at, taken in starts.items()
        ):
            starts[place] = start
    return starts


def _by_importance(labels: Sequence[str], middles: Sequence[int], measured_count: int) -> list[int]:
    last = len(labels) - 1
    room = max(map(width, labels)) + _GAP
    strides = [stride for stride in _STRIDES if stride * (middles[-1] + 1) >= room * len(labels)]
    stride = (strides or [last + 1])[0]
    return [0, last, min(max(measured_count - 1, 0), last), *range(0, last, stride)]
