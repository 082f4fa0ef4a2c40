import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.review import ReviewTopic, review_topics
from kpicli.model.period import period_list
from tests.evaluation.board import board, damage

TOML = '[kpis.it]\ntarget = "100"\n'


def talked(scorecard: AnalysisLedger) -> list[str]:
    """`on_target → at_risk`, and `2026-10 from 2026-11-01` where something is due."""
    found = review_topics(scorecard, [scorecard.latest(scorecard.definitions.kpi("it"))])
    return [part for topic in found for part in said(topic)]


def said(topic: ReviewTopic) -> list[str]:
    turn = f"{topic.before.status} → {topic.now.status}"
    due = topic.due
    turned = [turn] if topic.has_turned else []
    return turned + ([f"{period_list(due.periods)} from {due.day}"] if due else [])


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        pytest.param(["it 2026-09 100", "it 2026-10 95"], ["on_target → at_risk"], id="worse"),
        pytest.param(["it 2026-09 9", "it 2026-10 100"], ["off_target → on_target"], id="better"),
        pytest.param(["it 2026-09 100", "it 2026-10 101"], [], id="as before"),
        pytest.param(["it 2026-10 101"], ["no_data → on_target"], id="judged for the first time"),
        pytest.param(
            ["it 2026-08 100", "it 2026-10 95"],
            ["no_data → at_risk", "2026-09 from 2026-10-01"],
            id="after a gap",
        ),
        pytest.param(
            ["it 2026-08 100", "it 2026-09 95"],
            ["on_target → at_risk", "2026-10 from 2026-11-01"],
            id="turned, and then nothing recorded",
        ),
        pytest.param([], ["2026-10 from 2026-11-01"], id="never recorded"),
    ],
)
def test_a_review_talks_of_turns_and_of_what_is_due(records: list[str], wanted: list[str]) -> None:
    assert talked(board(TOML, *records)) == wanted


@pytest.mark.parametrize(
    ("keys", "records", "wanted"),
    [
        pytest.param(
            "grace = 9",
            ["it 2026-09 100"],
            ["no_data → on_target", "2026-10 from 2026-11-10"],
            id="not late yet",
        ),
        pytest.param(
            "grace = 9",
            ["it 2026-08 100", "it 2026-10 100"],
            ["no_data → on_target", "2026-09 from 2026-10-10"],
            id="the older one is late",
        ),
        pytest.param('until = "2026-09"', ["it 2026-08 100", "it 2026-09 100"], [], id="retired"),
        pytest.param(
            'frequency = "quarterly"',
            ["it 2026-Q2 99", "it 2026-Q3 100"],
            ["at_risk → on_target"],
            id="a longer period",
        ),
    ],
)
def test_what_is_due_goes_by_grace_and_frequency(
    keys: str, records: list[str], wanted: list[str]
) -> None:
    assert talked(board(f"{TOML}{keys}\n", *records)) == wanted


def test_nobody_records_a_formula() -> None:
    toml = '[kpis.it]\nformula = "2 * part"\n[kpis.part]\n'
    assert talked(board(toml, "part 2026-09 1", "part 2026-08 1")) == []


def test_a_kpi_without_a_target_turns_never() -> None:
    assert talked(board("[kpis.it]\n", "it 2026-10 95")) == []


def test_damage_is_due_until_it_is_healed() -> None:
    scorecard = board(TOML, "it 2026-09 100", damages=[damage("it 2026-10")])
    assert talked(scorecard) == ["on_target → no_data", "2026-10 from 2026-11-01"]
