"""A chart fits, takes any numbers, and says in words what each sign is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.render.chart.frame import CHART_CHARACTERS, chart_lines
from kpicli.screen import width
from kpicli.views.parts.plot import Band, Line, Plot, Role, Tick, Values
from tests.render.chart.plots import full, plot, text


@pytest.mark.parametrize("columns", [40, 50, 80, 200])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_a_legend_says_in_words_what_each_sign_is(columns: int, *, is_ascii: bool) -> None:
    lines = chart_lines(full(), columns, 10, is_ascii=is_ascii)
    legend = [run for line in lines[12:] for run in line]
    told = {run.role: run.text for run in legend if run.role}
    assert set(told) == set(Role)
    assert len(set(told.values())) == len(Role), "no two look alike"
    said = "".join(run.text for run in legend)
    assert all(f"{told[role]} {role.word}" in said for role in Role)
    assert "measured until here" in said


@pytest.mark.parametrize("is_ascii", [False, True])
def test_a_sign_of_the_legend_is_one_of_the_chart(*, is_ascii: bool) -> None:
    lines = chart_lines(full(), 120, 14, is_ascii=is_ascii)
    seen = {
        role: {run.text for line in lines[:14] for run in line if run.role is role} for role in Role
    }
    for role, sample in ((run.role, run.text) for line in lines[16:] for run in line if run.role):
        marks = set(sample) - set("⠒⠂ ")
        assert marks <= set("".join(seen[role])), role


def test_a_legend_leaves_out_what_is_not_seen() -> None:
    nothing = (None, None)
    covered = plot(
        Line(Role.ACTUAL, (50.0, 50.0)),
        Line(Role.FORECAST, (50.0, None)),
        Line(Role.MEAN, nothing, is_stepped=True),
        Band(Role.LIKELY, nothing, nothing),
    )
    assert text(covered)[-1] == "⠒●⠒ actual"
    dashed = plot(
        Line(Role.MEAN, (25.0, 25.0), is_stepped=True),
        Band(Role.TOLERANCE, (24.0, 24.0), (26.0, 26.0), is_stepped=True),
    )
    assert text(dashed)[-1] == "⠒ ⠒ average"


@pytest.mark.parametrize("columns", [30, 31, 40, 50, 80, 120, 200])
@pytest.mark.parametrize("rows", [8, 15])
def test_a_chart_is_never_wider_than_it_may_be(columns: int, rows: int) -> None:
    lines = text(full(), columns, rows)
    assert len(lines) > rows + 2
    assert max(map(width, lines)) <= columns


def test_a_few_periods_are_not_stretched_over_a_wide_screen() -> None:
    lines = text(plot(Line(Role.ACTUAL, (0.0, 50.0, 100.0))), 200)
    assert max(map(width, lines)) == len("100 ┤") + 3 * 10


@pytest.mark.parametrize(
    ("shown", "columns"),
    [
        pytest.param(full(), 29, id="a narrow screen"),
        pytest.param(full()._replace(ticks=(Tick(0.0, "x" * 63),)), 80, id="a wide scale"),
        pytest.param(plot(Line(Role.ACTUAL, ())), 80, id="no place"),
    ],
)
def test_where_there_is_no_room_there_is_no_chart(shown: Plot, columns: int) -> None:
    assert chart_lines(shown, columns, 10) == ()


@pytest.mark.parametrize(
    ("values", "low", "high", "row"),
    [
        pytest.param((7.0, 7.0), 7.0, 7.0, 2, id="all equal"),
        pytest.param((1e18, 1e18), -1e18, 1e18, 0, id="huge"),
        pytest.param((1e-12, 1e-12), 0.0, 1e-12, 0, id="tiny"),
        pytest.param((-5.0, -5.0), -5.0, 5.0, 4, id="negative"),
        pytest.param((9.0, 9.0), 0.0, 5.0, 0, id="above the scale"),
        pytest.param((-9.0, -9.0), 0.0, 5.0, 4, id="below it"),
        pytest.param((float("inf"),) * 2, 0.0, 5.0, 0, id="endless"),
    ],
)
@pytest.mark.parametrize("is_ascii", [False, True])
def test_numbers_of_any_size_are_drawn(
    values: Values, low: float, high: float, row: int, *, is_ascii: bool
) -> None:
    lines = text(plot(Line(Role.ACTUAL, values), low=low, high=high), is_ascii=is_ascii)
    sign = "*" if is_ascii else "●"
    assert [sign in line for line in lines[:5]] == [at == row for at in range(5)]


def test_a_tick_outside_the_scale_is_left_out() -> None:
    shown = plot(Line(Role.ACTUAL, (1.0,)))._replace(ticks=(Tick(-1.0, "A"), Tick(50.0, "B")))
    assert [line[0] for line in text(shown)[:5]] == [" ", " ", "B", " ", " "]


@pytest.mark.parametrize("is_ascii", [False, True])
@given(values=st.lists(st.none() | st.floats(allow_nan=False), min_size=1, max_size=48))
def test_any_values_are_drawn_and_fit(values: list[float | None], *, is_ascii: bool) -> None:
    lines = text(plot(Line(Role.ACTUAL, tuple(values))), 60, 8, is_ascii=is_ascii)
    known = len(values) - values.count(None)
    sign = "*" if is_ascii else "●"
    assert max(map(width, lines)) <= 60
    assert ("actual" in lines[-1]) is (known > 0)
    assert 0 < sum(line.count(sign) for line in lines[:8]) <= known or not known


def test_what_an_encoding_must_have_is_all_that_is_drawn() -> None:
    signs = set("".join(text(full(), 120, 14)))
    beyond = {sign for sign in signs if not sign.isascii() and not "⠀" <= sign <= "⣿"}
    assert beyond == set(CHART_CHARACTERS) - {"⣿"}
    assert "".join(text(full(), 120, 14, is_ascii=True)).isascii()
