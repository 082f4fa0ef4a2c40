"""Fewer points of a long series: what stands out is kept, and so are both ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.stats.downsampling import landmarks


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], []),
        ([1.0, None, 3.0], [0, 2]),
        ([0.0] * 12 + [9.0] + [0.0] * 12, [0, 12, 24]),
        ([0.0, None, 1.0, -8.0, 0.0, 0.0, 0.0], [0, 3, 6]),
    ],
)
def test_what_stands_out_is_kept(values: list[float | None], places: list[int]) -> None:
    assert landmarks(values, 3) == places


@given(
    st.lists(st.none() | st.floats(-1e9, 1e9), max_size=200), st.integers(min_value=3, max_value=50)
)
def test_places_rise_and_both_ends_are_among_them(values: list[float | None], most: int) -> None:
    known = [place for place, value in enumerate(values) if value is not None]
    places = landmarks(values, most)
    assert len(places) == min(most, len(known))
    assert places == sorted(set(places))
    assert set(places) <= set(known)
    assert places[:1] + places[-1:] == known[:1] + known[-1:]
