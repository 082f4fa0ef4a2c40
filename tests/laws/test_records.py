"""What never matters of a log: its order, what appears twice, and what was corrected since."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.evaluation.compare import Against, compare_periods
from kpicli.evaluation.selection import period_in_view
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.period import read_period
from kpicli.model.record import LogLine
from kpicli.model.scorecard import Clock
from tests.evaluation.board import day_of, defined, line
from tests.laws.logs import BOARD, PERIODS, TODAY, law, logs

DEFINITIONS = defined(BOARD)
FIRST = date(2025, 12, 31)


def lines_of(log: Sequence[str]) -> list[LogLine]:
    return [line(record, number) for number, record in enumerate(log, 1)]


def seen(
    lines: Sequence[LogLine], today: date = TODAY, until: str = "", *, many: int = 1000
) -> list[object]:
    """Everything that a view shows of a log."""
    newest = newest_lines(lines, DEFINITIONS.ids, until, many=many)
    found = series_by_kpi(newest, (), DEFINITIONS.ids, until)
    scorecard = AnalysisLedger(DEFINITIONS, found, Clock(today, day_of))
    told: list[object] = []
    for kpi in DEFINITIONS.kpis.values():
        shown = [
            scorecard.latest(kpi),
            *(
                scorecard.evaluate(kpi, period_in_view(kpi, read_period(at), scorecard.clock.today))
                for at in PERIODS
            ),
        ]
        told += shown
        told += [compare_periods(scorecard, one, Against.PREVIOUS) for one in shown[:4]]
    return told


@law
@given(logs(), st.randoms(use_true_random=False), st.data())
def test_neither_the_order_of_lines_matters_nor_how_often_one_stands_there(
    log: list[str], random: Random, data: st.DataObject
) -> None:
    lines = lines_of(log)
    again = data.draw(st.lists(st.sampled_from(lines), max_size=9)) if lines else []
    mixed = [*lines, *again]
    random.shuffle(mixed)
    assert seen(mixed) == seen(lines) == seen(lines, many=1)


@law
@given(logs(), st.integers(1, (TODAY - FIRST).days))
def test_as_of_a_day_is_what_the_log_said_by_its_end(log: list[str], days: int) -> None:
    day = FIRST + timedelta(days=days)
    lines = lines_of(log)
    by_then = [one for one in lines if date.fromisoformat(one.at[:10]) <= day]
    until = f"{day + timedelta(days=1)}T00:00:00.000000Z"
    assert seen(lines, day, until) == seen(by_then, day)


@law
@given(logs(), st.data())
def test_a_correction_is_the_right_value_recorded_at_once(
    log: list[str], data: st.DataObject
) -> None:
    right = lines_of(log)
    slips = data.draw(st.lists(st.sampled_from(right), max_size=5)) if right else []
    stands = newest_lines(right, DEFINITIONS.ids)
    wrong = [
        one._replace(value="999999", at=f"{one.at[:10]}T00:00:00.000000Z", id=f"{number:016x}")
        for number, one in enumerate(slips)
        if stands[one.kpi, one.period] == one
    ]
    assert seen([*right, *wrong]) == seen(right)


@law
@given(logs(), st.data())
def test_what_was_recorded_and_taken_back_was_never_there(
    log: list[str], data: st.DataObject
) -> None:
    lines = lines_of(log)
    if not lines:
        return
    gone = data.draw(st.sampled_from(lines))
    rest = [one for one in lines if (one.kpi, one.period) != (gone.kpi, gone.period)]
    back = gone._replace(value="null", skip=False, at=f"{TODAY}T23:00:00.000000Z")
    assert seen([*lines, back]) == seen(rest)
