"""Counting in another unit scales the answer, and changes no status."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.compare import Against, compare_periods
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.selection import period_in_view
from kpicli.model.number import Number
from kpicli.model.period import read_period
from tests.evaluation.board import board, line
from tests.laws.logs import PERIODS, TODAY, law, logs

BOARD = """
[kpis.flow]
rollup = "sum"
target = "{a}"
tolerance = "{b}"
[kpis.limit]
rollup = "sum"
target = "<{c}"
frequency = "quarterly"
[kpis.stock]
rollup = "last"
target = "{d}..{e}"
tolerance = "{b}"
[kpis.limits]
rollup = "sum"
baseline = "{b}"
start = "2026-01"
by = "2026-12"
target = "{d}"
[kpis.day]
frequency = "daily"
rollup = "mean"
targets = {{ "2026-01" = ">{b}", "2026-11" = ">{d}" }}
[kpis.relative]
baseline = "{c}"
target = "-15%"
formula = "flow - limits"
rollup = "sum"
[kpis.margin]
formula = "(flow + limits) / 3 - prev(stock)"
target = "{d}"
"""
NUMBERS = {"a": 300, "b": 25, "c": 200, "d": 40, "e": 60}
TIMES = ["2", "1000", "0.001", "0.5", "7", "0.25"]


def seen(log: list[str], times: Decimal) -> list[tuple[Evaluation, Fraction | None]]:
    """Each KPI in each period, and its change; all that is written times a factor."""
    toml = BOARD.format(**{key: f"{number * times:f}" for key, number in NUMBERS.items()})
    scorecard = board(toml, *(scaled(record, times) for record in log), today=str(TODAY))
    found = []
    for kpi in scorecard.definitions.kpis.values():
        for label in PERIODS:
            one = scorecard.evaluate(
                kpi, period_in_view(kpi, read_period(label), scorecard.clock.today)
            )
            found.append((one, compare_periods(scorecard, one, Against.PREVIOUS).change))
    return found


def scaled(record: str, times: Decimal) -> str:
    kpi, period, value, *when = record.split()
    digits = value if value in {"none", "n/a"} else f"{Decimal(line(record).value) * times:f}"
    return " ".join((kpi, period, digits, *when))


@law
@given(logs(), st.sampled_from(TIMES))
def test_a_scaled_unit_scales_every_number_and_no_status(log: list[str], times: str) -> None:
    factor = Decimal(times)

    def is_scaled(small: Number | None, large: Number | None) -> bool:
        if small is None or large is None:
            return small is large
        return Fraction(small) * Fraction(factor) == Fraction(large)

    for (one, change), (other, other_change) in zip(
        seen(log, Decimal(1)), seen(log, factor), strict=True
    ):
        told = (one.status, one.is_favourable, one.is_to_date, one.is_overdue, one.reason)
        assert told == (
            *(other.status, other.is_favourable, other.is_to_date, other.is_overdue),
            other.reason,
        )
        assert is_scaled(one.actual, other.actual)
        assert is_scaled(one.variance, other.variance)
        assert is_scaled(one.due and one.due.number, other.due and other.due.number)
        assert is_scaled(change, other_change)
