"""Signals in words."""

import pytest

from kpicli.analysis.control_chart import Signal
from kpicli.model.period import Period, read_period
from kpicli.stats.signal_runs import SignalRule
from kpicli.views.words.behaviour import signal_text
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
