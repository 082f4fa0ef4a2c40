"""Signals in words."""

import pytest

from kpicli.analysis.attention import Attention, Concern
from kpicli.analysis.control_chart import Signal
from kpicli.analysis.news import News, Turn
from kpicli.model.period import Period, read_period
from kpicli.stats.signal_runs import SignalRule
from kpicli.views.words.behaviour import over_text, signal_text
from tests.evaluation.board import board, latest
from tests.model.built import kpi

OUTSIDE, RUN, NEAR = SignalRule


@pytest.mark.parametrize(
    ("rule", "is_above", "span", "count", "text"),
    [
        (OUTSIDE, True, "2026-03 2026-03", 1, "2026-03 is above its usual range"),
        (OUTSIDE, False, "2026-03 2026-03", 1, "2026-03 is below its usual range"),
        (OUTSIDE, True, "2026-03 2026-05", 3, "3 months in a row above its usual range"),
        (RUN, False, "2026-03 2026-10", 8, "8 months in a row below average"),
        (RUN, True, "2026-03 2026-12", 9, "9 known months in a row above average"),
        (OUTSIDE, True, "2026-01 2026-04", 3, "3 known months in a row above its usual range"),
        (NEAR, True, "2026-03 2026-06", 3, "3 of 4 months near the top of its usual range"),
        (NEAR, False, "2026-03 2026-05", 3, "3 months in a row near the bottom of its usual range"),
        (NEAR, True, "2026-01 2026-06", 5, "5 of 6 months near the top of its usual range"),
        (RUN, False, "2026-W01 2026-W08", 8, "8 weeks in a row below average"),
        (RUN, False, "2026-01-01 2026-01-08", 8, "8 days in a row below average"),
        (NEAR, True, "2025-Q2 2026-Q1", 3, "3 of 4 quarters near the top of its usual range"),
        (OUTSIDE, True, "2026 2026", 1, "2026 is above its usual range"),
    ],
)
def test_it_says_what_is_unusual_and_for_how_long(
    rule: SignalRule, span: str, count: int, text: str, *, is_above: bool
) -> None:
    first, last = map(read_period, span.split())
    one = Signal(rule, is_above, first, last, count, is_favourable=None)
    assert signal_text(one, kpi(f'frequency = "{first.frequency}"')) == text


def above(month: Period) -> Signal:
    """A signal of one month."""
    return Signal(OUTSIDE, is_above=True, first=month, last=month, size=1, is_favourable=None)


@pytest.mark.parametrize("is_favourable", [True, False, None])
def test_it_does_not_judge(*, is_favourable: bool | None) -> None:
    month = read_period("2026-03")
    one = above(month)._replace(is_favourable=is_favourable)
    assert signal_text(one, kpi("")) == "2026-03 is above its usual range"


def test_it_says_when_it_was_so_before() -> None:
    month, before = read_period("2026-12"), read_period("2025-12")
    one = above(month)._replace(as_before=before)
    assert signal_text(one, kpi("")) == "2026-12 is above its usual range, as in 2025-12"


def test_what_is_of_long_ago_says_of_when_once() -> None:
    one = above(read_period("2026-08"))._replace(recent=read_period("2026-08"), is_stale=True)
    assert signal_text(one, kpi("")) == "2026-08 is above its usual range"
    run = one._replace(rule=RUN, first=read_period("2026-01"), size=8)
    assert signal_text(run, kpi("")) == "8 months in a row above average, as in 2026-08"


@pytest.mark.parametrize(
    ("actual", "text"),
    [
        pytest.param(60, "no longer off target; 60", id="on target"),
        pytest.param(10, "no longer likely to miss its target; 10", id="behind its pace alone"),
    ],
)
def test_what_is_over_does_not_contradict_how_it_stands(actual: int, text: str) -> None:
    days = [f"it 2026-10-{day:02} {actual / 10}" for day in range(1, 11)]
    card = board('[kpis.it]\ntarget = 50\nrollup = "sum"', *days, today="2026-10-11")
    need = Attention(latest(card, "it"), (Concern.OFF_TARGET,))
    assert over_text(News(Turn.OVER, need, need.evaluation), card).startswith(text)
