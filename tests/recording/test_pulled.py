"""Which periods a source is asked for, by what was recorded and pulled before."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import read_period
from kpicli.model.record import Record, Series
from kpicli.model.scorecard import Clock, Scorecard
from kpicli.recording.pulled import Outcome, outcome, periods_to_ask, round_sum

CLOCK = Clock(date(2026, 11, 29), lambda at: date.fromisoformat(at[:10]))


def asked(
    *records: tuple[str, str, str], restate: int = 0, has_current: bool = False, until: str = ""
) -> str:
    """The first and the last month, by records as period, day of the pull and source."""
    last = read_period(until) if until else None
    kpi = Kpi(id="visits", frequency=Frequency.MONTHLY, until=last)
    made = [
        Record(kpi.id, read_period(label), Decimal(5), f"{at}T08:00:00.000000Z", source=source)
        for label, at, source in records
    ]
    series = Series({record.period: record for record in made}, {})
    scorecard = Scorecard(Definitions(kpis={kpi.id: kpi}, goals={}), {kpi.id: series}, CLOCK)
    periods = periods_to_ask(scorecard, kpi, restate, None, has_current=has_current)
    return f"{periods[0]} to {periods[-1]}" if periods else "nothing"


@pytest.mark.parametrize(
    ("records", "months"),
    [
        ([], "2026-10 to 2026-10"),
        ([("2026-08", "2026-09-01", "shop")], "2026-09 to 2026-10"),
        ([("2026-10", "2026-11-01", "shop")], "nothing"),
        ([("2026-10", "2026-11-01", "")], "nothing"),
        ([("2026-10", "2026-10-15", "shop")], "2026-10 to 2026-10"),
        ([("2026-10", "2026-10-15", "")], "nothing"),
        ([("2026-10-01", "2026-10-15", "shop")], "2026-10 to 2026-10"),
        (
            [("2026-10-01", "2026-10-02", "shop"), ("2026-10-02", "2026-11-09", "")],
            "2026-10 to 2026-10",
        ),
        ([("2026-10-01", "2026-10-02", ""), ("2026-10-31", "2026-11-01", "shop")], "nothing"),
        (
            [("2026-08", "2026-08-20", "shop"), ("2026-10", "2026-11-01", "shop")],
            "2026-08 to 2026-10",
        ),
    ],
)
def test_what_is_asked_since_the_last_actual(
    records: list[tuple[str, str, str]], months: str
) -> None:
    assert asked(*records) == months


def test_the_latest_that_may_change_are_asked_again() -> None:
    assert asked(("2026-10", "2026-11-01", "shop"), restate=3) == "2026-08 to 2026-10"


def test_the_open_one_is_asked_for_where_that_is_wanted() -> None:
    assert asked(("2026-10", "2026-11-01", "shop"), has_current=True) == "2026-11 to 2026-11"


def test_nothing_is_asked_for_a_kpi_that_is_kept_no_longer() -> None:
    assert asked(("2026-08", "2026-09-01", "shop"), until="2026-09") == "2026-09 to 2026-09"
    assert asked(("2026-09", "2026-10-01", "shop"), until="2026-09", has_current=True) == "nothing"


@pytest.mark.parametrize(
    ("standing", "at", "restate", "result"),
    [
        ("2026-09", "2026-10-01", 0, Outcome.OUT_OF_REACH),
        ("2026-09", "2026-10-01", 1, Outcome.OUT_OF_REACH),
        ("2026-09", "2026-10-01", 2, Outcome.RESTATED),
        ("2026-09", "2026-09-20", 0, Outcome.RESTATED),
        ("2026-09-03", "2026-10-01", 1, Outcome.OUT_OF_REACH),
        ("2026-09-03", "2026-10-01", 2, Outcome.RESTATED),
        ("2026-11-03", "2026-11-04", 0, Outcome.RESTATED),
    ],
)
def test_another_value_is_recorded_where_the_own_period_is_in_reach(
    standing: str, at: str, restate: int, result: Outcome
) -> None:
    kpi = Kpi(id="visits", frequency=Frequency.MONTHLY)
    period = read_period(standing)
    old = Record(kpi.id, period, Decimal(5), f"{at}T08:00:00.000000Z", source="shop")
    scorecard = Scorecard(
        Definitions(kpis={kpi.id: kpi}, goals={}), {kpi.id: Series({period: old}, {})}, CLOCK
    )
    assert outcome(scorecard, kpi, Record(kpi.id, period, Decimal(6), ""), restate) is result
    by_hand = scorecard._replace(series={kpi.id: Series({period: old._replace(source="")}, {})})
    assert outcome(by_hand, kpi, Record(kpi.id, period, Decimal(6), ""), restate) is Outcome.PERSON


@pytest.mark.parametrize(
    ("sum", "meant"),
    [
        ("90931990.02999967", "90931990.03"),
        ("0.30000000000000004", "0.3"),
        ("-1234.5600000000001", "-1234.56"),
        ("0.333333333333", ""),
        ("1.4142135623730951", ""),
        ("90931990.03", ""),
        ("123456789012345678", ""),
        ("0", ""),
    ],
)
def test_a_sum_of_binary_fractions_is_told_from_a_number(sum: str, meant: str) -> None:
    assert round_sum(Decimal(sum)) == (Decimal(meant) if meant else None)
