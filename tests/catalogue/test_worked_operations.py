"""Each formula of operations on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("on_time_delivery_rate", {"orders_on_time": "570", "orders_delivered": "600"}, "95", BY_HAND),
    ("perfect_order_rate", {"perfect_orders": "540", "orders_delivered": "600"}, "90", BY_HAND),
    ("order_cycle_time", {"days_to_delivery": "1500", "orders_delivered": "600"}, "2.5", BY_HAND),
    (
        "inventory_turnover",
        {"cost_of_sales": "288000", "average_stock_value": "576000"},
        "6",
        BY_HAND,
    ),
    ("stockout_rate", {"articles_out_of_stock": "24", "articles_counted": "800"}, "3", BY_HAND),
    ("supplier_lead_time", {"days_to_receipt": "140", "supplier_deliveries": "10"}, "14", BY_HAND),
    ("first_pass_yield", {"pieces_right_first_time": "970", "pieces_made": "1000"}, "97", BY_HAND),
    ("oee", {"ideal_minutes_of_good_pieces": "5100", "planned_minutes": "8500"}, "60", BY_HAND),
    ("capacity_utilisation", {"hours_used": "600", "hours_available": "800"}, "75", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
