"""Gaps to target in units of their own tolerance, the worst first, and what explains them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.analysis.bottleneck import TargetGap, target_gaps
from kpicli.model.number import json_number
from kpicli.model.status import Status
from tests.evaluation.board import board


def gaps(toml: str, *records: str) -> list[str]:
    """`it 1.5 off_target` for each, `it none at_risk` where there is no tolerance."""
    return [line(gap) for gap in _gaps(toml, *records)]


def _gaps(toml: str, *records: str) -> list[TargetGap]:
    scorecard = board(toml, *records)
    return target_gaps(scorecard, map(scorecard.latest, scorecard.definitions.kpis.values()))


def line(gap: TargetGap) -> str:
    size = "none" if gap.tolerances is None else json_number(gap.tolerances)
    return f"{gap.evaluation.kpi.id} {size} {gap.evaluation.status}"


@pytest.mark.parametrize(
    ("keys", "value", "wanted"),
    [
        pytest.param('target = "100"', "100", None, id="met"),
        pytest.param('target = "100"', "95", "0.5 at_risk", id="half of 10%"),
        pytest.param('target = "100"', "90", "1 at_risk", id="the edge of the tolerance"),
        pytest.param('target = "100"', "75", "2.5 off_target", id="beyond it"),
        pytest.param('target = "<=100"', "105", "0.5 at_risk", id="over a limit"),
        pytest.param('target = "<=100"\ntolerance = "5%"', "110", "2 off_target", id="its own"),
        pytest.param('target = "100"\ntolerance = "20"', "95", "0.25 at_risk", id="absolute"),
        pytest.param('target = "3%"\ntolerance = "2 pp"', "2", "0.5 at_risk", id="points"),
        pytest.param('target = "-100"', "-105", "0.5 at_risk", id="below zero, of its size"),
        pytest.param('target = "<100"', "100", "0 at_risk", id="a strict sign, on its edge"),
        pytest.param('target = ">100"', "100", "0 at_risk", id="another, on its edge"),
        pytest.param('target = "40..60"', "38", "0.5 at_risk", id="10% of the lower edge"),
        pytest.param('target = "40..60"', "63", "0.5 at_risk", id="10% of the upper edge"),
        pytest.param('target = "40..60"', "60", None, id="in the range"),
        pytest.param('target = "0..60"', "-1", "none off_target", id="the edge at zero has none"),
        pytest.param('target = "<=0"', "1", "none off_target", id="a share of zero is zero"),
        pytest.param('target = "<=0"\ntolerance = "2"', "1", "0.5 at_risk", id="but not of a size"),
        pytest.param('target = "9"\ntolerance = "0"', "8", "none off_target", id="zero itself"),
        pytest.param('target = "<9"\ntolerance = "0"', "9", "none at_risk", id="zero and strict"),
        pytest.param("", "1", None, id="no target"),
    ],
)
def test_a_gap_is_measured_in_its_own_tolerance(keys: str, value: str, wanted: str | None) -> None:
    found = gaps(f"[kpis.it]\n{keys}\n", f"it 2026-10 {value}")
    assert found == ([f"it {wanted}"] if wanted else [])


def test_a_part_of_a_period_is_measured_by_what_is_due_of_it() -> None:
    """Of 365 a year 90 are due after 90 days, and of the tolerance of 73 as great a part: 18."""
    toml = '[kpis.it]\nfrequency = "yearly"\nrollup = "sum"\ntarget = "365"\ntolerance = "73"\n'
    assert gaps(toml, "it 2026-01 31", "it 2026-02 28", "it 2026-03 22") == ["it 0.5 at_risk"]
    assert gaps(toml, "it 2026-01 31", "it 2026-02 23", "it 2026-03 0") == ["it 2 off_target"]


def test_what_is_known_to_miss_the_whole_is_measured_at_once() -> None:
    toml = '[kpis.it]\nfrequency = "yearly"\nrollup = "sum"\ntarget = "<=100"\n'
    (gap,) = _gaps(toml, "it 2026-01 300")
    assert gap.evaluation.is_certain
    assert gap.tolerances is not None
    assert gap.tolerances > 1


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param('target = "100"', id="no data"),
        pytest.param('frequency = "yearly"\nrollup = "sum"\ntarget = "100"', id="too early"),
    ],
)
def test_what_is_not_judged_has_no_gap(keys: str) -> None:
    records = ["it 2026-01 1"] if "yearly" in keys else []
    scorecard = board(f"[kpis.it]\n{keys}\n", *records, today="2026-02-01")
    assert target_gaps(scorecard, [scorecard.latest(scorecard.definitions.kpis["it"])]) == []


def test_the_worst_comes_first_and_what_has_no_tolerance_before_all_of_its_status() -> None:
    toml = "".join(
        f'[kpis.{id}]\ntarget = "{target}"\ntolerance = "{tolerance}"\n'
        for id, target, tolerance in [
            ("small", "100", "10%"),
            ("edge", "<9", "0"),
            ("large", "100", "10%"),
            ("larger", "100", "1%"),
            ("same", "200", "2%"),
            ("bare", "<=0", "10%"),
            ("met", "1", "10%"),
        ]
    )
    records = ("small 99", "edge 9", "large 80", "larger 80", "same 160", "bare 1", "met 1")
    assert gaps(toml, *(record.replace(" ", " 2026-10 ") for record in records)) == [
        "bare none off_target",
        "larger 20 off_target",
        "same 10 off_target",
        "large 2 off_target",
        "edge none at_risk",
        "small 0.1 at_risk",
    ]


@given(
    sign=st.sampled_from([">=", ">", "<=", "<"]),
    target=st.integers(-200, 200),
    tolerance=st.sampled_from(["0", "1", "7", "0%", "5%", "33%"]),
    value=st.integers(-300, 300),
)
def test_more_than_one_tolerance_is_off_target(
    sign: str, target: int, tolerance: str, value: int
) -> None:
    toml = f'[kpis.it]\ntarget = "{sign}{target}"\ntolerance = "{tolerance}"\n'
    for gap in _gaps(toml, f"it 2026-10 {value}"):
        is_off = gap.evaluation.status is Status.OFF_TARGET
        if gap.tolerances is None:
            assert is_off or value == target
        else:
            assert (gap.tolerances > 1) is is_off


FUNNEL = """\
[kpis.won]
target = "100"
formula = "offers * rate / 100"
rollup = "sum"
[kpis.offers]
{offers}
rollup = "sum"
[kpis.rate]
{rate}
unit = "%"
rollup = "mean"
"""
MONTHS = ("offers 2026-09 400", "rate 2026-09 25", "offers 2026-10 300", "rate 2026-10 26")


@pytest.mark.parametrize(
    ("offers", "rate", "wanted"),
    [
        pytest.param('target = "400"', "", "offers 26 2026-10", id="the one that misses its own"),
        pytest.param(
            'target = "320"', 'target = "40%"', "rate 42 2026-10", id="the one that closes most"
        ),
        pytest.param("", "", "offers -25.5 2026-09", id="none has one: what made it worse"),
        pytest.param(
            'target = "300"', 'target = "20%"', "offers -25.5 2026-09", id="both are on target"
        ),
    ],
)
def test_a_formula_explains_its_gap(offers: str, rate: str, wanted: str) -> None:
    toml = FUNNEL.format(offers=offers, rate=rate)
    gap = next(gap for gap in _gaps(toml, *MONTHS) if gap.evaluation.kpi.id == "won")
    assert gap.driver is not None
    assert gap.drivers is not None
    when = gap.drivers.earlier or gap.evaluation.period
    assert f"{gap.driver.kpi.id} {json_number(gap.driver.contribution)} {when}" == wanted


@pytest.mark.parametrize(
    ("stock", "target", "wanted"),
    [
        pytest.param("300", "30..40", "stock", id="above it: what made it more"),
        pytest.param("210", "37..50", "sold", id="below it: what made it less"),
    ],
)
def test_a_range_is_missed_on_one_side(stock: str, target: str, wanted: str) -> None:
    """Days that a stock lasts: 200 / 5 = 40 before, 300 / 6 = 50 or 210 / 6 = 35 now."""
    toml = (
        f'[kpis.days]\ntarget = "{target}"\nformula = "stock / sold"\n[kpis.stock]\n[kpis.sold]\n'
    )
    records = ("stock 2026-09 200", "sold 2026-09 5", f"stock 2026-10 {stock}", "sold 2026-10 6")
    (gap,) = _gaps(toml, *records)
    assert gap.driver is not None
    assert gap.driver.kpi.id == wanted


def test_an_input_that_would_have_to_be_worse_explains_nothing() -> None:
    """A share of orders is low, as there were more orders than their target asks for."""
    toml = (
        '[kpis.share]\ntarget = "30%"\nformula = "known / orders * 100"\n'
        '[kpis.known]\n[kpis.orders]\ntarget = "100"\n'
    )
    records = ("known 2026-09 20", "orders 2026-09 100", "known 2026-10 30", "orders 2026-10 120")
    (gap,) = _gaps(toml, *records)
    assert (gap.tolerances, gap.driver) == (Fraction(5, 3), None)


def test_a_formula_of_too_many_inputs_is_explained_by_those_it_names() -> None:
    parts = [f"part{number}" for number in range(14)]
    toml = (
        '[kpis.whole]\ntarget = "40"\nformula = "half + rest"\n'
        f'[kpis.half]\nformula = "{" + ".join(parts[:7])}"\n'
        f'[kpis.rest]\ntarget = "20"\nformula = "{" + ".join(parts[7:])}"\n'
        + "".join(f"[kpis.{part}]\n" for part in parts)
    )
    records = [f"{part} 2026-10 {2 if number < 7 else 1}" for number, part in enumerate(parts)]
    whole = next(gap for gap in _gaps(toml, *records) if gap.evaluation.kpi.id == "whole")
    assert whole.driver is not None
    assert (whole.driver.kpi.id, whole.driver.contribution) == ("rest", Fraction(13))
