import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.record import LogLine
from kpicli.recording.undo import UndoStep, last_write, undo_steps

IDS = {"it": "it", "was": "it", "other": "other"}


def line(words: str, number: int = 0) -> LogLine:
    """`it 2026-10 5 by ann at 3` is the fifth, by Ann, in the third second."""
    kpi, period, value, _, by, _, second = words.split()
    at = f"2026-11-02T08:00:{int(second):02}.000000Z"
    return LogLine(kpi, period, at, f"{number:016x}", value, by, number=number)


def lines(*words: str) -> list[LogLine]:
    return [line(one, number) for number, one in enumerate(words, 1)]


def taken_back(log: list[LogLine], writer: str = "ann") -> list[str]:
    """What taking the last write back means: `it 2026-10: 5 → 4, since 6`."""
    found = undo_steps(log, last_write(log, writer), IDS)
    assert all(step.pair == pair for pair, step in found.items())
    return [told(step) for step in found.values()]


def told(step: UndoStep) -> str:
    before = step.before.value if step.before else "nothing"
    since = f", since {step.since.value}" if step.since else ""
    return f"{' '.join(step.pair)}: {step.written.value} → {before}{since}"


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param([], [], id="nothing was recorded"),
        pytest.param(["it 2026-10 5 by bob at 1"], [], id="nothing by that writer"),
        pytest.param(["it 2026-10 5 by ann at 1"], ["it 2026-10: 5 → nothing"], id="the first"),
        pytest.param(
            ["it 2026-10 4 by ann at 1", "it 2026-10 5 by ann at 2"],
            ["it 2026-10: 5 → 4"],
            id="one's own before",
        ),
        pytest.param(
            ["it 2026-10 5 by ann at 3", "it 2026-10 4 by bob at 2", "it 2026-10 3 by bob at 1"],
            ["it 2026-10: 5 → 4"],
            id="the latest before, in any order of lines",
        ),
        pytest.param(
            ["it 2026-10 5 by ann at 2", "other 2026-10 6 by ann at 2", "it 2026-09 1 by ann at 1"],
            ["it 2026-10: 5 → nothing", "other 2026-10: 6 → nothing"],
            id="all of one write, and no other",
        ),
        pytest.param(
            ["it 2026-10 5 by ann at 2", "other 2026-10 6 by bob at 2"],
            ["it 2026-10: 5 → nothing"],
            id="nothing that somebody else wrote in the same instant",
        ),
        pytest.param(
            ["it 2026-10 5 by ann at 1", "it 2026-10 6 by bob at 3", "it 2026-10 7 by bob at 2"],
            ["it 2026-10: 5 → nothing, since 6"],
            id="recorded again since",
        ),
        pytest.param(
            ["was 2026-10 4 by bob at 1", "was 2026-10 5 by ann at 2"],
            ["it 2026-10: 5 → 4"],
            id="under a former id",
        ),
        pytest.param(
            ["was 2026-10 5 by ann at 1", "it 2026-10 6 by bob at 2"],
            ["it 2026-10: 5 → nothing, since 6"],
            id="recorded again since under the id of today",
        ),
        pytest.param(
            ["it 2026-10 4 by bob at 1", "it 2026-10 null by ann at 2"],
            ["it 2026-10: null → 4"],
            id="a retraction",
        ),
        pytest.param(
            ["it 2026-10 null by bob at 1", "it 2026-10 4 by ann at 2"],
            ["it 2026-10: 4 → null"],
            id="what followed a retraction",
        ),
        pytest.param(
            ["it 2026-10 4 by bob at 1", "it 2026-10-01 5 by ann at 2"],
            ["it 2026-10-01: 5 → nothing"],
            id="a part is another pair than its whole",
        ),
        pytest.param(
            ["it 2026-10 4 by ann at 2", "it 2026-10 5 by ann at 2"],
            ["it 2026-10: 5 → nothing"],
            id="of two lines of one write the one that counts",
        ),
        pytest.param(
            ["it 2026-10 5 by ann at 1", "it 2026-10 5 by ann at 1"],
            ["it 2026-10: 5 → nothing"],
            id="a line that appears twice",
        ),
    ],
)
def test_what_taking_a_write_back_means(log: list[str], expected: list[str]) -> None:
    assert taken_back(lines(*log)) == expected


WORDS = st.builds(
    "{} 2026-{:02} {} by {} at {}".format,
    st.sampled_from(["it", "was", "other"]),
    st.integers(1, 2),
    st.integers(1, 5),
    st.sampled_from(["ann", "bob"]),
    st.integers(1, 4),
)


@given(st.lists(WORDS, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_order_and_number_of_lines_change_nothing(words: list[str], chance: random.Random) -> None:
    log = lines(*words)
    shuffled = log * 2
    chance.shuffle(shuffled)
    assert set(taken_back(shuffled)) == set(taken_back(log))
