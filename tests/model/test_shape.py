"""The shapes that the nouns have in TOML, as a checker of types sees them."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kpicli.model.formula import Formula
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Rollup
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.target import Direction, Schedule, Target, Tolerance

NOTATIONS = [Quantity, Target, Tolerance]
WORDS = [Direction, Frequency, Rollup]


def fits(noun: Any, value: object, *, strict: bool | None = True) -> bool:
    try:
        TypeAdapter(noun).validate_python(value, strict=strict)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("noun", NOTATIONS)
@pytest.mark.parametrize("value", ["500,000 kr", 5, Decimal("3.2")])
def test_a_notation_is_text_or_a_number(noun: type, value: object) -> None:
    assert fits(noun, value)


@pytest.mark.parametrize("noun", [*NOTATIONS, *WORDS, Period, Formula, Schedule])
@pytest.mark.parametrize("value", [True, [], None, ["5"]])
def test_a_notation_is_nothing_else(noun: type, value: object) -> None:
    assert not fits(noun, value)


@pytest.mark.parametrize("noun", [Period, Formula])
def test_a_period_and_a_formula_are_text(noun: type) -> None:
    assert fits(noun, "2026")
    assert not fits(noun, 2026)


@pytest.mark.parametrize("noun", WORDS)
def test_a_word_is_one_of_its_set(noun: type) -> None:
    assert all(fits(noun, str(word)) for word in noun)  # type: ignore[attr-defined]
    assert not fits(noun, "sometimes")


def test_a_schedule_is_a_table_of_targets() -> None:
    assert fits(Schedule, {"2026-01": "5 kr", "2026-07": 6})
    assert not fits(Schedule, {"2026-01": ["5 kr"]})
    assert not fits(Schedule, "5 kr")


@pytest.mark.parametrize(
    ("table", "has_shape"),
    [
        pytest.param({}, True, id="an empty file"),
        pytest.param(
            {"kpis": {"a": {"id": "a", "target": "5", "levers": ("x",)}}}, True, id="a KPI"
        ),
        pytest.param({"kpis": {"a": {"id": "a", "targt": "5"}}}, False, id="an unknown key"),
        pytest.param({"kpis": {"a": {"id": "a", "owner": 5}}}, False, id="a number for an owner"),
        pytest.param({"kpis": {"a": {"id": "a", "grace": "5"}}}, False, id="a text for days"),
        pytest.param({"kpis": {"a": {"id": "a", "grace": True}}}, False, id="a truth for days"),
        pytest.param({"kpis": {"a": {"id": "a", "levers": "x"}}}, False, id="a text for a list"),
        pytest.param({"goals": {"g": {"id": "g", "nam": "x"}}}, False, id="a goal's unknown key"),
        pytest.param({"decimal": ";"}, False, id="another decimal mark"),
        pytest.param({"titel": "x"}, False, id="an unknown key at the top"),
    ],
)
def test_a_file_has_the_shape_of_its_dataclasses(
    table: dict[str, object], *, has_shape: bool
) -> None:
    assert fits(Definitions, table, strict=None) is has_shape
