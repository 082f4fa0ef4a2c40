from datetime import date, timedelta
from fractions import Fraction

import pytest

from kpicli.analysis.kpi_forecast import TargetOdds
from kpicli.analysis.nowcast import nowcast
from kpicli.model.period import read_period
from kpicli.model.record import Actual
from kpicli.stats.predictive_distribution import PredictiveDistribution
from tests.analysis.test_kpi_forecast_periods import months
from tests.evaluation.board import board, defined

WAVERING = ["50", "60", "40", "55", "45", "52", "48", "58", "50"]
STEADY = ["50"] * 9
HALF = Actual(Fraction(30), read_period("2026-11"), read_period("2026-11-16").start)
"""Thirty after fifteen of thirty days."""


def chances(lines: str, *records: str, today: str = "2026-11-05") -> tuple[TargetOdds, ...]:
    scorecard = board(f"[kpis.it]\n{lines}", *records, today=today)
    kpi = scorecard.definitions.kpis["it"]
    odds = (scorecard.odds(kpi, step) for step in scorecard.forecast(kpi).steps)
    return tuple(filter(None, odds))


@pytest.mark.parametrize(
    ("target", "met", "off"),
    [
        pytest.param("50", 1, 0, id="met to the point"),
        pytest.param(">50", 0, 0, id="strictly not, but at risk alone"),
        pytest.param("<=50", 1, 0, id="at most"),
        pytest.param("<50", 0, 0, id="strictly not below"),
        pytest.param("51", 0, 0, id="at risk is neither"),
        pytest.param("60", 0, 1, id="beyond the tolerance"),
        pytest.param("<40", 0, 1, id="beyond that of at most"),
        pytest.param("40..60", 1, 0, id="within a range"),
        pytest.param("52..60", 0, 0, id="at risk below a range"),
        pytest.param("20..30", 0, 1, id="above it, by far"),
    ],
)
def test_of_what_never_moves_it_is_nearly_certain(target: str, met: float, off: float) -> None:
    (first, *_) = chances(f'target = "{target}"', *months(STEADY))
    left = 1 / (len(STEADY) + 2)
    assert (first.met, first.off) == pytest.approx((met, off), abs=left)


def test_a_target_in_the_middle_is_met_as_often_as_not() -> None:
    scorecard = board("[kpis.it]", *months(WAVERING), today="2026-11-05")
    point = scorecard.forecast(scorecard.definitions.kpis["it"]).steps[0].point
    (first, *_) = chances(f'target = "{point:.9f}"', *months(WAVERING))
    assert first.met == pytest.approx(0.5, abs=0.01)


def test_the_more_is_asked_the_less_likely_it_is() -> None:
    firsts = [chances(f'target = "{wanted}"', *months(WAVERING))[0] for wanted in (30, 45, 55, 80)]
    met = [one.met for one in firsts]
    assert met == sorted(met, reverse=True)
    assert [one.met + one.off <= 1 for one in firsts] == [True] * 4


def test_at_least_and_at_most_are_all_there_is() -> None:
    least, most = (chances(f'target = "{sign}52"', *months(WAVERING))[0] for sign in (">=", "<"))
    assert least.met + most.met == pytest.approx(1)


def test_there_are_odds_in_every_period_to_come_that_has_a_target() -> None:
    found = chances('targets = { "2027-01" = "50" }', *months(WAVERING))
    assert [str(one.period) for one in found][:2] == ["2027-01", "2027-02"]
    assert len(found) == 7


def test_and_of_a_climb_at_its_end() -> None:
    climb = 'baseline = "40"\nstart = "2026-02"\nby = "2027-02"'
    low, high = (
        {str(one.period): one for one in chances(f'target = "{end}"\n{climb}', *months(WAVERING))}
        for end in (55, 90)
    )
    assert high["2027-02"].target.number == 90
    assert high["2027-02"].met < low["2027-02"].met
    assert low["2026-11"].target.number < 55


def test_a_closed_period_without_an_actual_has_none() -> None:
    found = chances('target = "50"', *months(WAVERING, 9))
    assert str(found[0].period) == "2026-11"


def test_nor_has_one_for_all_of_which_an_actual_stands() -> None:
    found = chances('target = "50"', *months(WAVERING), "it 2026-11 70 on 2026-11-04")
    assert str(found[0].period) == "2026-12"


def test_what_stands_of_a_sum_counts() -> None:
    lines = 'target = "50"\nrollup = "sum"'
    today = "2026-11-16"
    before = chances(lines, *months(WAVERING), today=today)[0]
    behind = chances(lines, *months(WAVERING), "it 2026-11-15 10", today=today)[0]
    ahead = chances(lines, *months(WAVERING), "it 2026-11-15 40", today=today)[0]
    met = chances(lines, *months(WAVERING), "it 2026-11-15 50", today=today)[0]
    assert behind.met < before.met < ahead.met < met.met == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param('rollup = "sum"', 30 + (50 + 60) / 4, id="half by its pace, half as before"),
        pytest.param('rollup = "mean"', (30 + (30 + 50) / 2) / 2, id="a mean goes on likewise"),
        pytest.param('rollup = "last"', 30, id="the last is the best guess of the last"),
        pytest.param('formula = "a / b"', (30 + (30 + 50) / 2) / 2, id="and a ratio"),
    ],
)
def test_half_of_a_period_tells_half_of_it(lines: str, expected: float) -> None:
    kpi = defined(f"[kpis.it]\n{lines}\n[kpis.a]\n[kpis.b]").kpis["it"]
    found = nowcast(kpi, HALF, PredictiveDistribution((50.0,), (10.0,)))
    assert found is not None
    assert found.below(expected) == pytest.approx(0.5)
    assert found.below(expected - 10) == pytest.approx(found.above(expected + 10))


@pytest.mark.parametrize(("rollup", "expected"), [("sum", 30 + (50 + 60) / 4), ("mean", 35)])
def test_nor_less_where_nothing_ever_moved(rollup: str, expected: float) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    found = nowcast(kpi, HALF, PredictiveDistribution((50.0,), (0.0,)))
    assert found is not None
    assert (found.below(expected - 1), found.above(expected + 1)) == (0, 0)


def test_half_of_it_is_less_unsure() -> None:
    kpi = defined('[kpis.it]\nrollup = "sum"').kpis["it"]
    ahead = PredictiveDistribution((50.0,), (10.0,))
    found = nowcast(kpi, HALF, ahead)
    assert found is not None
    assert found.below(55 - 10) < ahead.chance_below(0, 50 - 10)


@pytest.mark.parametrize(
    ("rollup", "edge", "expected"),
    [
        pytest.param("max", 30.0, 0, id="the most is at least what it is"),
        pytest.param("min", 30.1, 1, id="the least at most"),
    ],
)
def test_an_extreme_only_gets_more_extreme(rollup: str, edge: float, expected: float) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    found = nowcast(kpi, HALF, PredictiveDistribution((30.0,), (10.0,)))
    assert found is not None
    assert found.below(edge) == expected


@pytest.mark.parametrize(
    ("days", "more"),
    [
        pytest.param(0, 1 - 0.5, id="all days are left"),
        pytest.param(15, 1 - 0.5**0.5, id="half of them"),
        pytest.param(27, 1 - 0.5**0.1, id="three of thirty"),
        pytest.param(30, 0, id="none"),
    ],
)
@pytest.mark.parametrize("rollup", ["max", "min"])
def test_an_extreme_is_the_less_likely_to_grow_the_fewer_days_are_left(
    rollup: str, days: int, more: float
) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    until = HALF.period.start + timedelta(days=days)
    stands = HALF._replace(number=Fraction(30 if rollup == "max" else 70), measured_to=until)
    found = nowcast(kpi, stands, PredictiveDistribution((50.0,), (10.0,)))
    assert found is not None
    assert (found.above if rollup == "max" else found.below)(50) == pytest.approx(more)


@pytest.mark.parametrize("rollup", ["max", "min"])
def test_an_extreme_lies_within_its_interval_as_often_as_that_says(rollup: str) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    stands = HALF._replace(number=Fraction(0 if rollup == "max" else 100))
    found = nowcast(kpi, stands, PredictiveDistribution((50.0,), (10.0,)))
    assert found is not None
    low, high = found.interval(80)
    assert found.below(low) == pytest.approx(0.1)
    assert found.above(high) == pytest.approx(0.1)
    assert found.below(found.point) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("is_log", "number"),
    [
        pytest.param(True, 0, id="nothing, of what never was"),
        pytest.param(True, -30, id="below zero, of what never was"),
        pytest.param(False, -30, id="below a bound"),
        pytest.param(False, 130, id="above one"),
    ],
)
def test_what_stands_where_nothing_ever_stood_is_the_best_guess_all_the_same(
    number: int, *, is_log: bool
) -> None:
    kpi = defined('[kpis.it]\nrollup = "last"').kpis["it"]
    ahead = PredictiveDistribution((50.0,), (0.2 if is_log else 10.0,), is_log, 0.0, 100.0)
    found = nowcast(kpi, HALF._replace(number=Fraction(number)), ahead)
    assert found is not None
    assert found.point == number
    assert 0.01 < found.above(number + 10) < 0.3


def test_the_period_under_way_is_expected_by_what_is_known_of_it() -> None:
    lines, today = 'target = "50"\nrollup = "sum"', "2026-11-16"
    scorecard = board(f"[kpis.it]\n{lines}", *months(WAVERING), "it 2026-11-15 45", today=today)
    kpi = scorecard.definitions.kpis["it"]
    found = scorecard.forecast(kpi)
    step, after = found.steps[:2]
    assert 45 < step.low_95 < step.low_80 < step.point
    assert step.point == pytest.approx(45 + (after.point + 90) / 4, abs=3)
    first = scorecard.odds(kpi, step)
    assert first
    assert first.met > 0.9


LUMPY = [
    f"it 2026-{month:02} {value}"
    for month, value in enumerate((400, 2500, 900, 300, 3000, 700, 1800, 500, 1100), 2)
]


@pytest.mark.parametrize(
    ("day", "width"),
    [pytest.param(3, 2.0, id="early"), pytest.param(29, 0.5, id="one day before the end")],
)
def test_a_sum_that_is_nearly_there_is_nearly_known(day: int, width: float) -> None:
    parts = [f"it 2026-11-{at:02} {1200 * day / 30 / day:.2f}" for at in range(1, day + 1)]
    scorecard = board('[kpis.it]\nrollup = "sum"', *LUMPY, *parts, today=f"2026-11-{day + 1:02}")
    found = scorecard.forecast(scorecard.definitions.kpis["it"])
    step, after = found.steps[:2]
    assert step.high_80 - step.low_80 < width * (after.high_80 - after.low_80)
    assert step.low_95 >= 1200 * day / 30 - 1


def test_a_level_that_moves_as_never_before_is_followed() -> None:
    first = date(2026, 1, 1).toordinal()
    days = {date.fromordinal(at): 80 + at**3 % 41 for at in range(first, first + 318)}
    records = [f"it {day} {value - 40 * (day.month == 11)}" for day, value in days.items()]
    scorecard = board('[kpis.it]\nrollup = "sum"', *records, today="2026-11-15")
    step = scorecard.forecast(scorecard.definitions.kpis["it"]).steps[0]
    assert step.point == pytest.approx(30 * 60, rel=0.04)


@pytest.mark.parametrize(
    ("rollup", "ratio"),
    [
        pytest.param("sum", 2.72, id="of a sum the level is surer too"),
        pytest.param("mean", 2.72, id="and of a mean"),
        pytest.param("last", 2, id="the last moves with the root of the days"),
    ],
)
@pytest.mark.parametrize("is_log", [False, True])
def test_the_spread_shrinks_with_the_days_that_are_left(
    rollup: str, ratio: float, *, is_log: bool
) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    ahead = PredictiveDistribution((50.0,), (0.02 if is_log else 1.0,), is_log, doubt=0.05)
    widths = []
    for day in (6, 24):
        known = {"sum": 50 * day / 30}.get(rollup, 50)
        actual = Actual(Fraction(known), HALF.period, read_period(f"2026-11-{day + 1:02}").start)
        found = nowcast(kpi, actual, ahead)
        assert found is not None
        low, high = found.interval(80)
        widths.append(high - low)
        assert found.above(500) == pytest.approx(0.05 * (30 - day) / 30)
    assert widths[0] / widths[1] == pytest.approx(ratio, rel=0.02)


@pytest.mark.parametrize("rollup", ["sum", "mean", "last", "max", "min"])
@pytest.mark.parametrize("is_log", [False, True])
def test_on_the_last_day_what_stands_is_what_it_comes_to(rollup: str, *, is_log: bool) -> None:
    kpi = defined(f'[kpis.it]\nrollup = "{rollup}"').kpis["it"]
    whole = Actual(Fraction(30), HALF.period, HALF.period.end)
    found = nowcast(kpi, whole, PredictiveDistribution((50.0,), (1.0,), is_log, doubt=0.05))
    assert found is not None
    assert (found.point, found.interval(95)) == (30, (30, 30))
    assert (found.below(29), found.below(31), found.above(29), found.above(31)) == (0, 1, 1, 0)
