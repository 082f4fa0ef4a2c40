"""Not applicable: what is said of one period changes nothing that another one shows."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.period import period_of, read_period
from tests.evaluation.board import board
from tests.laws.logs import BOARD, RECORDED, TODAY, law, logs


def evaluated(log: list[str], id: str, label: str) -> Evaluation:
    ledger = board(BOARD, *log, today=str(TODAY))
    return ledger.evaluate(ledger.definitions.kpis[id], read_period(label))


def shown(log: list[str], id: str, label: str) -> dict[str, object]:
    """What a KPI shows in a period, but for the mark of what is missing anywhere."""
    fields = evaluated(log, id, label)._asdict()
    return {name: fields[name] for name in fields if name not in {"kpi", "missing"}}


@law
@given(logs(), st.sampled_from(sorted(RECORDED)), st.integers(0, 300), st.integers(1, 300))
def test_a_skip_changes_no_other_period(log: list[str], kpi: str, back: int, apart: int) -> None:
    own = period_of(TODAY - timedelta(days=back), RECORDED[kpi])
    other = period_of(TODAY - timedelta(days=back + apart), RECORDED[kpi])
    skip = f"{kpi} {own} n/a on {TODAY}"
    if other != own:
        assert shown([*log, skip], kpi, str(other)) == shown(log, kpi, str(other))


@law
@given(logs(), st.sampled_from(sorted(RECORDED)), st.integers(0, 300))
def test_a_skip_that_is_taken_back_was_never_there(log: list[str], kpi: str, back: int) -> None:
    own = period_of(TODAY - timedelta(days=back), RECORDED[kpi])
    both = [*log, f"{kpi} {own} n/a on {TODAY}", f"{kpi} {own} none on {TODAY}"]
    taken_back = [*log, f"{kpi} {own} none on {TODAY}"]
    for label in (str(own), "2026", "2026-Q4"):
        assert shown(both, kpi, label) == shown(taken_back, kpi, label)


@law
@given(logs(), st.sampled_from(sorted(RECORDED)), st.integers(0, 300))
def test_of_a_skipped_period_nothing_is_judged_or_missing(
    log: list[str], kpi: str, back: int
) -> None:
    own = period_of(TODAY - timedelta(days=back), RECORDED[kpi])
    evaluation = evaluated([*log, f"{kpi} {own} n/a on {TODAY}"], kpi, str(own))
    assert (evaluation.status, evaluation.actual, evaluation.is_skip) == ("no_data", None, True)
    assert evaluation.skipped == (own,)
    assert own not in evaluation.missing
