"""Fiscal quarters and years: how they are written, and what each label is taken for."""

from datetime import date

import pytest

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN, Calendar, calendar_of
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period, period_of, read_period, recorded_period

APRIL, JANUARY = calendar_of("04"), calendar_of("01")
TODAY = date(2026, 11, 28)


def named(text: str, calendar: Calendar = APRIL) -> Period:
    return named_period(text, Frequency.MONTHLY, TODAY, calendar=calendar)


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("FY2026", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY2026-Q1", "FY2026-Q1", "2025-04-01", "2025-06-30"),
        ("FY2026-Q4", "FY2026-Q4", "2026-01-01", "2026-03-31"),
        ("fy2026", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY 2026", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY26", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY2025/26", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY2025/2026", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY25-26", "FY2026", "2025-04-01", "2026-03-31"),
        ("FY2011/12", "FY2012", "2011-04-01", "2012-03-31"),
        ("2025/26", "FY2026", "2025-04-01", "2026-03-31"),
        ("2011/12", "2011-12", "2011-12-01", "2011-12-31"),
        ("Q1 2025/26", "FY2026-Q1", "2025-04-01", "2025-06-30"),
        ("Aug 2025/26", "2025-08", "2025-08-01", "2025-08-31"),
        ("FY26 Mar", "2026-03", "2026-03-01", "2026-03-31"),
        ("Q3 FY2026", "FY2026-Q3", "2025-10-01", "2025-12-31"),
        ("FY26 Q2", "FY2026-Q2", "2025-07-01", "2025-09-30"),
        ("fy2026q2", "FY2026-Q2", "2025-07-01", "2025-09-30"),
        ("Q1 FY2026/27", "FY2027-Q1", "2026-04-01", "2026-06-30"),
        ("last year", "FY2026", "2025-04-01", "2026-03-31"),
        ("this year", "FY2027", "2026-04-01", "2027-03-31"),
        ("current quarter", "FY2027-Q3", "2026-10-01", "2026-12-31"),
        ("last quarter", "FY2027-Q2", "2026-07-01", "2026-09-30"),
        ("2026-04", "2026-04", "2026-04-01", "2026-04-30"),
        ("W47 2026", "2026-W47", "2026-11-16", "2026-11-22"),
    ],
)
def test_on_a_board_whose_years_start_in_april(
    text: str, label: str, first: str, last: str
) -> None:
    period = named(text)
    assert str(period) == label
    assert (period.start, period.end) == (
        date.fromisoformat(first),
        date.fromordinal(date.fromisoformat(last).toordinal() + 1),
    )


@pytest.mark.parametrize(
    ("text", "calendar", "message", "hint"),
    [
        (
            "2026",
            APRIL,
            "'2026' is a calendar year, and years here start in month 04",
            "write FY2026, which starts in 2025-04",
        ),
        (
            "Q1 2026",
            APRIL,
            "'2026-Q1' is a calendar quarter, and years here start in month 04",
            "write FY2026-Q1, which starts in 2025-04; the days of 2026-Q1 are FY2026-Q4",
        ),
        (
            "2026-Q1",
            calendar_of("02"),
            "'2026-Q1' is a calendar quarter, and years here start in month 02",
            "write FY2026-Q1, which starts in 2025-02",
        ),
        (
            "2026-Q2",
            JANUARY,
            "'2026-Q2' is a calendar quarter, and years here start in month 01",
            "write FY2026-Q2, which starts in 2026-04",
        ),
        (
            "FY2026-Q1",
            PLAIN,
            "'FY2026-Q1' is fiscal, and the years of this board are not",
            'write 2026-Q1, or say in which month years start: year_starts = "04" at the top',
        ),
        (
            "FY25/26",
            PLAIN,
            "'FY2026' is fiscal, and the years of this board are not",
            'write 2026, or say in which month years start: year_starts = "04" at the top',
        ),
        (
            "FY2026-Q5",
            APRIL,
            "'FY2026-Q5': quarters run from Q1 to Q4",
            "write 2026-11-22, 2026-W47, 2026-11, FY2026-Q4 or FY2026",
        ),
        (
            "FY1900",
            APRIL,
            "'FY1900': years run from 1901 to 2999",
            "write 2026-11-22, 2026-W47, 2026-11, FY2026-Q4 or FY2026",
        ),
        (
            "2026-13",
            APRIL,
            "'2026-13': months run from 01 to 12",
            "write 2026-11-22, 2026-W47, 2026-11, FY2026-Q4 or FY2026",
        ),
    ],
)
def test_a_label_of_another_calendar_is_refused_with_the_own_one(
    text: str, calendar: Calendar, message: str, hint: str
) -> None:
    with pytest.raises(NotationError) as refusal:
        named(text, calendar)
    assert (refusal.value.message, refusal.value.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        "FY2026-04",
        "FY2026-W10",
        "FY2025/27",
        "FY2026 Q1 Q2",
        "Q1 FY2026 Q1",
        "FY",
        "FYQ1",
        "FY2026-11-22",
        "FY26 W3",
    ],
)
def test_what_is_no_fiscal_period_is_refused(text: str) -> None:
    with pytest.raises(NotationError):
        named(text)


def test_two_years_are_one_more_than_a_year_from_january_has() -> None:
    assert str(named("FY26", JANUARY)) == "FY2026"
    with pytest.raises(NotationError):
        named("FY2025/26", JANUARY)


def test_a_label_in_a_log_is_of_the_calendar_that_it_was_written_in() -> None:
    assert recorded_period("2026", APRIL) == read_period("2026")
    assert recorded_period("FY2026", APRIL) == read_period("FY2026", APRIL)
    stray = recorded_period("FY2026-Q2")
    assert str(stray) == "FY2026-Q2"
    assert stray != read_period("2026-Q2")


def test_days_weeks_and_months_are_of_no_calendar() -> None:
    for frequency in Frequency:
        is_plain = period_of(TODAY, frequency, APRIL) == period_of(TODAY, frequency)
        assert is_plain is not frequency.is_fiscal
