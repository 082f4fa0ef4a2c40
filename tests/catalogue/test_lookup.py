"""A term of the catalogue by any of its names, without parsing the rest of it."""

import pytest

from kpicli.catalogue.load import terms
from kpicli.catalogue.lookup import closest_name, find_term, spellings, term

TERMS = terms()


def test_each_is_found_by_all_that_it_goes_by_and_by_no_other() -> None:
    for template in TERMS:
        for name in (template.id.replace("_", " "), *template.names):
            assert term(name) == template
            assert find_term(name, TERMS) == template
    assert sum(len(spellings(template)) for template in TERMS) == len(
        {spelling for template in TERMS for spelling in spellings(template)}
    )


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("MRR", "mrr"),
        ("Churn rate (%)", "customer_churn_rate"),
        ("CHURN", "customer_churn_rate"),
        ("Net Promoter Score (NPS)", "nps"),
        ("Avg. order value", "average_order_value"),
        ("Order value, average", "average_order_value"),
    ],
)
def test_it_does_not_matter_how_a_name_is_written(name: str, id: str) -> None:
    found = term(name)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    "name", ["", "%", "Coffee quality", "Orders", "Churn of the rate of goods"]
)
def test_what_is_no_term_is_none(name: str) -> None:
    assert term(name) is None
    assert find_term(name, TERMS) is None


def test_a_slip_is_known_for_one() -> None:
    assert closest_name("chrun", TERMS) == "churn"
    assert closest_name("Coffee quality", TERMS) == ""
