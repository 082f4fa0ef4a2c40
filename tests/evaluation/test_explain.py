"""The steps of a reckoning, and the words for them: enough to redo it by hand."""

import re
from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.evaluation.explain import explanation_steps
from kpicli.evaluation.history import all_entries
from kpicli.evaluation.step import StepRule
from kpicli.model.log_issue import LogIssue
from kpicli.model.period import read_period
from kpicli.views.words.steps import step_words
from tests.evaluation.board import TODAY, board, damage, line


def steps(
    toml: str, period: str, *records: str, today: str = TODAY, damages: Iterable[LogIssue] = ()
) -> list[str]:
    """Each step as `it 2026-10 record: how; numbers; = 5`."""
    scorecard = board(toml, *records, today=today, damages=damages)
    lines = [line(record, number, today) for number, record in enumerate(records, 1)]
    entries = all_entries(lines, scorecard.definitions.ids)
    kpi = scorecard.definitions.kpis["it"]
    found = explanation_steps(scorecard, entries, kpi, read_period(period))
    return [
        f"{one.kpi.id} {one.period} {one.rule}: "
        + "; ".join(
            filter(None, step_words(one, scorecard.definitions.decimal.value, scorecard.clock))
        )
        for one in found
    ]


def only(rules: str, found: list[str]) -> list[str]:
    """The steps of some rules, without their subject."""
    return [
        one.partition(": ")[2]
        for one in found
        if one.partition(": ")[0].split()[-1] in rules.split()
    ]


def test_a_recorded_kpi_from_its_record_to_its_status() -> None:
    toml = '[kpis.it]\ntarget = "500,000 kr"'
    assert steps(toml, "2026-10", "it 2026-10 470000 on 2026-11-01", "it 2026-10 480000") == [
        (
            "it 2026-10 record: recorded 2026-11-01; "
            "in place of 470,000 kr, recorded 2026-11-01; = 480,000 kr"
        ),
        "it 2026-10 target: target in the definitions; ≥ 500,000 kr",
        (
            "it 2026-10 tolerance: 10% of 500,000 kr; 500,000 - 500,000 * 10 / 100; "
            "at risk down to 450,000 kr"
        ),
        (
            "it 2026-10 comparison: 480,000 kr ≥ 500,000 kr does not hold; 480,000 - 500,000; "
            "variance -20,000 kr"
        ),
        "it 2026-10 status: the target is missed, but within the tolerance; at risk",
        (
            "it 2026-10 overdue: no month is missing up to 2026-10"
            ", the latest that is past; not overdue"
        ),
    ]


def test_formulas_are_nested_down_to_records_each_once() -> None:
    toml = """
        [kpis.a]
        [kpis.b]
        unit = "kr"
        [kpis.ratio]
        formula = "a / b"
        [kpis.it]
        formula = "(ratio - prev(ratio)) * 3 + a"
    """
    records = ("a 2026-09 1", "b 2026-09 2", "a 2026-10 1", "b 2026-10 3")
    found = steps(toml, "2026-10", *records)
    assert [one for one in found if " status" not in one and " overdue" not in one] == [
        "a 2026-10 record: recorded 2026-11-01; = 1",
        "b 2026-10 record: recorded 2026-11-01; = 3 kr",
        "ratio 2026-10 formula: a / b; 1 / 3; = 0.333333333333 (1/3)",
        "a 2026-09 record: recorded 2026-10-01; = 1",
        "b 2026-09 record: recorded 2026-10-01; = 2 kr",
        "ratio 2026-09 formula: a / b; 1 / 2; = 0.5",
        "it 2026-10 formula: (ratio - prev(ratio)) * 3 + a; ((1/3) - 0.5) * 3 + 1; = 0.5",
        "it 2026-10 no_target: no target",
    ]


PARTS = ["it 2026-10-01 1", "it 2026-10-05 2.5", "it 2026-10-31 4"]


@pytest.mark.parametrize(
    ("rollup", "expected"),
    [
        ("sum", "the sum of 2026-10-01, 2026-10-05, 2026-10-31; 1 + 2.5 + 4; = 7.5"),
        ("mean", "the mean of 2026-10-01, 2026-10-05, 2026-10-31; (1 + 2.5 + 4) / 3; = 2.5"),
        ("last", "the last of 2026-10-01, 2026-10-05, 2026-10-31; 1, 2.5, 4; = 4"),
        ("min", "the least of 2026-10-01, 2026-10-05, 2026-10-31; 1, 2.5, 4; = 1"),
        ("max", "the greatest of 2026-10-01, 2026-10-05, 2026-10-31; 1, 2.5, 4; = 4"),
    ],
)
def test_parts_are_rolled_up(rollup: str, expected: str) -> None:
    assert only("rollup", steps(f'[kpis.it]\nrollup = "{rollup}"', "2026-10", *PARTS)) == [expected]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            [*PARTS, "it 2026-10 9"],
            ["recorded 2026-11-01; in place of its parts: 2026-10-01, 2026-10-05, 2026-10-31; = 9"],
            id="a whole stands for its parts",
        ),
        pytest.param(
            [*PARTS[:1], "it 2026-10 9", "it 2026-10 none"],
            [
                (
                    "taken back, recorded 2026-11-01; in place of 9, recorded 2026-11-01; "
                    "nothing stands"
                ),
                "recorded 2026-10-02; = 1",
                "the sum of 2026-10-01; 1; = 1",
            ],
            id="a whole that was taken back does not",
        ),
        pytest.param(
            ["it 2026-10-01 1", "it 2026-10-02 2", "it 2026-10-02 none"],
            [
                "recorded 2026-10-02; = 1",
                (
                    "taken back, recorded 2026-10-03; in place of 2, recorded 2026-10-03; "
                    "nothing stands"
                ),
                "the sum of 2026-10-01; 1; = 1",
            ],
            id="a part that was taken back",
        ),
        pytest.param([], ["nothing recorded for 2026-10"], id="nothing at all"),
        pytest.param(
            ["it 2026-10 9", "it 2026-10 none"],
            [
                (
                    "taken back, recorded 2026-11-01; in place of 9, recorded 2026-11-01; "
                    "nothing stands"
                ),
                "nothing recorded for 2026-10",
            ],
            id="nothing any more",
        ),
    ],
)
def test_which_records_count(records: list[str], expected: list[str]) -> None:
    found = steps('[kpis.it]\nrollup = "sum"', "2026-10", *records)
    assert only("record rollup missing", found) == expected


def test_a_part_that_lies_within_another_is_no_step_of_its_own() -> None:
    toml = '[kpis.it]\nfrequency = "quarterly"\nrollup = "sum"'
    records = ["it 2026-07 5", "it 2026-07-03 1", "it 2026-07-04 2", "it 2026-07-04 none"]
    assert only("record rollup", steps(toml, "2026-Q3", *records)) == [
        "recorded 2026-08-01; in place of its parts: 2026-07-03; = 5",
        "the sum of 2026-07; 5; = 5",
    ]


def test_a_closed_period_is_judged_by_its_comparison() -> None:
    toml = '[kpis.it]\nrollup = "sum"\ntarget = "5"'
    assert only("status", steps(toml, "2026-10", "it 2026-10 5")) == [
        "the target is met; on target"
    ]


def test_many_parts_are_named_by_their_first_and_last() -> None:
    days = [f"it 2026-10-{day:02} 1" for day in range(1, 32)]
    (found,) = only("rollup", steps('[kpis.it]\nrollup = "sum"', "2026-10", *days))
    assert found.startswith("the sum of 2026-10-01 to 2026-10-31, 31 of them; 1 + 1 + ")
    assert found.endswith("; = 31")


def test_a_longer_view_is_made_of_own_periods() -> None:
    toml = '[kpis.it]\nrollup = "sum"\ntargets = { "2026-01" = "10", "2026-09" = "<=12" }'
    toml = toml.replace("<=12", "12")
    found = steps(toml, "2026-Q3", "it 2026-07 9", "it 2026-08 9", "it 2026-09 9")
    assert only("rollup target sum_of_targets comparison", found) == [
        "the sum of 2026-07, 2026-08, 2026-09; 9 + 9 + 9; = 27",
        "the entry of 2026-01 in targets, the last that starts by then; ≥ 10",
        "the entry of 2026-01 in targets, the last that starts by then; ≥ 10",
        "the entry of 2026-09 in targets, the last that starts by then; ≥ 12",
        "the sum of the targets of 2026-07, 2026-08, 2026-09; 10 + 10 + 12; ≥ 32",
        "27 ≥ 32 does not hold; 27 - 32; variance -5",
    ]


@pytest.mark.parametrize(
    ("toml", "period", "expected"),
    [
        pytest.param(
            'target = "+20%"\nbaseline = "50 kr"',
            "2026-10",
            [
                "target in the definitions; +20%",
                "moved from the baseline, 50 kr, by 20% of its size; 50 + 50 * 20 / 100; ≥ 60 kr",
            ],
            id="relative to the baseline",
        ),
        pytest.param(
            'target = "-15%"\nbaseline = "-100"',
            "2026-10",
            [
                "target in the definitions; -15%",
                (
                    "moved from the baseline, -100, by -15% of its size; "
                    "(-100) + 100 * (-15) / 100; ≤ -115"
                ),
            ],
            id="of a baseline below zero",
        ),
        pytest.param(
            'target = "200"\nbaseline = "100"\nstart = "2026-08"\nby = "2026-11"',
            "2026-10",
            [
                "target in the definitions; ≥ 200",
                (
                    "step 2 of 3 from 100 in 2026-08 to 200 in 2026-11; "
                    "100 + (200 - 100) * 2 / 3; ≥ 166.666666666667 (500/3)"
                ),
            ],
            id="a step of a climb",
        ),
        pytest.param(
            'target = "200"\nbaseline = "100"\nstart = "2026-06"\nby = "2026-08"',
            "2026-10",
            [
                "target in the definitions; ≥ 200",
                (
                    "step 2 of 2 from 100 in 2026-06 to 200 in 2026-08; "
                    "100 + (200 - 100) * 2 / 2; ≥ 200"
                ),
            ],
            id="after a climb its end holds",
        ),
        pytest.param(
            'target = "200"\nbaseline = "100"\nstart = "2026-11"\nby = "2026-12"',
            "2026-10",
            ["the climb starts in 2026-11"],
            id="before a climb there is none",
        ),
        pytest.param("", "2026-10", ["no target"], id="none at all"),
        pytest.param(
            'targets = { "2026-11" = "5" }', "2026-10", ["no target for 2026-10"], id="none yet"
        ),
        pytest.param(
            'rollup = "sum"\ntarget = "4..5"',
            "2026-Q3",
            [
                *["target in the definitions; 4..5"] * 3,
                (
                    "the sum of the targets of 2026-07, 2026-08, 2026-09; "
                    "4 + 4 + 4 .. 5 + 5 + 5; 12..15"
                ),
            ],
            id="ranges are summed on both sides",
        ),
        pytest.param(
            'rollup = "mean"\ntarget = "<5%"',
            "2026-Q3",
            ["target in the definitions; < 5%", "the target at its end, of 2026-09; < 5%"],
            id="of what is not summed the last",
        ),
        pytest.param(
            'rollup = "mean"\ntargets = { "2026-07" = "5", "2026-09" = "6" }',
            "2026-Q3",
            [
                "the entry of 2026-09 in targets, the last that starts by then; ≥ 6",
                "the target at its end, of 2026-09; ≥ 6",
            ],
            id="and of its entry",
        ),
    ],
)
def test_the_target_in_force_and_why(toml: str, period: str, expected: list[str]) -> None:
    records = [f"it 2026-{month:02} 1" for month in (7, 8, 9, 10)]
    found = steps(f"[kpis.it]\n{toml}", period, *records)
    rules = "target relative climb sum_of_targets last_target no_target"
    assert only(rules, found) == expected


@pytest.mark.parametrize(
    ("toml", "records", "today", "expected"),
    [
        pytest.param(
            'target = "300 kr"',
            ["it 2026-11-10 80"],
            "2026-11-11",
            [
                "10 of 30 days have elapsed, up to 2026-11-10; 300 * 10 / 30; ≥ 100 kr",
                "10% of 100 kr; 100 - 100 * 10 / 100; at risk down to 90 kr",
                "80 kr ≥ 100 kr does not hold; 80 - 100; variance -20 kr",
                "the target is missed by more than the tolerance; off target",
            ],
            id="the part that is due",
        ),
        pytest.param(
            'target = "<=300 kr"\ntolerance = "30 kr"',
            ["it 2026-11-10 105"],
            "2026-11-11",
            [
                "10 of 30 days have elapsed, up to 2026-11-10; 300 * 10 / 30; ≤ 100 kr",
                "10 / 30 of 30 kr; 100 + 30 * 10 / 30; at risk up to 110 kr",
                "105 kr ≤ 100 kr does not hold; 105 - 100; variance 5 kr",
                "the target is missed, but within the tolerance; at risk",
            ],
            id="an absolute tolerance scales alike",
        ),
        pytest.param(
            'target = "300..600 kr"',
            ["it 2026-11-10 105"],
            "2026-11-11",
            [
                (
                    "10 of 30 days have elapsed, up to 2026-11-10; 300 * 10 / 30 .. 600 * 10 / 30; "
                    "100..200 kr"
                ),
                "10% of 100 kr; 100 - 100 * 10 / 100; at risk down to 90 kr",
                "10% of 200 kr; 200 + 200 * 10 / 100; at risk up to 220 kr",
                "105 kr within 100..200 kr holds; variance 0 kr",
                "the target is met; on target",
            ],
            id="both edges of a range",
        ),
        pytest.param(
            'target = "300"',
            ["it 2026-11-05 30"],
            "2026-11-06",
            [
                "5 of 30 days have elapsed, up to 2026-11-05; 300 * 5 / 30; ≥ 50",
                "10% of 50; 50 - 50 * 10 / 100; at risk down to 45",
                "less than a fifth has elapsed; too early",
            ],
            id="too early",
        ),
        pytest.param(
            'target = "300"',
            ["it 2026-11-05 300"],
            "2026-11-06",
            [
                "5 of 30 days have elapsed, up to 2026-11-05; 300 * 5 / 30; ≥ 50",
                "10% of 50; 50 - 50 * 10 / 100; at risk down to 45",
                "300 ≥ 50 holds; 300 - 50; variance 250",
                "the whole target is already met, before the end of the period; on target",
            ],
            id="a whole target that is met",
        ),
        pytest.param(
            'target = "<300"',
            ["it 2026-11-05 331"],
            "2026-11-06",
            [
                "5 of 30 days have elapsed, up to 2026-11-05; 300 * 5 / 30; < 50",
                "10% of 50; 50 + 50 * 10 / 100; at risk up to 55",
                "331 < 50 does not hold; 331 - 50; variance 281",
                "the whole limit is already exceeded by more than the tolerance; off target",
            ],
            id="a whole limit that is broken",
        ),
    ],
)
def test_an_open_period(toml: str, records: list[str], today: str, expected: list[str]) -> None:
    found = steps(f'[kpis.it]\nrollup = "sum"\n{toml}', "2026-11", *records, today=today)
    assert only("due tolerance comparison status", found) == expected


@pytest.mark.parametrize(
    ("toml", "records", "expected"),
    [
        pytest.param(
            'target = "300 kr"',
            ["it 2026-10 280"],
            [
                "the sum of the targets of 2026-10; 300; ≥ 300 kr",
                "10% of 300 kr; 300 - 300 * 10 / 100; at risk down to 270 kr",
            ],
            id="a month that has ended",
        ),
        pytest.param(
            'target = "40..300"\ntolerance = "27"',
            ["it 2026-10 280", "it 2026-11-10 5"],
            [
                (
                    "the sum of the targets of 2026-10 and 10 of 30 days of 2026-11, "
                    "up to 2026-11-10; "
                    "40 + 40 * 10 / 30 .. 300 + 300 * 10 / 30; 53.333333333333 (160/3)..400"
                ),
                "(4/9) of 27; (160/3) - 27 * (4/9); at risk down to 41.333333333333 (124/3)",
                "(4/9) of 27; 400 + 27 * (4/9); at risk up to 412",
            ],
            id="and one under way, by an absolute tolerance",
        ),
    ],
)
def test_an_open_quarter(toml: str, records: list[str], expected: list[str]) -> None:
    lines = f'[kpis.it]\nrollup = "sum"\n{toml}'
    found = steps(lines, "2026-Q4", *records, today="2026-11-11")
    assert only("due tolerance", found) == expected


def test_of_the_month_that_begins_a_quarter_a_part_is_due() -> None:
    lines = '[kpis.it]\nrollup = "sum"\ntarget = "31"'
    found = steps(lines, "2026-Q4", "it 2026-10-20 280", today="2026-10-21")
    assert only("due", found) == ["20 of 31 days of 2026-10, up to 2026-10-20; 31 * 20 / 31; ≥ 20"]


def test_a_view_to_date_is_rolled_up_of_what_there_is() -> None:
    lines = '[kpis.it]\nrollup = "mean"\ntarget = "300"'
    found = steps(lines, "2026-Q4", "it 2026-10 280", today="2026-11-11")
    assert only("rollup", found) == ["the mean of 2026-10; (280) / 1; = 280"]


@pytest.mark.parametrize(
    ("toml", "records", "today", "expected"),
    [
        pytest.param(
            "",
            ["it 2026-09 1"],
            "2026-11-05",
            "nothing recorded for 2026-10, up to 2026-10, the latest that is past; overdue",
            id="one is missing",
        ),
        pytest.param(
            "",
            ["it 2026-07 1", "it 2026-09 1"],
            "2026-11-05",
            (
                "nothing recorded for 2026-08 and 2026-10, up to 2026-10"
                ", the latest that is past; overdue"
            ),
            id="two are missing",
        ),
        pytest.param(
            "grace = 5",
            ["it 2026-09 1"],
            "2026-11-05",
            (
                "no month is missing up to 2026-09"
                ", the latest that is past its 5 days of grace; not overdue"
            ),
            id="in its grace",
        ),
        pytest.param(
            "",
            [],
            "2026-11-05",
            "2026-10, the latest that is past, has no actual, and no earlier one has; not overdue",
            id="none was ever recorded",
        ),
        pytest.param(
            'until = "2026-09"',
            ["it 2026-08 1"],
            "2026-11-05",
            "it was kept until 2026-09; not overdue",
            id="retired",
        ),
    ],
)
def test_why_it_is_overdue_or_not(toml: str, records: list[str], today: str, expected: str) -> None:
    found = steps(f"[kpis.it]\n{toml}", "2026-08", *records, today=today)
    assert only("overdue", found) == [expected]


@pytest.mark.parametrize(
    ("toml", "records", "expected"),
    [
        pytest.param(
            'formula = "a / b"',
            ["a 2026-10 1", "b 2026-10 0"],
            ["a / b; 1 / 0", "division by zero in 2026-10"],
            id="a division by zero, with its numbers",
        ),
        pytest.param(
            'formula = "a / b"',
            ["a 2026-10 1"],
            ["nothing recorded for 2026-10", "b: nothing recorded for 2026-10"],
            id="an input is missing",
        ),
        pytest.param(
            'formula = "last_year( a ) - 0.50 * prev(a)"',
            ["a 2025-10 3", "a 2026-09 -2"],
            ["last_year( a ) - 0.50 * prev(a); 3 - 0.50 * (-2); = 4"],
            id="lags and signs",
        ),
        pytest.param(
            'formula = "100*sum(a,2) / mean( b, 3 ) + prev(b, 2)"',
            ["a 2026-09 3", "a 2026-10 2", "b 2026-08 49", "b 2026-09 50", "b 2026-10 51"],
            ["100*sum(a,2) / mean( b, 3 ) + prev(b, 2); 100*5 / 50 + 49; = 59"],
            id="windows",
        ),
    ],
)
def test_a_formula_with_numbers_put_in(toml: str, records: list[str], expected: list[str]) -> None:
    found = steps(f"[kpis.a]\n[kpis.b]\n[kpis.it]\n{toml}", "2026-10", *records)
    assert only("formula missing", found) == expected


def test_a_window_is_a_step_of_its_own_before_the_formula() -> None:
    found = steps(
        '[kpis.a]\nunit = "people"\n[kpis.it]\nformula = "mean(a, 2) - sum(a, 1)"',
        "2026-10",
        "a 2026-09 3",
        "a 2026-10 2",
    )
    assert only("window formula", found) == [
        "the mean of 2026-09, 2026-10; (3 + 2) / 2; = 2.5 people",
        "the sum of 2026-10; 2; = 2 people",
        "mean(a, 2) - sum(a, 1); 2.5 - 2; = 0.5",
    ]


def test_damage_is_named_and_no_older_record_stands_for_it() -> None:
    found = steps("[kpis.it]", "2026-10", "it 2026-10 5", damages=[damage("it 2026-10", 7)])
    assert only("record missing status", found) == [
        "damaged: kpis.jsonl:7",
        "damaged: kpis.jsonl:7; no data",
    ]


def test_a_part_that_damage_hides_is_no_step() -> None:
    found = steps(
        '[kpis.it]\nrollup = "sum"',
        "2026-10",
        "it 2026-10-01 1",
        "it 2026-10-02 5",
        damages=[damage("it 2026-10-02", 7)],
    )
    assert only("record missing", found) == ["recorded 2026-10-02; = 1", "damaged: kpis.jsonl:7"]


def test_a_period_that_has_not_begun() -> None:
    assert only("missing", steps("[kpis.it]", "2026-12")) == ["2026-12 has not begun"]


def test_numbers_are_written_with_the_mark_of_the_definitions() -> None:
    toml = 'decimal = ","\n[kpis.it]\ntarget = "1.000,5 kr"'
    assert only("record target", steps(toml, "2026-10", "it 2026-10 1000.25")) == [
        "recorded 2026-11-01; = 1.000,25 kr",
        "target in the definitions; ≥ 1.000,5 kr",
    ]


@settings(deadline=None)
@given(
    st.sampled_from(["a / b + a", "(a - b) * a / 7", "a * b - b / 3 * prev(a)"]),
    *[st.integers(-99, 99)] * 3,
)
def test_what_is_printed_is_enough_to_redo_it(formula: str, a: int, b: int, before: int) -> None:
    """The numbers of a formula, worked out by another hand, give its result."""
    toml = f'[kpis.a]\n[kpis.b]\n[kpis.it]\nformula = "{formula}"\ntarget = "5"'
    records = [f"a 2026-10 {a}", f"b 2026-10 {b}", f"a 2026-09 {before}"]
    scorecard = board(toml, *records)
    kpi, period = scorecard.definitions.kpis["it"], read_period("2026-10")
    found = explanation_steps(scorecard, {}, kpi, period)
    one = scorecard.evaluate(kpi, period)
    (step,) = [one for one in found if one.rule is StepRule.FORMULA]
    assert step.result == one.actual
    if one.actual is None:
        return
    numbers = step_words(step, ".", scorecard.clock).numbers
    assert _worked_out(numbers) == one.actual
    (compared,) = [one for one in found if one.rule is StepRule.COMPARISON]
    assert compared.result == one.variance


def _worked_out(text: str) -> Fraction:
    """The value of an expression of integers, by Python's own reading of it."""
    exact = re.sub(r"[0-9]+", lambda found: f"Fraction({found[0]})", text)
    return Fraction(eval(exact, {"Fraction": Fraction}))  # noqa: S307 - digits and signs of ours
