from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.notation.target import read_tolerance
from kpicli.model.target import Tolerance
from tests.tiers import examples

UNITS = ("", "%", "$", "kr", "pp", "k", "M")


@pytest.mark.parametrize(
    ("text", "unit", "tolerance"),
    [
        pytest.param("10%", "kr", Tolerance(Decimal(10), is_relative=True), id="a share"),
        pytest.param("10%", "%", Tolerance(Decimal(10), is_relative=True), id="a share of a share"),
        pytest.param("20,000 kr", "kr", Tolerance(Decimal(20000)), id="absolute in its unit"),
        pytest.param("20,000", "kr", Tolerance(Decimal(20000)), id="absolute without a unit"),
        pytest.param("20k", "kr", Tolerance(Decimal(20000)), id="absolute in thousands"),
        pytest.param("$5", "$", Tolerance(Decimal(5)), id="absolute in a currency"),
        pytest.param("2 pp", "%", Tolerance(Decimal(2)), id="points of a percentage"),
        pytest.param("0", "kr", Tolerance(Decimal(0)), id="none at all"),
        pytest.param("3", "", Tolerance(Decimal(3)), id="where there is not a unit"),
        pytest.param("3 k", "k", Tolerance(Decimal(3)), id="in a unit of k"),
    ],
)
def test_a_tolerance_is_read(text: str, unit: str, tolerance: Tolerance) -> None:
    assert read_tolerance(text, unit=unit) == tolerance


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        pytest.param("-5", "kr", "'-5': a tolerance is not below zero", id="below zero"),
        pytest.param("-5%", "kr", "'-5%': a tolerance is not below zero", id="a share below zero"),
        pytest.param("2", "%", "'2': say of what", id="a bare number of a percentage"),
        pytest.param("2 kr", "%", "'2 kr': say of what", id="an amount of a percentage"),
        pytest.param("$5", "kr", "is in $, and the KPI is counted in kr", id="another currency"),
        pytest.param("2 pp", "kr", "is in pp, and the KPI is counted in kr", id="points of kr"),
        pytest.param("5 kr", "", "is in kr, and the KPI is counted without a unit", id="no unit"),
        pytest.param("3k", "k", "'3k' is ambiguous for a KPI counted in k", id="thousands or k"),
        pytest.param("some", "kr", "'some' is not a number kpi can store", id="a word"),
    ],
)
def test_another_tolerance_is_refused(text: str, unit: str, message: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_tolerance(text, unit=unit)
    assert refused.value.message == message


@examples(100)
@given(
    text=st.one_of(st.text(), st.text("0123456789.,- kMp$%r", max_size=10)),
    unit=st.sampled_from(UNITS),
)
def test_any_tolerance_is_read_or_refused_as_notation(text: str, unit: str) -> None:
    try:
        tolerance = read_tolerance(text, unit=unit)
    except NotationError:
        return
    assert tolerance.number >= 0
