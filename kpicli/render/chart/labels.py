"""Which names of places stand beneath a chart, and where: as many as keep apart."""

from collections.abc import Sequence

from kpicli.text import width

_STRIDES = (1, 2, 3, 4, 6, 12, 24, 48, 96)
"""How many places apart names stand; months go well into these."""
_APART = 2
"""Columns between two names."""


def label_positions(
    labels: Sequence[str], middles: Sequence[int], known: int, margin: int, columns: int
) -> dict[int, int]:
    """The places that are named, and in which column each name starts.

    Names stand around the middles of their places, which are columns of the ground; `margin` is
    what stands to the left of that, and `columns` how wide it is. The first and the last have
    a name before any other, then the last of the `known` ones.
    """
    taken: dict[int, int] = {}
    for place in _wanted(labels, middles, known):
        wide = width(labels[place])
        start = margin + middles[place] - wide // 2
        start = min(max(start, 0), margin + columns - wide)
        if start >= 0 and all(
            start >= other + width(labels[at]) + _APART or other >= start + wide + _APART
            for at, other in taken.items()
        ):
            taken[place] = start
    return taken


def _wanted(labels: Sequence[str], middles: Sequence[int], known: int) -> list[int]:
    """The places in the order in which their names are thought of."""
    last = len(labels) - 1
    room = max(map(width, labels)) + _APART
    fitting = [each for each in _STRIDES if each * (middles[-1] + 1) >= room * len(labels)]
    return [0, last, min(max(known - 1, 0), last), *range(0, last, (fitting or [last + 1])[0])]
