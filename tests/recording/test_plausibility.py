from decimal import Decimal

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.model.period import read_period
from kpicli.model.record import Record
from kpicli.recording.plausibility import (
    concerns,
    current_record,
    previous_record,
    with_records,
)
from tests.evaluation.board import board, damage, judged, told

MONEY = '[kpis.it]\ntarget = "3 kr"\nrollup = "mean"'
PERCENT = '[kpis.it]\ntarget = "3%"\nrollup = "mean"'


def draft(value: str | None, period: str = "2026-10") -> Record:
    number = None if value is None else Decimal(value)
    return Record("it", read_period(period), number, "2026-11-05T12:00:00.000000Z")


def doubted(scorecard: AnalysisLedger, value: str | None, period: str = "2026-10") -> str:
    """What is said against it: `replaces 3.2`, `far from 3.2 (2026-09)`."""
    found = concerns(scorecard, scorecard.definitions.kpis["it"], draft(value, period))
    said = [f"replaces {found.replaced.value}"] if found.replaced else []
    if found.far_from is not None:
        what = found.far_from_period or "the target"
        said.append(f"far from {found.far_from} ({what})")
    if found.percentage is not None:
        said.append(f"a fraction of {found.percentage}")
    assert bool(found) == bool(said)
    return ", ".join(said)


@pytest.mark.parametrize(
    ("before", "value", "expected"),
    [
        pytest.param("3.2", "320", "far from 3.2 (2026-09)", id="3.2 * 100 = 320 is asked about"),
        pytest.param("3.2", "319.9", "", id="319.9 is not"),
        pytest.param("3.2", "0.032", "far from 3.2 (2026-09)", id="3.2 / 100 = 0.032 is too"),
        pytest.param("3.2", "0.033", "", id="0.033 is not"),
        pytest.param("480000", "480", "far from 480000 (2026-09)", id="480 for 480 thousand"),
        pytest.param("480000", "4801", "", id="a little more than a hundredth"),
        pytest.param("-5", "-500", "far from -5 (2026-09)", id="by their size: -5 and -500"),
        pytest.param("-5", "500", "far from -5 (2026-09)", id="whatever their signs"),
        pytest.param("-5", "5", "", id="a change of sign alone is none"),
        pytest.param("0", "1000000", "", id="nothing is compared with zero"),
        pytest.param("3.2", "0", "", id="nor zero with anything"),
    ],
)
def test_a_hundred_times_more_or_less_is_asked_about(
    before: str, value: str, expected: str
) -> None:
    assert doubted(board(MONEY, f"it 2026-09 {before}"), value) == expected


@pytest.mark.parametrize(
    ("records", "value", "period", "expected"),
    [
        pytest.param(
            ["it 2026-10 3.2"], "3.1", "2026-10", "replaces 3.2", id="another value stands"
        ),
        pytest.param(["it 2026-10 3.2"], "3.2", "2026-10", "", id="the same value stands"),
        pytest.param(["it 2026-10 3.2"], "3.20", "2026-10", "", id="the same with another zero"),
        pytest.param(
            ["it 2026-10 3.2", "it 2026-10 none"], "3.1", "2026-10", "", id="it was taken back"
        ),
        pytest.param(
            ["it 2026-10 3.2"],
            "0.031",
            "2026-10",
            "replaces 3.2, far from 3.2 (2026-10)",
            id="another value stands, and is far away",
        ),
        pytest.param(
            ["it 2026-09 3.2", "it 2026-10 320"],
            "3.1",
            "2026-10",
            "replaces 320, far from 320 (2026-10)",
            id="a slip of a hundred put right is far from the slip",
        ),
        pytest.param(
            ["it 2026-09 3.2", "it 2026-10 3.3"],
            "33",
            "2026-10",
            "replaces 3.3",
            id="ten times is not far",
        ),
        pytest.param(
            ["it 2026-08 3.2", "it 2026-09 320"],
            "310",
            "2026-10",
            "",
            id="it follows the latest one, and no other",
        ),
        pytest.param(
            ["it 2026-08 3.2", "it 2026-09 320", "it 2026-09 none"],
            "320",
            "2026-10",
            "far from 3.2 (2026-08)",
            id="what was taken back is followed by nothing",
        ),
        pytest.param(["it 2026-11 0.5"], "299", "2026-10", "", id="a later one is not followed"),
        pytest.param(
            ["it 2026-10-01 320"], "3.2", "2026-10", "", id="a day says nothing about a month"
        ),
        pytest.param(
            ["it 2026-10 3.2"], "320", "2026-11-01", "", id="nor a month or its target about a day"
        ),
        pytest.param(
            ["it 2026-10-01 3.2"],
            "320",
            "2026-11-01",
            "far from 3.2 (2026-10-01)",
            id="a day is compared with a day",
        ),
        pytest.param([], "300", "2026-10", "far from 3 (the target)", id="none: with the target"),
        pytest.param([], "0.03", "2026-10", "far from 3 (the target)", id="a hundredth of it"),
        pytest.param([], "299", "2026-10", "", id="less than a hundred times the target"),
        pytest.param([], "300", "2026-10-01", "", id="a part is not compared with a whole target"),
        pytest.param(
            ["it 2026-09 0"], "300", "2026-10", "", id="a zero that it follows: not at all"
        ),
        pytest.param([], None, "2026-10", "", id="taking back what is not there"),
    ],
)
def test_it_is_compared_with_what_it_replaces_and_follows_else_with_the_target(
    records: list[str], value: str | None, period: str, expected: str
) -> None:
    assert doubted(board(MONEY, *records), value, period) == expected


@pytest.mark.parametrize(
    ("target", "value", "expected"),
    [
        pytest.param("", "1000000", "", id="no target: nothing is known"),
        pytest.param('target = "0"', "1000000", "", id="a target of zero"),
        pytest.param('target = "40..60"', "5999", "", id="less than 100 * 60"),
        pytest.param('target = "40..60"', "6000", "far from 60 (the target)", id="100 * 60"),
        pytest.param('target = "40..60"', "0.5", "", id="more than 40 / 100"),
        pytest.param('target = "40..60"', "0.4", "far from 40 (the target)", id="40 / 100"),
        pytest.param(
            'target = "0..60"', "6000", "far from 60 (the target)", id="from zero: 100 * 60"
        ),
        pytest.param(
            'targets = { "2026-01" = "10", "2026-10" = "20" }',
            "1999",
            "",
            id="the one in force: less than 100 * 20",
        ),
        pytest.param(
            'target = "+20%"\nbaseline = "10"',
            "1200",
            "far from 12 (the target)",
            id="a relative one",
        ),
    ],
)
def test_the_target_is_the_one_in_force_and_of_a_range_its_nearer_edge(
    target: str, value: str, expected: str
) -> None:
    assert doubted(board(f"[kpis.it]\n{target}"), value) == expected


def test_what_damage_hides_neither_stands_nor_is_followed() -> None:
    damages = [damage("it 2026-10", 9), damage("it 2026-09", 9)]
    scorecard = board(MONEY, "it 2026-10 320", "it 2026-09 320", damages=damages)
    assert current_record(scorecard, draft("3")) is None
    assert previous_record(scorecard, draft("3")) is None
    assert doubted(scorecard, "3") == ""


@pytest.mark.parametrize(
    ("lines", "records", "expected"),
    [
        pytest.param("", [], True, id="nothing was ever recorded"),
        pytest.param("", ["it 2026-10 3"], False, id="the last closed month is there"),
        pytest.param("", ["it 2026-09 3", "it 2026-11 3"], True, id="it is not, but others are"),
        pytest.param("", ["it 2026-10 3", "it 2026-10 none"], True, id="it was taken back"),
        pytest.param('rollup = "sum"', ["it 2026-10-07 3"], False, id="a part of it is there"),
        pytest.param("grace = 20", [], True, id="grace is for overdue, not for due"),
        pytest.param('until = "2026-10"', [], False, id="retired in the meantime"),
        pytest.param('until = "2026-11"', [], True, id="still kept this month"),
        pytest.param('frequency = "weekly"', ["it 2026-W44 3"], False, id="the last closed week"),
        pytest.param('formula = "other * 2"', [], False, id="a formula computes itself"),
    ],
)
def test_due_is_the_last_closed_period_where_nothing_stands(
    lines: str, records: list[str], *, expected: bool
) -> None:
    scorecard = board(f"[kpis.it]\n{lines}\n[kpis.other]", *records)
    assert bool(scorecard.awaited_periods(scorecard.definitions.kpis["it"])) is expected


def test_the_scorecard_once_a_record_stands() -> None:
    scorecard = board(MONEY, "it 2026-09 3", damages=[damage("it 2026-10")])
    after = with_records(scorecard, (draft("3.2"),))
    assert told(judged(scorecard, "it", "2026-10")) == (
        "2026-10 no_data overdue: damaged: kpis.jsonl:1"
    )
    assert told(judged(after, "it", "2026-10")) == "2026-10 on_target 3.2 (0.2)"
    assert told(judged(after, "it", "2026-09")) == "2026-09 on_target 3 (0)"


@pytest.mark.parametrize(
    ("target", "records", "value", "expected"),
    [
        pytest.param("<3%", [], "0.021", "a fraction of 2.1", id="a fraction of the target's size"),
        pytest.param(">=99.9%", [], "0.9995", "a fraction of 99.95", id="a share that is near 1"),
        pytest.param("<3%", [], "-0.021", "a fraction of -2.1", id="whatever its sign"),
        pytest.param("<60%", [], "1.5", "a fraction of 150", id="1.5 may be a fraction"),
        pytest.param("<60%", [], "1.51", "", id="more is none"),
        pytest.param("<3%", [], "0.1", "", id="9 times nearer is not enough"),
        pytest.param("<3%", [], "0.09", "a fraction of 9", id="11 times is"),
        pytest.param("<3%", [], "0.5", "", id="a small percentage"),
        pytest.param("<3%", [], "0", "", id="zero is zero"),
        pytest.param("0%", [], "0.021", "", id="nothing is held against zero"),
        pytest.param("40..60%", [], "0.7", "a fraction of 70", id="the nearer edge of a range"),
        pytest.param("", [], "0.021", "", id="nothing to hold it against"),
        pytest.param("", ["it 2026-09 2.2"], "0.021", "a fraction of 2.1", id="the actual before"),
        pytest.param(
            "", ["it 2026-10 2.2"], "0.021", "replaces 2.2, a fraction of 2.1", id="the old"
        ),
        pytest.param("", ["it 2026-09 0.022"], "0.021", "", id="as small as the one before"),
        pytest.param(
            "<8%", ["it 2026-09 0.1"], "0.1", "a fraction of 10", id="a slip like the last"
        ),
        pytest.param(
            "", ["it 2026-09-01 2.2"], "0.021", "a fraction of 2.1", id="a part of any length"
        ),
    ],
)
def test_a_fraction_in_place_of_a_percentage_is_asked_about(
    target: str, records: list[str], value: str, expected: str
) -> None:
    key = f'target = "{target}"' if target else ""
    toml = f'[kpis.it]\nunit = "%"\nrollup = "mean"\n{key}'
    assert doubted(board(toml, *records), value) == expected


def test_a_part_is_held_against_the_target_as_a_whole_is() -> None:
    assert doubted(board(PERCENT), "0.021", "2026-10-07") == "a fraction of 2.1"


def test_what_is_not_counted_in_percent_is_no_fraction() -> None:
    assert doubted(board(MONEY), "0.05") == ""


@pytest.mark.parametrize(
    ("value", "is_asked", "is_asked_who_may_replace"),
    [
        pytest.param("3.1", True, False, id="another value"),
        pytest.param("310", True, True, id="another value that is far away"),
        pytest.param("0.031", True, True, id="another value that looks like a fraction"),
        pytest.param("3.2", False, False, id="the same value"),
    ],
)
def test_leave_to_replace_is_no_leave_for_what_looks_odd(
    value: str, *, is_asked: bool, is_asked_who_may_replace: bool
) -> None:
    scorecard = board(PERCENT, "it 2026-09 3", "it 2026-10 3.2")
    found = concerns(scorecard, scorecard.definitions.kpis["it"], draft(value))
    assert found.needs_consent(may_replace=False) == is_asked
    assert found.needs_consent(may_replace=True) == is_asked_who_may_replace
