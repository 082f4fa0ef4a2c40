"""Every entry of the catalogue: complete, sound, and nothing that `kpi check` complains of."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from kpicli import catalogue
from kpicli.catalogue.load import entries, entry_with_inputs
from kpicli.catalogue.lookup import term
from kpicli.catalogue.term import Entry
from kpicli.lint.engine import lint, rule_files
from kpicli.model.finding import Severity
from tests.catalogue.given import written
from tests.lint.conftest import loaded

ALL = list(entries().values())
TERMS = [entry for entry in ALL if entry.term]
LEAST = 70
OF_A_BOARD = {"R02", "R03", "R04"}
"""What is wrong with how many KPIs there are is not wrong with one of them."""

AREAS = {
    *("sales", "marketing", "customer success", "product", "e-commerce"),
    *("finance", "operations", "support", "engineering", "people"),
}


def named(entry: Entry) -> str:
    return entry.id


def test_it_knows_the_field() -> None:
    assert len(TERMS) >= LEAST
    assert {entry.area for entry in TERMS} == AREAS


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_each_is_explain(entry: Entry) -> None:
    assert 2 <= entry.explains.count(". ") + 1 <= 4
    assert entry.pitfalls.endswith(".")
    assert 3 <= len(set(entry.goals)) == len(entry.goals) <= 6
    assert entry.reference
    assert entry.typical is None or all(entry.typical)
    assert entry.keys["definition"]
    assert entry.keys["direction"] in {"higher", "lower"}
    assert 2 <= len(entry.keys["levers"]) <= 4
    assert set(entry.related) <= {other.id for other in TERMS if other is not entry}


def test_no_id_stands_in_two_files() -> None:
    files = Path(catalogue.__file__).parent.glob("*.toml")
    ids = Counter(id for file in files for id in tomllib.loads(file.read_text("utf-8"))["kpis"])
    assert [id for id, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("entry", ALL, ids=named)
def test_what_is_recorded_can_be_rolled_up_and_a_rate_never_is(entry: Entry) -> None:
    recorded = "formula" not in entry.keys
    assert not recorded or "rollup" in entry.keys
    assert entry.keys["unit"] != "%" or not (recorded or "rollup" in entry.keys)


def test_no_two_are_called_the_same() -> None:
    names = Counter(name.casefold() for entry in TERMS for name in entry.names)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_input_is_the_input_of_something() -> None:
    used = {id for entry in ALL for id in entry.inputs}
    assert {entry.id for entry in ALL if not entry.term} <= used


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_no_formula_is_over_what_is_not_there(entry: Entry) -> None:
    assert {one.id for one in entry_with_inputs(entry.id)} >= {entry.id, *entry.inputs}


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_each_passes_check_once_its_target_owner_and_goal_are_given(
    tmp_path: Path, entry: Entry
) -> None:
    scorecard = loaded(tmp_path, written(entry), "", "2026-11-05")
    codes = [code for code in rule_files() if code not in OF_A_BOARD]
    found = lint(scorecard, codes, term)
    assert [one.message for one in found if one.severity is not Severity.ADVICE] == []
