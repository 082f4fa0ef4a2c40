"""Each formula of sales on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    (
        "arr",
        {"mrr": "9900"},
        "118800",
        "RSM Australia, Key Metrics for SaaS and Why They Matter: 100 users at 99",
    ),
    (
        "arpa",
        {"mrr": "9900", "customers": "100"},
        "99",
        "RSM Australia, Key Metrics for SaaS and Why They Matter: 100 users at 99",
    ),
    ("average_deal_size", {"won_deal_value": "90000", "deals_won": "6"}, "15000", BY_HAND),
    ("win_rate", {"deals_won": "6", "deals_lost": "18"}, "25", BY_HAND),
    ("sales_cycle_length", {"days_to_signature": "270", "deals_won": "6"}, "45", BY_HAND),
    (
        "pipeline_coverage",
        {"open_deal_value": "400000", "quarterly_sales_target": "100000"},
        "4",
        BY_HAND,
    ),
    ("quota_attainment", {"sellers_on_quota": "6", "sellers_with_quota": "8"}, "75", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
