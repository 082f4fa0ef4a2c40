"""The benchmark of months under way: that it measures, and what it catches."""

import pytest

from tests.benchmarks import nowcasts


def test_a_month_of_each_board_is_told_on_a_day_of_each_fifth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = list(nowcasts.tell("weekdays", 1))
    assert [each.fifth for each in told] == [*range(5)]
    assert told[0].error < 0.3
    right = [
        each._replace(is_held={80: at < 80, 95: at < 95}) for each in told for at in range(100)
    ]
    assert nowcasts.are_held(right)
    assert not nowcasts.are_held([each._replace(is_held={80: True, 95: True}) for each in right])
    assert not nowcasts.come_true([each._replace(chance=0.9, is_true=False) for each in told])
    assert "Brier" in capsys.readouterr().out
