from fractions import Fraction

import pytest

from kpicli.model.status import Status
from tests.evaluation.board import board, judged, told

ON, RISK, OFF = Status.ON_TARGET, Status.AT_RISK, Status.OFF_TARGET


def status(target: str, actual: str, tolerance: str = "10%") -> Status:
    toml = f'[kpis.it]\ntarget = "{target}"\ntolerance = "{tolerance}"'
    return judged(board(toml, f"it 2026-10 {actual}"), "it", "2026-10").status


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        pytest.param("500 kr", "500", ON, id="at least 500: 500 is a tie, and ties go to the good"),
        pytest.param("500 kr", "499.999", RISK, id="at least 500: a hair less misses it"),
        pytest.param("500 kr", "450", RISK, id="at least 500: 500 - 10% = 450 is still at risk"),
        pytest.param("500 kr", "449.999999999999", OFF, id="at least 500: a hair below 450 is off"),
        pytest.param(">500 kr", "500", RISK, id="above 500: 500 is no more, but within 10%"),
        pytest.param(">500 kr", "500.000000000001", ON, id="above 500: a hair more is"),
        pytest.param(">500 kr", "450", RISK, id="above 500: 450 is the edge, and the edge counts"),
        pytest.param(">500 kr", "449.9", OFF, id="above 500: 449.9 is beyond the edge"),
        pytest.param("<=60%", "60", ON, id="at most 60: 60 is a tie"),
        pytest.param("<=60%", "60.1", RISK, id="at most 60: 60.1 misses it"),
        pytest.param("<=60%", "66", RISK, id="at most 60: 60 + 10% = 66 is still at risk"),
        pytest.param("<=60%", "66.000000000001", OFF, id="at most 60: a hair above 66 is off"),
        pytest.param("<60%", "60", RISK, id="below 60: 60 does not meet it"),
        pytest.param("<60%", "59.999999999999", ON, id="below 60: a hair less does"),
        pytest.param("<60%", "66", RISK, id="below 60: 66 is the edge"),
        pytest.param("<60%", "66.1", OFF, id="below 60: 66.1 is beyond it"),
        pytest.param("40..60%", "40", ON, id="40 to 60: the lower edge is inside"),
        pytest.param("40..60%", "60", ON, id="40 to 60: the upper edge is inside"),
        pytest.param("40..60%", "36", RISK, id="40 to 60: 40 - 10% of 40 = 36"),
        pytest.param("40..60%", "35.9", OFF, id="40 to 60: below 36 is off"),
        pytest.param("40..60%", "66", RISK, id="40 to 60: 60 + 10% of 60 = 66"),
        pytest.param("40..60%", "66.1", OFF, id="40 to 60: above 66 is off"),
    ],
)
def test_a_tie_goes_to_the_better_side_but_under_a_strict_sign(
    target: str, actual: str, expected: Status
) -> None:
    assert status(target, actual) is expected


@pytest.mark.parametrize(
    ("target", "tolerance", "actual", "expected"),
    [
        pytest.param("0 kr", "10%", "0", ON, id="zero is met by zero"),
        pytest.param("0 kr", "10%", "-0.01", OFF, id="10% of zero is zero: nothing is at risk"),
        pytest.param("<0 kr", "10%", "0", RISK, id="the edge of a zero tolerance is zero itself"),
        pytest.param("<=0 kr", "5 kr", "5", RISK, id="an absolute tolerance works at zero too"),
        pytest.param("<=0 kr", "5 kr", "5.1", OFF, id="and ends there"),
        pytest.param("-100 kr", "10%", "-100", ON, id="at least -100: a tie"),
        pytest.param("-100 kr", "10%", "-110", RISK, id="-100 - 10% of its size 100 = -110"),
        pytest.param("-100 kr", "10%", "-110.1", OFF, id="further below is off"),
        pytest.param("-100 kr", "10%", "-90", ON, id="at least -100: a smaller loss is better"),
        pytest.param("<-100 kr", "10%", "-90", RISK, id="below -100: -100 + 10 = -90"),
        pytest.param("-20..20 kr", "10%", "-22", RISK, id="each edge has its own size"),
        pytest.param("-20..20 kr", "10%", "22.1", OFF, id="on both sides"),
        pytest.param("500 kr", "0%", "499.9", OFF, id="without tolerance there is no at risk"),
        pytest.param("500 kr", "20 kr", "480", RISK, id="500 - 20 kr = 480"),
        pytest.param("500 kr", "20 kr", "479.9", OFF, id="below 480 is off"),
        pytest.param("3%", "2 pp", "1", RISK, id="3% - 2 pp = 1%"),
        pytest.param("3%", "2 pp", "0.99", OFF, id="below 1% is off"),
        pytest.param("3%", "10%", "2.7", RISK, id="10% of 3% is 0.3 pp: 2.7% is at risk"),
        pytest.param("3%", "10%", "2.69", OFF, id="and not 10 pp: 2.69% is off"),
        pytest.param("40..60%", "5 pp", "65", RISK, id="60% + 5 pp = 65%"),
        pytest.param("3 kr", "33.3%", "2.001", RISK, id="3 - 0.999 = 2.001, reckoned exactly"),
        pytest.param("3 kr", "33.3%", "2.000999999999", OFF, id="and not rounded"),
    ],
)
def test_the_tolerance_is_a_share_of_the_targets_size_or_absolute(
    target: str, tolerance: str, actual: str, expected: Status
) -> None:
    assert status(target, actual, tolerance) is expected


def test_without_a_word_about_it_the_tolerance_is_a_tenth() -> None:
    toml = '[kpis.it]\ntarget = "500"'
    found = [
        judged(board(toml, f"it 2026-10 {actual}"), "it", "2026-10").status
        for actual in ("450", "449")
    ]
    assert found == [RISK, OFF]


@pytest.mark.parametrize(
    ("direction", "actual", "expected"),
    [("higher", "501", ON), ("higher", "499", RISK), ("lower", "499", ON), ("lower", "501", RISK)],
)
def test_a_target_without_a_sign_follows_the_direction(
    direction: str, actual: str, expected: Status
) -> None:
    toml = f'[kpis.it]\ntarget = "500"\ndirection = "{direction}"'
    assert judged(board(toml, f"it 2026-10 {actual}"), "it", "2026-10").status is expected


@pytest.mark.parametrize(
    ("target", "actual", "variance", "is_favourable"),
    [
        pytest.param("500 kr", "480", -20, False, id="480 - 500 = -20, and more is better"),
        pytest.param("500 kr", "520", 20, True, id="520 - 500 = 20"),
        pytest.param("500 kr", "500", 0, None, id="500 - 500 = 0 is neither"),
        pytest.param("<60%", "58", -2, True, id="58 - 60 = -2, and less is better"),
        pytest.param("<60%", "61", 1, False, id="61 - 60 = 1"),
        pytest.param("<60%", "60", 0, None, id="a strict sign misses at zero, which is neither"),
        pytest.param("-100 kr", "-90", 10, True, id="-90 - -100 = 10"),
        pytest.param("40..60%", "50", 0, None, id="inside a range it is 0"),
        pytest.param("40..60%", "40", 0, None, id="on its edge too"),
        pytest.param("40..60%", "37", -3, False, id="37 - 40 = -3, and outside is never good"),
        pytest.param("40..60%", "64.5", Fraction(9, 2), False, id="64.5 - 60 = 4.5"),
        pytest.param("0.3", "0.1", Fraction(-1, 5), False, id="0.1 - 0.3 = -0.2 to the last digit"),
    ],
)
def test_the_variance_is_actual_minus_target(
    target: str, actual: str, variance: Fraction, *, is_favourable: bool | None
) -> None:
    one = judged(board(f'[kpis.it]\ntarget = "{target}"', f"it 2026-10 {actual}"), "it", "2026-10")
    assert one.variance == variance
    assert one.is_favourable is is_favourable


def test_an_actual_without_a_target_is_not_judged() -> None:
    one = judged(board("[kpis.it]", "it 2026-10 7"), "it", "2026-10")
    assert told(one) == "2026-10 no_target 7: no target"
    assert (one.variance, one.is_favourable) == (None, None)


@pytest.mark.parametrize(
    ("records", "period", "expected"),
    [
        pytest.param((), "2026-10", "nothing recorded for 2026-10", id="never recorded"),
        pytest.param(("it 2026-09 7",), "2026-10", "nothing recorded for 2026-10", id="a gap"),
        pytest.param((), "2026-12", "2026-12 has not begun", id="a month that has not begun"),
        pytest.param(
            ("it 2026-10 7", "it 2026-10 none"),
            "2026-10",
            "nothing recorded for 2026-10",
            id="null",
        ),
        pytest.param(
            ("it 2026-10 7",),
            "2026-Q4",
            "no rollup says how a quarter is made of monthly ones",
            id="no roll-up",
        ),
    ],
)
def test_no_data_always_comes_with_the_reason(
    records: tuple[str, ...], period: str, expected: str
) -> None:
    one = judged(board('[kpis.it]\ntarget = "7"', *records), "it", period)
    assert (one.status, one.reason) == (Status.NO_DATA, expected)
    assert one.actual is None
    assert one.variance is None


def test_the_target_is_shown_where_there_is_no_actual() -> None:
    one = judged(board('[kpis.it]\ntarget = "7"'), "it", "2026-10")
    assert one.target is not None
    assert one.target.show() == "7"


def test_what_supports_a_kpi_never_changes_its_status() -> None:
    toml = '[kpis.it]\ntarget = "7"\n[kpis.part]\ntarget = "9"\nsupports = "it"'
    scorecard = board(toml, "it 2026-10 7", "part 2026-10 1")
    found = [judged(scorecard, id, "2026-10").status for id in ("it", "part")]
    assert found == [ON, OFF]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        pytest.param(
            "monthly_revenue", "2026-10 at_risk 480000 (-20000)", id="480 of 500 thousand"
        ),
        pytest.param("conversion_rate", "2026-10 on_target 3.2 (0.2)", id="3.2 against 3 percent"),
        pytest.param("avg_order_value", "2026-10 at_risk 750 (-50)", id="750 of 800 kr"),
        pytest.param("cart_abandonment", "2026-10 on_target 58 (-2)", id="58 is below 60 percent"),
    ],
)
def test_the_reference_case(id: str, expected: str) -> None:
    toml = """
        [kpis.monthly_revenue]
        target = "500,000 kr"
        rollup = "sum"
        [kpis.conversion_rate]
        target = "3%"
        [kpis.avg_order_value]
        target = "800 kr"
        [kpis.cart_abandonment]
        target = "<60%"
    """
    records = (
        "monthly_revenue 2026-10 480000",
        "conversion_rate 2026-10 3.2",
        "avg_order_value 2026-10 750",
        "cart_abandonment 2026-10 58",
    )
    assert told(judged(board(toml, *records), id, "2026-10")) == expected
