from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

import pytest

from kpicli.stats.smoothing import Path, damped_trend, drift, line, linear_trend, simple, theta

RANDOM = Random(4)  # noqa: S311 - made up
VALUES = [RANDOM.gauss(50, 9) + 2 * place for place in range(30)]

Method = Callable[[Sequence[float]], Path]


def one_step_on(path: Path) -> list[float]:
    return path.ahead(slice(0, len(path.levels) - 1), 1)


def shares_of_errors(path: Path) -> list[float]:
    """By how much of what it was off by each level then moved (Gardner's error-correction form)."""
    steps = zip(VALUES[1:], path.levels[1:], one_step_on(path), strict=True)
    return [(level - expected) / (value - expected) for value, level, expected in steps]


def dynamic_theta(share: float, part: float) -> list[float]:
    """What it expects after each value, by the state equations of Fiorucci et al., (13) to (17)."""
    level, found = VALUES[0], []
    for count in range(2, len(VALUES)):
        level = share * VALUES[count - 1] + (1 - share) * level
        start, slope = line(VALUES[:count])
        drifted = (1 - share) ** count * start
        drifted += (1 - (1 - share) ** (count + 1)) / share * slope
        found.append(level + part * drifted)
    return found


def test_the_line_of_least_squares_starts_one_step_before_the_first_value() -> None:
    assert line([5.0, 7.0, 9.0, 11.0]) == pytest.approx((3, 2))
    assert line([1.0, 2.0, 6.0]) == pytest.approx((-2, 2.5))


@pytest.mark.parametrize("method", [damped_trend, linear_trend, drift])
def test_each_level_moves_by_one_share_of_what_was_off(method: Method) -> None:
    shares = shares_of_errors(method(VALUES))
    assert 0 < shares[0] <= 1
    assert shares == pytest.approx([shares[0]] * len(shares))


@pytest.mark.parametrize("method", [damped_trend, linear_trend])
def test_and_so_does_each_slope(method: Method) -> None:
    path = method(VALUES)
    offs = [value - point for value, point in zip(VALUES[1:], one_step_on(path), strict=True)]
    moves = [later - path.damping * slope for slope, later in pairwise(path.slopes)]
    share = moves[0] / offs[0]
    assert moves == pytest.approx([share * off for off in offs])


def test_a_drift_is_the_slope_of_the_line_through_all_values() -> None:
    assert set(drift(VALUES).slopes) == {line(VALUES)[1]}
    assert set(drift(VALUES, 1 / 2, simple(VALUES)).slopes) == {line(VALUES)[1] / 2}


def test_a_line_that_turned_round_drifts_at_each_value_by_what_was_known_then() -> None:
    path = theta(VALUES)
    part = path.slopes[-1] / line(VALUES)[1]
    known = [part * line(VALUES[:count])[1] for count in range(2, len(VALUES) + 1)]
    assert 0 < part < 1
    assert path.slopes[1:] == pytest.approx(known)


def test_theta_is_the_dynamic_optimised_model_of_its_authors() -> None:
    path = theta(VALUES)
    part = path.slopes[-1] / line(VALUES)[1]
    expected = path.ahead(slice(1, len(VALUES) - 1), 1)
    shares = [count / 20 for count in range(1, 21)]
    assert any(expected == pytest.approx(dynamic_theta(share, part)) for share in shares)


def test_a_trend_that_fades_adds_less_and_less() -> None:
    path = Path([100.0], [10.0], damping=0.5)
    assert [path.ahead(slice(0, 1), step)[0] for step in (1, 2, 3)] == [105.0, 107.5, 108.75]


def test_one_of_logarithms_grows_by_a_share_and_no_further_than_it_ever_went() -> None:
    path = Path([0.0], [0.7], is_log=True, widest=1.0)
    assert path.ahead(slice(0, 1), 1) == pytest.approx([2.0138], abs=1e-4)
    assert path.ahead(slice(0, 1), 9) == pytest.approx([2.7183], abs=1e-4)


def test_what_lies_on_a_line_goes_on_along_it() -> None:
    path = linear_trend([float(value) for value in range(10, 40)])
    assert path.ahead(slice(29, 30), 3) == pytest.approx([42])
