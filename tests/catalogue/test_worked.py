"""Worked examples over more than one period, and that no formula is without an example."""

from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from kpicli.catalogue.load import templates
from kpicli.model.period import read_period
from tests.catalogue.worked import value_of

EXAMPLES = [path.stem for path in Path(__file__).parent.glob("test_worked_*.py")]
PARTS = {
    "2026-Q4": ("2026-10", "2026-11", "2026-12"),
    "2026": ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"),
}

LONGER = [
    (
        "conversion_rate",
        "2026-Q4",
        {"orders": "10 10 80", "website_traffic": "1000 1000 2000"},
        "2.5",
        "one hundred orders of four thousand visits, and no mean of three rates",
    ),
    (
        "cash_runway",
        "2026-Q4",
        {"cash_balance": "900000 700000 600000", "cash_out": "320000 300000 280000"}
        | {"cash_in": "200000 250000 300000"},
        "12",
        "what is left at the end, at 50,000 a month",
    ),
    (
        "days_sales_outstanding",
        "2026-Q4",
        {"receivables": "500000 600000 720000", "monthly_revenue": "420000 480000 540000"},
        "45",
        "what is owed at the end, at 480,000 a month",
    ),
    (
        "inventory_turnover",
        "2026-Q4",
        {"cost_of_sales": "200000 300000 364000", "average_stock_value": "500000 600000 628000"},
        "6",
        "288,000 a month out of 576,000",
    ),
    (
        "customer_churn_rate",
        "2026-Q4",
        {"customers_lost": "2 4 6", "customers_at_start": "100 200 300"},
        "2",
        "two of a hundred in a month, and not six in a quarter",
    ),
    (
        "ltv",
        "2026-Q4",
        {"recurring_gross_profit": "9000 10000 11000", "customers": "180 190 200"}
        | {"customers_lost": "2 4 6", "customers_at_start": "100 200 300"},
        "2500",
        "50 a month, of which 2% leave in a month",
    ),
    (
        "tickets_per_customer",
        "2026-Q4",
        {"tickets_opened": "100 100 120", "customers": "200 200 200"},
        "160",
        "a hundred customers asked so often in all, and so the targets of three months are summed",
    ),
    (
        "employee_turnover_rate",
        "2026",
        {"leavers": "1 1 2 2", "average_headcount": "20 20 30 30"},
        "6",
        "six of a hundred in a quarter, and not 24 in a year",
    ),
    (
        "revenue_per_employee",
        "2026",
        {"quarterly_revenue": "400000 400000 600000 600000", "average_headcount": "20 20 30 30"},
        "80000",
        "four times 20,000, as are the targets",
    ),
]


def test_turnover_over_a_year_is_of_four_quarters() -> None:
    quarters = [read_period(f"2026-Q{number}") for number in (1, 2, 3, 4)]
    inputs = {"leavers": "3 2 4 1", "average_headcount": "50 50 40 60"}
    recorded = {
        name: dict(zip(quarters, values.split(), strict=True)) for name, values in inputs.items()
    }
    for period in (quarters[-1], read_period("2026")):
        assert value_of("annual_employee_turnover", recorded, period) == 20


def test_growth_is_over_the_same_month_a_year_ago() -> None:
    december = read_period("2026-12")
    values = {december: "480000", december.last_year(): "400000"}
    assert value_of("revenue_growth_rate", {"monthly_revenue": values}, december) == 20


@pytest.mark.parametrize(
    ("id", "period", "inputs", "expected", "_why"), LONGER, ids=[row[0] for row in LONGER]
)
def test_a_longer_view_says_the_same_thing(
    id: str, period: str, inputs: dict[str, str], expected: str, _why: str
) -> None:
    parts = [read_period(part) for part in PARTS[period]]
    recorded = {
        name: dict(zip(parts, values.split(), strict=True)) for name, values in inputs.items()
    }
    assert value_of(id, recorded, read_period(period)) == Fraction(expected)


def test_every_formula_has_its_example() -> None:
    formulas = {id for id, template in templates().items() if template.term and template.inputs}
    worked = {
        row[0] for name in EXAMPLES for row in import_module(f"tests.catalogue.{name}").WORKED
    }
    assert worked | {"revenue_growth_rate", "annual_employee_turnover"} == formulas
