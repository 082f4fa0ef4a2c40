"""Sums of parts equal the whole, however a period is split."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual
from tests.evaluation.board import board
from tests.laws.logs import amounts, law

TODAY = "2031-01-01"
LONGER = [Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.YEARLY]
SHORTER = {
    Frequency.WEEKLY: [Frequency.DAILY],
    Frequency.MONTHLY: [Frequency.DAILY],
    Frequency.QUARTERLY: [Frequency.MONTHLY, Frequency.DAILY],
    Frequency.YEARLY: [Frequency.QUARTERLY, Frequency.MONTHLY, Frequency.DAILY],
}
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@st.composite
def splits(draw: st.DrawFn, period: Period) -> list[Period]:
    """The period itself, or shorter ones that fill it, each of them split further or not."""
    shorter = SHORTER.get(period.frequency, [])
    if not shorter or not draw(st.booleans()):
        return [period]
    found: list[Period] = []
    for part in period.parts(draw(st.sampled_from(shorter))):
        is_long = part.frequency is not Frequency.DAILY
        found += draw(splits(part)) if is_long and draw(st.booleans()) else [part]
    return found


def number(toml: str, period: Period, records: Sequence[str]) -> Fraction:
    scorecard = board(toml, *records, today=TODAY)
    found = scorecard.actual(scorecard.definitions.kpis["it"], period)
    assert isinstance(found, Actual), found
    return Fraction(found.number)


def kpi(frequency: Frequency, rollup: str = "sum") -> str:
    return f'[kpis.it]\nfrequency = "{frequency}"\nrollup = "{rollup}"\n'


@law
@given(st.data(), days, st.sampled_from(LONGER))
def test_any_split_of_a_period_adds_up_to_it(
    data: st.DataObject, day: date, frequency: Frequency
) -> None:
    period = period_of(day, frequency)
    parts = data.draw(splits(period))
    values = [Fraction(at * 7 % 23, 1) + len(parts) for at in range(len(parts))]
    records = [f"it {part} {value}" for part, value in zip(parts, values, strict=True)]
    assert number(kpi(frequency), period, records) == sum(values)


@law
@given(st.data(), days)
def test_a_year_is_its_quarters_is_its_months_is_their_days(data: st.DataObject, day: date) -> None:
    year = period_of(day, Frequency.YEARLY)
    months = list(year.parts(Frequency.MONTHLY))
    given_days = [
        month.start + timedelta(days=data.draw(st.integers(0, month.days - 1)))
        for month in months
        for _ in range(2)
    ]
    values = {day: data.draw(amounts) for day in given_days}
    records = [f"it {day} {value}" for day, value in values.items()]
    toml = kpi(Frequency.MONTHLY)
    whole = number(toml, year, records)
    assert whole == sum((Fraction(str(value)) for value in values.values()), Fraction(0))
    for length in (Frequency.QUARTERLY, Frequency.MONTHLY):
        assert sum(number(toml, part, records) for part in year.parts(length)) == whole


@law
@given(st.lists(st.tuples(amounts, amounts), min_size=12, max_size=12))
def test_a_formula_that_is_summed_adds_up_too(pairs: list[tuple[object, object]]) -> None:
    toml = """
        [kpis.a]
        rollup = "sum"
        [kpis.b]
        rollup = "sum"
        [kpis.it]
        formula = "a * b - 2 * a"
        rollup = "sum"
    """
    records = [
        f"{id} 2026-{month:02} {value}"
        for month, pair in enumerate(pairs, 1)
        for id, value in zip("ab", pair, strict=True)
    ]
    year = period_of(date(2026, 1, 1), Frequency.YEARLY)
    whole = number(toml, year, records)
    for length in (Frequency.QUARTERLY, Frequency.MONTHLY):
        assert sum(number(toml, part, records) for part in year.parts(length)) == whole


@law
@given(st.lists(st.tuples(amounts, amounts), min_size=3, max_size=3))
def test_a_linear_formula_is_the_same_summed_or_computed_once(
    pairs: list[tuple[object, object]],
) -> None:
    inputs = '[kpis.a]\nrollup = "sum"\n[kpis.b]\nrollup = "sum"\n[kpis.it]\n'
    once = f'{inputs}formula = "2 * a - b / 3"\n'
    records = [
        f"{id} 2026-0{month} {value}"
        for month, pair in enumerate(pairs, 7)
        for id, value in zip("ab", pair, strict=True)
    ]
    quarter = period_of(date(2026, 7, 1), Frequency.QUARTERLY)
    summed = number(f'{once}rollup = "sum"\n', quarter, records)
    assert number(once, quarter, records) == summed


@law
@given(st.lists(amounts, min_size=12, max_size=12), st.sampled_from(["min", "max", "last"]))
def test_so_do_the_largest_the_smallest_and_the_last(values: list[object], rollup: str) -> None:
    """Those of the quarters' are the year's."""
    monthly, quarterly = kpi(Frequency.MONTHLY, rollup), kpi(Frequency.QUARTERLY, rollup)
    records = [f"it 2026-{month:02} {value}" for month, value in enumerate(values, 1)]
    year = period_of(date(2026, 1, 1), Frequency.YEARLY)
    assert number(monthly, year, records) == number(quarterly, year, records)
