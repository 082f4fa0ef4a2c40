from collections.abc import Sequence

import pytest

from kpicli.analysis.kpi_forecast import KpiForecast
from kpicli.model.period import read_period
from tests.evaluation.board import board

STEADY = ["50"] * 9


def months(values: Sequence[str | None], last: int = 10, id: str = "it") -> list[str]:
    """A record a month of 2026, ending with that one; `None` is a gap."""
    first = last - len(values) + 1
    return [
        f"{id} 2026-{first + at:02} {value}" for at, value in enumerate(values) if value is not None
    ]


def expected(lines: str, *records: str, today: str = "2026-11-05") -> KpiForecast:
    scorecard = board(f"[kpis.it]\n{lines}", *records, today=today)
    return scorecard.forecast(scorecard.definitions.kpis["it"])


def span(found: KpiForecast) -> str:
    """The first period and the last, and how many there are."""
    return f"{found.steps[0].period}..{found.steps[-1].period} {len(found.steps)}"


@pytest.mark.parametrize(
    ("lines", "values", "wanted"),
    [
        pytest.param("", STEADY, "2026-11..2027-07 9", id="no further than it reaches back"),
        pytest.param(
            'target = "60"\nbaseline = "50"\nstart = "2026-01"\nby = "2027-02"',
            STEADY,
            "2026-11..2027-07 9",
            id="a deadline that is near ends nothing",
        ),
        pytest.param(
            'target = "60"\nbaseline = "50"\nstart = "2026-01"\nby = "2099-12"',
            STEADY,
            "2026-11..2027-07 9",
            id="nor to a deadline that is further",
        ),
        pytest.param('rebase = ["2027-01"]', STEADY, "2026-11..2027-07 9", id="a change to come"),
        pytest.param('until = "2027-01"', STEADY, "2026-11..2027-01 3", id="while it is kept"),
        pytest.param('until = "2026"', STEADY, "2026-11..2026-12 2", id="to a whole year's end"),
        pytest.param("", [*STEADY, None], "2026-10..2027-07 10", id="from the latest actual on"),
    ],
)
def test_it_reaches_from_the_latest_actual(
    lines: str, values: list[str | None], wanted: str
) -> None:
    assert span(expected(lines, *months(values))) == wanted


@pytest.mark.parametrize(
    ("frequency", "last", "wanted"),
    [
        pytest.param("daily", "2026-11-04", 31, id="a month of days"),
        pytest.param("weekly", "2026-W44", 13, id="a quarter of weeks"),
        pytest.param("monthly", "2026-10", 12, id="a year of months"),
        pytest.param("quarterly", "2026-Q3", 8, id="two years of quarters"),
        pytest.param("yearly", "2025", 3, id="three years"),
    ],
)
def test_it_reaches_as_far_as_somebody_plans(frequency: str, last: str, wanted: int) -> None:
    latest = read_period(last)
    records = [f"it {latest.shift(-back)} {50 + back % 3}" for back in range(40)]
    assert len(expected(f'frequency = "{frequency}"', *records).steps) == wanted


@pytest.mark.parametrize(
    ("frequency", "last", "count"),
    [
        pytest.param("daily", "2026-11-04", 90, id="ninety days"),
        pytest.param("weekly", "2026-W44", 156, id="three years of weeks"),
        pytest.param("monthly", "2026-10", 120, id="ten years of months"),
        pytest.param("quarterly", "2026-Q3", 40, id="ten years of quarters"),
        pytest.param("yearly", "2025", 40, id="forty years"),
    ],
)
def test_it_is_made_from_so_many_of_the_latest(frequency: str, last: str, count: int) -> None:
    """One value older than these changes nothing; the oldest of them does."""
    latest, lines = read_period(last), f'frequency = "{frequency}"'

    def first_point(known: int, odd: int) -> float:
        values = [50 + back * back % 7 + 4 * (back == odd) for back in range(known)]
        records = [f"it {latest.shift(-back)} {value}" for back, value in enumerate(values)]
        return expected(lines, *records).steps[0].point

    assert first_point(count + 1, odd=count) == first_point(count, odd=-1)
    assert first_point(count, odd=count - 1) != first_point(count, odd=-1)


@pytest.mark.parametrize(
    ("lines", "records", "reason"),
    [
        pytest.param("", months(["50"] * 5), "5 of the 6 months that it takes", id="too few"),
        pytest.param("", [], "0 of the 6 months that it takes", id="none"),
        pytest.param("", months(STEADY[:6], 6), "nothing recorded since 2026-06", id="long ago"),
        pytest.param('until = "2026-10"', months(STEADY), "kept until 2026-10", id="retired"),
        pytest.param(
            'rebase = ["2026-08"]',
            months(STEADY),
            "3 of the 6 months that it takes since the change in 2026-08",
            id="too few since a known change",
        ),
        pytest.param(
            'rebase = ["2027-01"]',
            months(["50"] * 3),
            "3 of the 6 months that it takes",
            id="but a change to come cuts nothing off",
        ),
        pytest.param(
            'until = "2026-06"', months(STEADY[:6], 6), "kept until 2026-06", id="retired since"
        ),
        pytest.param(
            "",
            [*months(["50"] * 5), "it 2026-11 50"],
            "5 of the 6 months that it takes",
            id="an open period is none of them",
        ),
    ],
)
def test_where_there_is_none_it_says_why(lines: str, records: list[str], reason: str) -> None:
    found = expected(lines, *records)
    assert (found.steps, found.reason) == ((), reason)


def test_three_closed_months_may_be_late() -> None:
    assert expected("", *months(STEADY[:6], 7)).steps
    assert not expected("", *months(STEADY[:6], 6)).steps


def test_months_in_which_there_is_nothing_to_measure_are_not_late() -> None:
    closed = [f"it 2026-{month:02} n/a" for month in (7, 8, 10)]
    assert expected("", *months(STEADY[:6], 6), *closed).steps


def test_and_a_week_of_days() -> None:
    days = [f"it 2026-10-{day:02} 50" for day in range(1, 20)]
    daily = 'frequency = "daily"'
    assert expected(daily, *days, today="2026-10-27").steps
    assert not expected(daily, *days, today="2026-10-28").steps


@pytest.mark.parametrize(
    ("lines", "values", "bounds"),
    [
        pytest.param('unit = "%"', "90 95 99 92 97 94 96", (0, 100), id="a share"),
        pytest.param('target = ">=90%"', "90 95 99 92 97 94 96", (0, 100), id="by its target"),
        pytest.param('target = ">=120%"', "90 95 99 92 97 94 96", (0, None), id="more than whole"),
        pytest.param('unit = "%"', "90 95 110 92 97 94 96", (0, None), id="it was over a hundred"),
        pytest.param('unit = "%"', "5 3 -1 2 4 5 3", (None, None), id="it was below zero"),
        pytest.param('unit = "orders"', "5 3 1 2 4 5 3", (0, None), id="a count"),
        pytest.param('unit = "kr"', "5.5 3 1 2 4 5 3", (None, None), id="what has parts"),
        pytest.param('unit = "€"', "5 3 1 2 4 5 3", (None, None), id="money"),
        pytest.param('unit = "kr"', "5 3 -1 2 4 5 3", (None, None), id="it can be"),
        pytest.param('target = ">=-5 kr"', "5 3 1 2 4 5 3", (None, None), id="it may be"),
    ],
)
def test_it_stays_where_the_values_can_be(
    lines: str, values: str, bounds: tuple[float | None, float | None]
) -> None:
    outlook = expected(lines, *months(values.split())).distribution
    assert outlook is not None
    low, high = bounds
    assert outlook.low == (float("-inf") if low is None else low)
    assert outlook.high == (float("inf") if high is None else high)


def test_growth_is_no_share() -> None:
    scorecard = board(
        '[kpis.it]\nunit = "%"\nformula = "100 * sales / prev(sales) - 100"\n[kpis.sales]',
        *months([str(100 + 2 * month) for month in range(9)], id="sales"),
        today="2026-11-05",
    )
    found = scorecard.forecast(scorecard.definitions.kpis["it"]).distribution
    assert found is not None
    assert (found.low, found.high) == (float("-inf"), float("inf"))


def test_points_stand_within_their_intervals_at_every_step() -> None:
    for step in expected("", *months(["50", "60", "40", "55", "45", "52", "48", "58", "50"])).steps:
        assert step.low_95 < step.low_80 < step.point < step.high_80 < step.high_95


@pytest.mark.parametrize(
    ("frequency", "first", "by"),
    [("daily", "2026-09-20", "2026-12-10"), ("weekly", "2026-W04", "2027-W20")],
)
def test_a_climb_in_short_steps_is_seen_to_its_end(frequency: str, first: str, by: str) -> None:
    records = [f"it {read_period(first).shift(at)} 50" for at in range(41)]
    lines = f'frequency = "{frequency}"\ntarget = "90"\nbaseline = "50"\nstart = "{first}"\n'
    found = expected(f'{lines}by = "{by}"', *records, today="2026-11-02")
    assert str(found.steps[-1].period) == by
