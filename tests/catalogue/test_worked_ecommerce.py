"""Each formula of e-commerce on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("conversion_rate", {"orders": "320", "website_traffic": "10000"}, "3.2", BY_HAND),
    ("average_order_value", {"monthly_revenue": "480000", "orders": "640"}, "750", BY_HAND),
    ("cart_abandonment_rate", {"carts_abandoned": "580", "carts_created": "1000"}, "58", BY_HAND),
    ("return_rate", {"items_returned": "45", "items_sold": "900"}, "5", BY_HAND),
    ("items_per_order", {"items_sold": "960", "orders": "640"}, "1.5", BY_HAND),
    ("repeat_purchase_rate", {"repeat_buyers": "150", "buyers": "600"}, "25", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
