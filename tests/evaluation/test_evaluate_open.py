from fractions import Fraction

import pytest

from kpicli.model.status import Status
from tests.evaluation.board import board, judged, told

NOVEMBER = "2026-11"
SUM = '[kpis.it]\nrollup = "sum"\ntarget = "{target}"\ntolerance = "{tolerance}"'
"""November has 30 days, so that a day of 300 is 10, and 3 days of it are a tenth."""


def days(*values: str, month: str = NOVEMBER) -> list[str]:
    """A record a day from the first on."""
    return [f"it {month}-{day:02} {value}" for day, value in enumerate(values, 1)]


def found(
    target: str, *records: str, today: str = "2026-11-16", tolerance: str = "10%", by: str = ""
) -> str:
    toml = SUM.format(target=target, tolerance=tolerance) + by
    return told(judged(board(toml, *records, today=today), "it", NOVEMBER))


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            ["it 2026-11-01 60", "it 2026-11-15 90"],
            "2026-11 on_target 150 (0) of 150",
            id="to the 15th: 15 of 30 days of 300 are 150, and 60 + 90 = 150 is a tie",
        ),
        pytest.param(
            ["it 2026-11-01 60", "it 2026-11-15 75"],
            "2026-11 at_risk 135 (-15) of 150",
            id="135 = 150 - 10% is still at risk, 15 short of what is due",
        ),
        pytest.param(
            ["it 2026-11-01 60", "it 2026-11-15 74.9"],
            "2026-11 off_target 134.9 (-15.1) of 150",
            id="134.9 is beyond the tenth",
        ),
        pytest.param(
            ["it 2026-11-01 100"],
            "2026-11 too_early 100 of 10",
            id="one day of 30 is under a fifth, however good it was",
        ),
        pytest.param(
            ["it 2026-11-05 1"],
            "2026-11 too_early 1 of 50",
            id="5 of 30 days are a sixth: too early",
        ),
        pytest.param(
            ["it 2026-11-06 1"],
            "2026-11 off_target 1 (-59) of 60",
            id="6 of 30 days are a fifth: early enough, and 60 are due",
        ),
        pytest.param(
            ["it 2026-11-01 300"],
            "2026-11 on_target 300 (290) of 10",
            id="the whole target is met on the first day: judged at once",
        ),
        pytest.param(
            ["it 2026-11-01 299.99"],
            "2026-11 too_early 299.99 of 10",
            id="nearly the whole target is not the whole",
        ),
    ],
)
def test_a_sum_is_judged_by_the_days_that_it_covers(records: list[str], expected: str) -> None:
    assert found("300", *records) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        pytest.param("<=300", "301", "too_early 301 of 10", id="301 is over 300, within a tenth"),
        pytest.param("<=300", "330", "too_early 330 of 10", id="330 = 300 + 10%: not broken yet"),
        pytest.param("<=300", "330.1", "off_target 330.1 (320.1) of 10", id="beyond 330: broken"),
        pytest.param("<=0", "0.1", "off_target 0.1 (0.1) of 0", id="none allowed, and one came"),
        pytest.param(
            "200..300", "250", "too_early 250 of 6.666666666667", id="a range may be left"
        ),
        pytest.param("200..300", "331", "off_target 331 (321) of 6.666666666667", id="and was"),
        pytest.param(">300", "300", "too_early 300 of 10", id="300 is not above 300"),
        pytest.param(">300", "301", "on_target 301 (291) of 10", id="301 is"),
        pytest.param("-300", "-5", "too_early -5 of -10", id="a loss at most 300 is not met yet"),
        pytest.param("<-300", "-5", "too_early -5 of -10", id="nor is a limit broken below zero"),
        pytest.param("0", "5", "too_early 5 of 0", id="nor is zero met for good by a first 5"),
    ],
)
def test_on_the_first_day_only_what_can_not_change_any_more_is_judged(
    target: str, actual: str, expected: str
) -> None:
    assert found(target, f"it 2026-11-01 {actual}") == f"2026-11 {expected}"


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        pytest.param("<=300", "150", "on_target 150 (0) of 150", id="half of at most 300 is 150"),
        pytest.param("<=300", "165", "at_risk 165 (15) of 150", id="150 + 10% = 165"),
        pytest.param("<=300", "166", "off_target 166 (16) of 150", id="166 is beyond, if not 300"),
        pytest.param("<300", "150", "at_risk 150 (0) of 150", id="a strict sign stays strict"),
        pytest.param("200..300", "100", "on_target 100 (0) of 100", id="half the range: 100..150"),
        pytest.param("200..300", "150", "on_target 150 (0) of 100", id="150 is its upper edge"),
        pytest.param("200..300", "90", "at_risk 90 (-10) of 100", id="100 - 10% of 100 = 90"),
        pytest.param("200..300", "165", "at_risk 165 (15) of 100", id="150 + 10% of 150 = 165"),
        pytest.param("200..300", "165.1", "off_target 165.1 (15.1) of 100", id="165.1 is beyond"),
        pytest.param("-300", "-150", "on_target -150 (0) of -150", id="half a loss of 300"),
        pytest.param("-300", "-166", "off_target -166 (-16) of -150", id="-150 - 10% = -165"),
    ],
)
def test_at_half_time_both_edges_and_a_relative_tolerance_are_halved(
    target: str, actual: str, expected: str
) -> None:
    assert found(target, "it 2026-11-01 0", f"it 2026-11-15 {actual}") == f"2026-11 {expected}"


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        pytest.param("300", "130", "at_risk", id="half of 40 is 20: 150 - 20 = 130"),
        pytest.param("300", "129.9", "off_target", id="129.9 is beyond"),
        pytest.param("200..300", "170", "at_risk", id="150 + 20 = 170"),
        pytest.param("200..300", "170.1", "off_target", id="170.1 is beyond"),
    ],
)
def test_an_absolute_tolerance_is_halved_too(target: str, actual: str, expected: str) -> None:
    one = found(target, f"it 2026-11-15 {actual}", tolerance="40")
    assert one.startswith(f"2026-11 {expected} ")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param("2026-11-01", "too_early 22 of 10", id="made on the first: 1 day of 30"),
        pytest.param("2026-11-15", "off_target 22 (-128) of 150", id="made on the 15th: 15 days"),
        pytest.param("2026-11-29", "off_target 22 (-268) of 290", id="made on the 29th: 29 days"),
        pytest.param("2026-11-30", "off_target 22 (-278) of 300", id="made on the last: all of it"),
    ],
)
def test_an_actual_for_the_whole_period_counts_up_to_the_day_it_was_made(
    made: str, expected: str
) -> None:
    assert found("300", f"it 2026-11 22 on {made}", today="2026-11-30") == f"2026-11 {expected}"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2026-11-30", "2026-11 on_target 150 (0) of 150", id="on its last day: open"),
        pytest.param("2026-12-01", "2026-11 off_target 150 (-150)", id="the day after: closed"),
    ],
)
def test_once_a_period_is_closed_its_parts_are_held_against_the_whole(
    today: str, expected: str
) -> None:
    assert found("300", "it 2026-11-15 150", today=today) == expected


def test_only_an_open_sum_is_to_date() -> None:
    scorecard = board(SUM.format(target="300", tolerance="10%"), *days("9"), today="2026-11-30")
    one = judged(scorecard, "it", NOVEMBER)
    assert one.is_to_date
    assert not judged(scorecard._replace(clock=board("").clock), "it", "2026-10").is_to_date


def test_an_open_mean_is_judged_as_it_stands() -> None:
    toml = '[kpis.it]\nrollup = "mean"\ntarget = "10"'
    one = judged(board(toml, "it 2026-11-01 9", today="2026-11-02"), "it", NOVEMBER)
    assert told(one) == "2026-11 at_risk 9 (-1)"
    assert not one.is_to_date


def test_an_open_sum_without_a_target_is_to_date_and_not_judged() -> None:
    one = judged(board('[kpis.it]\nrollup = "sum"', "it 2026-11-01 9"), "it", NOVEMBER)
    assert told(one) == "2026-11 no_target 9: no target"
    assert one.is_to_date


def test_what_is_due_is_told_exactly() -> None:
    toml = SUM.format(target="500,000 kr", tolerance="10%")
    one = judged(board(toml, *days(*["10000"] * 22), today="2026-11-23"), "it", NOVEMBER)
    assert one.due is not None
    assert one.due.number == Fraction(500_000 * 22, 30)
    assert one.due.show(places=0) == "366,667 kr"
    assert one.variance == 220_000 - Fraction(500_000 * 22, 30)


def test_a_formula_that_is_summed_is_judged_by_what_all_its_inputs_cover() -> None:
    toml = """
        [kpis.income]
        rollup = "sum"
        [kpis.cost]
        rollup = "sum"
        [kpis.profit]
        formula = "income - cost"
        rollup = "sum"
        target = "300"
    """
    records = ("income 2026-11-20 200", "cost 2026-11-15 50")
    one = judged(board(toml, *records, today="2026-11-22"), "profit", NOVEMBER)
    # Costs are known to the 15th only: half the month, and half of 300.
    assert told(one) == "2026-11 on_target 150 (0) of 150"


QUARTER = '[kpis.it]\nrollup = "sum"\ntarget = "300"\nfrequency = "{frequency}"'


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            ["it 2026-10 310"],
            "2026-Q4 on_target 310 (10) of 300",
            id="October has ended, and all of its 300 are due",
        ),
        pytest.param(
            ["it 2026-10 310 on 2026-10-20"],
            "2026-Q4 on_target 310 (10) of 300",
            id="a closed month counts whole, whenever it was recorded",
        ),
        pytest.param(
            ["it 2026-10 310", "it 2026-11 100 on 2026-11-15"],
            "2026-Q4 at_risk 410 (-40) of 450",
            id="300 of October and half of 300: 450, and 410 is within its tenth",
        ),
        pytest.param(
            ["it 2026-11 100 on 2026-11-15"],
            "2026-Q4 no_data: nothing recorded for 2026-10",
            id="a gap before the last part that is known is named",
        ),
        pytest.param(
            [], "2026-Q4 no_data: nothing recorded for 2026-10", id="nothing at all is no data"
        ),
    ],
)
def test_an_open_quarter_of_a_monthly_sum_runs_to_its_last_month(
    records: list[str], expected: str
) -> None:
    toml = QUARTER.format(frequency="monthly")
    assert told(judged(board(toml, *records, today="2026-11-16"), "it", "2026-Q4")) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            ["it 2026-10 150", "it 2026-11 20 on 2026-11-15"],
            "2026-Q4 on_target 170 (20) of 150",
            id="a part that is itself open covers the days to the one on which it was made",
        ),
        pytest.param(
            ["it 2026-10 150", "it 2026-11-15 20"],
            "2026-Q4 on_target 170 (20) of 150",
            id="a day covers itself, and the days before it are no gap",
        ),
    ],
)
def test_an_open_part_of_an_open_period_is_no_whole_one_either(
    records: list[str], expected: str
) -> None:
    toml = QUARTER.format(frequency="quarterly")
    assert told(judged(board(toml, *records, today="2026-11-16"), "it", "2026-Q4")) == expected


@pytest.mark.parametrize(
    ("frequency", "records", "period", "today", "expected"),
    [
        pytest.param(
            "daily",
            ["it 2026-11-16 200 on 2026-11-16"],
            "2026-11-16",
            "2026-11-16",
            "2026-11-16 off_target 200 (-100) of 300",
            id="the day under way, once recorded, is a whole day",
        ),
        pytest.param(
            "weekly",
            ["it 2026-11-16 40", "it 2026-11-17 60"],
            "2026-W47",
            "2026-11-18",
            "2026-W47 on_target 100 (14.285714285714) of 85.714285714286",
            id="2 of 7 days of 300 are 85.71",
        ),
        pytest.param(
            "weekly",
            ["it 2026-11-16 40"],
            "2026-W47",
            "2026-11-18",
            "2026-W47 too_early 40 of 42.857142857143",
            id="1 of 7 days is under a fifth",
        ),
        pytest.param(
            "yearly",
            ["it 2026-Q1 80", "it 2026-Q2 80"],
            "2026",
            "2026-08-01",
            "2026 on_target 160 (11.232876712329) of 148.767123287671",
            id="181 of 365 days of 300 are 148.77",
        ),
    ],
)
def test_periods_of_every_length_may_be_open(
    frequency: str, records: list[str], period: str, today: str, expected: str
) -> None:
    toml = QUARTER.format(frequency=frequency)
    assert told(judged(board(toml, *records, today=today), "it", period)) == expected


def test_a_part_is_compared_with_the_targets_of_the_own_periods_so_far() -> None:
    toml = """
        [kpis.it]
        rollup = "sum"
        targets = { "2026-10" = "100", "2026-11" = "200", "2026-12" = "160" }
    """
    one = judged(
        board(toml, "it 2026-10 115", "it 2026-11-15 115", today="2026-11-16"), "it", "2026-Q4"
    )
    # All of October's 100, and half of November's 200.
    assert told(one) == "2026-Q4 on_target 230 (30) of 200"


def test_a_schedule_without_a_target_for_a_part_has_none_for_the_whole() -> None:
    toml = '[kpis.it]\nrollup = "sum"\ntargets = { "2026-11" = "200" }'
    one = judged(board(toml, "it 2026-10 115", today="2026-11-16"), "it", "2026-Q4")
    assert (one.status, one.reason) == (Status.NO_TARGET, "no target for 2026-10")
