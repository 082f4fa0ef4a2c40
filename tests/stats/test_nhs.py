"""Limits beside those that others publish: NHSRplotthedots 0.2.2, on its own cases.

The numbers are what its repository holds: `tests/testthat/_snaps/ptd_spc_standard.md` to seven
digits for the 20 values of `set.seed(123); rnorm(20)`, as they are and with the fifteenth as 10,
screened and not; `vignettes/deviations.Rmd` to two decimals. What no page has in print is worked
out by the formulas of `R/ptd_spc_standard.R`, in `by_their_formulas`.
"""

from fractions import Fraction
from itertools import pairwise
from math import isclose
from statistics import fmean

import pytest

from kpicli.stats.control_limits import control_limits
from kpicli.stats.signal_runs import SignalRule, signal_runs
from tests.benchmarks.false_alarms import drawn

NORMAL = (
    "-0.56047565 -0.23017749 1.55870831 0.07050839 0.12928774 1.71506499 0.46091621 -1.26506123 "
    "-0.68685285 -0.44566197 1.22408180 0.35981383 0.40077145 0.11068272 -0.55584113 1.78691314 "
    "0.49785048 -1.96661716 0.70135590 -0.47279141"
)
WITH_TEN = NORMAL.replace("-0.55584113", "10")
SPIKE = "1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1"


def exact(text: str) -> list[Fraction]:
    return [Fraction(word) for word in text.split()]


@pytest.mark.parametrize(
    ("values", "is_screened", "low", "mean", "high"),
    [
        pytest.param(NORMAL, True, "-3.01138", "0.1416238", "3.294627", id="as they are"),
        pytest.param(WITH_TEN, True, "-2.383666", "0.6694159", "3.722497", id="screened"),
        pytest.param(WITH_TEN, False, "-4.596625", "0.6694159", "5.935457", id="not screened"),
        pytest.param(SPIKE, True, "-0.72", "1.94", "4.6", id="the vignette, screened"),
        pytest.param(SPIKE, False, "-3.06", "1.94", "6.95", id="the vignette, as in Excel"),
    ],
)
def test_limits_agree_with_what_they_publish(
    values: str, low: str, mean: str, high: str, *, is_screened: bool
) -> None:
    """Each to the last digit that is in print."""
    limits = control_limits(exact(values), is_screened=is_screened)
    assert limits is not None
    for edge, printed in zip(limits, (low, mean, high), strict=True):
        places = len(printed.partition(".")[2])
        assert f"{float(edge):.{places}f}" == f"{float(printed):.{places}f}"


def by_their_formulas(values: list[float], *, is_screened: bool) -> tuple[float, float]:
    """`lpl` and `upl` of `ptd_spc_standard`."""
    moves = [abs(later - before) for before, later in pairwise(values)]
    mean_move = fmean(moves)
    kept = [move for move in moves if move < 3.267 * mean_move] if is_screened else moves
    return fmean(values) - 2.66 * fmean(kept), fmean(values) + 2.66 * fmean(kept)


@pytest.mark.parametrize("is_screened", [True, False])
@pytest.mark.parametrize("kind", ["normal", "skewed", "leaning"])
def test_limits_agree_with_their_formulas_to_six_digits(kind: str, *, is_screened: bool) -> None:
    for values in drawn(kind, 100, 5):
        limits = control_limits([Fraction(value) for value in values], is_screened=is_screened)
        assert limits is not None
        theirs = by_their_formulas([float(value) for value in values], is_screened=is_screened)
        for ours, their in zip((limits.low, limits.high), theirs, strict=True):
            assert isclose(float(ours), their, rel_tol=1e-9, abs_tol=1e-6)


def test_a_pair_on_opposite_sides_is_no_signal_as_there() -> None:
    """`test-ptd_spc_standard.R`: sixteen values of which the last two are near either limit."""
    values = exact("1 -1 " * 7 + "5.5 -5.5")
    near = [
        run for run in signal_runs(values, control_limits(values)) if run.rule is SignalRule.NEAR
    ]
    assert near == []


@pytest.mark.parametrize(
    ("values", "count"),
    [
        pytest.param("7 7 7 0", 1, id="three of four on one side"),
        pytest.param("7 -7 7 7", 0, id="one near the other limit among them"),
        pytest.param("7 -7 7 -7", 0, id="two on either side"),
    ],
)
def test_values_near_both_limits_are_a_wide_swing_and_no_signal(values: str, count: int) -> None:
    wobble = exact("3 -3 " * 10)
    limits = control_limits(wobble, 6)
    assert limits is not None
    narrow = limits._replace(low=Fraction(-10), mean=Fraction(0), high=Fraction(10))
    runs = [run for run in signal_runs(exact(values), narrow) if run.rule is SignalRule.NEAR]
    assert len(runs) == count
