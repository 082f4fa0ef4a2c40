"""One hard view through every format, against `golden/`: `REWRITE=1 pytest tests/formats`."""

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.render.canvas import Canvas
from kpicli.screen import ISOLATES
from kpicli.text import safe, unescaped, unguarded
from kpicli.views.parts.cells import Cell, Claim, Excerpt
from kpicli.views.parts.plot import Plot, Tick
from kpicli.views.parts.view import Column, Field, Fields, Note, Row, Table, View
from tests.render.formats.hard import (
    COLUMNS,
    FINDINGS,
    HARD,
    HOSTILE,
    NAMES,
    ROWS,
    drawn,
    format_of,
)

GOLDEN = Path(__file__).parent / "golden"
CANVASES = {
    "80": Canvas(80),
    "120-color": Canvas(120, has_color=True),
    "30": Canvas(30),
    "80-ascii": Canvas(80, encoding="ascii"),
}


@pytest.mark.parametrize("where", CANVASES)
@pytest.mark.parametrize("name", NAMES)
def test_a_hard_view_is_drawn_as_before(name: str, where: str) -> None:
    if format_of(name).IS_MACHINE and where != "80":
        assert drawn(name, CANVASES[where]) == drawn(name)
        return
    file = GOLDEN / f"{name}-{where}.txt"
    text = drawn(name, CANVASES[where])
    if os.environ.get("REWRITE"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


def test_nothing_stands_in_golden_that_no_format_draws() -> None:
    known = {f"{name}-{where}.txt" for name in NAMES for where in CANVASES}
    assert {file.name for file in GOLDEN.iterdir()} <= known


def parsed(view: View = HARD) -> dict[str, Any]:
    """The JSON, every number as its digits."""
    found: dict[str, Any] = json.loads(drawn("json", view=view), parse_int=str, parse_float=str)
    return found


def test_json_says_it_all() -> None:
    answer = parsed()
    assert list(answer) == ["schema", "title", "as_of", "kpis", "findings", "warnings"]
    assert (answer["schema"], answer["title"]) == ("kpi.hard/1", HOSTILE)
    assert answer["warnings"] == [HOSTILE]
    assert [row["text"] for row in answer["kpis"]] == [row.cells[1] for row in ROWS]
    assert answer["findings"][1:3] == [{"rule": "S02", "met": True}, {"rule": "S03", "met": False}]
    assert answer["kpis"][:3] == [
        {
            "id": "plain",
            "text": "Monthly Revenue",
            "decimal": "480000.50",
            "fraction": "0.333333333333",
            "count": "7",
            "claim": True,
            "file": "kpis.toml",
            "line": "12",
            "message": "Revenue is late",
            "actual": "480000.50",
            "status": "at_risk",
            "variance": "-19999.666666666667",
            "trend": "up",
            "period": "2026-10",
        },
        {
            "id": "hostile",
            "text": HOSTILE,
            "decimal": "-1",
            "fraction": "-0.142857142857",
            "count": "0",
            "claim": False,
            "file": HOSTILE,
            "line": "1",
            "message": f"100% of {HOSTILE}",
            "actual": "58.0",
            "status": "on_target",
            "variance": "2",
            "trend": "flat",
            "period": "2026-W47",
        },
        {
            "id": "formula",
            "text": "=1+1",
            "decimal": None,
            "fraction": None,
            "count": None,
            "claim": None,
            "file": "kpis.toml",
            "line": None,
            "message": "x",
            "actual": "-1.25",
            "status": "off_target",
            "variance": None,
            "trend": "down",
            "period": None,
        },
    ]


@pytest.mark.parametrize("char", ["\x1b", "\u200b", "\u2028", "\u3164", "\ufe0f", "\U000e0100"])
def test_json_escapes_what_is_not_seen(char: str) -> None:
    text = drawn("json", view=with_text(f"東{char}京"))
    assert char not in text
    assert json.loads(text)["title"] == f"東{char}京"


def test_csv_says_the_same_with_text_that_no_spreadsheet_runs() -> None:
    text = drawn("csv")
    found = list(csv.DictReader(text.splitlines()))
    assert text.count("\n") == 1 + len(ROWS), "one line a row"
    for row, twin in zip(found, parsed()["kpis"], strict=True):
        said = {
            key: {True: "true", False: "false", None: ""}.get(one, one) for key, one in twin.items()
        }
        said["text"] = "'=1+1" if said["text"] == "=1+1" else said["text"]
        assert row == {key: safe(one) for key, one in said.items()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("where", ["80", "30", "80-ascii"])
def test_no_character_acts_on_a_terminal(name: str, where: str) -> None:
    text = drawn(name, CANVASES[where])
    assert [char for char in text if char != "\n" and safe(char) != char and char != "\u200d"] == []


@pytest.mark.parametrize("name", [name for name in NAMES if not format_of(name).IS_MACHINE])
def test_ascii_is_ascii(name: str) -> None:
    assert drawn(name, CANVASES["80-ascii"]).isascii()


@pytest.mark.parametrize("columns", [1, 20, 80, 400])
def test_plain_text_is_the_same_at_any_width(columns: int) -> None:
    assert drawn("plain", Canvas(columns)) == drawn("plain")


def test_plain_text_is_one_line_a_row_and_a_sentence() -> None:
    code = "```\nkpi record a=1\n```\n"
    rows = len(ROWS) + len(FINDINGS)
    assert drawn("plain").count("\n") == 2 + rows + 2 + code.count("\n")


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 80, 120, 200])
def test_a_narrow_terminal_loses_columns_and_never_a_digit(columns: int) -> None:
    text = drawn("terminal", Canvas(columns))
    for number in ("480,000.50 kr", "58.0%", "-€1.25", "1,000,000,000,000,000 kr", "-1,000"):
        assert number in text


@pytest.mark.parametrize("name", ["plain", "terminal"])
def test_colour_is_said_twice(name: str) -> None:
    bare = re.sub(r"\x1b\[[0-9;]*m", "", drawn(name, CANVASES["120-color"]))
    assert [line.rstrip() for line in bare.splitlines()] == drawn(name, Canvas(120)).splitlines()


def test_markdown_keeps_its_columns_whatever_the_text() -> None:
    lines = [line for line in drawn("markdown").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {8, 5}


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_view_is_drawn(name: str) -> None:
    drawn(name, view=View("empty", blocks=(Table("kpis", COLUMNS, ()),)))


@pytest.mark.parametrize("name", NAMES)
def test_every_format_takes_a_view_with_one_table_and_csv_no_other(name: str) -> None:
    """Annotations want a table as well, of places in files."""
    table = Table("kpis", COLUMNS, ROWS)
    assert format_of(name).takes(View("one", blocks=(table,)))
    assert format_of(name).takes(View("none")) is (
        name not in {"csv", "jsonl", "github", "junit", "sarif"}
    )
    assert format_of(name).takes(View("two", blocks=(table, table))) is (
        name not in {"csv", "jsonl"}
    )


def with_text(text: Cell) -> View:
    """A view in which people wrote everything that they can."""
    keys = ("file", "line", "message", "severity", "code", "hint")
    columns: tuple[Column[Any], ...] = (
        *(Column("id", "Id", is_brief=True), Column("name", "Name"), Column("", "Claim")),
        *map(Column, keys),
    )
    claim = Claim(is_met=True, reason=str(text))
    rows = (Row((text, text, claim, *[text] * len(keys)), 1, section=safe(str(text))),)
    excerpts = (Row((Excerpt(str(text), 2, 3),), section="x"),)
    listed = Table("found", (Column("", "File"),), excerpts, is_list=True, is_aside=True)
    table = Table("kpis", columns, rows)
    fields = Fields((Field("title", text, "Title"),))
    plot = Plot(str(text), (str(text),), 1, 0.0, 1.0, (Tick(0.5, str(text)),))
    blocks = (fields, table, listed, plot, Note(str(text)))
    return View("any", str(text), blocks, str(text), (str(text),))


@given(st.text(min_size=1, max_size=40))
@pytest.mark.parametrize("name", NAMES)
def test_any_text_is_inert_in_every_format(name: str, text: str) -> None:
    for char in drawn(name, view=with_text(text)).replace("\n", ""):
        assert char in {"\u200d", "\ufe0f", *ISOLATES} or safe(char) == char


@given(st.text(max_size=40))
def test_any_text_comes_back_from_json_and_from_csv(text: str) -> None:
    view = with_text(text)
    answer = parsed(view)
    assert (answer["title"], answer["kpis"][0]["name"]) == (text, text)
    (row,) = csv.DictReader(drawn("csv", view=view).splitlines())
    assert unguarded(unescaped(row["name"])) == text


def test_half_a_character_is_one_that_strict_programs_read() -> None:
    assert parsed(with_text("\ud800"))["title"] == r"\ud800"
