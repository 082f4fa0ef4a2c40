"""A line of bars, and the arrow beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.render.canvas import arrow, sparkline
from kpicli.screen import width
from kpicli.views.parts.plot import Values


@pytest.mark.parametrize(
    ("values", "line"),
    [
        pytest.param((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), "▁▂▃▄▅▆▇█", id="equal steps"),
        pytest.param((480.0, 455.0, 505.0), "▅▁█", id="from its own least to its own greatest"),
        pytest.param((3.0, None, None, 9.0), "▁··█", id="a gap is a dot a period"),
        pytest.param((5.0, 5.0, None, 5.0), "▄▄·▄", id="equal values are in the middle"),
        pytest.param((7.0,), "▄", id="one value"),
        pytest.param((-4.0, -2.0, 0.0), "▁▅█", id="below zero"),
        pytest.param((1e18, -1e18, 0.0), "█▁▅", id="huge"),
        pytest.param((1e-12, 2e-12), "▁█", id="tiny"),
        pytest.param((None, None), "··", id="nothing known"),
        pytest.param((), "", id="no period"),
    ],
)
def test_a_bar_stands_for_each_value(values: Values, line: str) -> None:
    assert sparkline(values) == line


@given(st.lists(st.none() | st.floats(-1e18, 1e18), max_size=12))
def test_a_line_is_as_wide_as_there_are_values(values: list[float | None]) -> None:
    line = sparkline(values)
    assert width(line) == len(line) == len(values)
    assert line.count("·") == values.count(None)


@given(st.lists(st.integers(-99, 99), min_size=2, max_size=12, unique=True))
def test_the_greatest_has_the_highest_bar_and_the_least_the_lowest(values: list[int]) -> None:
    line = sparkline([float(value) for value in values])
    assert line[values.index(max(values))] == "█"
    assert line[values.index(min(values))] == "▁"
    assert sorted(line) == [bar for _, bar in sorted(zip(values, line, strict=True))]


@pytest.mark.parametrize(("move", "sign"), [("up", "↗"), ("down", "↘"), ("flat", "→"), ("", "")])
def test_an_arrow_says_which_way(move: str, sign: str) -> None:
    assert arrow(move) == sign
