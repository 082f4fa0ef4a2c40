"""Every bit of a log flipped, and any bytes at all: what is not as it was written is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.period import read_period
from kpicli.services.load import damages_of
from tests.store.logs import line, warnings
from tests.store.promises import EARLIER, OLD, Append, Outcome, attempt, read_all, require_one_more
from tests.store.simulated import LOG, Simulated
from tests.tiers import examples, sampled

pytestmark = pytest.mark.usefixtures("every_reading")

LATER = "2026-10-03T08:15:30.123456Z"
LINES = [
    OLD,
    line("mrr", value=4, at=LATER, by="bob", note="J* é"),
    line("churn", "2026-W40", value=None, at=EARLIER, note='"'),
]
CONTENT = b"".join(LINES)
STARTS = [sum(map(len, LINES[:number])) for number in range(len(LINES) + 1)]
PAIRS = [("mrr", "2026-10"), ("mrr", "2026-10"), ("churn", "2026-W40")]

every_bit = sampled("bit", range(8), {0, 5})


def flipped(at: int, bit: int) -> bytes:
    changed = bytearray(CONTENT)
    changed[at] ^= 1 << bit
    return bytes(changed)


def names_pair(number: int, at: int) -> bool:
    """Whether a byte belongs to what says which KPI and period a line is about."""
    text = LINES[number]
    start, end = text.index(b'"kpi"'), text.index(b',"value"')
    return start <= at - STARTS[number] < end


@every_bit
@pytest.mark.parametrize("hit", range(len(LINES)))
def test_a_flipped_bit_takes_out_the_line_that_it_hits_and_names_it(hit: int, bit: int) -> None:
    whole, _ = read_all(Simulated({LOG: CONTENT}))
    for at in range(STARTS[hit], STARTS[hit + 1] - 1):
        lines, reading = read_all(Simulated({LOG: flipped(at, bit)}))
        assert [one.id for one in lines] == [one.id for one in whole if one.number != hit + 1]
        assert [one[:7] for one in lines] == [one[:7] for one in whole if one.number != hit + 1]
        assert {damage.line for damage in damages_of(reading)} >= {hit + 1}
        assert len(damages_of(reading)) == flipped(at, bit).count(b"\n") - len(lines)
        assert warnings(reading) == []


@every_bit
@pytest.mark.parametrize("hit", range(len(LINES) - 1))
def test_a_flipped_bit_of_a_line_end_takes_out_both_lines(hit: int, bit: int) -> None:
    lines, reading = read_all(Simulated({LOG: flipped(STARTS[hit + 1] - 1, bit)}))
    whole, _ = read_all(Simulated({LOG: CONTENT}))
    others = [one.id for one in whole if one.number not in (hit + 1, hit + 2)]
    assert [one.id for one in lines] == others
    assert [damage.line for damage in damages_of(reading)] == [hit + 1]
    touched = {(lost.kpi, str(lost.period)) for lost in damages_of(reading)[0].lost}
    assert touched >= {PAIRS[hit], PAIRS[hit + 1]}


@every_bit
def test_a_flipped_bit_of_the_last_line_end_takes_out_the_last_line(bit: int) -> None:
    content = flipped(len(CONTENT) - 1, bit)
    lines, reading = read_all(Simulated({LOG: content}))
    assert [one.value for one in lines] == ["1", "4"]
    [damage] = damages_of(reading)
    assert ((damage.kpi, damage.period), warnings(reading)) == (PAIRS[-1], [])


@every_bit
@pytest.mark.parametrize("hit", [1, 2])
def test_no_older_value_stands_where_a_line_still_shows_what_it_was_about(
    hit: int, bit: int
) -> None:
    kpi, label = PAIRS[hit]
    for at in range(STARTS[hit], STARTS[hit + 1] - 1):
        if names_pair(hit, at):
            continue
        lines, reading = read_all(Simulated({LOG: flipped(at, bit)}))
        found = series_by_kpi(newest_lines(lines, {}), damages_of(reading), {})[kpi]
        assert read_period(label) in found.damaged


@every_bit
def test_one_more_append_works_after_every_flipped_bit(bit: int) -> None:
    for at in range(bit % 3, len(CONTENT), 3):
        require_one_more(Simulated({LOG: flipped(at, bit)}))


PIECES = st.sampled_from(
    [
        *LINES,
        OLD[:-1],
        OLD[:40],
        OLD[40:],
        OLD.replace(b"1,", b"2,"),
        OLD.replace(b'"id"', b'"ie"'),
        b"\n",
        b"\r\n",
        b"\xef\xbb\xbf",
        b"<<<<<<< ours\n",
        b"{",
        b'{"kpi":"mrr","period":"2026-10","value":1e9,"at":"x"}\n',
        b"[" * 2000,
        b"\0" * 64,
    ]
)


@examples(100)
@given(st.lists(PIECES | st.binary(max_size=40)).map(b"".join))
def test_whatever_bytes_there_are_they_are_read_and_appended_to(content: bytes) -> None:
    require_one_more(Simulated({LOG: content}))


@given(st.lists(st.sampled_from(LINES), max_size=6), st.binary(max_size=40))
def test_a_torn_end_of_any_bytes_hides_no_whole_line(lines: list[bytes], torn: bytes) -> None:
    content = b"".join(lines) + torn.replace(b"\n", b"")
    found, _ = read_all(Simulated({LOG: content}))
    assert len(found) == len(lines)
    outcome = attempt(Simulated({LOG: content}), Append(content))
    assert outcome is Outcome.RECORDED or not lines
