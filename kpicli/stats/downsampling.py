"""Fewer points of a long series, so chosen that a line through them looks as before."""

from collections.abc import Sequence
from itertools import pairwise


def landmarks(values: Sequence[float | None], most: int) -> list[int]:
    """The places of at most so many values, the first and the last among them; gaps are left out.

    Of each of as many equal stretches the value that makes the largest triangle with the one chosen
    before and the mean of the next stretch, so that what stands out is kept (Steinarsson,
    «Downsampling Time Series for Visual Representation», 2013). `most` is three at least.
    """
    places = [place for place, value in enumerate(values) if value is not None]
    numbers = [value for value in values if value is not None]
    if len(places) <= most:
        return places
    width = (len(places) - 2) / (most - 2)
    bounds = [1 + round(stretch * width) for stretch in range(most - 1)]
    chosen = [0]
    for (start, end), after in zip(pairwise(bounds), [*bounds[2:], len(places)], strict=True):
        following = range(end, max(after, end + 1))
        x, y = (
            sum(following) / len(following),
            sum(numbers[place] for place in following) / len(following),
        )
        last = chosen[-1]
        chosen.append(
            max(
                range(start, end),
                key=lambda place: abs(
                    (last - x) * (numbers[place] - numbers[last])
                    - (last - place) * (y - numbers[last])
                ),
            )
        )
    return [places[place] for place in (*chosen, len(places) - 1)]
