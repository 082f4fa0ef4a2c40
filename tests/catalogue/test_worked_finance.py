"""Each formula of finance on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("gross_margin", {"monthly_revenue": "480000", "cost_of_sales": "288000"}, "40", BY_HAND),
    (
        "operating_margin",
        {"monthly_revenue": "480000", "cost_of_sales": "288000", "operating_cost": "144000"},
        "10",
        BY_HAND,
    ),
    (
        "ebitda_margin",
        {
            "monthly_revenue": "480000",
            "cost_of_sales": "288000",
            "operating_cost": "144000",
            "depreciation": "9600",
        },
        "12",
        BY_HAND,
    ),
    ("net_margin", {"net_profit": "90000", "quarterly_revenue": "1500000"}, "6", BY_HAND),
    ("burn_rate", {"cash_out": "320000", "cash_in": "270000"}, "50000", BY_HAND),
    (
        "cash_runway",
        {"cash_balance": "600000", "cash_out": "320000", "cash_in": "270000"},
        "12",
        BY_HAND,
    ),
    (
        "operating_cash_flow",
        {"cash_from_customers": "450000", "operating_payments": "400000"},
        "50000",
        BY_HAND,
    ),
    (
        "days_sales_outstanding",
        {"receivables": "720000", "monthly_revenue": "480000"},
        "45",
        BY_HAND,
    ),
    (
        "current_ratio",
        {"current_assets": "900000", "current_liabilities": "600000"},
        "1.5",
        BY_HAND,
    ),
    (
        "cac_payback",
        {
            "marketing_and_sales_cost": "54000",
            "new_customers": "30",
            "recurring_gross_profit": "3900",
            "customers": "26",
        },
        "12",
        BY_HAND,
    ),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
