"""How much of a month is usually in by a day of it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from kpicli.analysis.pace import Pace, pace
from kpicli.model.period import read_period
from kpicli.model.record import Actual
from tests.evaluation.board import board

Day = Callable[[date], float | None]


def found(day: Day, until: str, rollup: str = "sum", months: int = 6) -> Pace | None:
    """Of days until the one before `until`, over so many months before its own."""
    today = date.fromisoformat(until)
    month = read_period(until[:7])
    earlier = [month.shift(-back) for back in range(months, 0, -1)]
    records = list(_records(day, earlier[0].start if earlier else month.start, today))
    card = board(f'[kpis.it]\nrollup = "{rollup}"', *records, today=until)
    kpi = card.definitions.kpis["it"]
    actual = card.actual(kpi, month)
    assert isinstance(actual, Actual)
    return pace(card, kpi, actual, earlier)


def _records(day: Day, first: date, end: date) -> Iterator[str]:
    while first < end:
        value = day(first)
        if value is not None:
            yield f"it {first} {value}"
        first += timedelta(days=1)


def test_days_that_are_alike_come_in_as_they_pass() -> None:
    usual = found(lambda _: 10, "2026-11-13")
    assert usual is not None
    assert usual.share == pytest.approx(12 / 30, abs=0.001)
    assert usual.periods == 6


def test_weekdays_count_as_they_did() -> None:
    """November 2026 begins on a Sunday, and has 21 working days."""
    usual = found(lambda day: 0 if day.weekday() > 4 else 10, "2026-11-09")
    assert usual is not None
    assert usual.share == pytest.approx(5 / 21, abs=0.01)


@pytest.mark.parametrize(
    ("bill", "until", "share"),
    [
        pytest.param(31, "2026-11-28", 0.46, id="on the last day"),
        pytest.param(20, "2026-11-20", 0.32, id="on the 20th, which is tomorrow"),
        pytest.param(20, "2026-11-21", 0.85, id="on the 20th, which was yesterday"),
    ],
)
def test_a_bill_is_in_or_still_to_come(bill: int, until: str, share: float) -> None:
    def day(day: date) -> float:
        return 300 if day.day == bill or (day + timedelta(days=1)).day == 1 < bill == 31 else 10

    usual = found(day, until)
    assert usual is not None
    assert usual.share == pytest.approx(share, abs=0.03)


def test_of_a_mean_the_days_weigh_alike_whatever_they_bring() -> None:
    usual = found(lambda day: 20 if day.weekday() > 4 else 10, "2026-11-02", rollup="mean")
    assert usual is not None
    assert usual.share == pytest.approx(1 / 30 * 20 / 12.9, rel=0.1)


def test_days_on_which_nothing_is_recorded_are_no_part_of_a_mean() -> None:
    usual = found(lambda day: None if day.weekday() > 4 else 10, "2026-11-09", rollup="mean")
    assert usual is not None
    assert usual.share == pytest.approx(6 / 30)


@pytest.mark.parametrize("more", [0, 9])
def test_how_far_it_strays_is_seen_in_the_months_before(more: int) -> None:
    usual = found(lambda day: 10 + more * (day.month % 2) * (day.day < 9), "2026-11-09")
    assert usual is not None
    assert (usual.strays[0] > 0.001) is (more > 0)


def test_what_falls_below_zero_has_no_share_of_a_level() -> None:
    usual = found(lambda day: -5 if day.month % 2 else 5, "2026-11-16")
    assert usual is not None
    assert not usual.is_share


@pytest.mark.parametrize("months", [0, 2])
def test_less_than_three_months_tell_nothing(months: int) -> None:
    assert found(lambda _: 10, "2026-11-13", months=months) is None
