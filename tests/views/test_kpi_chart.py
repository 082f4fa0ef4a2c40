"""The chart of one KPI: which values stand at which place."""

import pytest

from kpicli.analysis.kpi_forecast import ForecastPeriod
from kpicli.analysis.profile import profile
from kpicli.model.period import read_period
from kpicli.views.kpi_chart import kpi_plot
from kpicli.views.parts.plot import Plot, Role
from tests.evaluation.board import board


def drawn(lines: str, *records: str, expected: str = "") -> Plot | None:
    """The chart of a KPI; what is expected as `2026-11 10±2`, its 95% interval twice as wide."""
    scorecard = board(f"[kpis.it]\n{lines}", *(f"it {record}" for record in records))
    found = profile(scorecard, scorecard.definitions.kpis["it"], 24)
    steps = [step(words) for words in expected.split(", ") if words]
    return kpi_plot(found, steps, scorecard.definitions)


def step(words: str) -> ForecastPeriod:
    label, number = words.split()
    point, off = map(float, number.split("±"))
    edges = (point - off, point + off, point - 2 * off, point + 2 * off)
    return ForecastPeriod(read_period(label), point, *edges)


def line(plot: Plot | None, role: Role) -> list[str]:
    """Each line of a role, `-` for nothing."""
    assert plot is not None
    return [_values(one.values) for one in plot.lines if one.role is role]


def band(plot: Plot | None, role: Role) -> list[str]:
    """Each band of a role, its lower and its upper edge."""
    assert plot is not None
    bands = [one for one in plot.bands if one.role is role]
    return [f"{_values(one.lows)} to {_values(one.highs)}" for one in bands]


def _values(values: tuple[float | None, ...]) -> str:
    return " ".join("-" if value is None else f"{value:g}" for value in values)


def test_it_has_a_place_for_every_period_and_gaps_stay_gaps() -> None:
    plot = drawn("", "2026-07 4", "2026-08 5", "2026-10 7")
    assert plot is not None
    assert (plot.labels, plot.measured_count) == (("2026-07", "2026-08", "2026-09", "2026-10"), 4)
    assert line(plot, Role.ACTUAL) == ["4 5 - 7"]
    assert ([one.role for one in plot.lines], plot.bands) == ([Role.ACTUAL], ())


@pytest.mark.parametrize(
    ("lines", "targets", "tolerances"),
    [
        pytest.param('target = "10"', ["10 10"], ["9 9 to 10 10"], id="at least"),
        pytest.param('target = "<10"', ["10 10"], ["10 10 to 11 11"], id="at most"),
        pytest.param(
            'target = "8..10"\ntolerance = "1"',
            ["8 8", "10 10"],
            ["7 7 to 8 8", "10 10 to 11 11"],
            id="a range has two edges",
        ),
        pytest.param(
            'targets = { "2026-10" = "10" }', ["- 10"], ["- 9 to - 10"], id="from a month on"
        ),
        pytest.param(
            'baseline = "0"\nstart = "2026-08"\nby = "2026-12"\ntarget = "20"',
            ["5 10"],
            ["4.5 9 to 5 10"],
            id="a climb",
        ),
    ],
)
def test_the_target_is_the_one_of_its_time_with_what_is_still_at_risk(
    lines: str, targets: list[str], tolerances: list[str]
) -> None:
    plot = drawn(lines, "2026-09 4", "2026-10 12")
    assert line(plot, Role.TARGET) == targets
    assert band(plot, Role.TOLERANCE) == tolerances


def test_a_part_of_an_open_period_is_not_drawn_beside_whole_ones() -> None:
    plot = drawn('rollup = "sum"', "2026-09 4", "2026-10 7", "2026-11-03 1")
    assert plot is not None
    assert plot.labels == ("2026-09", "2026-10")


def test_what_stands_in_an_open_period_that_is_no_sum_is_drawn() -> None:
    plot = drawn("", "2026-10 7", "2026-11 9", expected="2026-11 8±1, 2026-12 8±1")
    assert plot is not None
    assert (plot.labels, plot.measured_count) == (("2026-10", "2026-11", "2026-12"), 2)
    assert line(plot, Role.ACTUAL) == ["7 9 -"]


def test_the_fan_opens_from_the_last_actual() -> None:
    plot = drawn("", "2026-09 4", "2026-10 7", expected="2026-11 8±1, 2026-12 9±2")
    assert plot is not None
    assert (len(plot.labels), plot.measured_count) == (4, 2)
    assert line(plot, Role.FORECAST) == ["- 7 8 9"]
    assert band(plot, Role.LIKELY) == ["- 7 7 7 to - 7 9 11"]
    assert plot.low <= 4
    assert plot.high >= 11


def test_the_fan_stands_alone_after_a_gap() -> None:
    plot = drawn("", "2026-08 4", "2026-09 5", expected="2026-11 8±1")
    assert line(plot, Role.FORECAST) == ["- - 8"]


def test_what_would_flatten_the_rest_is_cut_at_the_edge_of_the_scale() -> None:
    plot = drawn("", "2026-09 10", "2026-10 12", expected="2026-11 11±1, 2026-12 11±1.2")
    assert plot is not None
    ((lows, highs),) = [one[1:3] for one in plot.bands if one.role is Role.POSSIBLE]
    assert min(low for low in lows if low is not None) == plot.low
    assert max(high for high in highs if high is not None) == plot.high


def test_natural_limits_are_drawn_where_they_lie_on_the_scale() -> None:
    records = [f"2026-{month:02} {value}" for month, value in enumerate("56565656", start=1)]
    plot = drawn("", *records)
    assert line(plot, Role.MEAN) == [" ".join(["5.5"] * 8)]
    assert line(plot, Role.LIMITS) == []
    wide = drawn('target = "20"', *records)
    low, high = line(wide, Role.LIMITS)
    assert (low.split()[0], high.split()[0]) == ("2.84", "8.16")


@pytest.mark.parametrize("records", [[], ["2026-10 4"], ["2026-09 none", "2026-10 4"]])
def test_a_single_actual_makes_no_chart(records: list[str]) -> None:
    assert drawn("", *records) is None


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        ('unit = "kr"', "Latest 2 months, and 1 to come"),
        ('unit = "customers"', "Latest 2 months, and 1 to come, in customers"),
    ],
)
def test_its_heading_says_what_is_seen(lines: str, heading: str) -> None:
    plot = drawn(lines, "2026-09 10", "2026-10 12", expected="2026-11 11±1")
    assert plot is not None
    assert plot.heading == heading


def test_an_event_stands_at_the_first_place_that_it_touches() -> None:
    events = """\
[events]
"2026-08-31" = "New price list"
"2026-Q3" = "Campaign"
"2026-11" = "Fair"
"2025" = "Before"
"""
    plot = drawn(events, "2026-07 4", "2026-08 5", "2026-10 7", expected="2026-11 10±2")
    assert plot is not None
    assert [(event.place, event.when, event.text) for event in plot.events] == [
        (0, "2026-Q3", "Campaign"),
        (1, "2026-08-31", "New price list"),
        (4, "2026-11", "Fair"),
    ]
