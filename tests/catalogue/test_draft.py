"""What is put into the definitions for a KPI that is wanted."""

from typing import Any

import pytest

from kpicli.catalogue.draft import Draft, Existing, Table, draft_tables, input_ids, new_inputs
from kpicli.errors import KpiError, NotationError
from kpicli.language.currency import is_money, money_of
from kpicli.model.kpi import Definitions, Goal, Kpi

CAC = {
    "name": "Customer Acquisition Cost",
    "area": "marketing",
    "definition": "Cost divided by new customers",
    "unit": "currency",
    "direction": "lower",
    "frequency": "monthly",
    "formula": "sales_cost / new_customers",
    "levers": ["bids"],
}
INPUTS: dict[str, dict[str, Any]] = {
    "sales_cost": {"name": "Sales Cost", "unit": "currency", "rollup": "sum"},
    "new_customers": {"name": "New Customers", "unit": "customers", "rollup": "sum"},
}
NPS = {"name": "Net Promoter Score", "unit": "points", "direction": "higher"}


def cac(**given: Any) -> Draft:
    return Draft("cac", CAC, {"target": "<900 kr", **given}, INPUTS, money="kr")


def kpis(draft: Draft, present: Existing | None = None) -> dict[str, Table]:
    return dict(draft_tables(draft, present or Existing())["kpis"])


def table(draft: Draft, present: Existing | None = None) -> dict[str, Any]:
    return dict(kpis(draft, present)[draft.id])


def test_a_term_is_proposed_with_its_inputs_beneath_it() -> None:
    tables = kpis(cac(owner="Ann", goal="growth", source="ledger"))
    assert tables == {
        "cac": {
            "name": "Customer Acquisition Cost",
            "area": "marketing",
            "definition": "Cost divided by new customers",
            "frequency": "monthly",
            "formula": "sales_cost / new_customers",
            "levers": ["bids"],
            "target": "<900 kr",
            "owner": "Ann",
            "goal": "growth",
        },
        "sales_cost": {
            "name": "Sales Cost",
            "unit": "kr",
            "rollup": "sum",
            "owner": "Ann",
            "frequency": "monthly",
            "source": "ledger",
            "supports": "cac",
        },
        "new_customers": {
            "name": "New Customers",
            "unit": "customers",
            "rollup": "sum",
            "owner": "Ann",
            "frequency": "monthly",
            "source": "ledger",
            "supports": "cac",
        },
    }


GOALS = {"growth": Goal(id="growth", name="Grow the business")}


@pytest.mark.parametrize(
    ("goal", "id", "new"),
    [
        pytest.param("growth", "growth", {}, id="an id"),
        pytest.param("grow the business", "growth", {}, id="a name"),
        pytest.param("Thrift!", "thrift", {"thrift": {"name": "Thrift!"}}, id="a new one"),
    ],
)
def test_a_goal_is_used_or_added(goal: str, id: str, new: dict[str, Any]) -> None:
    tables = draft_tables(cac(goal=goal), Existing(Definitions(goals=GOALS)))
    assert (tables["kpis"]["cac"]["goal"], tables.get("goals", {})) == (id, new)


def test_a_goal_that_is_most_likely_a_slip_is_refused() -> None:
    with pytest.raises(KpiError, match="no goal is called 'grwoth'"):
        draft_tables(cac(goal="grwoth"), Existing(Definitions(goals=GOALS)))


def test_inputs_that_are_there_are_used() -> None:
    present = Existing(Definitions(kpis={"new_customers": Kpi(id="new_customers")}))
    assert set(kpis(cac(), present)) == {"cac", "sales_cost"}
    assert new_inputs(cac(), present) == ["sales_cost"]
    assert input_ids(cac()) == ["sales_cost", "new_customers"]


def test_an_input_that_is_computed_brings_its_own() -> None:
    inputs = {**INPUTS, "sales_cost": {"formula": "wages + ads"}, "wages": {}, "ads": {}}
    tables = kpis(cac()._replace(inputs=inputs))
    parents = {id: table.get("supports") for id, table in tables.items()}
    assert parents == {
        "cac": None,
        "sales_cost": "cac",
        "new_customers": "cac",
        "wages": "sales_cost",
        "ads": "sales_cost",
    }


def test_the_number_itself_is_recorded_where_there_is_no_formula() -> None:
    tables = kpis(cac(formula="", source="ledger"))
    assert set(tables) == {"cac"}
    assert "formula" not in tables["cac"]
    assert tables["cac"]["source"] == "ledger"


def test_what_the_defaults_say_is_not_said_again() -> None:
    present = Existing(defaults={"frequency": "monthly", "owner": "Ann"})
    found = kpis(cac(owner="Ann"), present)
    assert all({"frequency", "owner"}.isdisjoint(one) for one in found.values())
    assert table(cac(owner="Bob"), present)["owner"] == "Bob"


def test_what_the_defaults_say_otherwise_is_said() -> None:
    defaults = {"unit": "%", "direction": "higher", "frequency": "weekly"}
    found = table(cac(), Existing(defaults=defaults))
    assert (found["unit"], found["direction"], found["frequency"]) == ("kr", "lower", "monthly")


@pytest.mark.parametrize(
    ("target", "direction"),
    [
        pytest.param("<900 kr", None, id="a sign says it"),
        pytest.param("900 kr", "lower", id="without one lower has to be said"),
        pytest.param("500..900 kr", None, id="a range has no better end"),
        pytest.param(None, "lower", id="nothing said yet"),
    ],
)
def test_a_direction_is_written_where_the_target_does_not_say_it(
    target: str | None, direction: str | None
) -> None:
    assert table(cac(target=target)).get("direction") == direction


def test_more_is_better_needs_no_word() -> None:
    assert "direction" not in table(Draft("nps", NPS, {"target": "40"}))


@pytest.mark.parametrize(
    ("draft", "unit"),
    [
        pytest.param(cac(target="<$90"), None, id="the target carries it"),
        pytest.param(cac(target="<90"), "kr", id="the money of the board"),
        pytest.param(cac(target="<90", unit="SEK"), "SEK", id="one that is given"),
        pytest.param(cac(target="-10%", baseline="900 kr"), "kr", id="a relative target has none"),
        pytest.param(Draft("nps", NPS, {"target": "40"}), "points", id="a known one"),
        pytest.param(Draft("x", {}, {"target": "8 points"}), None, id="of no catalogue"),
        pytest.param(Draft("x", {}, {"target": "8", "unit": "points"}), "points", id="and given"),
        pytest.param(Draft("x", {}, {"target": "8"}), None, id="none at all"),
    ],
)
def test_the_unit_is_written_once(draft: Draft, unit: str | None) -> None:
    assert table(draft).get("unit") == unit


def test_money_that_is_given_for_a_ratio_is_that_of_its_amounts() -> None:
    keys = {**CAC, "unit": "%"}
    draft = Draft("cac", keys, {"target": "<9%", "unit": "SEK"}, INPUTS, money="SEK")
    tables = kpis(draft)
    assert "unit" not in tables["cac"]
    assert tables["sales_cost"]["unit"] == "SEK"


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        pytest.param(
            cac(target=">900 kr"), "asks for the opposite: .* is better the lower", id="more"
        ),
        pytest.param(
            Draft("nps", NPS, {"target": "<40"}), "opposite: .* is better the higher", id="less"
        ),
        pytest.param(cac(target="<3%"), "is counted in money, and this is in %", id="no money"),
        pytest.param(
            Draft("rate", {"unit": "%"}, {"target": "3 kr"}), "is counted in %", id="no share"
        ),
        pytest.param(
            Draft("roas", {"unit": "x"}, {"target": "3 kr"}), "is counted in x", id="no amount"
        ),
        pytest.param(cac(target="<9 people"), "is counted in money", id="things"),
        pytest.param(cac(target="cheap"), "is not a number", id="no number"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused(draft: Draft, said: str) -> None:
    with pytest.raises(NotationError, match=said):
        draft_tables(draft, Existing())


def test_a_direction_that_is_given_overrules_the_known_one() -> None:
    assert table(cac(target=">900 kr", direction="higher"))["direction"] == "higher"


def test_what_is_left_to_be_filled_in_is_left_to_the_inputs_as_well() -> None:
    tables = kpis(cac(owner=None, target=None))
    assert (tables["cac"]["owner"], tables["cac"]["target"]) == (None, None)
    assert tables["sales_cost"]["owner"] is None


@pytest.mark.parametrize("unit", ["kr", "kr.", "$", "€", "₹", "SEK", "usd", "US$", "euro"])
def test_money_is_known_by_sign_code_or_name(unit: str) -> None:
    assert is_money(unit)


@pytest.mark.parametrize("unit", ["", "%", "orders", "days", "points", "krona-like", "x"])
def test_other_units_are_no_money(unit: str) -> None:
    assert not is_money(unit)


def test_the_money_of_a_board_is_what_most_of_it_is_in() -> None:
    units = ["%", "€", "kr", "kr", "orders", "orders", "orders"]
    assert money_of(Kpi(id=f"k{at}", unit=unit) for at, unit in enumerate(units)) == "kr"
    assert money_of([]) == ""
