import pytest

from tests.evaluation.test_compare import held, said


@pytest.mark.parametrize(
    ("lines", "records", "expected"),
    [
        pytest.param(
            'target = "30"',
            ["it 2026-11 33 on 2026-11-03", "it 2026-10 30"],
            "2026-10: 30, so 3",
            id="what can't be rolled up is no part of a month",
        ),
        pytest.param(
            'rollup = "last"',
            ["it 2026-11 33 on 2026-11-03", "it 2026-10-01 9", "it 2026-10 30"],
            "2026-10: 30, so 3",
            id="a stand, recorded whole in both",
        ),
        pytest.param(
            'rollup = "mean"',
            ["it 2026-11-03 33", "it 2026-10-01 20", "it 2026-10-03 22", "it 2026-10-04 99"],
            "2026-10: 21, so 12",
            id="a mean of days, against that of as many",
        ),
        pytest.param(
            'rollup = "mean"',
            ["it 2026-11-03 33", "it 2026-10 30"],
            "2026-10: it is recorded for the whole of 2026-10, not for parts of it",
            id="but not against the whole",
        ),
    ],
)
def test_what_is_not_summed_is_held_whole_against_whole_or_part_against_part(
    lines: str, records: list[str], expected: str
) -> None:
    toml = f"[kpis.it]\n{lines}"
    assert said(held(toml, "previous", "2026-11", *records, today="2026-11-05")) == expected


INPUTS = """
[kpis.a]
rollup = "sum"
[kpis.b]
rollup = "sum"
[kpis.stock]
[kpis.it]
"""


@pytest.mark.parametrize(
    ("formula", "period", "records", "expected"),
    [
        pytest.param(
            'formula = "a / b"',
            "2026-11",
            [
                "a 2026-11-10 9",
                "b 2026-11-10 3",
                "a 2026-10-10 8",
                "b 2026-10-10 4",
                "b 2026-10-11 9",
            ],
            "2026-10: 2, so 1",
            id="a ratio of equal parts: 9 / 3 against 8 / 4",
        ),
        pytest.param(
            'formula = "a - b"\nrollup = "sum"',
            "2026-11",
            [
                *("a 2026-11-20 200", "b 2026-11-15 50"),
                *("a 2026-10-20 100", "b 2026-10-15 40", "a 2026-10-21 7", "b 2026-10-16 7"),
            ],
            "2026-10: 60, so 90",
            id="each input to its own day: 200 - 50 against 100 - 40",
        ),
        pytest.param(
            'formula = "a / b"',
            "2026-11",
            ["a 2026-11-10 9", "b 2026-11-10 3", "a 2026-10-10 8", "b 2026-10 4"],
            "2026-10: b is recorded for the whole of 2026-10, not for parts of it",
            id="the input that has no parts is named",
        ),
        pytest.param(
            'formula = "a / b"',
            "2026-11",
            ["a 2026-11-10 9", "b 2026-11-10 3", "a 2026-10-10 8"],
            "2026-10: b: nothing recorded for 2026-10",
            id="and the one that is missing",
        ),
        pytest.param(
            'formula = "a / b"',
            "2026-11",
            ["a 2026-11-10 9", "b 2026-11-10 3", "a 2026-10-10 8", "b 2026-10-10 0"],
            "2026-10: division by zero in 2026-10",
            id="a division by zero then",
        ),
        pytest.param(
            'formula = "a / stock"',
            "2026-11",
            [
                "a 2026-11-10 9",
                "stock 2026-11 3 on 2026-11-02",
                "a 2026-10-10 8",
                "stock 2026-10 4",
            ],
            "2026-10: 2, so 1",
            id="a stock is whole in both, and what flows is cut",
        ),
        pytest.param(
            'formula = "a - prev(stock)"',
            "2026-11",
            ["a 2026-11-10 9", "stock 2026-10 3", "a 2026-10-10 8", "stock 2026-09 4"],
            "2026-10: 4, so 2",
            id="what is meant of the month before is whole: 9 - 3 against 8 - 4",
        ),
        pytest.param(
            'formula = "a / b"',
            "2026-Q4",
            [
                *("a 2026-10 9", "b 2026-10 3", "a 2026-07 8", "b 2026-07 4"),
                *("a 2026-08 99", "b 2026-08 99"),
            ],
            "2026-Q3: 2, so 1",
            id="a quarter to October, against July",
        ),
        pytest.param(
            'formula = "prev(stock)"\nrollup = "sum"',
            "2026-Q4",
            [f"stock 2026-{month:02} {month}" for month in range(6, 11)],
            "2026-Q3: 13, so 6",
            id="two months that have begun, against two: 9 + 10 against 6 + 7",
        ),
    ],
)
def test_a_formula_is_computed_anew_of_equal_parts(
    formula: str, period: str, records: list[str], expected: str
) -> None:
    found = held(INPUTS + formula, "previous", period, *records, today="2026-11-22")
    assert said(found) == expected
