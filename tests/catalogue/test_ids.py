"""Ids made of names, and goals found by what people call them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.catalogue.ids import find_goal, id_of
from kpicli.errors import KpiError
from kpicli.model.kpi import ID, Goal


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Grow the business", "grow_the_business"),
        ("growth", "growth"),
        ("  Café & crème (daily) ", "cafe_creme_daily"),
        ("Færre klager på nøtter", "faerre_klager_pa_notter"),
        ("Größe", "grosse"),
        ("Customers' wait", "customers_wait"),
        ("90-day retention", "kpi_90_day_retention"),
        ("x" * 80, "x" * 64),
        ("品質", ""),
    ],
)
def test_a_name_makes_an_id(name: str, id: str) -> None:
    assert id_of(name) == id


@given(st.text())
def test_whatever_the_name_it_is_an_id_or_nothing(name: str) -> None:
    id = id_of(name)
    assert id == "" or ID.fullmatch(id)


GOALS = {
    "growth": Goal(id="growth", name="Grow the business"),
    "web": Goal(id="web", name="A better website"),
}


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        pytest.param("growth", GOALS["growth"], id="an id"),
        pytest.param("Growth", GOALS["growth"], id="an id in another case"),
        pytest.param(" grow the BUSINESS ", GOALS["growth"], id="a name"),
        pytest.param("Web!", GOALS["web"], id="what makes the id"),
        pytest.param("Keep them", Goal(id="keep_them", name="Keep them"), id="a new name"),
        pytest.param("happy_people", Goal(id="happy_people", name="Happy people"), id="a new id"),
    ],
)
def test_a_goal_is_found_or_new(words: str, goal: Goal) -> None:
    assert find_goal(words, GOALS) == goal


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("grwoth", "no goal is called 'grwoth'", id="a slip in an id"),
        pytest.param("Grow the busines", "no goal is called", id="a slip in a name"),
        pytest.param("品質", "makes no valid id", id="no Latin letters"),
    ],
)
def test_a_slip_makes_no_goal(words: str, said: str) -> None:
    with pytest.raises(KpiError, match=said):
        find_goal(words, GOALS)
