"""Each formula of marketing on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    (
        "cac",
        {"marketing_and_sales_cost": "18500", "new_customers": "50"},
        "370",
        "Startupbricks, Customer Acquisition Cost for Startups: The Complete Guide, 2025",
    ),
    (
        "marketing_roi",
        {"marketing_margin": "3000", "marketing_cost": "1000"},
        "200",
        "Paul W. Farris et al., Marketing Metrics, 2nd edition, 2010, chapter 10: 60% of 5,000",
    ),
    ("lead_conversion_rate", {"new_customers": "30", "leads": "600"}, "5", BY_HAND),
    ("cost_per_lead", {"ad_spend": "12000", "leads": "600"}, "20", BY_HAND),
    (
        "organic_traffic_share",
        {"organic_visits": "4500", "website_traffic": "10000"},
        "45",
        BY_HAND,
    ),
    ("bounce_rate", {"single_page_visits": "4000", "website_traffic": "10000"}, "40", BY_HAND),
    ("email_open_rate", {"emails_opened": "380", "emails_delivered": "2000"}, "19", BY_HAND),
    ("email_click_rate", {"emails_clicked": "50", "emails_delivered": "2000"}, "2.5", BY_HAND),
    ("roas", {"ad_revenue": "48000", "ad_spend": "12000"}, "4", BY_HAND),
    ("cost_per_click", {"ad_spend": "12000", "ad_clicks": "8000"}, "1.5", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
