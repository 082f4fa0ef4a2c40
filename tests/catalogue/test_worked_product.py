"""Each formula of product on a worked example: what goes in, and what comes out."""

from fractions import Fraction

import pytest

from tests.catalogue.worked import BY_HAND, Inputs, computed

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("stickiness", {"average_daily_users": "240", "mau": "1200"}, "20", BY_HAND),
    ("activation_rate", {"activated_users": "120", "signups": "300"}, "40", BY_HAND),
    ("feature_adoption_rate", {"feature_users": "300", "mau": "1200"}, "25", BY_HAND),
    ("time_to_value", {"days_to_value": "360", "users_reaching_value": "120"}, "3", BY_HAND),
    ("retention_rate", {"users_kept": "90", "users_begun": "300"}, "30", BY_HAND),
]


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs) == Fraction(expected)
