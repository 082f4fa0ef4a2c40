import pytest

from kpicli.evaluation.compare import Against, PeriodComparison, compare_periods
from kpicli.model.number import json_number
from tests.evaluation.board import board, damage, judged

SUM = '[kpis.it]\nrollup = "sum"\n'


def held(
    scorecard_toml: str, against: str, period: str, *records: str, today: str
) -> PeriodComparison:
    scorecard = board(scorecard_toml, *records, today=today)
    return compare_periods(scorecard, judged(scorecard, "it", period), Against(against))


def said(found: PeriodComparison) -> str:
    """`2026-10: 300, so -20`, or `2026-10: why not`."""
    if found.actual is None or found.change is None:
        return f"{found.period}: {found.reason}"
    return f"{found.period}: {json_number(found.actual)}, so {json_number(found.change)}"


@pytest.mark.parametrize(
    ("frequency", "now", "before", "last_year"),
    [
        ("daily", "2026-03-01", "2026-02-28", "2025-03-01"),
        ("daily", "2024-02-29", "2024-02-28", "2023-02-28"),
        ("weekly", "2027-W01", "2026-W53", "2026-W01"),
        ("weekly", "2026-W53", "2026-W52", "2025-W52"),
        ("monthly", "2026-01", "2025-12", "2025-01"),
        ("monthly", "2024-02", "2024-01", "2023-02"),
        ("quarterly", "2026-Q1", "2025-Q4", "2025-Q1"),
        ("yearly", "2026", "2025", "2025"),
    ],
)
def test_a_closed_period_is_held_against_a_whole_one(
    frequency: str, now: str, before: str, last_year: str
) -> None:
    for rollup in ("", 'rollup = "sum"\n'):
        toml = f'[kpis.it]\nfrequency = "{frequency}"\n{rollup}'
        for against, other in (("previous", before), ("year", last_year)):
            found = held(toml, against, now, f"it {now} 480", f"it {other} 500", today="2027-12-31")
            assert said(found) == f"{other}: 500, so -20"


@pytest.mark.parametrize(
    ("target", "now", "expected"),
    [
        pytest.param('target = "5"', "6", True, id="more of what should be more"),
        pytest.param('target = "5"', "3", False, id="less of it"),
        pytest.param('target = "<5"', "6", False, id="more of what should be less"),
        pytest.param('target = "<5"', "3", True, id="less of it is good"),
        pytest.param('target = "5"', "4", None, id="no change is neither"),
        pytest.param('target = "3..5"', "6", None, id="a range has no better way"),
        pytest.param('direction = "lower"', "3", True, id="without a target by the direction"),
        pytest.param('unit = "kr"', "3", None, id="without either"),
    ],
)
def test_which_change_is_good_news(target: str, now: str, *, expected: bool | None) -> None:
    records = ("it 2026-09 4", f"it 2026-10 {now}")
    found = held(f"[kpis.it]\n{target}", "previous", "2026-10", *records, today="2026-11-05")
    assert found.is_favourable is expected


DAYS = ("it 2026-10-01 100", "it 2026-10-15 40", "it 2026-10-16 70", "it 2026-10-31 900")


@pytest.mark.parametrize(
    ("against", "period", "records", "today", "expected"),
    [
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150", *DAYS],
            "2026-11-16",
            "2026-10: 140, so 10",
            id="to the 15th: 150 against 100 + 40, and not against 1,110",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11 150 on 2026-11-16", *DAYS],
            "2026-11-20",
            "2026-10: 210, so -60",
            id="the whole as it was on the 16th, against the days to the 16th",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150", "it 2026-10 1000"],
            "2026-11-16",
            "2026-10: it is recorded for the whole of 2026-10, not for parts of it",
            id="never against a whole month",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11 150 on 2026-11-16", "it 2026-10 1000"],
            "2026-11-20",
            "2026-10: it is recorded for the whole of 2026-10, not for parts of it",
            id="not even where so far it stands as one number too",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150", *DAYS, "it 2026-10 1000"],
            "2026-11-16",
            "2026-10: it is recorded for the whole of 2026-10, not for parts of it",
            id="which has replaced its days",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150", *DAYS, "it 2026-10 1000", "it 2026-10 none"],
            "2026-11-16",
            "2026-10: 140, so 10",
            id="once that was taken back, they count again",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150", "it 2026-10-16 7"],
            "2026-11-16",
            "2026-10: nothing recorded for 2026-10 up to 2026-10-15",
            id="nothing had been measured by then",
        ),
        pytest.param(
            "previous",
            "2026-11",
            ["it 2026-11-15 150"],
            "2026-11-16",
            "2026-10: nothing recorded for 2026-10",
            id="nor ever",
        ),
        pytest.param(
            "previous",
            "2026-11",
            DAYS,
            "2026-11-16",
            "2026-10: nothing recorded for 2026-11",
            id="nothing now",
        ),
        pytest.param(
            "year",
            "2026-11",
            ["it 2026-11-15 150", "it 2025-11-15 100", "it 2025-11-16 9"],
            "2026-11-16",
            "2025-11: 100, so 50",
            id="a year ago, to the 15th",
        ),
        pytest.param(
            "previous",
            "2026-10",
            ["it 2026-10-30 5", "it 2026-09-01 2", "it 2026-09-30 4"],
            "2026-10-31",
            "2026-09: 6, so -1",
            id="30 days of 31 are as many as September has",
        ),
        pytest.param(
            "previous",
            "2026-03",
            ["it 2026-03-28 5", "it 2026-02-28 4"],
            "2026-03-29",
            "2026-02: 4, so 1",
            id="28 days are all of February",
        ),
        pytest.param(
            "previous",
            "2026-03",
            ["it 2026-03-28 5", "it 2026-02 4"],
            "2026-03-29",
            "2026-02: 4, so 1",
            id="which may then be recorded whole",
        ),
        pytest.param(
            "previous",
            "2026-03",
            ["it 2026-03-29 5", "it 2026-02-28 4"],
            "2026-03-30",
            "2026-02: 2026-02 has no day that matches 2026-03-29",
            id="of 29 days February has no equal part",
        ),
        pytest.param(
            "previous",
            "2024-03",
            ["it 2024-03-29 5", "it 2024-02-28 3", "it 2024-02-29 4"],
            "2024-03-30",
            "2024-02: 7, so -2",
            id="but in a leap year",
        ),
        pytest.param(
            "year",
            "2024-02",
            ["it 2024-02-28 5", "it 2023-02-28 4"],
            "2024-02-29",
            "2023-02: 4, so 1",
            id="28 of its 29 days, against a February of 28",
        ),
        pytest.param(
            "year",
            "2028-02",
            ["it 2028-02 5 on 2028-02-29", "it 2027-02 4"],
            "2028-02-29",
            "2027-02: 4, so 1",
            id="recorded whole on its last day, and so against a whole one",
        ),
    ],
)
def test_an_open_sum_is_held_against_an_equal_part(
    against: str, period: str, records: list[str], today: str, expected: str
) -> None:
    assert said(held(SUM, against, period, *records, today=today)) == expected


@pytest.mark.parametrize(
    ("lengths", "period", "records", "today", "expected"),
    [
        pytest.param(
            "weekly previous",
            "2026-W47",
            ["it 2026-11-16 4", "it 2026-11-17 6", "it 2026-11-10 9", "it 2026-11-11 50"],
            "2026-11-18",
            "2026-W46: 9, so 1",
            id="a week: to Tuesday",
        ),
        pytest.param(
            "weekly year",
            "2026-W53",
            ["it 2026-12-29 10", "it 2025-12-23 9", "it 2025-12-24 50"],
            "2026-12-30",
            "2025-W52: 9, so 1",
            id="week 53 against week 52, to Tuesday",
        ),
        pytest.param(
            "daily previous",
            "2026-11-18",
            ["it 2026-11-18 4", "it 2026-11-17 9"],
            "2026-11-18",
            "2026-11-17: 9, so -5",
            id="a day is whole once it is recorded",
        ),
        pytest.param(
            "quarterly previous",
            "2026-Q4",
            ["it 2026-10 10", "it 2026-11-15 5", "it 2026-07 8", "it 2026-08-15 4", "it 2026-09 9"],
            "2026-11-16",
            "2026-Q3: 12, so 3",
            id="a quarter: October and half of November, July and half of August",
        ),
        pytest.param(
            "quarterly previous",
            "2026-Q4",
            ["it 2026-10 10", "it 2026-11-15 5", "it 2026-07 8", "it 2026-08 9"],
            "2026-11-16",
            "2026-Q3: it is recorded for the whole of 2026-08, not for parts of it",
            id="not with the whole of August",
        ),
        pytest.param(
            "quarterly previous",
            "2026-Q4",
            ["it 2026-10 10", "it 2026-07 8", "it 2026-08 9"],
            "2026-11-16",
            "2026-Q3: 8, so 2",
            id="where October is the last that is known, with July",
        ),
        pytest.param(
            "yearly previous",
            "2028",
            ["it 2028-02 10", "it 2027-01 2", "it 2027-02 4", "it 2027-03 9"],
            "2028-03-10",
            "2027: 6, so 4",
            id="a leap year to the end of February",
        ),
        pytest.param(
            "yearly year",
            "2026",
            ["it 2026-Q1 10", "it 2025-Q1 8", "it 2025-04 9"],
            "2026-06-10",
            "2025: 8, so 2",
            id="a year of quarters",
        ),
    ],
)
def test_so_is_a_period_of_any_length(
    lengths: str, period: str, records: list[str], today: str, expected: str
) -> None:
    frequency, against = lengths.split()
    toml = f'{SUM}frequency = "{frequency}"'
    assert said(held(toml, against, period, *records, today=today)) == expected


@pytest.mark.parametrize(
    ("period", "records", "today", "expected"),
    [
        pytest.param(
            "2026-Q3",
            [f"it 2026-0{month} {month}" for month in range(4, 10)],
            "2026-10-05",
            "2026-Q2: 15, so 9",
            id="7 + 8 + 9 against 4 + 5 + 6",
        ),
        pytest.param(
            "2026-Q3",
            ["it 2026-07 1", "it 2026-08 1", "it 2026-09 1", "it 2026-04 1", "it 2026-06 1"],
            "2026-10-05",
            "2026-Q2: nothing recorded for 2026-05",
            id="a month that is missing then is named",
        ),
        pytest.param(
            "2026-Q4",
            ["it 2026-10 9", "it 2026-07 5", "it 2026-08 99", "it 2026-09 99"],
            "2026-11-16",
            "2026-Q3: 5, so 4",
            id="an open quarter that is known to October, against July",
        ),
        pytest.param(
            "2026",
            ["it 2026-01 9", "it 2026-02-10 9", "it 2025-01 5", "it 2025-02-10 3", "it 2025-03 99"],
            "2026-02-16",
            "2025: 8, so 10",
            id="a year to 10 February",
        ),
    ],
)
def test_so_is_a_longer_view(period: str, records: list[str], today: str, expected: str) -> None:
    assert said(held(SUM, "previous", period, *records, today=today)) == expected


@pytest.mark.parametrize("pair", ["it 2026-10", "it 2026-10-02"])
def test_damage_in_the_earlier_period_is_told_and_nothing_older_taken_instead(pair: str) -> None:
    scorecard = board(
        SUM, "it 2026-11-15 150", *DAYS, today="2026-11-16", damages=[damage(pair, 17)]
    )
    found = compare_periods(scorecard, judged(scorecard, "it", "2026-11"), Against.PREVIOUS)
    assert said(found) == "2026-10: damaged: kpis.jsonl:17"


def test_damage_after_the_equal_part_changes_nothing() -> None:
    scorecard = board(
        SUM, "it 2026-11-15 150", *DAYS, today="2026-11-16", damages=[damage("it 2026-10-16", 17)]
    )
    found = compare_periods(scorecard, judged(scorecard, "it", "2026-11"), Against.PREVIOUS)
    assert said(found) == "2026-10: 140, so 10"


def test_what_is_too_early_to_judge_can_be_compared() -> None:
    toml = f'{SUM}target = "300"'
    records = ("it 2026-11-01 9", "it 2026-10-01 7", "it 2026-10-02 7")
    assert said(held(toml, "previous", "2026-11", *records, today="2026-11-02")) == (
        "2026-10: 7, so 2"
    )
