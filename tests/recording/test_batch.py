from decimal import Decimal
from typing import Any

import pytest

from kpicli.errors import KpiError
from kpicli.model.number import Mark, json_number
from kpicli.model.source import Combination, SourceRow
from kpicli.recording.batch import Batch
from kpicli.recording.batch_records import records_by_kpi
from kpicli.recording.cell_number import CellNumbers
from tests.evaluation.board import board

TOML = """
[kpis.revenue]
target = "500,000 kr"
rollup = "sum"
formerly = ["turnover"]
[kpis.churn]
target = "<5%"
[kpis.double]
formula = "revenue * 2"
"""
ZERO = Decimal(0)
NOW = "2026-11-05T12:00:00.000000Z"


def row(
    kpi: str = "churn", period: str = "2026-10", value: str | None = "4", **more: Any
) -> SourceRow:
    return SourceRow(2, kpi, period, value, **more)


def taken(
    *rows: SourceRow,
    mark: Mark | None = None,
    toml: str = TOML,
    are_labels: bool = False,
    how: Combination | None = None,
) -> Batch:
    scorecard = board(toml)
    numbers = CellNumbers(mark or scorecard.definitions.reading_mark)
    batch = Batch(scorecard, "tester", numbers, NOW)
    for number, given in enumerate(rows, 2):
        batch.take(given._replace(line=number))
    for fault in batch.settle(are_labels=are_labels, how=how):
        raise fault.error
    return batch


def told(batch: Batch) -> list[str]:
    """`churn 2026-10 4 tester (2)`: who, and on which line; what has a time, with that in front."""
    found = [
        f"{one.kpi} {one.period} {json_number(one.value or ZERO)} {one.by} ({line})"
        for one, line in batch.drafts
    ]
    assert len(batch.drafts) == len(found)
    dated = [
        f"{one.at} {one.kpi} {one.period} {one.value} {one.by or 'nobody'} ({line})"
        for one, line in batch.dated
    ]
    return found + dated


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([row()], ["churn 2026-10 4 tester (2)"], id="a row"),
        pytest.param([row(by="ann")], ["churn 2026-10 4 ann (2)"], id="by somebody else"),
        pytest.param([row("turnover")], ["revenue 2026-10 4 tester (2)"], id="by a former id"),
        pytest.param([row(value="4.20%")], ["churn 2026-10 4.20 tester (2)"], id="with its unit"),
        pytest.param([row(period="last")], ["churn 2026-10 4 tester (2)"], id="in words"),
        pytest.param(
            [row("revenue", "2026-10-01"), row("revenue", "2026-10-02")],
            ["revenue 2026-10-01 4 tester (2)", "revenue 2026-10-02 4 tester (3)"],
            id="parts",
        ),
        pytest.param([row(), row(value="4.0")], ["churn 2026-10 4 tester (2)"], id="said twice"),
        pytest.param(
            [row(at="2026-11-02T09:00:00+01:00", by="ann")],
            ["2026-11-02T08:00:00.000000Z churn 2026-10 4 ann (2)"],
            id="recorded before",
        ),
        pytest.param(
            [row(at="2026-11-02T08:00:00Z", value=None, by="")],
            ["2026-11-02T08:00:00.000000Z churn 2026-10 None nobody (2)"],
            id="taken back before, by nobody knows whom",
        ),
        pytest.param(
            [row(at="2026-11-02T08:00:00Z")],
            ["2026-11-02T08:00:00.000000Z churn 2026-10 4 tester (2)"],
            id="recorded before, and no column says by whom",
        ),
        pytest.param(
            [row("double", "2026-W44", at="2026-11-05T11:59:59Z")],
            ["2026-11-05T11:59:59.000000Z double 2026-W44 4 tester (2)"],
            id="recorded when the definitions were others",
        ),
    ],
)
def test_what_is_taken_in(rows: list[SourceRow], expected: list[str]) -> None:
    assert told(taken(*rows)) == expected


@pytest.mark.parametrize(
    ("row", "mark", "toml", "expected"),
    [
        pytest.param(row(value="4,5"), None, "decimal = ','\n", "4.5", id="of the definitions"),
        pytest.param(row(value="4.5"), ".", "decimal = ','\n", "4.5", id="asked for"),
        pytest.param(row(value="4,5"), ",", "", "4.5", id="asked for, a comma"),
        pytest.param(row(value="4.5", mark="."), ",", "decimal = ','\n", "4.5", id="of the row"),
    ],
)
def test_the_decimal_mark(row: SourceRow, mark: Mark | None, toml: str, expected: str) -> None:
    made = toml + TOML.replace(",000", "000")
    (one,) = taken(row, mark=mark, toml=made).drafts
    assert json_number(one.record.value or ZERO) == expected


@pytest.mark.parametrize(
    ("mark", "value"), [pytest.param(None, "4.5", id="a point"), pytest.param(",", "4,5", id=",")]
)
def test_of_what_was_recorded_before_the_mark_is_that_of_a_machine(
    mark: Mark | None, value: str
) -> None:
    made = "decimal = ','\n" + TOML.replace(",000", "000")
    batch = taken(row(value=value, at="2026-11-02T08:00:00Z", mark=mark), toml=made)
    assert json_number(batch.dated[0].record.value or ZERO) == "4.5"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([row("chrn")], "unknown KPI 'chrn'", id="no such KPI"),
        pytest.param([row("chrn", at="2026-11-02T08:00:00Z")], "unknown KPI 'chrn'", id="dated"),
        pytest.param([row(value="four")], "churn: 'four' is not a number kpi can store", id="word"),
        pytest.param([row(value="4 kr")], "churn: 'kr' is not its unit", id="another unit"),
        pytest.param([row(period="2026-12")], "2026-12 has not begun", id="to come"),
        pytest.param([row("double")], "double is computed by its formula", id="computed"),
        pytest.param([row(period="2026-10-01")], "churn has no rollup", id="a part"),
        pytest.param(
            [row(), row(), row(value="5")],
            "churn 2026-10 also on line 2 with another value",
            id="another value",
        ),
        pytest.param(
            [row("revenue"), row("turnover", value="5")],
            "revenue 2026-10 also on line 2 with another value",
            id="another value under a former id",
        ),
        pytest.param(
            [row(), row(note="why")],
            "churn 2026-10 also on line 2 with another note",
            id="another note",
        ),
        pytest.param(
            [row(), row(by="ann")], "churn 2026-10 also on line 2 with another by", id="another by"
        ),
        pytest.param(
            [row(at="2026-11-06T00:00:00Z")],
            "churn 2026-10: 2026-11-06T00:00:00.000000Z is in the future",
            id="recorded tomorrow",
        ),
        pytest.param(
            [row(at="2026-11-05T12:00:00.000001Z")],
            "churn 2026-10: 2026-11-05T12:00:00.000001Z is in the future",
            id="recorded later today",
        ),
        pytest.param(
            [row(at="2026-09-30T08:00:00Z")],
            "churn 2026-10 had not begun at 2026-09-30T08:00:00.000000Z",
            id="recorded before it had begun",
        ),
        pytest.param([row(at="2026-11-02")], "at must be UTC", id="a day is no time"),
        pytest.param(
            [row(at="2026-11-02T08:00:00Z", value="x")], "churn: 'x' is not a number", id="dated x"
        ),
        pytest.param(
            [row(at="2026-11-02T08:00:00Z", period="current")],
            "'current' is not a period",
            id="words were no period then",
        ),
    ],
)
def test_what_can_not_be_recorded(rows: list[SourceRow], message: str) -> None:
    with pytest.raises(KpiError) as caught:
        taken(*rows)
    assert caught.value.message.startswith(message)


def test_a_row_that_is_refused_leaves_the_others() -> None:
    batch = Batch(board(TOML), "tester", CellNumbers("."), NOW)
    batch.take(row())
    with pytest.raises(KpiError):
        batch.take(row(value="five"))
    assert not list(batch.settle(are_labels=False, how=None))
    assert told(batch) == ["churn 2026-10 4 tester (2)"]


def test_a_row_without_a_value_is_none() -> None:
    assert told(taken(row(value=None))) == []


ORDERS = [
    row("revenue", "2026-10-03", "50"),
    row("revenue", "2026-10-03", "25"),
    row("revenue", "2026-10-02", "25"),
]


@pytest.mark.parametrize(
    ("how", "are_labels", "expected"),
    [
        (Combination.SUM, False, ["2026-10-03 75", "2026-10-02 25"]),
        (Combination.SUM, True, ["2026-10 100"]),
        (Combination.MEAN, True, ["2026-10 33.333333333333"]),
        (Combination.LAST, True, ["2026-10 25"]),
        (Combination.COUNT, True, ["2026-10 3"]),
        (Combination.COUNT, False, ["2026-10-03 2", "2026-10-02 1"]),
    ],
)
def test_several_rows_become_one(
    how: Combination, *, are_labels: bool, expected: list[str]
) -> None:
    batch = taken(*ORDERS, how=how, are_labels=are_labels)
    assert [f"{one.period} {json_number(one.value or ZERO)}" for one, _ in batch.drafts] == expected


def test_equal_rows_are_one_and_are_counted() -> None:
    batch = taken(row(), row(), row(value="4.0"))
    assert (len(batch.drafts), batch.repeated) == (1, {"churn": 2})


def test_drafts_are_told_apart_by_their_kpi() -> None:
    batch = taken(row(), row("revenue"), row(period="2026-09"))
    found = {
        kpi.id: [str(one.period) for one in records]
        for kpi, records in records_by_kpi(batch.scorecard.definitions, batch.drafts)
    }
    assert found == {"churn": ["2026-10", "2026-09"], "revenue": ["2026-10"]}
