"""A line of blocks, one a value: how a handful of numbers went, between words."""

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"
_MIDDLE = "▄"
_GAP = "·"
_ARROWS = {"up": "↗", "down": "↘", "flat": "→"}


def sparkline(values: Sequence[float | None]) -> str:
    """A bar a value from the least to the greatest of them, a dot where there is none.

    Where all are equal the bars are of middle height (Tufte, «Beautiful Evidence», 2006).
    """
    numbers = [value for value in values if value is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    return "".join(_GAP if value is None else _bar(value, low, high) for value in values)


def _bar(value: float, low: float, high: float) -> str:
    if low == high:
        return _MIDDLE
    return _BARS[min(int((value - low) / (high - low) * len(_BARS)), len(_BARS) - 1)]


def arrow(move: str) -> str:
    """Which way it goes, nothing where nothing is said."""
    return _ARROWS.get(move, "")
