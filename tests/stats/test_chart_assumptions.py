"""What makes limits wider: values that are plainly skewed, or that lean on each other."""

from fractions import Fraction
from random import Random

import pytest

from kpicli.stats.control_limits import RUN, ChartAssumptions, chart_assumptions
from tests.benchmarks.false_alarms import KINDS


def assumed(numbers: list[float]) -> ChartAssumptions:
    return chart_assumptions([Fraction(str(round(number, 4))) for number in numbers])


def drawn(kind: str, count: int = 36) -> list[list[float]]:
    random = Random(kind)  # noqa: S311 - what was found comes again
    return [KINDS[kind](random, count) for _ in range(200)]


def share(kind: str, count: int = 36) -> float:
    """The percentage of random series with wider limits."""
    return sum(assumed(values).width > 1 for values in drawn(kind, count)) / 2


def test_of_independent_normal_values_few_seem_to_be_something_else() -> None:
    assert share("normal") <= 10


def test_of_skewed_ones_most_are_seen_where_there_are_enough() -> None:
    assert share("skewed") >= 50
    assert share("skewed", 60) >= 90


def test_limits_of_skewed_values_are_as_wide_as_chan_and_cui_have_them() -> None:
    one = assumed(drawn("skewed", 60)[0])
    k = one.skewness
    assert k > 1
    assert float(one.width) == pytest.approx((3 + 4 * k / 3 / (1 + k * k / 5)) / 3, abs=0.001)
    assert one.run > RUN


def test_values_that_lean_on_the_one_before_have_wider_limits_and_longer_runs() -> None:
    random = Random(4)  # noqa: S311 - what was found comes again
    value, values = 0.0, []
    for _ in range(60):
        value = 0.7 * value + random.gauss(0, 0.7)
        values.append(value)
    one = assumed(values)
    assert one.correlation == pytest.approx(0.7, abs=0.2)
    assert float(one.width) == pytest.approx((1 - one.correlation) ** -0.5, abs=0.001)
    assert one.run > 10


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([1.0, 50.0] * 5, id="fewer than twelve"),
        pytest.param([5.0] * 20, id="what never moves"),
        pytest.param([float(at) for at in range(20)], id="a straight climb"),
        pytest.param([9.0, 11.0, 10.0, 12.0, 8.0] * 5 + [40.0], id="an outlier at the end"),
        pytest.param([9.0, 11.0, 40.0, 12.0, 8.0] + [10.0, 12.0, 9.0, 8.0] * 5, id="and before"),
        pytest.param([9.0, 11.0, 10.0, 12.0, 8.0] * 3 + [19.0, 21.0, 20.0, 18.0] * 4, id="a shift"),
    ],
)
def test_what_signals_are_there_to_tell_widens_nothing(numbers: list[float]) -> None:
    assert assumed(numbers) == ChartAssumptions()
