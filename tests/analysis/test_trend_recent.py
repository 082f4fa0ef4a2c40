from fractions import Fraction

import pytest

from kpicli.analysis.trend import TrendDirection, recent_actuals, trends
from kpicli.evaluation.lookback import trend_lookback
from kpicli.model.frequency import Frequency
from kpicli.model.period import read_period
from tests.evaluation.board import board


def latest(*records: str, frequency: Frequency | None = None, today: str = "2026-11-05") -> str:
    """The last five of what leads up to the period that is shown, `-` for a gap."""
    scorecard = board('[kpis.it]\nrollup = "sum"\ntarget = "3"', *records, today=today)
    one = scorecard.latest(scorecard.definitions.kpis["it"], frequency)
    found = recent_actuals(scorecard, one)
    assert len(found) == trend_lookback(frequency or Frequency.MONTHLY)
    return " ".join("-" if number is None else str(number) for number in found[-5:])


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(["2026-08 1", "2026-09 2", "2026-10 3"], "- - 1 2 3", id="oldest first"),
        pytest.param(["2026-08 1", "2026-10 3"], "- - 1 - 3", id="a gap is nobody's zero"),
        pytest.param(["2026-08 1", "2026-09 0"], "- - - 1 0", id="up to the latest, not to today"),
        pytest.param(
            ["2026-10 3", "2026-11-01 9", "2026-11-04 9"], "- - - - 3", id="no part of a period"
        ),
        pytest.param(["2026-09-01 1", "2026-09-30 2"], "- - - - 3", id="parts that are a whole"),
    ],
)
def test_it_is_what_closed_periods_came_to(records: list[str], expected: str) -> None:
    assert latest(*(f"it {record}" for record in records)) == expected


def test_longer_periods_are_put_beside_each_other_in_a_longer_view() -> None:
    months = [f"it 2026-{month:02} {month}" for month in range(1, 11)]
    assert latest(*months, frequency=Frequency.QUARTERLY) == "- - 6 15 24"


def test_numbers_are_exact() -> None:
    scorecard = board("[kpis.it]", "it 2026-10 0.1", today="2026-11-05")
    one = scorecard.latest(scorecard.definitions.kpis["it"])
    assert recent_actuals(scorecard, one)[-1] == Fraction(1, 10)


@pytest.mark.parametrize(
    ("length", "count"),
    [
        pytest.param(Frequency.DAILY, 12 + 7, id="days: a week more"),
        pytest.param(Frequency.WEEKLY, 12, id="weeks: a year more is too long ago"),
        pytest.param(Frequency.MONTHLY, 12 + 12, id="months: a year more"),
        pytest.param(Frequency.QUARTERLY, 12 + 4, id="quarters: a year more"),
        pytest.param(Frequency.YEARLY, 12, id="years have no season"),
    ],
)
def test_a_season_more_tells_a_trend_from_a_season(length: Frequency, count: int) -> None:
    assert trend_lookback(length) == count


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param('rebase = ["2026-09", "2026-12"]', [9, 10], id="before a known change"),
        pytest.param('formula = "1"', [], id="computed from no record"),
    ],
)
def test_what_leads_up_to_nothing(line: str, expected: list[int]) -> None:
    scorecard = board(
        f"[kpis.it]\n{line}",
        *(f"it 2026-{month:02} {month}" for month in range(6, 11)),
        today="2026-11-05",
    )
    one = scorecard.latest(scorecard.definitions.kpis["it"])
    assert recent_actuals(scorecard, one) == expected


LOW = ["10", "21", "32", "43", "11", "20", "33", "42"]
HIGH = ["60", "71", "80", "91", "61", "70", "82", "90", "60", "71", "81", "91"]


def test_a_season_is_as_long_as_the_periods_that_are_shown() -> None:
    """Three years ago it rose, and since then only the season moves its quarters."""
    first = read_period("2021-10")
    values = [value for value in LOW + HIGH for _ in range(3)]
    records = [f"it {first.shift(at)} {value}" for at, value in enumerate(values)]
    scorecard = board('[kpis.it]\nrollup = "sum"', *records, today="2026-10-05")
    one = scorecard.latest(scorecard.definitions.kpis["it"], Frequency.QUARTERLY)
    assert str(one.period) == "2026-Q3"
    assert trends(scorecard, [one])["it"].move is TrendDirection.FLAT
