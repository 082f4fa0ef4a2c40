"""Sections of a table through every format, and tables that only machines read."""

import csv
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from rich.cells import cell_len

from kpicli.model.quantity import Quantity
from kpicli.model.status import Status
from kpicli.render.canvas import Canvas
from kpicli.text import safe
from kpicli.views.parts.cells import Verdict
from kpicli.views.parts.view import Column, Row, Table, View
from tests.page import content
from tests.render.formats.hard import HOSTILE, NAMES, drawn, format_of

COLUMNS: tuple[Column[Any], ...] = (
    Column("id", is_brief=True),
    Column("", "KPI"),
    Column("actual", "Actual", is_number=True, is_brief=True),
    Column("status", "Status", rank=1, is_brief=True),
)
ASIDE = Table(
    "groups", (Column("name"), Column("kpis")), (Row(("Sales", 2)), Row((None, 1))), is_aside=True
)


def row(id: str, number: int, section: str, depth: int = 0) -> Row:
    quantity = Quantity(Decimal(number), "kr")
    return Row((id, id.title(), quantity, Verdict(Status.ON_TARGET)), depth, section=section)


def view(first: str = "Sales · 2 KPIs", second: str = "Marketing · 1 KPI") -> View:
    """Three rows in two sections, and the table of the sections beside them."""
    rows = (
        row("revenue", 480000, first),
        row("orders", 640, first, depth=1),
        row("conversion", 3, second),
    )
    return View("grouped", "Shop", (ASIDE, Table("kpis", COLUMNS, rows)), "3 KPIs")


SAID = {
    "plain": """\
Sales · 2 KPIs
Revenue     480,000 kr  🟢 on target
  Orders        640 kr  🟢 on target
Marketing · 1 KPI
Conversion        3 kr  🟢 on target
""",
    "terminal": """\
Shop
KPI             Actual  Status
────────────────────────────────────
Sales · 2 KPIs
Revenue     480,000 kr  🟢 on target
  Orders        640 kr  🟢 on target

Marketing · 1 KPI
Conversion        3 kr  🟢 on target
3 KPIs
""",
    "markdown": """\
## Shop

| KPI | Actual | Status |
| --- | ---: | --- |
| **Sales · 2 KPIs** |  |  |
| Revenue | 480,000 kr | 🟢 on target |
| &nbsp;&nbsp;Orders | 640 kr | 🟢 on target |
| **Marketing · 1 KPI** |  |  |
| Conversion | 3 kr | 🟢 on target |

3 KPIs
""",
    "html": """\
<h1>Shop</h1>
<section>
<table id="top-kpis" class="w1 r2 w2 w3"><caption>Shop</caption><thead><tr><th scope="col">KPI</th>\
<th scope="col">Actual</th><th scope="col">Status</th></tr></thead>
<tbody>
<tr><th scope="rowgroup" colspan="3" class="section">Sales · 2 KPIs</th></tr>
<tr><th scope="row">Revenue</th><td>480,000 kr</td><td class="on_target">🟢 on target</td></tr>
<tr><th scope="row" class="d1">Orders</th><td>640 kr</td>\
<td class="on_target">🟢 on target</td></tr>
</tbody>
<tbody>
<tr><th scope="rowgroup" colspan="3" class="section">Marketing · 1 KPI</th></tr>
<tr><th scope="row">Conversion</th><td>3 kr</td><td class="on_target">🟢 on target</td></tr>
</tbody>
</table>
</section>
<p class="footer">3 KPIs</p>
""",
    "csv": """\
id,actual,status
revenue,480000,on_target
orders,640,on_target
conversion,3,on_target
""",
    "jsonl": """\
{"id": "revenue", "actual": 480000, "status": "on_target"}
{"id": "orders", "actual": 640, "status": "on_target"}
{"id": "conversion", "actual": 3, "status": "on_target"}
""",
    "json": """\
{
  "schema": "kpi.grouped/1",
  "groups": [
    {"name": "Sales", "kpis": 2},
    {"name": null, "kpis": 1}
  ],
  "kpis": [
    {"id": "revenue", "actual": 480000, "status": "on_target"},
    {"id": "orders", "actual": 640, "status": "on_target"},
    {"id": "conversion", "actual": 3, "status": "on_target"}
  ]
}
""",
}
TAKING = [name for name in NAMES if format_of(name).takes(view())]
READ = [name for name in TAKING if not format_of(name).IS_MACHINE]


@pytest.mark.parametrize("name", SAID)
def test_sections_stand_together_beneath_their_names(name: str) -> None:
    text = drawn(name, view=view())
    assert (text if name != "html" else content(text)) == SAID[name]


def test_every_format_that_takes_a_table_is_asked() -> None:
    assert set(TAKING) <= SAID.keys()


def test_a_table_beside_leaves_csv_its_one_table() -> None:
    assert format_of("csv").takes(view())
    both = view()._replace(blocks=(ASIDE._replace(is_aside=False), view().blocks[1]))
    assert not format_of("csv").takes(both)


@pytest.mark.parametrize("name", READ)
def test_a_table_that_only_machines_read_leaves_people_no_trace(name: str) -> None:
    alone = view()._replace(blocks=view().blocks[1:])
    assert drawn(name, view=alone) == drawn(name, view=view())


@pytest.mark.parametrize("name", READ)
def test_all_sections_share_their_columns(name: str) -> None:
    lines = drawn(name, view=view()).splitlines()
    ends = {cell_len(line[: line.index("kr")]) for line in lines if "kr" in line}
    assert len(ends) == 1 or name == "markdown"


def test_where_names_have_no_room_beside_their_cells_they_stand_above() -> None:
    assert drawn("terminal", Canvas(16), view()).splitlines() == [
        "Shop",
        "KPI",
        "    Actual",
        "──────────",
        "Sales · 2 KPIs",
        "Revenue",
        "480,000 kr",
        "  Orders",
        "    640 kr",
        "",
        "Marketing · 1 KPI",
        "Conversion",
        "      3 kr",
        "3 KPIs",
    ]


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_a_narrower_screen_loses_columns_and_no_section(columns: int) -> None:
    text = drawn("terminal", Canvas(columns), view())
    assert all(name in text for name in ("Sales · 2 KPIs", "Marketing · 1 KPI"))


@pytest.mark.parametrize("name", READ)
def test_ascii_is_ascii(name: str) -> None:
    text = drawn(name, Canvas(encoding="ascii"), view())
    assert text.isascii()
    assert "Sales - 2 KPIs" in text


def test_colour_is_said_twice() -> None:
    colored = drawn("terminal", Canvas(has_color=True), view())
    assert "\x1b[1mSales · 2 KPIs\x1b[0m" in colored
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in bare.splitlines()] == SAID["terminal"].splitlines()


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("columns", [16, 80])
def test_a_hostile_name_is_inert(name: str, columns: int) -> None:
    text = drawn(name, Canvas(columns), view(first=safe(HOSTILE)))
    assert [char for char in text if char != "\n" and safe(char) != char] == []
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} <= {4}


def test_machines_get_the_rows_alone() -> None:
    grouped = json.loads(drawn("json", view=view()))["kpis"]
    assert grouped == json.loads(drawn("json", view=view("", "")))["kpis"]
    found = csv.DictReader(drawn("csv", view=view()).splitlines())
    assert [one["id"] for one in found] == ["revenue", "orders", "conversion"]


@pytest.mark.parametrize("name", NAMES)
def test_without_names_there_are_no_sections(name: str) -> None:
    if name in TAKING:
        assert "Sales ·" not in drawn(name, view=view("", ""))


def test_sections_follow_each_other_in_the_order_of_the_rows() -> None:
    table = view().blocks[1]
    assert isinstance(table, Table)
    assert [(name, len(rows)) for name, rows in table.sections()] == [
        ("Sales · 2 KPIs", 2),
        ("Marketing · 1 KPI", 1),
    ]
