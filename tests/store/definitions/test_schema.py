"""What is wrong with the shape of a file, and the JSON Schema that tells editors."""

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.errors import KpiError
from kpicli.model.build.definitions import build
from kpicli.model.formula import Formula
from kpicli.model.kpi import KPI_KEYS
from kpicli.model.notation.formula import read_formula
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.notation.target import read_target, read_tolerance
from kpicli.model.period import Period, read_period
from kpicli.model.quantity import Quantity
from kpicli.model.schema_types import Notation
from kpicli.model.source import SOURCE_KEYS
from kpicli.model.target import Direction, Target, Tolerance
from kpicli.model.unit import check_unit
from kpicli.store.definitions.schema import json_schema, shape_faults

TABLES = ("defaults", "goals", "kpis", "check", "events", "sources")


def complaints(text: str) -> list[str]:
    faults = shape_faults(tomllib.loads(text, parse_float=Decimal))
    return [f"{'.'.join(fault.path)}: {fault.message}" for fault in faults]


def hints(text: str) -> list[str]:
    return [fault.hint for fault in shape_faults(tomllib.loads(text, parse_float=Decimal))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("title = 5", "title: expected text in quotes, got the number 5"),
        ("title = true", "title: expected text in quotes, got true"),
        ("title = 2026-11-01", "title: expected text in quotes, got a date or time"),
        ("kpis = 5", "kpis: expected a table, got the number 5"),
        ("kpis.mrr = 'x'", "kpis.mrr: expected a table, got 'x'"),
        ("[[kpis]]\nname = 'x'", "kpis: expected a table, got a list"),
        ("goals.g = 5", "goals.g: expected a table, got the number 5"),
        ("defaults = 5", "defaults: expected a table, got the number 5"),
        ("decimal = ';'", "decimal: expected one of '.' or ',', got ';'"),
        ("[kpis.a]\nowner = 5", "kpis.a.owner: expected text in quotes, got the number 5"),
        ("[kpis.a]\nowner = []", "kpis.a.owner: expected text in quotes, got a list"),
        ("[kpis.a]\nowner = {}", "kpis.a.owner: expected text in quotes, got a table"),
        ("[kpis.a]\nlevers = 'x'", "kpis.a.levers: expected a list of texts, got 'x'"),
        ("[kpis.a]\nlevers = [5]", "kpis.a.levers: expected a list of texts"),
        ("[kpis.a]\nrebase = '2026-03'", "kpis.a.rebase: expected a list of texts, got '2026-03'"),
        ("[kpis.a]\nrebase = [2026-03-01]", "kpis.a.rebase: expected a list of texts"),
        ("[kpis.a]\ngrace = '5'", "kpis.a.grace: expected a whole number, got '5'"),
        ("[kpis.a]\ngrace = 1.5", "kpis.a.grace: expected a whole number, got the number 1.5"),
        ("[kpis.a]\ngrace = false", "kpis.a.grace: expected a whole number, got false"),
        ("[kpis.a]\nstart = 2026", "kpis.a.start: expected text in quotes, got the number 2026"),
        ("[kpis.a]\nby = 2026-11-01", "kpis.a.by: expected text in quotes, got a date or time"),
        ("[kpis.a]\nformula = 5", "kpis.a.formula: expected text in quotes, got the number 5"),
        ("[kpis.a]\ntargets = 5", "kpis.a.targets: expected a table, got the number 5"),
        ("[kpis.a.targets]\n2026 = true", 'kpis.a.targets.2026: expected text such as "500 kr'),
        ("[kpis.a]\ntarget = true", 'kpis.a.target: expected text such as "500 kr", or a num'),
        ("[kpis.a]\ntarget = []", 'kpis.a.target: expected text such as "500 kr", or a numb'),
        ("[kpis.a]\nbaseline = {}", 'kpis.a.baseline: expected text such as "500 kr", or a'),
        ("[defaults]\ntolerance = true", 'defaults.tolerance: expected text such as "500 kr"'),
        ("[kpis.target]\nowner = 5", "kpis.target.owner: expected text in quotes, got the number"),
        ("[kpis.a]\ntarget = nan", "kpis.a.target: must be a finite number"),
        ("[kpis.a]\ntarget = -inf", "kpis.a.target: must be a finite number"),
        ("[kpis.a]\ndirection = 'up'", "kpis.a.direction: expected one of 'higher' or 'lower', go"),
        ("[defaults]\nfrequency = 'x'", "defaults.frequency: expected one of 'daily', 'weekly', "),
        ("titel = 'x'", "titel: unknown key 'titel'"),
        ("is_decimal_stated = true", "is_decimal_stated: unknown key 'is_decimal_stated'"),
        ("'' = 'x'", ": unknown key ''"),
        ("[kpis.a]\nid = 'x'", "kpis.a.id: unknown key 'id'"),
        ("[kpis.a]\nkeys = []", "kpis.a.keys: unknown key 'keys'"),
        ("[goals.g]\nowner = 'x'", "goals.g.owner: unknown key 'owner'"),
        ("[defaults]\nid = 'x'", "defaults.id: unknown key 'id'"),
        ('[kpis.a]\n"\\u001b" = 1', "kpis.a.\x1b: unknown key '\\x1b'"),
    ],
)
def test_a_wrong_shape_is_named(text: str, wanted: str) -> None:
    [found] = complaints(text)
    assert found.startswith(wanted)


def test_all_faults_are_found_at_once() -> None:
    text = "titel = 1\n[goals.g]\nx = 1\n[kpis.a]\nowner = 1\ngrace = 'x'\n[kpis.b]\nid = 'x'"
    assert len(complaints(text)) == 5


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("titel = 'x'", "did you mean 'title'?"),
        (
            "zzz = 1",
            "known: " + ", ".join(["title", "log", "remote", "decimal", "year_starts", *TABLES]),
        ),
        ("[goals.g]\nnmae = 'x'", "did you mean 'name'?"),
        ("[kpis.a]\ntaregt = 1", "did you mean 'target'?"),
        ("[defaults]\ntollerance = 1", "did you mean 'tolerance'?"),
        ("[kpis.a]\nfrequency = 'montly'", "did you mean 'monthly'?"),
        ("[kpis.a]\nfrequency = 5", ""),
        ("[[kpis]]\nid = 'a'", "write [kpis.ID] and its keys beneath it"),
        ("[revenue]\ntarget = 5", "a KPI is written [kpis.revenue]"),
    ],
)
def test_what_was_meant_is_guessed(text: str, hint: str) -> None:
    assert hints(text) == [hint]


def test_no_notation_is_read() -> None:
    assert complaints("[kpis.a]\ntarget = 'x'\nformula = '('\nstart = '?'\n[kpis.'../..']") == []


def test_the_schema_knows_every_key_and_no_other() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == [
        "title",
        "log",
        "remote",
        "decimal",
        "year_starts",
        *TABLES,
    ]
    assert list(schema["$defs"]["Source"]["properties"]) == list(SOURCE_KEYS)
    assert list(schema["$defs"]["Kpi"]["properties"]) == list(KPI_KEYS)
    assert list(schema["$defs"]["Goal"]["properties"]) == ["name"]
    for table in (schema, *schema["$defs"].values()):
        assert table["additionalProperties"] is False
        assert "required" not in table


def test_the_schema_explains_every_key() -> None:
    schema = json_schema()
    for table in (schema, *schema["$defs"].values()):
        for known in table["properties"].values():
            assert known["description"]
            assert not {"title", "default"} & set(known)


def test_the_schema_bounds_what_has_bounds() -> None:
    kpi = json_schema()["$defs"]["Kpi"]["properties"]
    assert (kpi["grace"]["type"], kpi["grace"]["minimum"]) == ("integer", 0)
    assert kpi["formula"]["maxLength"] == 500
    assert kpi["rollup"]["enum"] == ["sum", "mean", "last", "min", "max"]
    assert kpi["target"]["type"] == ["string", "number"]
    assert list(kpi["targets"]["patternProperties"]) == [Period.PATTERN]
    assert kpi["formerly"]["items"]["pattern"] == kpi["goal"]["pattern"]


def test_what_an_editor_holds_of_a_text_says_the_same_in_every_dialect() -> None:
    for pattern in _patterns(json_schema()):
        assert not re.search(r"\\[sSwWdDbBAZz]|\(\?[^:=!]", pattern), pattern


def _patterns(schema: Any) -> list[str]:
    if isinstance(schema, list):
        return [pattern for inner in schema for pattern in _patterns(inner)]
    if not isinstance(schema, dict):
        return []
    own = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
    return [*own, *schema.get("patternProperties", {}), *_patterns(list(schema.values()))]


def is_read(reader: Callable[..., object], *arguments: object) -> bool:
    try:
        reader(*arguments)
    except KpiError:
        return False
    return True


PIECES = st.lists(
    st.sampled_from(
        [*"0123456789", *" \u00a0\t\n\x1c+-−.,_<>=≤≥$€%kKmMe()", "..", "000", "5,000", " kr", "pp"]
    )
    | st.characters(codec="utf-8"),
    max_size=12,
).map("".join)
"""Texts that are often a notation, and often nearly one."""

marks = st.sampled_from([".", ","])
directions = st.sampled_from([None, *Direction])


def passes(noun: type[Notation], text: str) -> bool:
    return re.search(noun.PATTERN, text) is not None


@given(PIECES, marks)
@example("-$ 5", ".")
@example("$-5", ".")
@example("\x1c\u2003−480\u202f000 kr\x85", ".")
@example("1.234.567,5k %", ",")
@example("5 m", ".")
@example("5 e5", ".")
def test_no_quantity_is_refused_to_an_editor(text: str, mark: Any) -> None:
    assert passes(Quantity, text) or not is_read(read_quantity, text, mark)


@given(PIECES, marks, directions)
@example("≥ 3.2%", ".", None)
@example(" 40 % .. 60 %", ".", None)
@example("-5kr..+5kr", ".", None)
@example("$1..$2", ".", None)
@example("+ 20 %", ".", None)
@example("<-5", ".", None)
def test_no_target_is_refused_to_an_editor(text: str, mark: Any, direction: Any) -> None:
    assert passes(Target, text) or not is_read(read_target, text, mark, direction)


@given(PIECES, marks, st.sampled_from(["", "%", "kr"]))
@example("-0 kr", ".", "kr")
@example("2 pp", ".", "%")
def test_no_tolerance_is_refused_to_an_editor(text: str, mark: Any, unit: str) -> None:
    assert passes(Tolerance, text) or not is_read(read_tolerance, text, mark, unit)


@given(st.text("0123456789-WQ", max_size=10))
@example("2026-W53")
@example("2999-12-31")
def test_no_period_is_refused_to_an_editor(text: str) -> None:
    assert passes(Period, text) or not is_read(read_period, text)


@given(st.text("ab_10. \t+-*/()", max_size=12))
@example("-prev(a) / last_year(b2)")
def test_no_formula_is_refused_to_an_editor(text: str) -> None:
    assert passes(Formula, text) or not is_read(read_formula, text)


@given(st.text(max_size=5))
def test_no_unit_is_refused_to_an_editor(text: str) -> None:
    unit = json_schema()["$defs"]["Kpi"]["properties"]["unit"]
    if text and is_read(check_unit, text):
        assert re.search(unit["pattern"], text)
        assert len(text) <= unit["maxLength"]


@pytest.mark.parametrize("noun", [Quantity, Target, Tolerance])
@pytest.mark.parametrize(
    "text", ["", "abc", "NaN", "1e5", "1,00,000", "12.", ".5", "480K", "--", "5 6", "5."]
)
def test_what_is_no_number_is_refused(noun: type[Notation], text: str) -> None:
    assert not passes(noun, text)


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        (Target, "+5 kr"),
        (Target, "40.."),
        (Target, "..60"),
        (Quantity, "<5"),
        (Tolerance, "-5%"),
        (Tolerance, "−20,000 kr"),
        (Period, "2026-13"),
        (Period, "2026-W54"),
        (Period, "2026-Q5"),
        (Period, "1899"),
        (Period, "2026-11-32"),
        (Period, "2026-11\n"),
        (Formula, ""),
        (Formula, "()"),
        (Formula, "9**a!"),
        (Formula, "MRR"),
        (Formula, "a\n+ b"),
    ],
)
def test_what_is_no_notation_is_refused(noun: type[Notation], text: str) -> None:
    assert (
        re.search(noun.PATTERN.removesuffix("$") + (r"\Z" if "$" in noun.PATTERN[-1] else ""), text)
        is None
    )


def test_what_the_schema_holds_of_an_empty_text_is_held_by_the_builder() -> None:
    for key, known in json_schema()["$defs"]["Kpi"]["properties"].items():
        if known.get("minLength") == 1:
            _, faults = build({"kpis": {"a": {key: ""}}})
            assert [fault.path[-1] for fault in faults] == [key]
