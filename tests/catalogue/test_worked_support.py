"""Each formula of support on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("ticket_resolution_time", {"resolution_hours": "2400", "tickets_closed": "300"}, "8", BY_HAND),
    ("first_response_time", {"first_reply_hours": "600", "tickets_replied": "300"}, "2", BY_HAND),
    (
        "first_contact_resolution_rate",
        {"tickets_solved_at_once": "210", "tickets_closed": "300"},
        "70",
        BY_HAND,
    ),
    ("tickets_per_customer", {"tickets_opened": "320", "customers": "640"}, "50", BY_HAND),
    ("escalation_rate", {"tickets_escalated": "30", "tickets_closed": "300"}, "10", BY_HAND),
    ("sla_attainment", {"tickets_within_sla": "285", "tickets_closed": "300"}, "95", BY_HAND),
    ("cost_per_ticket", {"support_cost": "24000", "tickets_closed": "300"}, "80", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
