"""Every template of the catalogue: complete, sound, and nothing that `kpi check` complains of."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from kpicli import catalogue
from kpicli.catalogue.load import template_with_inputs, templates
from kpicli.catalogue.lookup import term
from kpicli.catalogue.term import Template
from kpicli.lint.engine import lint, rule_files
from kpicli.model.finding import Severity
from tests.catalogue.given import written
from tests.lint.conftest import loaded

ALL = list(templates().values())
TERMS = [template for template in ALL if template.term]
LEAST = 70
OF_A_BOARD = {"R02", "R03", "R04"}
"""What is wrong with how many KPIs there are is not wrong with one of them."""

AREAS = {
    *("sales", "marketing", "customer success", "product", "e-commerce"),
    *("finance", "operations", "support", "engineering", "people"),
}


def named(template: Template) -> str:
    return template.id


def test_it_knows_the_field() -> None:
    assert len(TERMS) >= LEAST
    assert {template.area for template in TERMS} == AREAS


@pytest.mark.parametrize("template", TERMS, ids=named)
def test_each_is_explain(template: Template) -> None:
    assert 2 <= template.explains.count(". ") + 1 <= 4
    assert template.pitfalls.endswith(".")
    assert 3 <= len(set(template.goals)) == len(template.goals) <= 6
    assert template.reference
    assert template.typical is None or all(template.typical)
    assert template.keys["definition"]
    assert template.keys["direction"] in {"higher", "lower"}
    assert 2 <= len(template.keys["levers"]) <= 4
    assert set(template.related) <= {other.id for other in TERMS if other is not template}


def test_no_id_stands_in_two_files() -> None:
    files = Path(catalogue.__file__).parent.glob("*.toml")
    ids = Counter(id for file in files for id in tomllib.loads(file.read_text("utf-8"))["kpis"])
    assert [id for id, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("template", ALL, ids=named)
def test_what_is_recorded_can_be_rolled_up_and_a_rate_never_is(template: Template) -> None:
    recorded = "formula" not in template.keys
    assert not recorded or "rollup" in template.keys
    assert template.keys["unit"] != "%" or not (recorded or "rollup" in template.keys)


def test_no_two_are_called_the_same() -> None:
    names = Counter(name.casefold() for template in TERMS for name in template.names)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_input_is_the_input_of_something() -> None:
    used = {id for template in ALL for id in template.inputs}
    assert {template.id for template in ALL if not template.term} <= used


@pytest.mark.parametrize("template", TERMS, ids=named)
def test_no_formula_is_over_what_is_not_there(template: Template) -> None:
    assert {one.id for one in template_with_inputs(template.id)} >= {template.id, *template.inputs}


@pytest.mark.parametrize("template", TERMS, ids=named)
def test_each_passes_check_once_its_target_owner_and_goal_are_given(
    tmp_path: Path, template: Template
) -> None:
    scorecard = loaded(tmp_path, written(template), "", "2026-11-05")
    codes = [code for code in rule_files() if code not in OF_A_BOARD]
    found = lint(scorecard, codes, term)
    assert [one.message for one in found if one.severity is not Severity.ADVICE] == []
