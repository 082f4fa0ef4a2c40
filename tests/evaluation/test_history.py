import random
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.history import HistoryEntry, all_entries, standing_entries
from kpicli.evaluation.series import time_order
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from tests.evaluation.board import board, damage, line

TOML = '[kpis.it]\nrollup = "sum"\nformerly = ["was"]\n[kpis.other]\n'
IDS = {"it": "it", "was": "it", "other": "other"}


def told(entries: Iterable[HistoryEntry]) -> list[str]:
    """Each as `2026-10 5`, and with what came after it `2026-10 5 then 6`."""
    found = []
    for record, successor, _ in entries:
        text = f"{record.period} {'none' if record.value is None else json_number(record.value)}"
        if successor:
            value = "none" if successor.value is None else json_number(successor.value)
            text += f" then {value}"
        found.append(text)
    return found


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["it 2026-10 2", "it 2026-09 1"], ["2026-09 1", "2026-10 2"], id="in time"),
        pytest.param(["it 2026-10 2", "it 2026-10 3"], ["2026-10 3"], id="the one that counts"),
        pytest.param(["it 2026-10 2", "it 2026-10 none"], [], id="none that was taken back"),
        pytest.param(["was 2026-10 2"], ["2026-10 2"], id="one of a former id"),
        pytest.param(
            ["it 2026-10 9", "it 2026-10-31 1", "it 2026-10-01 2"],
            ["2026-10-01 2", "2026-10-31 1", "2026-10 9"],
            id="a longer period after its parts",
        ),
        pytest.param(["other 2026-10 2"], [], id="nothing of another KPI"),
    ],
)
def test_what_stands(records: list[str], expected: list[str]) -> None:
    made = board(TOML, *records)
    wanted = [made.definitions.kpis["it"]]
    assert told(standing_entries(made, wanted, lambda _id, _period: True)) == expected


def test_what_damage_hides_does_not_stand() -> None:
    made = board(TOML, "it 2026-10 2", "it 2026-09 1", damages=[damage("it 2026-10", 3)])
    wanted = made.definitions.kpis.values()
    assert told(standing_entries(made, wanted, lambda _id, _period: True)) == ["2026-09 1"]


def test_only_what_is_asked_for_is_found_in_the_order_of_the_kpis() -> None:
    made = board(TOML, "it 2026-10 2", "it 2026-09 1", "other 2026-10 3")
    wanted = [made.definitions.kpis[id] for id in ("other", "it")]
    october = read_period("2026-10")
    entries = standing_entries(made, wanted, lambda _id, period: period == october)
    assert told(entries) == ["2026-10 3", "2026-10 2"]


def test_every_record_names_the_one_that_came_after_it() -> None:
    words = [
        "it 2026-10 5 on 2026-11-03",
        "was 2026-10 4 on 2026-11-02",
        "it 2026-10 none on 2026-11-04",
        "gone 2026-10 7",
        "it 2026-09 1",
    ]
    found = all_entries([line(word, number) for number, word in enumerate(words)], IDS)
    assert told(found["it"]) == [
        *("2026-09 1", "2026-10 4 then 5", "2026-10 5 then none", "2026-10 none")
    ]
    assert told(found["gone"]) == ["2026-10 7"]
    assert set(found) == {"it", "gone"}


def test_what_was_recorded_later_is_left_out_and_replaces_nothing() -> None:
    lines = [line("it 2026-10 5 on 2026-11-03", 1), line("it 2026-10 4 on 2026-11-02", 2)]
    found = all_entries(lines, IDS, until="2026-11-03")
    assert told(found["it"]) == ["2026-10 4"]
    assert all_entries(lines, IDS, until="2026-11-01") == {}


WORDS = st.builds(
    "{} 2026-{:02} {} on 2026-11-{:02}".format,
    st.sampled_from(["it", "was", "other"]),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 3),
)


@given(st.lists(WORDS, max_size=12), st.randoms(use_true_random=False))
def test_order_and_number_of_lines_change_nothing(words: list[str], chance: random.Random) -> None:
    lines = [line(word, number) for number, word in enumerate(words, 1)]
    found = all_entries(lines, IDS)
    shuffled = lines * 2
    chance.shuffle(shuffled)
    assert all_entries(shuffled, IDS) == found
    for entries in found.values():
        assert [time_order(one.record) for one in entries] == sorted(
            time_order(one.record) for one in entries
        )
        last = [one for one in entries if one.successor is None]
        assert len({one.record.period for one in last}) == len(last)
    assert sum(map(len, found.values())) == len(lines)
