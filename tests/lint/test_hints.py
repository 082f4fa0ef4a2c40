"""What a hint tells somebody to write is TOML, and the definitions load with it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from kpicli.catalogue.lookup import term
from kpicli.lint.engine import explanation, lint, rule_files
from kpicli.model.finding import Finding
from kpicli.store.definitions.read import read
from tests.lint.conftest import loaded
from tests.lint.labelled import AS_OF

_ASSIGNMENT = re.compile(r"(?<![\w.])([a-z_]+) = (.*)")
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|\[.*?\](?!\])|\{.*?\}|[0-9]+')
_TABLE = re.compile(r"\[goals\.(\w+)\]")


def hinted(hint: str) -> dict[str, Any]:
    """The keys that a hint tells somebody to write, with their values."""
    keys: dict[str, Any] = {}
    while match := _ASSIGNMENT.search(hint):
        value = _VALUE.match(match[2])
        assert value, f"no TOML: {hint}"
        keys |= tomllib.loads(f"{match[1]} = {value[0]}")
        hint = match[2][value.end() :]
    return keys


def followed(definitions: str, finding: Finding) -> str:
    """The definitions with what a hint tells, for the KPI that it is about or the first of them."""
    tables = tomllib.loads(definitions)
    kpis = tables.get("kpis", {})
    id = finding.path[1] if finding.path[:1] == ("kpis",) else next(iter(kpis), "")
    for goal in _TABLE.findall(finding.hint):
        tables.setdefault("goals", {})[goal] = {}
    kpis.setdefault(id, {}).update(hinted(finding.hint))
    return tomli_w.dumps(tables)


@pytest.mark.parametrize("code", rule_files())
def test_the_example_loads_as_its_hint_tells(code: str, tmp_path: Path) -> None:
    rule = explanation(code)
    ledger = loaded(tmp_path, rule.bad.definitions, rule.bad.log, rule.as_of or AS_OF)
    for finding in lint(ledger, [code], term):
        read("kpis.toml", followed(rule.bad.definitions, finding).encode())


@pytest.mark.parametrize("text", ['a "quoted" name', "back\\slash", 'Head of \\"all\\"'])
def test_what_people_wrote_is_escaped(text: str, tmp_path: Path) -> None:
    table = {"name": text, "area": text, "target": "<5%", "tolerance": "90%"}
    definitions = tomli_w.dumps({"kpis": {"a": table, "b": {"name": text}}})
    for finding in lint(loaded(tmp_path, definitions, "", AS_OF), rule_files(), term):
        read("kpis.toml", followed(definitions, finding).encode())


HINTS = [
    pytest.param(
        'name = "Patient falls"\ntargets = { "2026-01" = "15", "2026-07" = "12" }',
        "M03",
        'say it for the whole schedule: direction = "lower", or "higher" if that is better',
        id="the sign of a schedule is said once",
    ),
    pytest.param(
        'name = "Conduct quarterly inspections of the fire doors in all council-owned buildings"',
        "S02",
        "count what it is for, and make it a lever there: "
        'levers = ["Conduct quarterly inspections of the fire doors in …"]',
        id="a long name is cut between two words",
    ),
    pytest.param(
        'name = "Patient falls"',
        "A01",
        'name one person or role: owner = "Director of Nursing"',
        id="an owner is advised whom the board has",
    ),
    pytest.param(
        'name = "Waiting time"\nunit = "days"\ndirection = "lower"',
        "M01",
        'write your own number for what is good enough: target = "<=90 days"'
        ', or supports = "other" if it explains that one',
        id="a target is advised in the right direction",
    ),
]


@pytest.mark.parametrize(("keys", "code", "hint"), HINTS)
def test_what_is_advised(keys: str, code: str, hint: str, tmp_path: Path) -> None:
    definitions = f'[kpis.it]\n{keys}\n[kpis.other]\nowner = "Director of Nursing"\ntarget = 5'
    findings = lint(loaded(tmp_path, definitions, "", AS_OF), [code], term)
    assert next(finding.hint for finding in findings if finding.kpi == "it") == hint
