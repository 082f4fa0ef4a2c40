"""The names of periods beneath a chart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.views.parts.plot import Line, Role
from tests.render.chart.plots import MONTHS, plot, text

NAMED = [
    pytest.param(1, 1, 80, "01", id="one"),
    pytest.param(6, 6, 30, "01 06", id="the first and the last before any other"),
    pytest.param(13, 10, 80, "01 03 05 07 10 01", id="the last known before steps"),
    pytest.param(13, 13, 80, "01 03 05 07 09 11 01", id="as many as keep apart"),
    pytest.param(5, 5, 80, "01 02 03 04 05", id="all where they are apart"),
]


@pytest.mark.parametrize(("places", "known", "columns", "expected"), NAMED)
def test_periods_are_named_as_far_as_there_is_room(
    places: int, known: int, columns: int, expected: str
) -> None:
    shown = plot(Line(Role.ACTUAL, (1.0,) * places), known=known)
    assert " ".join(name[5:] for name in text(shown, columns)[6].split()) == expected


def test_a_name_that_is_wider_than_the_chart_is_left_out() -> None:
    shown = plot(Line(Role.ACTUAL, (1.0, 2.0)))._replace(labels=("x" * 40, "2024-02"))
    assert text(shown, 30)[6].split() == ["2024-02"]


@given(st.integers(1, 48), st.integers(0, 48), st.integers(40, 200))
def test_names_of_periods_never_touch_and_stand_at_their_ticks(
    places: int, known: int, columns: int
) -> None:
    lines = text(plot(Line(Role.ACTUAL, (1.0,) * places), known=known), columns)
    names = re.findall(r"\S+", lines[6])
    assert {names[0], names[-1]} == {MONTHS[0], MONTHS[places - 1]}
    assert names == sorted(set(names) & set(MONTHS))
    assert "  " in lines[6] or len(names) == 1
    assert lines[5].count("┬") == len(names)
