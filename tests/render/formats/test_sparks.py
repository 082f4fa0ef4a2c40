"""A cell of the last values in every format: bars for the eye, a word for all else."""

import csv
import json
from typing import Any

import pytest

from kpicli.render.canvas import Canvas
from kpicli.views.parts.cells import Spark
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View
from tests.render.formats.hard import drawn

UP = Spark((1.0, 2.0, None, 8.0), "up", is_favourable=True)
COLUMNS: tuple[Column[Any], ...] = (Column("trend", "Trend"), Column("", "End"))


def view(*sparks: Spark) -> View:
    """A table with a row a cell, and each cell as a field too."""
    table = Table("kpis", COLUMNS, tuple(Row((spark, "x")) for spark in sparks))
    return View("any", blocks=(Fields((Field("move", sparks[0], "Move"),)), table))


def row(name: str, spark: Spark, canvas: Canvas | None = None) -> str:
    """The last line of what a format makes of a cell."""
    return drawn(name, canvas, view(spark)).splitlines()[-1].strip()


@pytest.mark.parametrize(
    ("spark", "bars", "word"),
    [
        pytest.param(UP, "▁▂·█ ↗", "up", id="up"),
        pytest.param(Spark((2.0, 1.0), "down", is_favourable=True), "█▁ ↘", "down", id="down"),
        pytest.param(Spark((2.0, 2.0), "flat"), "▄▄ →", "flat", id="flat"),
        pytest.param(Spark((2.0, 3.0)), "▁█", "", id="nothing said"),
    ],
)
def test_bars_and_an_arrow_are_for_the_eye_and_the_word_is_for_the_rest(
    spark: Spark, bars: str, word: str
) -> None:
    assert row("terminal", spark).removesuffix("x").strip() == bars
    assert row("markdown", spark) == f"| {bars} | x |"
    assert row("plain", spark).split() == [word or "-", "x"]
    assert row("terminal", spark, Canvas(encoding="cp1252")).removesuffix("x").strip() == word
    assert row("markdown", spark, Canvas(encoding="ascii")) == f"| {word} | x |"
    assert json.loads(drawn("json", view=view(spark)))["kpis"] == [{"trend": word or None}]
    assert (
        list(csv.reader(drawn("csv", view=view(spark)).splitlines())) == [["trend"], [word]]
        or not word
    )


@pytest.mark.parametrize(("is_favourable", "code"), [(True, "32"), (False, "31"), (None, "")])
def test_the_arrow_alone_has_the_colour_of_the_news(
    code: str, *, is_favourable: bool | None
) -> None:
    drawn_in = row("terminal", UP._replace(is_favourable=is_favourable), Canvas(has_color=True))
    arrow = f"\x1b[{code}m↗\x1b[0m" if code else "↗"
    assert drawn_in.startswith(f"▁▂·█ {arrow}")


def test_a_field_is_drawn_like_a_cell_of_a_table() -> None:
    assert drawn("terminal", view=view(UP)).splitlines()[0] == "Move  ▁▂·█ ↗"
    assert drawn("markdown", view=view(UP)).splitlines()[0] == "- **Move**: ▁▂·█ ↗"
    assert drawn("plain", view=view(UP)).splitlines()[0] == "Move  up"
    assert json.loads(drawn("json", view=view(UP)))["move"] == "up"
