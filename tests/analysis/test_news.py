"""What is new of one KPI since a day, and what is over: the two never contradict each other."""

import pytest

from kpicli.analysis.attention import Attention, Concern
from kpicli.analysis.news import news
from tests.evaluation.board import board, latest

SCORECARD = board("[kpis.it]\ntarget = 50", "it 2026-10 40")


def needing(*concerns: Concern) -> list[Attention]:
    return [Attention(latest(SCORECARD, "it"), concerns)] if concerns else []


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        pytest.param("at_risk", "off_target", ["new off_target"], id="worse"),
        pytest.param("sliding", "at_risk", ["new at_risk"], id="a little worse"),
        pytest.param("sliding", "off_target", ["new off_target"], id="much worse"),
        pytest.param("off_target", "at_risk", ["new at_risk", "over off_target"], id="better"),
        pytest.param("at_risk", "", ["over at_risk"], id="well again"),
        pytest.param("off_target", "signal", ["new signal", "over off_target"], id="another kind"),
        pytest.param("at_risk", "overdue", ["new overdue", "over at_risk"], id="late as well"),
        pytest.param(
            "overdue sliding", "off_target", ["new off_target", "over overdue"], id="two of them"
        ),
    ],
)
def test_what_got_worse_is_not_over(then: str, now: str, expected: list[str]) -> None:
    earlier, current = (needing(*map(Concern, words.split())) for words in (then, now))
    found = news(earlier, current, [latest(SCORECARD, "it")], {})
    assert [f"{each.turn} {' '.join(each.attention.concerns)}" for each in found] == expected
