"""The benchmark of forecasts, on a few made-up series: that it measures, and what it catches."""

import json
from math import pi, sin
from pathlib import Path
from random import Random

import pytest

from kpicli.stats.forecast import predictive_distribution
from kpicli.stats.predictive_distribution import PredictiveDistribution
from tests.benchmarks import accuracy
from tests.benchmarks.accuracy import Series, read
from tests.benchmarks.competitors import METHODS, forecasts


def series(count: int = 30) -> list[Series]:
    random = Random(1)  # noqa: S311 - to be guessed is what it is for
    made = []
    for number in range(count):
        months = [
            100 + number + month + 20 * sin(month / 6 * pi) + random.gauss(0, 5)
            for month in range(66)
        ]
        made.append(Series("MONTHLY", months[:48], months[48:]))
    return made


def test_each_method_forecasts_as_far_as_is_asked() -> None:
    known = series(1)[0].known
    assert {
        name: len(points) for name, points in forecasts(known, 12, 18).items()
    } == dict.fromkeys(METHODS, 18)


def test_a_straight_line_goes_on_by_what_each_method_is() -> None:
    points = forecasts([float(value) for value in range(10, 40)], 1, 3)
    assert points["Naive 2"] == [39.0] * 3
    assert points["Holt"] == pytest.approx([40, 41, 42])
    theta = [
        later - before for before, later in zip(points["Theta"], points["Theta"][1:], strict=False)
    ]
    assert theta == pytest.approx([0.5, 0.5])


def test_the_scores_are_those_of_the_competitions() -> None:
    one = Series("YEARLY", [1.0, 3.0, 5.0], [10.0, 10.0])
    assert one.smape([10.0, 30.0]) == [0.0, 100.0]
    assert one.mase([10.0, 30.0]) == 5.0


def test_a_series_that_never_moves_has_no_scaled_error() -> None:
    assert Series("YEARLY", [1.0, 1.0], [2.0]).mase([1.0]) is None


def test_series_are_read_as_they_are_published(tmp_path: Path) -> None:
    file = tmp_path / "series.json"
    file.write_text(json.dumps([{"sn": "Y1", "period": "YEARLY", "x": [1, 2], "xx": [3]}]))
    assert list(read(file)) == [Series("YEARLY", [1.0, 2.0], [3.0])]


def test_what_it_promises_is_seen_to_be_held_and_to_be_missed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = series()
    outlooks = [found for one in made if (found := predictive_distribution(one.known, 12, 18))]
    narrow = [
        PredictiveDistribution(one.middles, tuple(x / 9 for x in one.spreads)) for one in outlooks
    ]
    wrong = [one._replace(middles=tuple(2 * x for x in one.middles)) for one in outlooks]
    assert accuracy.is_accurate(made, outlooks)
    assert not accuracy.is_accurate(made, wrong)
    assert not accuracy.is_held(made, narrow)
    assert not accuracy.come_true(made, wrong)
    assert "steady climbs" not in capsys.readouterr().out
    rising = [Series("YEARLY", [*map(float, range(30))], [0.0] * 18) for _ in made]
    assert not accuracy.come_true(rising, wrong)
    assert "steady climbs, Brier" in capsys.readouterr().out


def test_percentages_that_moved_are_as_sure_as_is_said() -> None:
    assert accuracy.are_percentages_held()


def test_unsteady_months_and_counts_are_as_sure_as_is_said() -> None:
    assert accuracy.are_unsteady_held()
