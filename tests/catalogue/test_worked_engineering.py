"""Each formula of engineering on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    (
        "lead_time_for_changes",
        {"change_lead_hours": "1200", "changes_deployed": "100"},
        "12",
        BY_HAND,
    ),
    ("change_failure_rate", {"failed_deployments": "5", "deployments_made": "100"}, "5", BY_HAND),
    (
        "failed_deployment_recovery_time",
        {"recovery_hours": "4", "failed_deployments": "5"},
        "0.8",
        BY_HAND,
    ),
    ("availability", {"checks_passed": "39960", "checks_made": "40000"}, "99.9", BY_HAND),
    ("defect_escape_rate", {"defects_in_production": "6", "defects_found": "40"}, "15", BY_HAND),
    ("code_review_time", {"review_wait_hours": "150", "changes_reviewed": "50"}, "3", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
