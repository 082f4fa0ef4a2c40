"""What a damaged line of the log may have been about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.period import read_period
from kpicli.store.log import restore
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.damage import damage_of
from kpicli.store.log.restore import Restorer
from tests.store.logs import AT, line

KPIS = ("mrr", "churn")
RECORD = line(value=480000, by="ana", note="a é")[:-1]
OTHER = line("churn", "2026-W01", 2)[:-1]
WHY = NotationError("why")
FIRST, SECOND = "mrr 2026-10 proven", "churn 2026-W01 proven"


def damage(raw: bytes, kpis: tuple[str, ...] = KPIS) -> LogIssue:
    return damage_of("kpis.jsonl", 4, raw, WHY, Restorer(kpis))


def lost(raw: bytes, kpis: tuple[str, ...] = KPIS) -> list[str]:
    """`mrr 2026-10`, with `any` for what is not known, and whether it is proven."""
    return [
        f"{each.kpi or 'any'} {each.period or 'any'}{' proven' if each.id else ''}"
        for each in damage(raw, kpis).lost
    ]


def test_what_is_proven_is_the_record_as_it_was() -> None:
    found = damage(RECORD.replace(b"480000", b"480001"))
    id = read_line(RECORD).id
    assert (found.kind, str(found)) == (IssueKind.DAMAGED, "kpis.jsonl:4: why")
    assert found.lost == (LostRecord("mrr", read_period("2026-10"), AT, id),)
    assert (found.kpi, found.period) == ("mrr", "2026-10")
    assert found.hint == "record its KPI and period again, then run kpi repair"


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_is_put_right_wherever_it_is(bit: int) -> None:
    for at in range(len(RECORD)):
        changed = bytearray(RECORD)
        changed[at] ^= 1 << bit
        if changed[at] != 0x0A:
            assert lost(bytes(changed)) == [FIRST], at


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(RECORD.replace(b'"at":"2', b'"at":"x'), id="another byte"),
        pytest.param(RECORD.replace(b"480000", b"48000"), id="a digit less"),
        pytest.param(RECORD.replace(b"480000", b"4800001"), id="a digit more"),
        pytest.param(RECORD.replace(b'"mrr"', b'"churn"'), id="another KPI"),
        pytest.param(RECORD.replace(b"2026-10", b"2025-Q3"), id="another period"),
        pytest.param(
            RECORD.replace(b'"mrr","period":"2026-10', b'"churn","period":"2026-10-30'), id="both"
        ),
        pytest.param(RECORD.replace(b"2026-11-02", b"2025-12-31"), id="another day"),
        pytest.param(RECORD.replace(b'{"id":"', b'{"ix":"'), id="another key for the id"),
        pytest.param(RECORD + b" ", id="a space behind it"),
        pytest.param(b"[" + RECORD + b",", id="a list around it"),
    ],
)
def test_a_small_change_is_put_right(raw: bytes) -> None:
    assert lost(raw) == [FIRST]


@pytest.mark.parametrize("joint", [b"\r", b" ", b", ", b"\x0b", b"*", b"", b"\0" * 500])
def test_lines_that_are_joined_are_each_what_they_were(joint: bytes) -> None:
    assert lost(RECORD + joint + OTHER) == [FIRST, SECOND]
    assert damage(RECORD + joint + OTHER).kpi == ""


def test_of_joined_lines_one_may_be_damaged_too() -> None:
    changed = OTHER.replace(b":2,", b":3,")
    assert lost(RECORD + b"\r" + changed) == [FIRST, SECOND]
    assert lost(changed + b"\r" + RECORD) == [SECOND, FIRST]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        pytest.param(RECORD.replace(b"480000", b"999999"), "mrr any", id="a value of many digits"),
        pytest.param(RECORD[:90], "mrr 2026-10", id="the end is missing"),
        pytest.param(RECORD[:53], "mrr any", id="and the period"),
        pytest.param(RECORD[:34], "any any", id="and the KPI"),
        pytest.param(RECORD[37:], "any any", id="the start is missing"),
        pytest.param(
            RECORD.replace(b"480000", b"999999").replace(b'"mrr"', b'"arr"'),
            "any any",
            id="a KPI that nobody has",
        ),
        pytest.param(b'{"kpi":"mrr","period":"2026-xx","value":1}', "mrr any", id="no period"),
        pytest.param(b"x", "any any", id="a letter"),
        pytest.param(b'{"kpi":"mrr","period":"2026-10","value":1e9}', "mrr 2026-10", id="unsealed"),
        pytest.param(b'{"kpi":"churm","period":"2026-10","value":1e9}', "any 2026-10", id="a typo"),
        pytest.param(b"damaged", "any any", id="anything"),
        pytest.param(b"\xff\x00\x1f\x8b", "any any", id="bytes"),
        pytest.param(b"x" * LONGEST, "any any", id="a line that is too long"),
        pytest.param(b'{"a":1}', "any any", id="another object"),
    ],
)
def test_else_only_what_the_rest_bears_out_is_believed(raw: bytes, wanted: str) -> None:
    assert lost(raw) == [wanted]


def test_a_kpi_is_believed_where_none_is_known() -> None:
    assert lost(RECORD.replace(b"480000", b"999999"), ()) == ["mrr any"]


def test_what_is_quoted_in_a_note_is_not_shown() -> None:
    quoted = line(note='"kpi":"churn","at":"x"').replace(b'"kpi":"mrr",', b"")
    assert lost(quoted) == ["any any"]


def test_an_instant_that_is_none_is_not_shown() -> None:
    raw = RECORD.replace(AT.encode(), b"2026-02-31T08:15:30.999999Z")
    assert damage(raw).lost[0].at == ""


def test_what_takes_too_long_to_prove_is_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore, "_MAX_HASHED", 1000)
    assert lost(RECORD.replace(b"480000", b"480001")) == ["mrr any"]


@given(st.binary())
def test_any_bytes_are_damage_that_can_be_named(raw: bytes) -> None:
    assert str(damage(raw)) == "kpis.jsonl:4: why"
