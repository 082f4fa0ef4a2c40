"""A table that a source gives: JSON, typed cells of a database, and what its periods cover."""

from collections.abc import Mapping
from datetime import date

import pytest

from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.schema_types import DecimalMark
from kpicli.model.scorecard import Clock
from kpicli.model.source import Source
from kpicli.services.pull.ask import Value
from kpicli.services.pull.table import (
    TableInput,
    answer_input,
    file_input,
    json_input,
    table_values,
)
from kpicli.sources._cell_text import answer_of
from kpicli.sources._input import SourceInput
from kpicli.sources._json import flat

DEFINITIONS = Definitions(
    kpis={id: Kpi(id=id, frequency=Frequency.MONTHLY) for id in ("orders", "revenue")}, goals={}
)
CLOCK = Clock(date(2026, 11, 29), lambda at: date.fromisoformat(at[:10]))


def values(table: TableInput, source: Source | None = None) -> Mapping[str, list[str]]:
    """What a table says, by KPI; under the empty id what is wrong with it."""
    read = table_values(DEFINITIONS, source or Source(id="s"), [table], CLOCK)
    return {
        id: [
            f"{each.period} {each.value}" if isinstance(each, Value) else each.message
            for each in found
        ]
        for id, found in read.items()
        if found
    }


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[{"period": "2026-10", "orders": 1234.5}]', ""),
        ('[\n{"period": "2026-10", "orders": 1234.5},\n{"period": null}\n]', ""),
        ('{"data": {"items": [{"period": "2026-10", "orders": 1.2345e3}]}}', "data.items"),
        ('{"pages": [[], [{"period": "2026-10", "orders": 1234.50}]]}', "pages.1"),
        ('{"period": "2026-10", "orders": 1234.5, "note": ["a"]}', ""),
        ('{"next": null, "items": [{"period": "2026-10", "orders": 1234.5}]}', "items"),
        ('[{"kpi": "orders", "period": "2026-10", "value": 1234.5, "by": "x"}]', ""),
    ],
)
@pytest.mark.parametrize("mark", [*DecimalMark])
def test_numbers_of_json_have_a_point_whatever_the_board_has(
    text: str, path: str, mark: DecimalMark
) -> None:
    table = json_input(text.encode(), path)
    assert table
    source = Source(id="s", decimal=mark)
    read = values(table, source)
    assert [each.rstrip("0") for each in read["orders"]] == ["2026-10 1234.5"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"b": 1, "a": [{"a": 1}]}', "a"),
        ("[1, 2]", "data.items"),
        ('{"a": []}', "a"),
        ('"x"', "data.items"),
    ],
)
def test_json_without_rows_says_how_to_find_them(text: str, key: str) -> None:
    with pytest.raises(KpiError, match="is JSON without a list of rows there") as failure:
        json_input(text.encode(), "")
    assert failure.value.hint.startswith(f'say where its rows are: rows = "{key}"')


def test_a_key_that_stands_twice_is_refused() -> None:
    for text in ('[{"a": 1, "a": 2}]', '[{"a.b": 1, "a": {"b": 2}}]'):
        with pytest.raises(KpiError, match="duplicate key") as failure:
            json_input(text.encode(), "")
        assert failure.value.where == "answer"


def test_objects_in_objects_are_as_deep_as_they_are() -> None:
    deep: dict[str, object] = {"a": 1}
    for _ in range(5000):
        deep = {"a": deep}
    assert list(flat(deep).values()) == [1]


ROWS = '"items": [{"period": "2026-10", "orders": 5}]'


@pytest.mark.parametrize(
    "more",
    [
        *('"next": "/2"', '"has_more": true', '"links": {"next": "/2"}', '"hasNextPage": true'),
        *('"total_count": 2', '"totalSize": 9, "done": true', '"rowCount": 2', '"isLast": false'),
        *('"done": false', '"page": 1, "pages": 2', '"meta": {"total_pages": 2}'),
        *('"startAt": 0, "total": 2', '"truncated": true', '"incomplete_results": true'),
    ],
)
def test_a_page_of_several_is_refused(more: str) -> None:
    with pytest.raises(KpiError, match="is one page of several"):
        json_input(f"{{{ROWS}, {more}}}".encode(), "items")
    with pytest.raises(KpiError, match="is one page of several"):
        json_input(f'{{"data": {{{ROWS}, {more}}}}}'.encode(), "data.items")


@pytest.mark.parametrize("more", ['"errors": [{"message": "x"}]', '"timed_out": true'])
def test_an_answer_that_says_errors_is_refused(more: str) -> None:
    with pytest.raises(KpiError, match=r"answers rows with '\w+' beside them"):
        json_input(f"{{{ROWS}, {more}}}".encode(), "items")


@pytest.mark.parametrize(
    "more",
    [
        *('"next": null', '"has_more": false', '"total": 36', '"total_count": 1', '"done": true'),
        *('"page": 1, "pages": 1, "total": 1', '"isLast": true', '"errors": []', '"count": 3'),
        '"totals": {"orders": 36}',
    ],
)
def test_one_that_is_all_is_taken(more: str) -> None:
    table = json_input(f"{{{ROWS}, {more}}}".encode(), "items")
    assert table
    assert values(table) == {"orders": ["2026-10 5"]}


@pytest.mark.parametrize("row", ["2026-10-02,abc", "2026-10-02", "2026-13-02,6", "2026-10-02,6,x"])
def test_of_a_sum_that_lacks_a_row_nothing_is_taken(row: str) -> None:
    text = f"date,amount\n2026-10-02,5\n{row}\n2026-10-03,6\n"
    table = file_input(SourceInput("s.csv", "s", text.encode()))
    columns = {"period": "date", "revenue": "amount"}
    found = values(table, Source(id="s", columns=columns, rows="sum", dates="own"))
    (fault,) = [text for each in found.values() for text in each]
    assert fault != "2026-10 11"


def test_of_plans_and_actuals_nothing_is_taken() -> None:
    text = "month,kind,amount\n2026-08,Budget,5\n2026-09,Actual,6\n"
    table = file_input(SourceInput("s.csv", "s", text.encode()))
    source = Source(id="s", columns={"period": "month", "revenue": "amount"})
    assert values(table, source) == {
        "": ["'Actual' stands beside rows that are actual, or planned"]
    }


def test_lines_of_json_are_no_json() -> None:
    assert json_input(b'{"period": "2026-10"}\n{"period": "2026-09"}\n', "") is None


def test_an_answer_keeps_its_points_and_passes_over_what_is_nobodys() -> None:
    rows = [("2026-09", 1.234, True, b"x"), ("2026-10", None, False, None)]
    source = Source(id="s", columns={"period": "m", "revenue": "sum"}, decimal=DecimalMark.COMMA)
    answer = answer_of(["m", "sum", "is_open", "blob"], rows)
    assert values(answer_input(answer), source) == {"revenue": ["2026-09 1.234"]}
