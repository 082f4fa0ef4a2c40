from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.analysis.compare import Against, compared
from kpicli.analysis.evaluate import Evaluation, evaluate
from kpicli.analysis.latest import latest_evaluation, shown_period
from kpicli.analysis.reach import Asked, falls_short, reach_of, whole_reach
from kpicli.analysis.series import newest, series
from kpicli.model.actual import Clock, Line
from kpicli.model.period import Frequency, period_of, read_period
from kpicli.model.scorecard import Scorecard
from tests.analysis.board import day_of, defined, line

TODAY = date(2026, 11, 5)
BOARD = defined(
    """
[kpis.day]
frequency = "daily"
rollup = "sum"
target = "3"
formerly = ["old_day"]
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
"""
)


def loaded(lines: Sequence[Line], asked: Sequence[Asked] | None) -> tuple[Scorecard, set[str]]:
    """What is kept of a log where so much is in reach, and the names that older lines have."""
    reach = None if asked is None else reach_of(BOARD, asked, TODAY)
    kept = [
        one
        for one in lines
        if reach is None or (one.kpi in reach and read_period(one.period).start >= reach[one.kpi])
    ]
    found = series(newest(kept, BOARD.ids), (), BOARD.ids)
    return Scorecard(BOARD, found, Clock(TODAY, day_of)), {
        one.kpi for one in lines if one not in kept
    }


def shown(scorecard: Scorecard, asked: Sequence[Asked]) -> list[Evaluation]:
    return [
        evaluate(scorecard, one.kpi, one.period)
        if one.period
        else latest_evaluation(scorecard, one.kpi, one.frequency)
        for one in asked
    ]


def is_short(scorecard: Scorecard, asked: Sequence[Asked], left_out: set[str]) -> bool:
    return falls_short(scorecard, zip(asked, shown(scorecard, asked), strict=True), left_out)


def all_of(label: str | None, frequency: Frequency | None) -> list[Asked]:
    if label is None:
        return [Asked(kpi, None, frequency) for kpi in BOARD.kpis.values()]
    return [Asked(kpi, shown_period(kpi, read_period(label))) for kpi in BOARD.kpis.values()]


@st.composite
def logs(draw: st.DrawFn) -> list[Line]:
    """Records of the last five years, many of them taken back, and long stretches without any."""
    words = []
    for _ in range(draw(st.integers(0, 25))):
        kpi = draw(st.sampled_from(["day", "old_day", "month", "slow", "quarter"]))
        back = draw(st.one_of(st.integers(0, 80), st.integers(0, 1800)))
        own = BOARD.kpis[BOARD.ids[kpi]].frequency
        frequency = draw(st.sampled_from([own, Frequency.DAILY])) if kpi == "month" else own
        period = period_of(TODAY - timedelta(days=back), frequency)
        words.append(f"{kpi} {period} {draw(st.sampled_from(['0', '1', '2', 'none']))}")
    return [line(word, number) for number, word in enumerate(words, 1)]


@given(
    lines=logs(),
    label=st.sampled_from([None, None, "2026", "2026-11", "2026-Q3", "2025-12", "2026-10-31"]),
    frequency=st.sampled_from([None, *Frequency]),
)
def test_what_is_in_reach_shows_the_same_as_all_of_the_log(
    lines: list[Line], label: str | None, frequency: Frequency | None
) -> None:
    asked = all_of(label, frequency)
    scorecard, left_out = loaded(lines, asked)
    if not is_short(scorecard, asked, left_out):
        assert shown(scorecard, asked) == shown(loaded(lines, None)[0], asked)


@given(
    lines=logs(), against=st.sampled_from(Against), frequency=st.sampled_from([None, *Frequency])
)
def test_so_it_is_with_what_the_shown_periods_are_compared_with(
    lines: list[Line], against: Against, frequency: Frequency | None
) -> None:
    asked = [Asked(kpi, None, frequency, against) for kpi in BOARD.kpis.values()]
    scorecard, left_out = loaded(lines, asked)
    if not is_short(scorecard, asked, left_out):
        whole, _ = loaded(lines, None)
        assert [compared(scorecard, one, against) for one in shown(scorecard, asked)] == [
            compared(whole, one, against) for one in shown(whole, asked)
        ]


def months(kpi: str, *labels: str) -> list[Line]:
    return [line(f"{kpi} {label} 3", number) for number, label in enumerate(labels, 1)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(months("month", "2026-10"), False, id="nothing is older"),
        pytest.param(months("month", "2026-10", "2020-01"), False, id="the latest is in reach"),
        pytest.param(months("month", "2020-01"), True, id="the latest is not"),
        pytest.param(months("month", "2026-11", "2020-01"), True, id="too early, so an older one"),
        pytest.param(
            [*months("month", "2020-01"), line("month 2026-11 5 on 2026-11-05", 9)],
            True,
            id="overdue, by an older one",
        ),
    ],
)
def test_where_the_reach_falls_short_all_is_read(lines: list[Line], *, expected: bool) -> None:
    asked = [Asked(BOARD.kpis["month"])]
    scorecard, left_out = loaded(lines, asked)
    assert is_short(scorecard, asked, left_out) is expected


def test_so_it_is_for_a_formula_of_which_the_latest_input_is_older() -> None:
    asked = [Asked(BOARD.kpis["growth"])]
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
    found = series(newest(parts[1:], definitions.ids), (), definitions.ids)
    scorecard = Scorecard(definitions, found, Clock(TODAY, day_of))
    one = latest_evaluation(scorecard, kpi)
    assert str(one.period) == "2025-06"
    assert falls_short(scorecard, [(Asked(kpi), one)], {"month"})


def test_a_lag_reaches_further_back() -> None:
    kpis = BOARD.kpis
    plain = reach_of(BOARD, [Asked(kpis["day"])], TODAY)["day"]
    lagged = reach_of(BOARD, [Asked(kpis["growth"])], TODAY)["day"]
    yearly = reach_of(BOARD, [Asked(kpis["yearly_growth"])], TODAY)["day"]
    assert plain > lagged > yearly
    assert (plain - yearly).days > 365


def test_former_ids_reach_as_far_and_others_nowhere() -> None:
    assert whole_reach(BOARD, ["day"]) == {"day": date.min, "old_day": date.min}
