from datetime import date
from decimal import Decimal

import pytest

from kpicli.model.kpi import Definitions
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.period import read_period
from kpicli.model.record import EMPTY_SERIES, LogLine, Record, Series
from kpicli.model.scorecard import Clock, Scorecard
from tests.model.built import kpi

MONTH = read_period("2026-10")
LINE = LogLine("mrr", "2026-10", "2026-11-02T08:15:30.123456Z", "9f1c02ab77e04d11", "480000.50")


def test_a_line_becomes_a_record_under_the_id_of_today() -> None:
    line = LINE._replace(by="ana", note="late", is_sealed=False, number=17, file="kpis.jsonl")
    assert line.record("revenue") == Record(
        kpi="revenue",
        period=MONTH,
        value=Decimal("480000.50"),
        at="2026-11-02T08:15:30.123456Z",
        id="9f1c02ab77e04d11",
        by="ana",
        note="late",
    )


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        pytest.param("480000", "480000", id="a whole number"),
        pytest.param("0.10", "0.10", id="digits as typed"),
        pytest.param("-3.5", "-3.5", id="below zero"),
        pytest.param("0", "0", id="zero"),
        pytest.param("-0.00", "0.00", id="there is no minus zero"),
        pytest.param("null", "None", id="an actual taken back"),
    ],
)
def test_a_records_value_has_the_digits_of_its_line(value: str, digits: str) -> None:
    assert str(LINE._replace(value=value).record("mrr").value) == digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            ("2026-11-02T08:15:30.000000Z", "f"), ("2026-11-02T08:15:30.000001Z", "0"), id="at"
        ),
        pytest.param(
            ("2026-11-02T08:15:30.000000Z", "0"), ("2026-11-02T08:15:30.000000Z", "f"), id="id"
        ),
    ],
)
def test_records_are_in_the_order_of_time_and_then_of_id(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    first, second = (
        Record("mrr", MONTH, Decimal(1), at=at, id=id).order for at, id in (one, other)
    )
    assert first < second


def test_damage_names_its_place_and_reason() -> None:
    assert (
        str(LogIssue(IssueKind.DAMAGED, "kpis.jsonl", 17, "not UTF-8"))
        == "kpis.jsonl:17: not UTF-8"
    )


def test_a_scorecard_knows_the_series_of_a_kpi_or_an_empty_one() -> None:
    record = LINE.record("it")
    series = Series({MONTH: record}, {})
    clock = Clock(date(2026, 11, 22), lambda at: date.fromisoformat(at[:10]))
    own = kpi("")
    assert Scorecard(Definitions(), {"it": series}, clock).series_of(own) is series
    assert Scorecard(Definitions(), {}, clock).series_of(own) is EMPTY_SERIES
