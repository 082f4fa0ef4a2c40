"""How much of what is enumerated runs by default; all of it runs once with `-m exhaustive`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import settings

FEWEST = 12
"""Examples of a law by default, at least."""


def sampled(
    names: str, cases: Mapping[str, object] | Iterable[object], sample: Collection[object]
) -> pytest.MarkDecorator:
    """Parametrize by cases, of which a sample runs by default and the others exhaustively.

    Cases have their ids as keys, or are their own ids; a tuple is the values of several `names`.
    """
    named = cases if isinstance(cases, Mapping) else {case: case for case in cases}
    assert set(sample) <= set(named), f"no such case: {set(sample) - set(named)}"
    return pytest.mark.parametrize(
        names,
        [
            pytest.param(
                *(values if "," in names and isinstance(values, tuple) else (values,)),
                id=str(name),
                marks=() if name in sample else pytest.mark.exhaustive,
            )
            for name, values in named.items()
        ],
    )


def examples(most: int, **more: Any) -> settings:
    """Try a law with so many examples exhaustively, and with a fifth of them by default."""
    is_all = settings().max_examples > FEWEST
    return settings(max_examples=most if is_all else max(most // 5, FEWEST), **more)
