"""What a damaged line of the log may have been about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.log_issue import IssueKind
from kpicli.store.log.damage import damage_of
from tests.store.logs import AT, line

RECORD = line(value=480000)[:-1]
OTHER = line("churn", "2026-W01", 2)[:-1]


def pairs(raw: bytes) -> list[str]:
    return [f"{kpi} {period}" for kpi, period in damage_of("kpis.jsonl", 4, raw, "why").pairs]


def test_a_damaged_line_still_shows_what_it_was_about() -> None:
    damage = damage_of("kpis.jsonl", 4, RECORD.replace(b"480000", b"480001"), "why")
    assert (damage.kind, str(damage)) == (IssueKind.DAMAGED, "kpis.jsonl:4: why")
    assert (damage.kpi, damage.period, damage.at) == ("mrr", "2026-10", AT)
    assert damage.hint == "record its KPI and period again, then run kpi repair"


def test_two_lines_run_together_show_all_that_they_may_be_about() -> None:
    assert pairs(RECORD + OTHER) == [
        "mrr 2026-10",
        "mrr 2026-W01",
        "churn 2026-10",
        "churn 2026-W01",
    ]
    assert damage_of("kpis.jsonl", 4, RECORD + OTHER, "why").kpi == ""


def test_what_is_quoted_in_a_note_is_not_shown() -> None:
    quoted = line(note='"kpi":"mrr","at":"x"').replace(b'"kpi":"mrr",', b"")
    assert pairs(quoted) == []


@pytest.mark.parametrize("label", [b"2026-13", b"2025-W53"])
def test_a_period_that_is_none_is_not_shown(label: bytes) -> None:
    damage = damage_of("kpis.jsonl", 4, RECORD.replace(b"2026-10", label), "why")
    assert (damage.pairs, damage.hint) == ((), "kpi repair sets it aside")


def test_an_instant_that_is_none_is_not_shown() -> None:
    raw = RECORD.replace(AT.encode(), b"2026-02-31T08:15:30.123456Z")
    assert damage_of("kpis.jsonl", 4, raw, "why").at == ""


def test_a_line_that_is_no_record_at_all_shows_no_more_than_can_be_kept() -> None:
    raw = b"".join(b'"kpi":"a%d","period":"%d"' % (n, 1900 + n) for n in range(1000))
    assert len(pairs(raw)) == 1000


@given(st.binary())
def test_any_bytes_are_damage_that_can_be_named(raw: bytes) -> None:
    assert str(damage_of("kpis.jsonl", 4, raw, "why")) == "kpis.jsonl:4: why"
