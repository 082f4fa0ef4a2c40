"""A plot through the formats: drawn on a terminal, in its width and encoding; else left out."""

import json
import re

import pytest
from rich.cells import cell_len

from kpicli.render.canvas import Canvas
from kpicli.text import safe
from kpicli.views.parts.plot import Role
from kpicli.views.parts.view import Column, Row, Table, View
from tests.render.formats.hard import NAMES, PLOT, drawn, format_of

TABLE = Table(
    "kpis", (Column("file", "File"), Column("line"), Column("message")), (Row(("x", 1, "y")),)
)
VIEW = View("any", "One KPI", (PLOT, TABLE))
WITHOUT = VIEW._replace(blocks=(TABLE,))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"terminal", "html"}])
def test_what_stands_in_a_table_too_is_drawn_on_a_screen_or_page_alone(name: str) -> None:
    assert format_of(name).takes(VIEW)
    assert drawn(name, view=VIEW) == drawn(name, view=WITHOUT)


@pytest.mark.parametrize("columns", [30, 40, 50, 80, 120, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_chart_fits_the_terminal(columns: int, encoding: str) -> None:
    text = drawn("terminal", Canvas(columns, encoding=encoding), VIEW)
    assert "measured until here" in text
    assert max(map(cell_len, text.splitlines())) <= columns


@pytest.mark.parametrize("columns", [1, 20, 29])
def test_a_terminal_that_is_too_narrow_has_the_table_alone(columns: int) -> None:
    canvas = Canvas(columns)
    assert drawn("terminal", canvas, VIEW) == drawn("terminal", canvas, WITHOUT)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_a_poor_encoding_has_a_chart_of_its_own_signs(encoding: str) -> None:
    text = drawn("terminal", Canvas(80, encoding=encoding), VIEW)
    assert text.encode(encoding).decode(encoding) == text
    assert "* actual   = target" in text


def test_each_role_has_a_colour_and_is_told_without_it() -> None:
    colored = drawn("terminal", Canvas(80, has_color=True), VIEW)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in bare.splitlines()] == drawn(
        "terminal", view=VIEW
    ).splitlines()
    assert all(re.search(rf"\x1b\[[0-9;]+m[^\x1b]+\x1b\[0m {role.word}", colored) for role in Role)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_texts_of_a_plot_are_inert(encoding: str) -> None:
    text = drawn("terminal", Canvas(200, encoding=encoding), VIEW)
    assert [char for char in text if char != "\n" and safe(char) != char] == []
    assert "450 \\x1b[7m" in text


def test_json_has_the_numbers_of_the_table_and_no_ink() -> None:
    assert list(json.loads(drawn("json", view=VIEW))) == ["schema", "kpis"]


_XTERM = {
    **{30 + code: rgb for code, rgb in enumerate([(0, 0, 0), (205, 0, 0), (0, 205, 0)])},
    33: (205, 205, 0),
    34: (0, 0, 238),
    35: (205, 0, 205),
    36: (0, 205, 205),
    90: (127, 127, 127),
    91: (255, 0, 0),
    92: (0, 255, 0),
    93: (255, 255, 0),
    94: (92, 92, 255),
    95: (255, 0, 255),
    96: (0, 255, 255),
}
"""What a terminal shows where nobody chose colours of their own."""


def _luminance(rgb: tuple[int, int, int]) -> float:
    """The relative luminance (WCAG 2.2)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_of_a_chart_are_legible_on_black_and_on_white() -> None:
    text = drawn("terminal", Canvas(80, has_color=True), VIEW._replace(blocks=(PLOT,)))
    codes = {int(code) for code in re.findall(r"\x1b\[(\d+)m", text)} & _XTERM.keys()
    assert codes
    for code in codes:
        light = _luminance(_XTERM[code])
        assert min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) >= 3
