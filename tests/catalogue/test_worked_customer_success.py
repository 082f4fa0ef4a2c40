"""Each formula of customer success on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    (
        "ltv",
        {
            "recurring_gross_profit": "16000",
            "customers": "100",
            "customers_lost": "2",
            "customers_at_start": "100",
        },
        "8000",
        "Startups.com, Lifetime Value (LTV), 2026: 200 a month, 80% margin, 2% churn",
    ),
    (
        "customer_churn_rate",
        {"customers_lost": "3", "customers_at_start": "100"},
        "3",
        "David Skok, SaaS Metrics 2.0: Detailed Definitions, 2013: 100 customers, 3% churn",
    ),
    (
        "nps",
        {"promoters": "30", "detractors": "20", "survey_answers": "100"},
        "10",
        "DELA, Annual Report 2018, Glossary: 30% promoters, 20% detractors",
    ),
    (
        "ltv_cac_ratio",
        {
            "recurring_gross_profit": "3900",
            "customers": "26",
            "customers_lost": "1",
            "customers_at_start": "25",
            "marketing_and_sales_cost": "37500",
            "new_customers": "30",
        },
        "3",
        BY_HAND,
    ),
    ("revenue_churn_rate", {"mrr_lost": "300", "mrr_at_start": "10000"}, "3", BY_HAND),
    (
        "net_revenue_retention",
        {"mrr_at_start": "10000", "expansion_mrr": "800", "mrr_lost": "300"},
        "105",
        BY_HAND,
    ),
    ("gross_revenue_retention", {"mrr_at_start": "10000", "mrr_lost": "300"}, "97", BY_HAND),
    ("csat", {"satisfied_ratings": "170", "ratings": "200"}, "85", BY_HAND),
    ("ces", {"effort_points": "550", "effort_answers": "100"}, "5.5", BY_HAND),
    ("renewal_rate", {"contracts_renewed": "18", "contracts_due": "20"}, "90", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
