"""Why a KPI needs a person, in words."""

import pytest

from kpicli.analysis.attention import attention
from kpicli.views.words.behaviour import attention_text
from tests.analysis.test_kpi_forecast_periods import months
from tests.evaluation.board import board, damage, latest

CALM = ["50", "52"] * 4
DUE = "kpi record it VALUE --period 2026-10"


@pytest.mark.parametrize(
    ("records", "text"),
    [
        pytest.param(
            months([*CALM, "80"]),
            "2026-10 is above its usual range (provisional limits)",
            id="a signal of nine months",
        ),
        pytest.param(
            [
                *months([*CALM, "80"]),
                *(f"it {label} 51" for label in ("2025-11", "2025-12", "2026-01")),
            ],
            "2026-10 is above its usual range",
            id="a signal of twelve",
        ),
        pytest.param(
            months([*CALM, "92"]),
            "92, 2 over 90 in 2026-10; 2026-10 is above its usual range (provisional limits)",
            id="at risk by a signal alone",
        ),
        pytest.param(
            months(CALM, 9), f"overdue: nothing recorded for 2026-10: {DUE}", id="what is missing"
        ),
    ],
)
def test_it_says_why(records: list[str], text: str) -> None:
    scorecard = board('[kpis.it]\ntarget = "<90"', *records)
    (one,) = attention(scorecard, [latest(scorecard, "it")])
    assert attention_text(one, scorecard) == text


def test_what_is_damaged_is_not_said_to_be_missing() -> None:
    scorecard = board('[kpis.it]\ntarget = "<90"', *months(CALM, 9), damages=[damage("it 2026-10")])
    (one,) = attention(scorecard, [latest(scorecard, "it")])
    said = f"overdue: 2026-10 is damaged: {DUE}; damaged: kpis.jsonl:1"
    assert attention_text(one, scorecard) == said
