"""What is due grows with the days to the whole target, own period by own period."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of
from kpicli.model.status import Status
from tests.evaluation.board import board
from tests.laws.logs import law

YEAR = Period(date(2026, 1, 1), Frequency.YEARLY)
QUARTERS = list(YEAR.parts(Frequency.QUARTERLY))
MONTHS = list(YEAR.parts(Frequency.MONTHLY))
plans = st.lists(st.integers(1, 999), min_size=12, max_size=12)
days = st.dates(YEAR.start, YEAR.end - timedelta(days=2))


def planned(plan: list[int], last: date, part: int = 1) -> AnalysisLedger:
    """Each month with a target of its own, and recorded up to a day; judged on the next one."""
    targets = ", ".join(f'"{month}" = "{n}"' for month, n in zip(MONTHS, plan, strict=True))
    under_way = period_of(last + timedelta(days=1), Frequency.MONTHLY)
    records = [
        f"it {month} {n}" for month, n in zip(MONTHS, plan, strict=True) if month < under_way
    ]
    if under_way.start <= last:
        records.append(f"it {last} {part}")
    toml = f'[kpis.it]\nrollup = "sum"\ntargets = {{ {targets} }}'
    return board(toml, *records, today=str(last + timedelta(days=1)))


def due(ledger: AnalysisLedger, period: Period) -> Fraction:
    evaluation = ledger.evaluate(ledger.definitions.kpis["it"], period)
    assert evaluation.due is not None, evaluation
    return Fraction(evaluation.due.number)


@law
@given(plans, days)
def test_due_of_a_year_is_that_of_its_months_so_far(plan: list[int], last: date) -> None:
    ledger, under_way = planned(plan, last), period_of(last, Frequency.MONTHLY)
    assume(under_way.end > last + timedelta(days=1))
    ended = sum(n for month, n in zip(MONTHS, plan, strict=True) if month < under_way)
    assert due(ledger, YEAR) == ended + due(ledger, under_way)


@law
@given(plans, days)
def test_due_of_a_year_is_that_of_its_quarters_so_far(plan: list[int], last: date) -> None:
    ledger, under_way = planned(plan, last), period_of(last, Frequency.QUARTERLY)
    assume(under_way.end > last + timedelta(days=1))
    kpi = ledger.definitions.kpis["it"]
    closed = [ledger.evaluate(kpi, quarter) for quarter in QUARTERS if quarter < under_way]
    ended = sum(Fraction(one.target.number) for one in closed if one.target)
    assert due(ledger, YEAR) == ended + due(ledger, under_way)


@law
@given(plans, st.sampled_from([YEAR, *QUARTERS]))
def test_due_of_a_closed_view_is_its_target(plan: list[int], period: Period) -> None:
    ledger = planned(plan, YEAR.end - timedelta(days=1))
    evaluation = ledger.evaluate(ledger.definitions.kpis["it"], period)
    months = [n for month, n in zip(MONTHS, plan, strict=True) if period.contains(month)]
    assert evaluation.target is not None
    assert evaluation.due is None
    assert evaluation.target.number == sum(months)


@law
@given(st.integers(1, 999), days)
def test_due_of_equal_months_goes_by_days_within_the_one_under_way(each: int, last: date) -> None:
    month = period_of(last, Frequency.MONTHLY)
    assume(month.end > last + timedelta(days=1))
    elapsed = (last - month.start).days + 1
    before = MONTHS.index(month) * each
    assert due(planned([each] * 12, last), YEAR) == before + Fraction(each * elapsed, month.days)


@law
@given(plans, days)
def test_months_that_met_their_plan_make_a_year_that_does(plan: list[int], last: date) -> None:
    month = period_of(last, Frequency.MONTHLY)
    assume(month.end > last + timedelta(days=1))
    ledger = planned(plan, last, part=plan[MONTHS.index(month)])
    evaluation = ledger.evaluate(ledger.definitions.kpis["it"], YEAR)
    assert evaluation.status in {Status.ON_TARGET, Status.TOO_EARLY}
