"""How many decimals people see, worked out by hand from what was typed."""

import pytest

from kpicli.model.period import read_period
from kpicli.views.words.numbers import NumberFormat
from tests.evaluation.board import board

MEAN = 'rollup = "mean"'
CLIMB = 'baseline = "8"\nstart = "2026-01"\nby = "2026-06"\ntarget = "<=2"'
RATIO = '[kpis.it]\nformula = "a / b"\n'


def shown(toml: str, period: str, *records: str) -> str:
    """`actual | target in force | variance`, `-` for what there is none of."""
    ledger = board(toml if toml.startswith("[") else f"[kpis.it]\n{toml}", *records)
    evaluation = ledger.evaluate(ledger.definitions.kpis["it"], read_period(period))
    numbers = NumberFormat(evaluation, ledger.definitions)
    cells = numbers.actual(), numbers.target_in_force(), numbers.variance()
    return " | ".join(str(cell) if cell else "-" for cell in cells)


@pytest.mark.parametrize(
    ("toml", "actual", "expected"),
    [
        pytest.param(
            'target = "<=5 days"', "5.4", "5.4 days | ≤5 days | +0.4 days", id="of actual"
        ),
        pytest.param('target = "4.5"', "4.46", "4.46 | 4.5 | -0.04", id="of both"),
        pytest.param('target = "<75 kg"', "74.1", "74.1 kg | <75 kg | -0.9 kg", id="good news"),
        pytest.param('target = ">=4"', "3.6", "3.6 | ≥4 | -0.4", id="a small scale"),
        pytest.param('target = "<4 h"', "4.5", "4.5 h | <4 h | +0.5 h", id="half an hour"),
        pytest.param(
            'target = "1 h"', "0.983333333333", "0.98 h | 1 h | -0.02 h", id="59 min in hours"
        ),
        pytest.param('target = "4.25"', "4", "4 | 4.25 | -0.25", id="of the target"),
        pytest.param('target = "500 kr"', "500", "500 kr | 500 kr | 0 kr", id="nothing is 0"),
        pytest.param('target = "3%"', "3.2", "3.2% | 3% | +0.2 pp", id="percentages"),
        pytest.param('target = "<60%"', "58", "58% | <60% | -2 pp", id="whole percentages"),
        pytest.param('target = "99.9%"', "99.95", "99.95% | 99.9% | +0.05 pp", id="hundredths"),
        pytest.param('target = "40..60%"', "38.5", "38.5% | 40..60% | -1.5 pp", id="a range"),
        pytest.param('target = "$5"', "4.5", "$4.5 | $5 | -$0.5", id="a sign before the number"),
        pytest.param('unit = "h"', "4.50", "4.50 h | - | -", id="typed as typed"),
    ],
)
def test_a_variance_of_typed_numbers_is_exact(toml: str, actual: str, expected: str) -> None:
    assert shown(toml, "2026-10", f"it 2026-10 {actual}") == expected


@pytest.mark.parametrize(
    ("toml", "values", "expected"),
    [
        # (3.9 + 3.9 + 4.1) / 3 = 3.9667
        pytest.param(
            f'target = "<4 h"\n{MEAN}', "3.9 3.9 4.1", "3.97 h | <4 h | -0.03 h", id="met"
        ),
        # 4.0003 would round to 4.00, which is no more than 4
        pytest.param(f'target = "<=4"\n{MEAN}', "4 4 4.001", "4.0003 | ≤4 | +0.0003", id="missed"),
        # (3.999 + 4 + 4) / 3 = 3.99967: rounded to 4 it would miss what it meets
        pytest.param(f'target = "<4"\n{MEAN}', "3.999 4 4", "3.9997 | <4 | -0.0003", id="just met"),
        pytest.param(f'target = "4"\n{MEAN}', "4 4 4", "4 | 4 | 0", id="a whole mean"),
        pytest.param(f'unit = "h"\n{MEAN}', "3 4 4", "3.7 h | - | -", id="one more of a quotient"),
        pytest.param(f"{MEAN}", "0 0 0.001", "0.0003 | - | -", id="what is not zero is not 0"),
        pytest.param(f"{MEAN}", "0 0 1", "0.3 | - | -", id="a third"),
        # 10.25 + 10.25 + 10.30
        pytest.param('rollup = "sum"', "10.25 10.25 10.3", "30.80 | - | -", id="money in a sum"),
        pytest.param(f'{CLIMB}\nrollup = "sum"', "2 2 3", "7 | ≤6 | +1", id="after a climb"),
        pytest.param('rollup = "last"', "1.25 2.5 3", "3 | - | -", id="the last as typed"),
        pytest.param('rollup = "max"', "1.25 2.5 2", "2.5 | - | -", id="the greatest as typed"),
        # 3 · 10.25 = 30.75, and 30.9 has the decimals of its target
        pytest.param(
            'target = "10.25"\nrollup = "sum"', "10.3 10.3 10.3", "30.90 | 30.75 | +0.15", id="both"
        ),
    ],
)
def test_a_longer_view_has_the_decimals_of_its_parts(toml: str, values: str, expected: str) -> None:
    months = zip(("07", "08", "09"), values.split(), strict=True)
    records = [f"it 2026-{month} {value}" for month, value in months]
    assert shown(toml, "2026-Q3", *records) == expected


@pytest.mark.parametrize(
    ("toml", "inputs", "expected"),
    [
        pytest.param('[kpis.it]\nformula = "a / b"\n', "1 3", "0.3", id="a quotient"),
        pytest.param('[kpis.it]\nformula = "a / b"\n', "6 3", "2", id="a quotient without a rest"),
        pytest.param('[kpis.it]\nformula = "a / b"\n', "1 3000", "0.0003", id="a small quotient"),
        pytest.param('[kpis.it]\nunit = "%"\nformula = "100 * a / b"\n', "7 540", "1.3%", id="%"),
        pytest.param('[kpis.it]\nformula = "a - b"\n', "1.25 1", "0.25", id="a difference"),
        pytest.param('[kpis.it]\nformula = "a * 1.5"\n', "5 0", "7.5", id="a number of a formula"),
        # 200 · 3.2 / 100 = 6.4 visitors, and 250 · 3.2 / 100 = 8
        pytest.param('[kpis.it]\nformula = "a * b / 100"\n', "200 3.2", "6.4", id="a product"),
        pytest.param('[kpis.it]\nformula = "a * b / 100"\n', "250 3.2", "8", id="a whole product"),
    ],
)
def test_a_formula_has_the_decimals_of_its_inputs(toml: str, inputs: str, expected: str) -> None:
    a, b = inputs.split()
    records = (f"a 2026-10 {a}", f"b 2026-10 {b}")
    assert shown(f"{toml}[kpis.a]\n[kpis.b]\n", "2026-10", *records).split(" | ")[0] == expected


def test_money_has_the_decimals_of_money() -> None:
    toml = (
        '[kpis.it]\nunit = "kr"\nformula = "orders * rate / 100 * price"\n'
        '[kpis.orders]\n[kpis.rate]\nunit = "%"\n[kpis.price]\nunit = "kr"\n'
    )
    records = ["orders 2026-10 123", "rate 2026-10 3.25", "price 2026-10 75"]
    assert shown(toml, "2026-10", *records) == "300 kr | - | -"  # 299.8125
    assert shown(toml, "2026-10", *records[:2], "price 2026-10 75.50").startswith("301.81 kr")


# A climb of 12 steps from 1.5 to 2.5: 1.5 + 8 / 11 = 2.2273, and 2.2 is less than that
def test_a_step_of_a_climb_tells_which_side_an_actual_is_on() -> None:
    climb = 'baseline = "1.5 h"\nstart = "2026-01"\nby = "2026-12"\ntarget = "2.5 h"'
    assert shown(climb, "2026-09", "it 2026-09 2.1") == (
        "2.1 h | due 2.2 h, 2.5 h by 2026-12 | -0.1 h"
    )
    assert shown(climb, "2026-09", "it 2026-09 2.2") == (
        "2.2 h | due 2.23 h, 2.5 h by 2026-12 | -0.03 h"
    )
