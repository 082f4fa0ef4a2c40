from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.number import json_number
from kpicli.model.period import read_period
from kpicli.model.quantity import Quantity
from kpicli.model.record import Missing
from tests.evaluation.board import board

PLAIN = "[kpis.a]\n[kpis.b]\n"
SUMMED = '[kpis.a]\nrollup = "sum"\n[kpis.b]\nrollup = "sum"\n'


def computed(
    formula: str, period: str, *records: str, toml: str = PLAIN, today: str = "2027-01-10"
) -> str:
    """The number, or `none: why`."""
    scorecard = board(f"{toml}[kpis.it]\n{formula}", *records, today=today)
    found = scorecard.actual(scorecard.definitions.kpis["it"], read_period(period))
    return f"none: {found.reason}" if isinstance(found, Missing) else json_number(found.number)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        pytest.param("a + b", "0.3", id="0.1 + 0.2 is 0.3"),
        pytest.param("a - b", "-0.1", id="0.1 - 0.2"),
        pytest.param("a * b", "0.02", id="0.1 * 0.2"),
        pytest.param("a / b", "0.5", id="0.1 / 0.2"),
        pytest.param("b / a * 100", "200", id="left to right: 0.2 / 0.1 * 100"),
        pytest.param("a / b / b", "2.5", id="left to right: 0.1 / 0.2 / 0.2"),
        pytest.param("a - b - b", "-0.3", id="left to right: 0.1 - 0.2 - 0.2"),
        pytest.param("a + b * 10", "2.1", id="times before plus: 0.1 + 2"),
        pytest.param("(a + b) * 10", "3", id="but for parentheses: 0.3 * 10"),
        pytest.param("-a + b", "0.1", id="a sign in front: -0.1 + 0.2"),
        pytest.param("1 / 3 * 3", "1", id="a third three times is exactly one"),
        pytest.param("a / 3", "0.033333333333", id="a third of 0.1, rounded at 12 decimals"),
        pytest.param("2 / 3 * (a / a)", "0.666666666667", id="rounded half up"),
    ],
)
def test_a_formula_is_computed_exactly(formula: str, expected: str) -> None:
    records = ("a 2026-10 0.1", "b 2026-10 0.2")
    assert computed(f'formula = "{formula}"', "2026-10", *records) == expected


@pytest.mark.parametrize(
    ("formula", "records", "expected"),
    [
        pytest.param(
            "a + b",
            ["a 2026-10 1"],
            "none: b: nothing recorded for 2026-10",
            id="the missing one is named",
        ),
        pytest.param(
            "a + b", ["b 2026-10 1"], "none: a: nothing recorded for 2026-10", id="whichever it is"
        ),
        pytest.param("a + b", [], "none: a: nothing recorded for 2026-10", id="the first of two"),
        pytest.param(
            "a * 0 + b", ["b 2026-10 1"], "none: a: nothing recorded for 2026-10", id="times 0 too"
        ),
        pytest.param(
            "a / b",
            ["a 2026-10 1", "b 2026-10 0"],
            "none: division by zero in 2026-10",
            id="a division by zero, never 0",
        ),
        pytest.param(
            "a / (b - b) * 0",
            ["a 2026-10 1", "b 2026-10 2"],
            "none: division by zero in 2026-10",
            id="nor infinity times 0",
        ),
        pytest.param("0 / b", ["b 2026-10 2"], "0", id="zero divided is 0"),
        pytest.param(
            "a * a * a",
            ["a 2026-10 100000000000000000"],
            "none: result too large in 2026-10",
            id="too large",
        ),
    ],
)
def test_what_is_missing_or_divided_by_zero_is_never_a_number(
    formula: str, records: list[str], expected: str
) -> None:
    assert computed(f'formula = "{formula}"', "2026-10", *records) == expected


@pytest.mark.parametrize(
    ("formula", "records", "period", "expected"),
    [
        pytest.param(
            "a / prev(a) * 100 - 100",
            ["a 2026-09 80", "a 2026-10 84"],
            "2026-10",
            "5",
            id="84 / 80",
        ),
        pytest.param(
            "a - prev(a)", ["a 2025-12 80", "a 2026-01 84"], "2026-01", "4", id="over the new year"
        ),
        pytest.param(
            "a - prev(a)",
            ["a 2026-10 84"],
            "2026-10",
            "none: a: nothing recorded for 2026-09",
            id="the period before is missing, and named",
        ),
        pytest.param(
            "a - last_year(a)", ["a 2025-10 80", "a 2026-10 84"], "2026-10", "4", id="a year before"
        ),
        pytest.param(
            "a - last_year(a)",
            ["a 2026-10 84"],
            "2026-10",
            "none: a: nothing recorded for 2025-10",
            id="which is missing",
        ),
        pytest.param(
            "a / prev(b)",
            ["a 2026-10 84", "b 2026-09 0", "b 2026-10 1"],
            "2026-10",
            "none: division by zero in 2026-10",
            id="a zero in the period before",
        ),
    ],
)
def test_prev_and_last_year_are_other_periods_of_the_same_length(
    formula: str, records: list[str], period: str, expected: str
) -> None:
    assert computed(f'formula = "{formula}"', period, *records) == expected


@pytest.mark.parametrize(
    ("frequency", "formula", "records", "period", "expected"),
    [
        ("weekly", "a - prev(a)", ["a 2025-W52 1", "a 2026-W01 3"], "2026-W01", "2"),
        ("weekly", "a - last_year(a)", ["a 2025-W52 1", "a 2026-W53 3"], "2026-W53", "2"),
        ("daily", "a - prev(a)", ["a 2026-02-28 1", "a 2026-03-01 3"], "2026-03-01", "2"),
        ("daily", "a - last_year(a)", ["a 2023-02-28 1", "a 2024-02-29 3"], "2024-02-29", "2"),
        ("quarterly", "a - prev(a)", ["a 2025-Q4 1", "a 2026-Q1 3"], "2026-Q1", "2"),
        ("yearly", "a - last_year(a)", ["a 2025 1", "a 2026 3"], "2026", "2"),
    ],
)
def test_they_know_every_length_of_period(
    frequency: str, formula: str, records: list[str], period: str, expected: str
) -> None:
    toml = f'[defaults]\nfrequency = "{frequency}"\n{PLAIN}'
    assert computed(f'formula = "{formula}"', period, *records, toml=toml) == expected


RATIO = 'formula = "a / b * 100"\nunit = "%"\n'


@pytest.mark.parametrize(
    ("records", "period", "expected"),
    [
        pytest.param(["a 2026-01 2", "b 2026-01 4"], "2026-01", "50", id="January: 2 / 4"),
        pytest.param(["a 2026-02 2", "b 2026-02 100"], "2026-02", "2", id="February: 2 / 100"),
        pytest.param(
            [
                *("a 2026-01 2", "b 2026-01 4", "a 2026-02 2", "b 2026-02 100"),
                *("a 2026-03 0", "b 2026-03 0"),
            ],
            "2026-Q1",
            "3.846153846154",
            id="the quarter: (2 + 2 + 0) / (4 + 100 + 0), and not the mean of 50 and 2",
        ),
        pytest.param(
            ["a 2026-01 2", "b 2026-01 4", "a 2026-02 2", "b 2026-02 100", "a 2026-03 1"],
            "2026-Q1",
            "none: b: nothing recorded for 2026-03",
            id="an input is missing in March",
        ),
    ],
)
def test_without_a_rollup_a_ratio_is_a_ratio_of_sums(
    records: list[str], period: str, expected: str
) -> None:
    assert computed(RATIO, period, *records, toml=SUMMED) == expected


def test_a_ratio_of_sums_reads_as_people_write_it() -> None:
    assert str(Quantity(Fraction(400, 104), "%", places=1)) == "3.8%"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            [
                "a 2026-01 2",
                "b 2026-01 3",
                "a 2026-02 4",
                "b 2026-02 5",
                "a 2026-03 1",
                "b 2026-03 1",
            ],
            "27",
            id="2 * 3 + 4 * 5 + 1 * 1 and not (2 + 4 + 1) * (3 + 5 + 1)",
        ),
        pytest.param(
            ["a 2026-01 2", "b 2026-01 3", "a 2026-02 4", "a 2026-03 1", "b 2026-03 1"],
            "none: b: nothing recorded for 2026-02",
            id="an input is missing in February",
        ),
    ],
)
def test_with_rollup_sum_it_is_computed_each_own_period_and_summed(
    records: list[str], expected: str
) -> None:
    lines = 'formula = "a * b"\nrollup = "sum"'
    assert computed(lines, "2026-Q1", *records, toml=SUMMED) == expected


def test_a_division_by_zero_in_one_own_period_is_named() -> None:
    records = [f"{id} 2026-{month} {int(month)}" for id in "ab" for month in ("01", "02", "03")]
    found = computed('formula = "a / (b - 2)"\nrollup = "sum"', "2026-Q1", *records, toml=SUMMED)
    assert found == "none: division by zero in 2026-02"


def test_it_is_named_in_an_open_sum_too() -> None:
    records = ("a 2026-10 6", "b 2026-10 2", "a 2026-11 6", "b 2026-11 0")
    lines = 'formula = "a / b"\nrollup = "sum"'
    found = computed(lines, "2026-Q4", *records, toml=SUMMED, today="2026-12-05")
    assert found == "none: division by zero in 2026-11"


OPEN = "2026-11-20"


@pytest.mark.parametrize(
    ("formula", "records", "period", "expected"),
    [
        pytest.param(
            "a - prev(a)",
            ["a 2026-10 30", "a 2026-11-10 9"],
            "2026-11",
            "none: a: 2026-11 is open: a part of it is not compared with a whole period",
            id="prev of a sum",
        ),
        pytest.param(
            "a - last_year(a)",
            ["a 2025-11 30", "a 2026-11-10 9"],
            "2026-11",
            "none: a: 2026-11 is open: a part of it is not compared with a whole period",
            id="last_year of a sum",
        ),
        pytest.param(
            "a - prev(a)", ["a 2026-09 30", "a 2026-10 39"], "2026-10", "9", id="once it is closed"
        ),
        pytest.param(
            "a / b", ["a 2026-11-10 9", "b 2026-11-10 3"], "2026-11", "3", id="both of them to date"
        ),
        pytest.param(
            "a / b",
            ["a 2026-10 30", "b 2026-10 10", "a 2026-11-10 9", "b 2026-11-10 3"],
            "2026-Q4",
            "3",
            id="a quarter to date: (30 + 9) / (10 + 3)",
        ),
        pytest.param(
            "a / b",
            ["a 2026-10 30", "b 2026-10 10", "a 2026-11-10 9"],
            "2026-Q4",
            "none: b: nothing recorded for 2026-11",
            id="a quarter of which one input knows a month more than the other",
        ),
        pytest.param(
            "a / b",
            ["a 2026-10 30", "b 2026-10 10"],
            "2026-Q4",
            "3",
            id="a quarter of which both know October: 30 / 10",
        ),
    ],
)
def test_in_an_open_period_no_part_meets_a_whole(
    formula: str, records: list[str], period: str, expected: str
) -> None:
    lines = f'formula = "{formula}"'
    assert computed(lines, period, *records, toml=SUMMED, today=OPEN) == expected


def test_prev_of_what_is_not_summed_needs_no_closed_period() -> None:
    records = ("a 2026-10 30", "a 2026-11 33 on 2026-11-10")
    assert computed('formula = "a - prev(a)"', "2026-11", *records, today=OPEN) == "3"


@pytest.mark.parametrize(
    ("toml", "lines", "records", "period", "expected"),
    [
        pytest.param(
            PLAIN + '[kpis.c]\nformula = "a / b"\n',
            'formula = "c * 2"',
            ["a 2026-10 1", "b 2026-10 4"],
            "2026-10",
            "0.5",
            id="a formula of a formula: 1 / 4 * 2",
        ),
        pytest.param(
            PLAIN + '[kpis.c]\nformula = "a / b"\n',
            'formula = "c * 2"',
            ["a 2026-10 1"],
            "2026-10",
            "none: c: b: nothing recorded for 2026-10",
            id="what is missing is named all the way down",
        ),
        pytest.param(
            '[kpis.a]\nfrequency = "daily"\nrollup = "sum"\n[kpis.b]\n',
            'formula = "a / b"',
            ["a 2026-02-01 5", *[f"a 2026-02-{day:02} 1" for day in range(2, 29)], "b 2026-02 2"],
            "2026-02",
            "16",
            id="a daily input is rolled up to the month: (5 + 27) / 2",
        ),
        pytest.param(
            '[kpis.a]\nfrequency = "quarterly"\n[kpis.b]\n',
            'formula = "a / b"',
            ["a 2026-Q4 5", "b 2026-10 2"],
            "2026-10",
            "none: a: quarters do not fill a month",
            id="an input of longer periods has no month",
        ),
        pytest.param(
            PLAIN,
            'formula = "a / b"',
            ["a 2026-01 1", "b 2026-01 2"],
            "2026-Q1",
            "none: a: no rollup says how a quarter is made of monthly ones",
            id="inputs without a rollup have no quarter",
        ),
        pytest.param(
            PLAIN,
            'formula = "a"',
            [],
            "2027-02",
            "none: 2027-02 has not begun",
            id="what has not begun",
        ),
    ],
)
def test_inputs_of_every_kind(
    toml: str, lines: str, records: list[str], period: str, expected: str
) -> None:
    assert computed(lines, period, *records, toml=toml) == expected


numbers = st.decimals(1, 10**6, places=3)


@given(numbers, numbers, numbers)
def test_dividing_and_multiplying_again_loses_nothing(a: Decimal, b: Decimal, c: Decimal) -> None:
    toml = f"{PLAIN}[kpis.c]\n"
    records = (f"a 2026-10 {a}", f"b 2026-10 {b}", f"c 2026-10 {c}")
    found = computed('formula = "a / b / c * b * c - a"', "2026-10", *records, toml=toml)
    assert found == "0"
