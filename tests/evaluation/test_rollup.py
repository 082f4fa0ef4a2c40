from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.rollup import own_periods, total
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from kpicli.model.record import Actual, Missing
from tests.evaluation.board import board, damage

TODAY = "2027-01-10"


def actual(
    lines: str, period: str, *records: str, damaged: tuple[str, ...] = (), today: str = TODAY
) -> str:
    """The number, or `none: why`."""
    damages = [damage(pair, 17) for pair in damaged]
    scorecard = board(f"[kpis.it]\n{lines}", *records, today=today, damages=damages)
    found = scorecard.actual(scorecard.definitions.kpis["it"], read_period(period))
    return f"none: {found.reason}" if isinstance(found, Missing) else json_number(found.number)


@pytest.mark.parametrize(
    ("rollup", "expected"),
    [
        pytest.param("sum", "10.3", id="sum: 5 + 2.3 + 3"),
        pytest.param("mean", "3.433333333333", id="mean: 10.3 / 3, however long the gaps"),
        pytest.param("last", "3", id="last: of the 30th"),
        pytest.param("min", "2.3", id="min"),
        pytest.param("max", "5", id="max"),
    ],
)
def test_a_period_is_made_of_the_parts_that_were_recorded(rollup: str, expected: str) -> None:
    records = ("it 2026-11-30 3", "it 2026-11-01 5", "it 2026-11-14 2.3")
    assert actual(f'rollup = "{rollup}"', "2026-11", *records) == expected


SUM, MEAN = 'rollup = "sum"', 'rollup = "mean"'
QUARTERLY = 'rollup = "sum"\nfrequency = "quarterly"'


@pytest.mark.parametrize(
    ("lines", "period", "records", "expected"),
    [
        pytest.param(
            SUM, "2026-11", ["it 2026-11-01 5", "it 2026-11 100"], "100", id="the whole replaces it"
        ),
        pytest.param(
            SUM, "2026-11", ["it 2026-11 100", "it 2026-11-01 5"], "100", id="whichever came later"
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-01 5", "it 2026-11 100", "it 2026-11 none"],
            "5",
            id="the whole taken back: its parts count again",
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-01 5", "it 2026-11-02 6", "it 2026-11-02 none"],
            "5",
            id="a part taken back is no part",
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-01 5", "it 2026-11-01 none"],
            "none: nothing recorded for 2026-11",
            id="all parts taken back: nothing, not 0",
        ),
        pytest.param(SUM, "2026-11", ["it 2026-11-01 0"], "0", id="a zero that was recorded is 0"),
        pytest.param(
            QUARTERLY,
            "2026-Q4",
            ["it 2026-10-05 1", "it 2026-10-06 2", "it 2026-10 50", "it 2026-11-05 3"],
            "53",
            id="a month replaces its days: 50 + 3",
        ),
        pytest.param(
            QUARTERLY,
            "2026-Q4",
            ["it 2026-10 50", "it 2026-10 none", "it 2026-10-05 1", "it 2026-11-05 3"],
            "4",
            id="and no more once it is taken back: 1 + 3",
        ),
        pytest.param(
            'rollup = "sum"\nfrequency = "yearly"',
            "2026",
            [
                "it 2026-Q1 100",
                "it 2026-02 7",
                "it 2026-02-01 7",
                "it 2026-04 5",
                "it 2026-04-09 1",
            ],
            "105",
            id="at every level: 100 for the first quarter + 5 for April",
        ),
        pytest.param(
            'rollup = "mean"\nfrequency = "quarterly"',
            "2026-Q4",
            ["it 2026-10 4", "it 2026-11-05 8"],
            "6",
            id="a mean weighs a month like a day: (4 + 8) / 2",
        ),
        pytest.param(
            'rollup = "last"\nfrequency = "quarterly"',
            "2026-Q4",
            ["it 2026-11-30 8", "it 2026-12 4", "it 2026-12-31 9"],
            "4",
            id="the last part is December, which replaces its days",
        ),
        pytest.param(
            SUM, "2026-11", ["it 2026-W46 5"], "none: nothing recorded for 2026-11", id="no weeks"
        ),
        pytest.param(
            'rollup = "sum"\nfrequency = "weekly"',
            "2026-W46",
            ["it 2026-11-15 5"],
            "5",
            id="Sunday",
        ),
        pytest.param(
            "",
            "2026-11",
            ["it 2026-11-01 5"],
            "none: no rollup says how 2026-11 is made of its parts",
            id="no rollup",
        ),
        pytest.param("", "2026-11", ["it 2026-11 5.50"], "5.50", id="the whole, digits as typed"),
        pytest.param(SUM, "2026-11", ["it 2026-11-01 5.50"], "5.50", id="one part, as typed"),
    ],
)
def test_a_standing_record_replaces_its_parts_at_every_level(
    lines: str, period: str, records: list[str], expected: str
) -> None:
    assert actual(lines, period, *records) == expected


@pytest.mark.parametrize(
    ("lines", "period", "records", "expected"),
    [
        pytest.param(
            SUM, "2026-Q4", ["it 2026-10 1", "it 2026-11 2", "it 2026-12 4"], "7", id="1 + 2 + 4"
        ),
        pytest.param(
            MEAN,
            "2026-Q4",
            ["it 2026-10 1", "it 2026-11-02 1", "it 2026-11-03 3", "it 2026-12 6"],
            "3",
            id="unweighted, of months: (1 + (1 + 3)/2 + 6) / 3",
        ),
        pytest.param(
            SUM,
            "2026-Q4",
            ["it 2026-10 1", "it 2026-12 4"],
            "none: nothing recorded for 2026-11",
            id="a month that is missing is named",
        ),
        pytest.param(
            'rollup = "last"',
            "2026-Q4",
            ["it 2026-11 2", "it 2026-12 4"],
            "none: nothing recorded for 2026-10",
            id="even where only the last one is wanted",
        ),
        pytest.param(
            SUM,
            "2026-Q4",
            ["it 2026-Q4 9", "it 2026-10 1"],
            "none: nothing recorded for 2026-11",
            id="a longer view is made of own periods only",
        ),
        pytest.param(
            "",
            "2026-Q4",
            ["it 2026-10 1", "it 2026-11 2", "it 2026-12 4"],
            "none: no rollup says how a quarter is made of monthly ones",
            id="without a rollup there is no longer view",
        ),
        pytest.param(
            'rollup = "sum"\nfrequency = "weekly"',
            "2026-11",
            ["it 2026-W46 5"],
            "none: weeks do not fill a month",
            id="weeks fill no month",
        ),
        pytest.param(
            'rollup = "max"\nfrequency = "quarterly"',
            "2026",
            ["it 2026-Q1 3", "it 2026-Q2 8", "it 2026-Q3 5", "it 2026-Q4 7.9"],
            "8",
            id="the largest quarter",
        ),
    ],
)
def test_a_longer_view_is_made_of_own_periods(
    lines: str, period: str, records: list[str], expected: str
) -> None:
    assert actual(lines, period, *records) == expected


@pytest.mark.parametrize(
    ("lines", "period", "records", "damaged", "expected"),
    [
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11 100"],
            "it 2026-11",
            "none: damaged: kpis.jsonl:17",
            id="the period itself",
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-01 5"],
            "it 2026-11-02",
            "none: damaged: kpis.jsonl:17",
            id="one of its parts",
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-02 5"],
            "it 2026-11-02",
            "none: damaged: kpis.jsonl:17",
            id="a part that has an older record",
        ),
        pytest.param(
            SUM,
            "2026-11",
            ["it 2026-11-01 5"],
            "it 2026-11",
            "none: damaged: kpis.jsonl:17",
            id="the whole, never its parts instead",
        ),
        pytest.param(
            SUM, "2026-11", ["it 2026-11 100"], "it 2026-11-02", "100", id="not a part replaced"
        ),
        pytest.param(
            QUARTERLY,
            "2026-Q4",
            ["it 2026-10 50"],
            "it 2026-10-02",
            "50",
            id="nor a part of a part that is replaced",
        ),
        pytest.param(
            QUARTERLY,
            "2026-Q4",
            ["it 2026-10-02 50"],
            "it 2026-10",
            "none: damaged: kpis.jsonl:17",
            id="but a part that would replace others",
        ),
        pytest.param(
            SUM, "2026-11", ["it 2026-11-01 5"], "it 2026-W46", "5", id="not a week of a month"
        ),
        pytest.param(
            "", "2026-11", ["it 2026-11 5"], "it 2026-11-02", "5", id="no rollup, no parts"
        ),
        pytest.param(
            SUM,
            "2026-Q4",
            ["it 2026-10 1", "it 2026-11 1", "it 2026-12 1"],
            "it 2026-11",
            "none: damaged: kpis.jsonl:17",
            id="an own period of a longer view",
        ),
    ],
)
def test_damage_hides_what_it_may_have_changed(
    lines: str, period: str, records: list[str], damaged: str, expected: str
) -> None:
    assert actual(lines, period, *records, damaged=(damaged,)) == expected


@pytest.mark.parametrize(
    ("today", "records", "damaged", "expected"),
    [
        pytest.param(
            "2026-11-30",
            ["it 2026-10 1", "it 2026-11 1"],
            ["it 2026-11"],
            "none: damaged: kpis.jsonl:17",
            id="damage of the month under way is told",
        ),
        pytest.param(
            "2026-11-30", ["it 2026-10 1"], [], "1", id="a month that has not ended is not missing"
        ),
        pytest.param(
            "2026-12-01",
            ["it 2026-10 1"],
            [],
            "none: nothing recorded for 2026-11",
            id="one that has ended is",
        ),
    ],
)
@pytest.mark.parametrize("rollup", ["sum", "mean", "last", "min", "max"])
def test_an_open_view_waits_for_records_and_not_for_repairs(
    rollup: str, today: str, records: list[str], damaged: list[str], expected: str
) -> None:
    lines = SUM.replace("sum", rollup)
    found = actual(lines, "2026-Q4", *records, damaged=tuple(damaged), today=today)
    assert found == expected


@pytest.mark.parametrize("rollup", ["mean", "last", "min", "max"])
def test_an_open_quarter_of_what_is_not_summed_names_what_is_missing(rollup: str) -> None:
    lines = f'rollup = "{rollup}"'
    found = actual(lines, "2026-Q4", "it 2026-10 1", today="2026-12-05")
    assert found == "none: nothing recorded for 2026-11"


def test_own_periods_are_those_of_which_anything_is_known_newest_first() -> None:
    records = (
        "it 2026-08-03 1",
        "it 2026-11 1",
        "it 2026-09 1",
        "it 2026-09 none",
        "it 2026-W40 1",
    )
    scorecard = board(f"[kpis.it]\n{SUM}", *records, damages=[damage("it 2026-10-02")])
    found = own_periods(scorecard, scorecard.definitions.kpis["it"])
    assert [str(period) for period in found] == ["2026-11", "2026-10", "2026-08"]


amounts = st.decimals(-(10**9), 10**9, places=6)


@given(st.lists(amounts, min_size=12, max_size=12))
def test_a_year_of_quarters_is_the_year_of_their_months(amounts: list[object]) -> None:
    records = [f"it 2026-{month:02} {amount:f}" for month, amount in enumerate(amounts, 1)]
    scorecard = board(f"[kpis.it]\n{SUM}", *records, today=TODAY)
    kpi = scorecard.definitions.kpis["it"]
    parts = [scorecard.actual(kpi, read_period(f"2026-Q{quarter}")) for quarter in range(1, 5)]
    year = scorecard.actual(kpi, read_period("2026"))
    assert isinstance(year, Actual)
    assert year.number == total([part.number for part in parts if isinstance(part, Actual)])
    assert year.number == sum((Fraction(str(amount)) for amount in amounts), Fraction(0))
