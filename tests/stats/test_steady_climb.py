"""A climb is told from a step, and both from noise."""

from random import Random

import pytest

from kpicli.stats.mann_kendall import climb_sign

WOBBLE = [0.3, -0.8, 1.1, 0.2, -0.5, -1.2, 0.9, 0.4]


def series(slope: float = 0.0, step: float = 0.0, count: int = 24) -> list[float]:
    return [WOBBLE[at % 8] + slope * at + step * (at >= count // 2) for at in range(count)]


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        pytest.param(series(slope=0.3), 1, id="a climb"),
        pytest.param(series(slope=-0.3), -1, id="a fall"),
        pytest.param(series(step=3), 0, id="a step"),
        pytest.param(series(), 0, id="noise"),
        pytest.param(series(slope=0.3)[:7], 0, id="too few to tell"),
        pytest.param([5.0] * 20, 0, id="what never moves"),
        pytest.param(series(slope=-1, count=30) + series(slope=0.3, count=36), 1, id="of late"),
    ],
)
def test_a_line_has_to_tell_it_better_than_a_step(values: list[float], sign: int) -> None:
    assert climb_sign(values) == sign


def test_of_stable_series_almost_none_climbs() -> None:
    random = Random(1)  # noqa: S311 - what was found comes again
    found = [climb_sign([random.gauss(0, 1) for _ in range(24)]) for _ in range(300)]
    assert sum(map(abs, found)) <= 6
