"""Each formula of people on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("employee_turnover_rate", {"leavers": "3", "average_headcount": "60"}, "5", BY_HAND),
    (
        "enps",
        {"staff_promoters": "25", "staff_detractors": "10", "staff_answers": "50"},
        "30",
        BY_HAND,
    ),
    ("time_to_hire", {"days_to_hire": "150", "hires": "5"}, "30", BY_HAND),
    ("offer_acceptance_rate", {"offers_accepted": "4", "offers_made": "5"}, "80", BY_HAND),
    ("absence_rate", {"sick_days": "39", "planned_days": "1300"}, "3", BY_HAND),
    (
        "training_hours_per_employee",
        {"training_hours": "480", "average_headcount": "60"},
        "8",
        BY_HAND,
    ),
    (
        "revenue_per_employee",
        {"quarterly_revenue": "1500000", "average_headcount": "60"},
        "25000",
        BY_HAND,
    ),
    ("cost_per_hire", {"recruiting_cost": "60000", "hires": "5"}, "12000", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
