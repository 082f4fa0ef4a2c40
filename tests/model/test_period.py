from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period, period_of, period_with, read_period
from tests.tiers import examples

DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY = Frequency
DAY = timedelta(days=1)

days = st.dates(date(1900, 1, 1), date(2999, 12, 31))
frequencies = st.sampled_from(Frequency)
periods = st.builds(period_of, days, frequencies)
inner = st.builds(period_of, st.dates(date(1910, 1, 1), date(2990, 12, 31)), frequencies)


@pytest.mark.parametrize(
    ("label", "frequency", "start", "end"),
    [
        pytest.param("2026-11-22", DAILY, date(2026, 11, 22), date(2026, 11, 23), id="a day"),
        pytest.param("2026-W47", WEEKLY, date(2026, 11, 16), date(2026, 11, 23), id="a week"),
        pytest.param("2026-11", MONTHLY, date(2026, 11, 1), date(2026, 12, 1), id="a month"),
        pytest.param("2026-12", MONTHLY, date(2026, 12, 1), date(2027, 1, 1), id="a last month"),
        pytest.param("2026-Q4", QUARTERLY, date(2026, 10, 1), date(2027, 1, 1), id="a quarter"),
        pytest.param("2026", YEARLY, date(2026, 1, 1), date(2027, 1, 1), id="a year"),
        pytest.param("2026-W01", WEEKLY, date(2025, 12, 29), date(2026, 1, 5), id="an early week"),
        pytest.param("2026-W53", WEEKLY, date(2026, 12, 28), date(2027, 1, 4), id="a 53rd week"),
        pytest.param("2024-02-29", DAILY, date(2024, 2, 29), date(2024, 3, 1), id="a leap day"),
        pytest.param("2024-02", MONTHLY, date(2024, 2, 1), date(2024, 3, 1), id="a leap month"),
        pytest.param("1900", YEARLY, date(1900, 1, 1), date(1901, 1, 1), id="the first year"),
        pytest.param("2999", YEARLY, date(2999, 1, 1), date(3000, 1, 1), id="the last year"),
    ],
)
def test_a_period_is_half_open(label: str, frequency: Frequency, start: date, end: date) -> None:
    period = read_period(label)
    assert (period.frequency, period.start, period.end) == (frequency, start, end)
    assert str(period) == label
    assert period.days == (end - start).days


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("2026-13", "months run from 01 to 12", id="month 13"),
        pytest.param("2026-00", "months run from 01 to 12", id="month 0"),
        pytest.param("2026-13-01", "months run from 01 to 12", id="a day of month 13"),
        pytest.param("2026-Q5", "quarters run from Q1 to Q4", id="quarter 5"),
        pytest.param("2026-Q0", "quarters run from Q1 to Q4", id="quarter 0"),
        pytest.param("2026-02-29", "2026-02 has 28 days", id="no leap day"),
        pytest.param("2024-02-30", "2024-02 has 29 days", id="after the leap day"),
        pytest.param("1900-02-29", "1900-02 has 28 days", id="no leap century"),
        pytest.param("2026-04-31", "2026-04 has 30 days", id="day 31"),
        pytest.param("2026-12-32", "2026-12 has 31 days", id="day 32"),
        pytest.param("2026-01-00", "2026-01 has 31 days", id="day 0"),
        pytest.param("2025-W53", "2025 has 52 ISO weeks", id="week 53 of a short year"),
        pytest.param("2026-W54", "2026 has 53 ISO weeks", id="week 54 of a long year"),
        pytest.param("2026-W00", "2026 has 53 ISO weeks", id="week 0"),
        pytest.param("0000", "years run from 1900 to 2999", id="year 0"),
        pytest.param("1899-12", "years run from 1900 to 2999", id="too early"),
        pytest.param("3000-W01", "years run from 1900 to 2999", id="too late"),
    ],
)
def test_an_impossible_period_is_refused_with_the_valid_range(text: str, rule: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_period(text)
    assert refused.value.message == f"'{text}': {rule}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("26-11", id="a short year"),
        pytest.param("2026-1", id="a short month"),
        pytest.param("2026-1-1", id="a short day"),
        pytest.param("2026-w47", id="a small w"),
        pytest.param("2026-q4", id="a small q"),
        pytest.param("2026W47", id="no hyphen"),
        pytest.param("20261122", id="no hyphens"),
        pytest.param("2026/11", id="a slash"),
        pytest.param("11-2026", id="the year last"),
        pytest.param("2026-11-22T00:00", id="a time"),
        pytest.param(" 2026-11", id="a space in front"),
        pytest.param("2026-06\n", id="a line end"),
        pytest.param("٢٠٢٦-٠٦", id="digits of another script"),
        pytest.param("\uff12\uff10\uff12\uff16", id="full-width digits"),
        pytest.param("2026\u201311", id="a dash"),
        pytest.param("-2026", id="a sign"),
    ],
)
def test_another_form_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(NotationError, match="is not a period") as refused:
        read_period(text)
    assert refused.value.hint == "write 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026"


@pytest.mark.parametrize(
    ("today", "is_closed", "has_begun"),
    [
        pytest.param(date(2026, 10, 31), False, False, id="the day before it"),
        pytest.param(date(2026, 11, 1), False, True, id="its first day"),
        pytest.param(date(2026, 11, 30), False, True, id="its last day"),
        pytest.param(date(2026, 12, 1), True, True, id="the day after it"),
    ],
)
def test_a_period_is_closed_once_its_last_day_is_past(
    today: date, *, is_closed: bool, has_begun: bool
) -> None:
    period = read_period("2026-11")
    assert period.is_closed(today) is is_closed
    assert period.has_begun(today) is has_begun


@pytest.mark.parametrize(
    ("shorter", "longer", "fits"),
    [
        pytest.param(DAILY, WEEKLY, True, id="days into weeks"),
        pytest.param(DAILY, MONTHLY, True, id="days into months"),
        pytest.param(DAILY, QUARTERLY, True, id="days into quarters"),
        pytest.param(DAILY, YEARLY, True, id="days into years"),
        pytest.param(WEEKLY, MONTHLY, False, id="no weeks into months"),
        pytest.param(WEEKLY, QUARTERLY, False, id="no weeks into quarters"),
        pytest.param(WEEKLY, YEARLY, True, id="weeks into ISO years"),
        pytest.param(MONTHLY, QUARTERLY, True, id="months into quarters"),
        pytest.param(MONTHLY, YEARLY, True, id="months into years"),
        pytest.param(QUARTERLY, YEARLY, True, id="quarters into years"),
        pytest.param(MONTHLY, WEEKLY, False, id="no months into weeks"),
        pytest.param(YEARLY, DAILY, False, id="no years into days"),
        pytest.param(WEEKLY, WEEKLY, True, id="a week into itself"),
    ],
)
def test_a_shorter_period_fits_into_some_longer_ones(
    shorter: Frequency, longer: Frequency, *, fits: bool
) -> None:
    assert PLAIN.fills(shorter, longer) is fits


def test_frequencies_have_a_noun_and_a_rank() -> None:
    assert [frequency.noun for frequency in Frequency] == [
        "day",
        "week",
        "month",
        "quarter",
        "year",
    ]
    assert [frequency.rank for frequency in Frequency] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("label", "frequency", "parts"),
    [
        pytest.param("2026", QUARTERLY, "2026-Q1 2026-Q2 2026-Q3 2026-Q4", id="a year's quarters"),
        pytest.param("2026-Q4", MONTHLY, "2026-10 2026-11 2026-12", id="a quarter's months"),
        pytest.param("2026-11", MONTHLY, "2026-11", id="a month's only month"),
        pytest.param(
            "2026-W01",
            DAILY,
            "2025-12-29 2025-12-30 2025-12-31 2026-01-01 2026-01-02 2026-01-03 2026-01-04",
            id="a week's days",
        ),
    ],
)
def test_a_period_has_parts_in_order(label: str, frequency: Frequency, parts: str) -> None:
    assert " ".join(map(str, read_period(label).parts(frequency))) == parts


@pytest.mark.parametrize(
    ("label", "count", "shifted"),
    [
        pytest.param("2026-11", 2, "2027-01", id="months over a year's end"),
        pytest.param("2026-01", -1, "2025-12", id="a month back over it"),
        pytest.param("2026-Q4", 1, "2027-Q1", id="a quarter"),
        pytest.param("2026", -26, "2000", id="years back"),
        pytest.param("2026-W53", 1, "2027-W01", id="after a 53rd week"),
        pytest.param("2026-W01", -1, "2025-W52", id="before a first week"),
        pytest.param("2024-02-28", 1, "2024-02-29", id="into a leap day"),
        pytest.param("2025-02-28", 1, "2025-03-01", id="past the end of February"),
    ],
)
def test_a_period_is_shifted_by_its_own_length(label: str, count: int, shifted: str) -> None:
    assert str(read_period(label).shift(count)) == shifted


@pytest.mark.parametrize(
    ("label", "before"),
    [
        pytest.param("2026-11-22", "2025-11-22", id="a day"),
        pytest.param("2024-02-29", "2023-02-28", id="a leap day's is the 28th"),
        pytest.param("2025-02-28", "2024-02-28", id="the 28th after a leap year"),
        pytest.param("2026-W47", "2025-W47", id="a week of the same number"),
        pytest.param("2026-W53", "2025-W52", id="week 53's is the last one"),
        pytest.param("2026-11", "2025-11", id="a month"),
        pytest.param("2026-Q4", "2025-Q4", id="a quarter"),
        pytest.param("2026", "2025", id="a year"),
    ],
)
def test_a_year_before_a_period_is_its_namesake(label: str, before: str) -> None:
    assert str(read_period(label).last_year()) == before


@pytest.mark.parametrize(
    ("word", "frequency", "label"),
    [
        pytest.param("today", MONTHLY, "2026-11-22", id="today is a day"),
        pytest.param("yesterday", MONTHLY, "2026-11-21", id="yesterday is a day"),
        pytest.param("current", MONTHLY, "2026-11", id="the current month"),
        pytest.param("current", WEEKLY, "2026-W47", id="the current week"),
        pytest.param("last", MONTHLY, "2026-10", id="the last closed month"),
        pytest.param("last", YEARLY, "2025", id="the last closed year"),
        pytest.param("last", DAILY, "2026-11-21", id="the last closed day"),
        pytest.param("2026-Q2", MONTHLY, "2026-Q2", id="a label stands for itself"),
    ],
)
def test_a_period_has_a_name_seen_from_today(word: str, frequency: Frequency, label: str) -> None:
    assert str(named_period(word, frequency, date(2026, 11, 22))) == label


@pytest.mark.parametrize("word", ["tomorrow", "next", "last one", ""])
def test_no_other_name_is_known(word: str) -> None:
    with pytest.raises(NotationError):
        named_period(word, MONTHLY, date(2026, 11, 22))


def test_a_period_contains_itself_and_what_lies_whole_within() -> None:
    quarter = read_period("2026-Q4")
    assert quarter.contains(quarter)
    assert quarter.contains(read_period("2026-12-31"))
    assert not quarter.contains(read_period("2026-W40"))
    assert not quarter.contains(read_period("2027-01-01"))
    assert not quarter.contains(read_period("2026"))


def test_periods_are_in_the_order_of_their_starts() -> None:
    labels = ["2026-11", "2026-09-30", "2025", "2026-W50", "2026-Q2"]
    ordered = [str(period) for period in sorted(map(read_period, labels))]
    assert ordered == ["2025", "2026-Q2", "2026-09-30", "2026-11", "2026-W50"]


@examples(150)
@given(period=periods)
def test_a_label_reads_back(period: Period) -> None:
    if 1900 <= int(str(period)[:4]) <= 2999:
        assert read_period(str(period)) == period


@examples(150)
@given(day=days, frequency=frequencies)
def test_every_day_lies_in_exactly_one_period_of_a_length(day: date, frequency: Frequency) -> None:
    period = period_of(day, frequency)
    assert period.start <= day < period.end
    assert period.shift(-1).end == period.start
    assert period.shift(1).start == period.end
    assert period_of(period.start, frequency) == period_of(period.end - DAY, frequency) == period


@examples(150)
@given(period=inner, count=st.integers(-40, 40))
def test_a_shift_can_be_undone_and_counted(period: Period, count: int) -> None:
    shifted = period.shift(count)
    assert shifted.shift(-count) == period
    assert period_of(shifted.start, period.frequency) == shifted
    assert shifted.since(period) == count


@examples(60)
@given(period=inner, frequency=frequencies)
def test_parts_fill_a_period_without_gap_or_overlap(period: Period, frequency: Frequency) -> None:
    if not PLAIN.fills(frequency, period.frequency):
        return
    parts = list(period.parts(frequency))
    if frequency is WEEKLY and period.frequency is YEARLY:
        assert [str(part)[:4] for part in (parts[0], parts[-1])] == [str(period)] * 2
        assert all(period_with(part, YEARLY) == period for part in parts)
        return
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(one.end == after.start for one, after in pairwise(parts))
    assert all(period.contains(part) for part in parts)
    assert sum(part.days for part in parts) == period.days


@examples(150)
@given(period=inner)
def test_a_year_before_is_a_period_of_the_same_length_about_a_year_away(period: Period) -> None:
    before = period.last_year()
    assert period_of(before.start, before.frequency) == before
    assert before.frequency is period.frequency
    assert 357 <= (period.start - before.start).days <= 371


@examples(150)
@given(st.one_of(st.text(max_size=12), st.from_regex(r"[0-9]{4}(-[0-9WQ]{1,3}){0,2}\n?")))
def test_any_text_is_read_or_refused_as_notation(text: str) -> None:
    try:
        period = read_period(text)
    except NotationError:
        return
    assert str(period) == text
