"""Fiscal years: from January those of the calendar, and from any other month these, moved."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.compare import Against, compare_periods
from kpicli.model.calendar import calendar_of
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of, read_period
from kpicli.model.record import Actual
from tests.evaluation.board import board, told
from tests.laws.logs import BOARD, PERIODS, TODAY, amounts, law, logs

DAYS = st.dates(date(1902, 1, 1), date(2998, 12, 31))
MONTHS = [f"{month:02}" for month in range(1, 13)]


def fiscal(label: str) -> str:
    """The label that a period has where years are fiscal."""
    return f"FY{label}" if len(label) == 4 or label[5] == "Q" else label


def fiscal_record(record: str) -> str:
    id, label, *rest = record.split()
    return " ".join([id, fiscal(label), *rest])


def plain(text: str) -> str:
    return text.replace("FY", "").replace("fiscal ", "")


@law
@given(logs())
def test_from_january_every_answer_but_the_labels_is_the_calendars(records: list[str]) -> None:
    years = board(BOARD, *records, today=str(TODAY))
    fiscals = board(f'year_starts = "01"\n{BOARD}', *map(fiscal_record, records), today=str(TODAY))
    assert fiscals.definitions.calendar != years.definitions.calendar
    for id, kpi in years.definitions.kpis.items():
        other = fiscals.definitions.kpis[id]
        for label in PERIODS:
            period = read_period(label)
            moved = read_period(fiscal(label), other.calendar)
            ours, theirs = years.evaluate(kpi, period), fiscals.evaluate(other, moved)
            assert plain(told(theirs)) == told(ours)
            for against in Against:
                ours_then = compare_periods(years, ours, against)
                theirs_then = compare_periods(fiscals, theirs, against)
                assert theirs_then[1:4] == ours_then[1:4]
                assert plain(theirs_then.reason) == ours_then.reason


@law
@given(st.sampled_from(MONTHS), st.lists(amounts, min_size=36, max_size=36), st.data())
def test_from_any_month_they_are_the_calendars_moved(
    first: str, values: list[object], data: st.DataObject
) -> None:
    rollup = data.draw(st.sampled_from(["sum", "mean", "last", "min", "max"]))
    toml = f'[kpis.it]\nrollup = "{rollup}"\ntarget = "40"\n'
    start = read_period("2024-01")
    moved = start.shift(int(first) - 13) if first != "01" else start
    years = board(toml, *in_a_row(start, values), today="2030-01-01")
    fiscals = board(
        f'year_starts = "{first}"\n{toml}', *in_a_row(moved, values), today="2030-01-01"
    )
    kpi, other = years.definitions.kpis["it"], fiscals.definitions.kpis["it"]
    for label in ("2024", "2025", "2026", "2024-Q1", "2025-Q3", "2026-Q4"):
        ours = years.evaluate(kpi, read_period(label))
        theirs = fiscals.evaluate(other, read_period(f"FY{label}", other.calendar))
        assert (theirs.status, theirs.actual, theirs.target) == (
            ours.status,
            ours.actual,
            ours.target,
        )


@law
@given(st.sampled_from(MONTHS), st.lists(amounts, min_size=17, max_size=17))
def test_quarters_are_forecast_as_those_of_the_calendar_are(
    first: str, values: list[object]
) -> None:
    toml = '[kpis.it]\nfrequency = "quarterly"\n'
    calendar = calendar_of(first)
    start, moved = read_period("2026-Q1"), read_period("FY2026-Q1", calendar)
    years = board(toml, *in_a_row(start, values), today=str(start.shift(17).start))
    fiscals = board(
        f'year_starts = "{first}"\n{toml}',
        *in_a_row(moved, values),
        today=str(moved.shift(17).start),
    )
    ours = years.forecast(years.definitions.kpis["it"]).steps
    theirs = fiscals.forecast(fiscals.definitions.kpis["it"]).steps
    assert ours
    assert [str(step.period) for step in theirs] == [f"FY{step.period}" for step in ours]
    assert [step[1:] for step in theirs] == [step[1:] for step in ours]


def in_a_row(first: Period, values: list[object]) -> list[str]:
    return [f"it {first.shift(count)} {value}" for count, value in enumerate(values)]


@law
@given(st.sampled_from(MONTHS), st.lists(amounts, min_size=12, max_size=12))
def test_quarters_add_up_to_their_year(first: str, values: list[object]) -> None:
    year = read_period("FY2026", calendar_of(first))
    months = list(year.parts(Frequency.MONTHLY))
    toml = f'year_starts = "{first}"\n[kpis.it]\nrollup = "sum"\n'
    ledger = board(toml, *in_a_row(months[0], values), today="2030-01-01")
    kpi = ledger.definitions.kpis["it"]

    def number(period: Period) -> Fraction:
        actual = ledger.actual(kpi, period)
        assert isinstance(actual, Actual)
        return Fraction(actual.number)

    quarters = list(year.parts(Frequency.QUARTERLY))
    assert [str(quarter) for quarter in quarters] == [f"FY2026-Q{n}" for n in range(1, 5)]
    assert sum(map(number, quarters)) == number(year) == sum(map(number, months))


@law
@given(st.sampled_from(MONTHS), DAYS, st.sampled_from([Frequency.QUARTERLY, Frequency.YEARLY]))
def test_a_label_is_read_as_it_is_written(first: str, day: date, length: Frequency) -> None:
    calendar = calendar_of(first)
    period = period_of(day, length, calendar)
    assert read_period(str(period), calendar) == period
    assert str(period).startswith("FY")
    assert period.start <= day < period.end == period.shift(1).start
    assert period.last_year().since(period) == -12 // length.length
