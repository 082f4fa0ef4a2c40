import pickle
from copy import deepcopy
from dataclasses import fields

import pytest

from kpicli.errors import KpiError
from kpicli.model.kpi import ID, KPI_KEYS, Kpi
from kpicli.model.period import read_period
from tests.model.built import kpi, sound

KEYS = """
    name goal area owner definition source query command restate levers unit direction frequency
    target targets baseline start by tolerance rollup formula supports grace rebase until formerly
    ignore
"""


def test_the_keys_of_a_kpi_are_those_of_the_documentation() -> None:
    assert list(KPI_KEYS) == KEYS.split()


@pytest.mark.parametrize(
    ("label", "is_retired"),
    [
        pytest.param("2026-11", False, id="before its last month"),
        pytest.param("2026-12", False, id="in its last month"),
        pytest.param("2027-01", True, id="after its last month"),
        pytest.param("2026", False, id="in the year of its last month"),
        pytest.param("2027", True, id="in the year after"),
    ],
)
def test_a_kpi_is_retired_after_its_last_period(label: str, *, is_retired: bool) -> None:
    assert kpi('until = "2026-12"').is_retired(read_period(label)) is is_retired


@pytest.mark.parametrize("days", [0, 1, 3660])
def test_a_grace_is_some_days_up_to_ten_years(days: int) -> None:
    assert kpi(f"grace = {days}").grace == days


def test_a_kpi_without_a_last_period_is_never_retired() -> None:
    assert not kpi("").is_retired(read_period("2999-12"))


RENAMED = '[kpis.mrr]\nname = "Monthly Revenue"\nformerly = ["sales"]\n[kpis.churn_rate]'


def test_a_former_id_stands_for_the_kpi_of_today() -> None:
    found = sound(RENAMED)
    assert found.ids == {"mrr": "mrr", "sales": "mrr", "churn_rate": "churn_rate"}
    assert found.kpi("sales") is found.kpi("mrr") is found.kpis["mrr"]


@pytest.mark.parametrize(
    ("id", "hint"),
    [
        pytest.param("mr", "did you mean 'mrr'?", id="nearly right"),
        pytest.param("rate", "did you mean 'churn_rate'?", id="a part of it"),
        pytest.param("monthly revenu", "did you mean 'Monthly Revenue'?", id="nearly a name"),
        pytest.param("profit", "known: mrr, churn_rate", id="none that is close"),
    ],
)
def test_an_unknown_id_is_refused_with_what_is_meant(id: str, hint: str) -> None:
    with pytest.raises(KpiError) as refused:
        sound(RENAMED).kpi(id)
    assert refused.value.message == f"unknown KPI '{id}'"
    assert refused.value.hint == hint


def test_an_unknown_id_is_shown_without_control_characters() -> None:
    with pytest.raises(KpiError) as refused:
        sound(RENAMED).kpi("\x1b[2J")
    assert refused.value.message == "unknown KPI '\\x1b[2J'"


@pytest.mark.parametrize("text", ["", "A", "1a", "_a", "a-b", "a b", "ä", "a\n", "a" * 65])
def test_an_id_is_nothing_else(text: str) -> None:
    assert not ID.fullmatch(text)


def test_a_kpi_is_copied_with_all_that_it_says_and_never_changed() -> None:
    own = kpi('name = "Orders"\ntarget = "500 kr"\nlevers = ["prices"]')
    for copied in (deepcopy(own), pickle.loads(pickle.dumps(own))):  # noqa: S301 - our own
        assert all(getattr(copied, each.name) == getattr(own, each.name) for each in fields(Kpi))
    with pytest.raises(AttributeError, match="name is never changed"):
        own.name = "Sales"  # type: ignore[misc]
    with pytest.raises(TypeError, match="Kpi has no nom"):
        Kpi(id="orders", nom="Orders")  # type: ignore[call-arg]
