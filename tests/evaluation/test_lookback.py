from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.trend import recent_actuals
from kpicli.evaluation.compare import Against, compare_periods
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.lookback import (
    EvaluationRequest,
    full_lookback,
    further_requests,
    lookback_of,
    trend_lookback,
)
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.evaluation.selection import period_in_view
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of, read_period
from kpicli.model.record import LogLine
from kpicli.model.scorecard import Clock
from tests.evaluation.board import day_of, defined, line

TODAY = date(2026, 11, 5)
BOARD = defined(
    """
[kpis.day]
frequency = "daily"
rollup = "sum"
target = "3"
formerly = ["old_day"]
[kpis.week]
frequency = "weekly"
rollup = "sum"
target = "3"
[kpis.month]
rollup = "sum"
target = "3"
[kpis.slow]
grace = 400
[kpis.quarter]
frequency = "quarterly"
[kpis.growth]
formula = "day / prev(day)"
[kpis.yearly_growth]
formula = "growth - last_year(growth)"
[kpis.deep]
formula = "prev(yearly_growth) + month"
[kpis.window]
formula = "sum(month, 5) + prev(day, 3)"
[kpis.long_window]
formula = "mean(slow, 14) + prev(slow, 30)"
[kpis.day_window]
frequency = "daily"
formula = "sum(day, 40)"
[kpis.deep_window]
formula = "mean(window, 3) - last_year(long_window)"
"""
)


def loaded(
    lines: Sequence[LogLine], asked: Sequence[EvaluationRequest]
) -> tuple[AnalysisLedger, dict[str, date]]:
    """What is kept of a log where so much is in reach, and the latest day that is not, by name."""
    reach = lookback_of(BOARD, asked, TODAY)
    kept: list[LogLine] = []
    left_out: dict[str, date] = {}
    for one in lines:
        day = read_period(one.period).start
        if day >= reach.get(one.kpi, date.max):
            kept.append(one)
        else:
            left_out[one.kpi] = max(day, left_out.get(one.kpi, date.min))
    return whole(kept), left_out


def whole(lines: Sequence[LogLine]) -> AnalysisLedger:
    found = series_by_kpi(newest_lines(lines, BOARD.ids), (), BOARD.ids)
    return AnalysisLedger(BOARD, found, Clock(TODAY, day_of))


def settled(
    lines: Sequence[LogLine], asked: Sequence[EvaluationRequest]
) -> tuple[AnalysisLedger, list[Evaluation]]:
    """What is shown once nobody has to look further back; four looks are always enough."""
    for _ in range(4):
        scorecard, left_out = loaded(lines, asked)
        found = shown(scorecard, asked)
        instead = further_requests(scorecard, zip(asked, found, strict=True), left_out)
        if instead == list(asked):
            return scorecard, found
        asked = instead
    raise AssertionError("still looking")


def shown(scorecard: AnalysisLedger, asked: Sequence[EvaluationRequest]) -> list[Evaluation]:
    return [
        scorecard.evaluate(one.kpi, one.period)
        if one.period
        else scorecard.latest(one.kpi, one.frequency)
        for one in asked
    ]


def is_short(
    scorecard: AnalysisLedger, asked: Sequence[EvaluationRequest], left_out: dict[str, date]
) -> bool:
    found = zip(asked, shown(scorecard, asked), strict=True)
    return further_requests(scorecard, found, left_out) != list(asked)


def all_of(label: str | None, frequency: Frequency | None) -> list[EvaluationRequest]:
    if label is None:
        return [EvaluationRequest(kpi, None, frequency) for kpi in BOARD.kpis.values()]
    return [
        EvaluationRequest(kpi, period_in_view(kpi, read_period(label), TODAY))
        for kpi in BOARD.kpis.values()
    ]


@st.composite
def logs(draw: st.DrawFn) -> list[LogLine]:
    """Records of the last five years, many of them taken back, and long stretches without any."""
    words = []
    for _ in range(draw(st.integers(0, 25))):
        kpi = draw(st.sampled_from(["day", "old_day", "week", "month", "slow", "quarter"]))
        back = draw(st.one_of(st.integers(0, 80), st.integers(0, 1800)))
        own = BOARD.kpis[BOARD.ids[kpi]].frequency
        frequency = draw(st.sampled_from([own, Frequency.DAILY])) if kpi == "month" else own
        period = period_of(TODAY - timedelta(days=back), frequency)
        words.append(f"{kpi} {period} {draw(st.sampled_from(['0', '1', '2', 'none', 'n/a']))}")
    return [line(word, number) for number, word in enumerate(words, 1)]


@settings(deadline=None)
@given(
    lines=logs(),
    label=st.sampled_from([None, None, "2026", "2026-11", "2026-Q3", "2025-12", "2026-10-31"]),
    frequency=st.sampled_from([None, *Frequency]),
)
def test_what_is_in_reach_shows_the_same_as_all_of_the_log(
    lines: list[LogLine], label: str | None, frequency: Frequency | None
) -> None:
    asked = all_of(label, frequency)
    assert settled(lines, asked)[1] == shown(whole(lines), asked)


@settings(deadline=None)
@given(
    lines=logs(), against=st.sampled_from(Against), frequency=st.sampled_from([None, *Frequency])
)
def test_so_it_is_with_what_the_shown_periods_are_compared_with(
    lines: list[LogLine], against: Against, frequency: Frequency | None
) -> None:
    asked = [EvaluationRequest(kpi, None, frequency, against) for kpi in BOARD.kpis.values()]
    scorecard, found = settled(lines, asked)
    everything = whole(lines)
    assert [compare_periods(scorecard, one, against) for one in found] == [
        compare_periods(everything, one, against) for one in shown(everything, asked)
    ]


@settings(deadline=None)
@given(lines=logs(), frequency=st.sampled_from([None, *Frequency]))
def test_and_with_the_periods_that_lead_up_to_what_is_shown(
    lines: list[LogLine], frequency: Frequency | None
) -> None:
    asked = [
        latest._replace(back=trend_lookback(latest.length))
        for latest in (EvaluationRequest(kpi, None, frequency) for kpi in BOARD.kpis.values())
    ]
    scorecard, found = settled(lines, asked)
    everything = whole(lines)
    assert [recent_actuals(scorecard, one) for one in found] == [
        recent_actuals(everything, one) for one in shown(everything, asked)
    ]


def months(kpi: str, *labels: str) -> list[LogLine]:
    return [line(f"{kpi} {label} 3", number) for number, label in enumerate(labels, 1)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(months("month", "2026-10"), False, id="nothing is older"),
        pytest.param(
            months("month", "2026-10", "2020-01"), True, id="what lies between is missing"
        ),
        pytest.param(months("quarter", "2026-Q3", "2026-Q2"), False, id="all is in reach"),
        pytest.param(months("month", "2020-01"), True, id="the latest is not"),
        pytest.param(months("month", "2026-11", "2020-01"), True, id="too early, so an older one"),
        pytest.param(
            [*months("month", "2020-01"), line("month 2026-11 5 on 2026-11-05", 9)],
            True,
            id="overdue, by an older one",
        ),
    ],
)
def test_where_the_reach_falls_short_all_is_read(lines: list[LogLine], *, expected: bool) -> None:
    asked = [EvaluationRequest(BOARD.kpis["month"])]
    scorecard, left_out = loaded(lines, asked)
    assert is_short(scorecard, asked, left_out) is expected


def test_so_it_is_for_a_formula_of_which_the_latest_input_is_older() -> None:
    asked = [EvaluationRequest(BOARD.kpis["growth"])]
    lines = [line(f"day 2020-01-0{day} 3", day) for day in (1, 2)]
    scorecard, left_out = loaded(lines, asked)
    assert is_short(scorecard, asked, left_out)


def test_a_period_of_which_only_a_part_is_in_reach_is_not_shown_as_the_whole() -> None:
    definitions = defined("""
    [kpis.month]
    rollup = "sum"
    [kpis.same]
    formula = "month * 1"
    """)
    kpi = definitions.kpis["same"]
    parts = [line("month 2025-06-29 3", 1), line("month 2025-06-30 3", 2)]
    found = series_by_kpi(newest_lines(parts[1:], definitions.ids), (), definitions.ids)
    scorecard = AnalysisLedger(definitions, found, Clock(TODAY, day_of))
    one = scorecard.latest(kpi)
    assert str(one.period) == "2025-06"
    day = date(2025, 6, 29)
    [instead] = further_requests(scorecard, [(EvaluationRequest(kpi), one)], {"month": day})
    assert instead.until == day


def test_a_year_of_weeks_reaches_back_to_the_first_of_them() -> None:
    week = BOARD.kpis["week"]
    for label, monday in (("2026", "2025-12-29"), ("2025", "2024-12-30")):
        reach = lookback_of(BOARD, [EvaluationRequest(week, read_period(label))], TODAY)
        assert reach["week"] <= date.fromisoformat(monday)


def test_where_a_target_can_have_odds_ten_years_of_months_are_read() -> None:
    kpis = defined('[kpis.held]\ntarget = "5"\n[kpis.free]').kpis.values()
    requests = evaluation_requests(kpis, PeriodQuery(), TODAY, has_past=True)
    assert [request.back for request in requests] == [120, 36]


def test_a_lag_reaches_further_back() -> None:
    kpis = BOARD.kpis
    plain = lookback_of(BOARD, [EvaluationRequest(kpis["day"])], TODAY)["day"]
    lagged = lookback_of(BOARD, [EvaluationRequest(kpis["growth"])], TODAY)["day"]
    yearly = lookback_of(BOARD, [EvaluationRequest(kpis["yearly_growth"])], TODAY)["day"]
    assert plain > lagged > yearly
    assert (plain - yearly).days > 365


def test_a_window_reaches_as_far_as_its_first_period_and_never_before_all_days() -> None:
    kpis = BOARD.kpis
    plain = lookback_of(BOARD, [EvaluationRequest(kpis["day"])], TODAY)["day"]
    window = lookback_of(BOARD, [EvaluationRequest(kpis["day_window"])], TODAY)["day"]
    assert 40 <= (plain - window).days < 60
    far = defined("""
    [defaults]
    frequency = "yearly"
    [kpis.a]
    [kpis.b]
    formula = "prev(a, 400)"
    [kpis.c]
    formula = "sum(b, 400) + mean(a, 400)"
    [kpis.d]
    formula = "prev(c, 400)"
    [kpis.e]
    formula = "sum(d, 400) + prev(d, 400)"
    [kpis.f]
    formula = "prev(e, 400) + e"
    [kpis.g]
    formula = "prev(f, 400)"
    """)
    reach = lookback_of(far, [EvaluationRequest(kpi) for kpi in far.kpis.values()], TODAY)
    assert reach["a"] == date.min
    evaluation = AnalysisLedger(far, {}, Clock(TODAY, day_of)).latest(far.kpis["g"])
    assert evaluation.reason == "f: nothing recorded for 1625"


def test_former_ids_reach_as_far_and_others_nowhere() -> None:
    reach = full_lookback(BOARD, [BOARD.kpi("day")])
    assert reach == {"day": date.min, "old_day": date.min, "kpi_note": date.min}


def test_a_kpi_that_stopped_is_looked_for_where_it_stopped_and_the_others_where_they_are() -> None:
    lines = [*months("month", "2020-01", "2020-02"), line("quarter 2026-Q3 4", 9)]
    asked = [EvaluationRequest(BOARD.kpis["month"]), EvaluationRequest(BOARD.kpis["quarter"])]
    scorecard, left_out = loaded(lines, asked)
    month, quarter = further_requests(
        scorecard, zip(asked, shown(scorecard, asked), strict=True), left_out
    )
    assert (month.until, quarter.until) == (date(2020, 2, 1), None)
    reach = lookback_of(BOARD, [month, quarter], TODAY)
    assert date(2019, 9, 1) < reach["month"] < date(2020, 2, 1) < reach["quarter"]
