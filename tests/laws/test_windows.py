"""Windows in formulas: what they come to is what their periods come to."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.actual import Actuals
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of
from kpicli.model.record import Actual
from tests.evaluation.board import board
from tests.laws.logs import amounts, law

TODAY = "2031-01-01"
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
FREQUENCIES = list(Frequency)
IN_A_YEAR = [Frequency.DAILY, Frequency.MONTHLY, Frequency.QUARTERLY]


def ledger(frequency: Frequency, formula: str, records: dict[Period, object]) -> Actuals:
    toml = f"""
        [defaults]
        frequency = "{frequency}"
        [kpis.x]
        rollup = "sum"
        [kpis.it]
        formula = "{formula}"
    """
    return board(toml, *(f"x {period} {value}" for period, value in records.items()), today=TODAY)


def number(actuals: Actuals, id: str, period: Period) -> Fraction:
    actual = actuals.actual(actuals.definitions.kpis[id], period)
    assert isinstance(actual, Actual), actual
    return Fraction(actual.number)


def before(last: Period, count: int) -> list[Period]:
    """So many periods that end with one, the latest first."""
    return [last.shift(-back) for back in range(count)]


@law
@given(days, st.sampled_from(IN_A_YEAR), st.data())
def test_the_sum_at_the_end_of_a_year_is_the_year(
    day: date, frequency: Frequency, data: st.DataObject
) -> None:
    year = period_of(day, Frequency.YEARLY)
    owns = list(year.parts(frequency))
    size = len(owns) if frequency is not Frequency.DAILY else 1
    values = data.draw(st.lists(amounts, min_size=size, max_size=size)) * (len(owns) // size)
    records: dict[Period, object] = dict(zip(owns, values, strict=True))
    actuals = ledger(frequency, f"sum(x, {len(owns)})", records)
    assert number(actuals, "it", owns[-1]) == number(actuals, "x", year)
    assert number(actuals, "it", year) == number(actuals, "x", year)


@law
@given(days, st.sampled_from(FREQUENCIES), st.integers(1, 40), amounts)
def test_the_mean_of_a_constant_is_that_constant(
    day: date, frequency: Frequency, count: int, value: str
) -> None:
    last = period_of(day, frequency)
    actuals = ledger(frequency, f"mean(x, {count})", dict.fromkeys(before(last, count), value))
    assert number(actuals, "it", last) == Fraction(value)


@law
@given(days, st.sampled_from(FREQUENCIES), st.lists(amounts, min_size=1, max_size=8))
def test_a_window_is_made_of_the_periods_before(
    day: date, frequency: Frequency, values: list[str]
) -> None:
    last, count = period_of(day, frequency), len(values)
    records: dict[Period, object] = dict(zip(before(last, count), values, strict=True))
    lags = " + ".join(["x", *(f"prev(x, {back})" for back in range(1, count))])
    by_lags = number(ledger(frequency, lags, records), "it", last)
    assert number(ledger(frequency, f"sum(x, {count})", records), "it", last) == by_lags
    assert number(ledger(frequency, f"mean(x, {count})", records), "it", last) == by_lags / count


@law
@given(days, st.sampled_from(FREQUENCIES), st.integers(2, 30), st.data())
def test_a_window_with_a_gap_names_it(
    day: date, frequency: Frequency, count: int, data: st.DataObject
) -> None:
    last = period_of(day, frequency)
    gap = data.draw(st.sampled_from(before(last, count)))
    records: dict[Period, object] = dict.fromkeys(set(before(last, count)) - {gap}, 1)
    actuals = ledger(frequency, f"sum(x, {count})", records)
    missing = actuals.actual(actuals.definitions.kpis["it"], last)
    assert not isinstance(missing, Actual)
    assert missing.reason == f"x: nothing recorded for {gap}"


def test_the_longest_window_over_many_periods_looks_at_each_period_once() -> None:
    last = period_of(date(2029, 12, 31), Frequency.DAILY)
    records: dict[Period, object] = dict.fromkeys(before(last, 500), 1)
    actuals = ledger(Frequency.DAILY, "sum(x, 400)", records)
    assert [number(actuals, "it", period) for period in before(last, 101)] == [400] * 101
    memo = [method for method, *_ in actuals.answers["x"] if method == "actual"]
    assert len(memo) == 500


@law
@given(days, st.sampled_from(FREQUENCIES), st.lists(amounts, min_size=2, max_size=12), st.data())
def test_what_is_not_applicable_is_left_out_of_sum_and_mean(
    day: date, frequency: Frequency, values: list[str], data: st.DataObject
) -> None:
    last, count = period_of(day, frequency), len(values)
    skipped = data.draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1))
    records: dict[Period, object] = {
        period: "n/a" if at in skipped else value
        for at, (period, value) in enumerate(zip(before(last, count), values, strict=True))
    }
    total = sum(Fraction(value) for at, value in enumerate(values) if at not in skipped)
    assert number(ledger(frequency, f"sum(x, {count})", records), "it", last) == total
    mean = number(ledger(frequency, f"mean(x, {count})", records), "it", last)
    assert mean == total / (count - len(skipped))
