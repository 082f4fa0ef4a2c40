"""What every page keeps: markup without a fault, nothing that acts or asks, all of it reachable."""

import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import isnan
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.status import Status
from kpicli.render.canvas import Canvas
from kpicli.text import clipped, safe
from kpicli.views.parts.cells import Bar, Spark, Verdict
from kpicli.views.parts.plot import Band, Line, Plot, Role, Tick
from kpicli.views.parts.view import Column, Field, Fields, Note, Row, Table, View
from tests.page import content, elements, parsed, strangers, texts
from tests.render.formats.hard import HARD, drawn
from tests.tiers import examples

ACTING = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></textarea><b>",
    "]]>",
    "<!--",
    "-->",
    "&lt;b&gt;&amp;",
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "'\"`=",
    "{{7*7}}$title",
]


def page(*blocks: Table | Fields | Note | Plot, heading: str = "Shop") -> str:
    return drawn("html", view=View("status", heading, blocks))


def every(text: str) -> View:
    """A view with one text in every place that has any."""
    columns: tuple[Column[Any], ...] = (
        Column("", text, is_number=True),
        Column("", "Status"),
        Column("", text, is_brief=True),
    )
    rows = (
        Row((text, Verdict(Status.NO_DATA, text), Spark((1.0, 2.0), text)), 9, section=text),
        Row((text, None, text), section=text),
    )
    plot = Plot(
        text, (text,) * 3, 2, 0.0, 2.0, (Tick(1.0, text),), (Line(Role.ACTUAL, (1.0,) * 3),)
    )
    table = Table("kpis", columns, rows)
    listed = Table("found", columns, rows, is_list=True, is_aside=True)
    fields = Fields((Field("", text, text),))
    notes = Note(text, is_heading=True), Note(text), Note(text, is_code=True)
    return View("any", text, (fields, table, *notes, plot, listed), text, (text,))


def found(tree: Element, name: str) -> list[Element]:
    return [one for known, one in elements(tree) if known == name]


def paths(plot: Plot) -> list[str]:
    """The data of what is drawn of a plot, without its legend."""
    figures = found(parsed(page(plot)), "figure")
    drawing = found(figures[0], "svg")[1]
    drawn_in_it = (one for one in found(drawing, "path") if one.get("class") != "rule")
    return [one.get("d", "") for one in drawn_in_it]


@pytest.mark.parametrize("text", [*ACTING, "plain", ""])
def test_nothing_that_people_write_acts(text: str) -> None:
    answer = parsed(drawn("html", view=every(text)))
    assert strangers(answer) == set()
    assert text in "".join(texts(answer))


@given(st.text(min_size=1, max_size=60))
@examples(40)
def test_any_text_comes_back_as_it_is_shown(text: str) -> None:
    answer = parsed(drawn("html", view=every(text)))
    assert strangers(answer) == set()
    assert "".join(found(answer, "h1")[0].itertext()) == safe(text)
    assert [one.text for one in found(answer, "dd")] == [clipped(text)]


def test_the_hard_view_has_no_stranger() -> None:
    assert strangers(parsed(drawn("html"))) == set()


def test_a_browser_is_told_to_run_and_fetch_nothing() -> None:
    tree = parsed(drawn("html"))
    policies = [one for one in found(tree, "meta") if one.get("http-equiv")]
    style = found(tree, "style")[0].text or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert [one.get("content") for one in policies] == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert not re.search(r"url\(|@import|@font-face|expression\(", style)


def test_the_same_view_gives_the_same_bytes_wherever_it_goes() -> None:
    canvases = (Canvas(), Canvas(20, encoding="ascii"), Canvas(200, has_color=True))
    assert len({drawn("html", canvas) for canvas in canvases}) == 1


def test_every_name_stands_once_and_every_link_leads_somewhere() -> None:
    tree = parsed(drawn("html"))
    ids = [one.get("id") for _, one in elements(tree) if one.get("id")]
    assert len(ids) == len(set(ids))
    keys = ("aria-labelledby", "aria-describedby", "aria-details")
    wanted = {one.get(key) for _, one in elements(tree) for key in keys if one.get(key)}
    wanted |= {one.get("href", "")[1:] for one in found(tree, "a")}
    assert wanted
    assert wanted <= set(ids)


def test_every_table_says_what_it_is_and_which_cells_are_headings() -> None:
    for table in found(parsed(drawn("html")), "table"):
        assert [one.text for one in found(table, "caption")] == [safe(HARD.heading)]
        assert {one.get("scope") for one in found(table, "th")} == {"col", "row"}


def test_headings_go_down_one_step_at_a_time() -> None:
    names = (name for name, _ in elements(parsed(drawn("html"))))
    levels = [int(name[1]) for name in names if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_machines_are_warned_of_a_reader_of_the_page_is_too() -> None:
    view = View("status", "Shop", (), warnings=("kpis.jsonl:4: left out",))
    assert '<p class="warning">kpis.jsonl:4: left out</p>' in drawn("html", view=view)


@pytest.mark.parametrize(
    ("blocks", "is_folded"),
    [
        pytest.param(("main", "aside"), True, id="beside a table"),
        pytest.param(("aside",), False, id="when it is all there is"),
        pytest.param(("machine", "aside"), False, id="beside a table that only machines read"),
    ],
)
def test_a_table_that_stands_beside_others_is_folded(
    blocks: tuple[str, ...], *, is_folded: bool
) -> None:
    column: Column[Any] = Column("id", "Id")
    rows = (Row(("a",)),)
    known = {
        "main": Table("kpis", (column,), rows),
        "aside": Table("findings", (column,), rows, is_aside=True),
        "machine": Table("card", (Column("id"),), rows),
    }
    answer = page(*(known[name] for name in blocks))
    assert ("<details><summary>Findings · 1 row</summary>" in answer) is is_folded


def test_a_row_leads_to_the_section_of_its_name() -> None:
    table = Table("kpis", (Column("", "KPI"),), (Row(("Revenue",)), Row(("Churn",))))
    headings = (Note(name, is_heading=True) for name in ("Revenue", "Churn", "Churn"))
    answer = page(table, *headings)
    assert '<th scope="row"><a href="#revenue">Revenue</a></th>' in answer
    assert '<th scope="row">Churn</th>' in answer, "two of that name"


def test_a_section_is_named_by_the_id_of_its_kpi_wherever_it_stands() -> None:
    table = Table("latest", (Column("", "Period"),), (Row(("2026-10",)),))
    headings = [Note("Events", is_heading=True), Note("Churn", is_heading=True, id="events")]
    answer = page(headings[0], table, headings[1], table)
    assert re.findall(r'id="([^"]*)"', content(answer)) == [
        *("events-1", "events-1-latest", "events", "events-latest")
    ]


def test_fields_with_a_summary_are_folded_away() -> None:
    fields = Fields((Field("", "What is counted", "Definition"),), "Definition")
    assert "<details><summary>Definition</summary><dl>" in page(fields)


@pytest.mark.parametrize(("count", "is_listed"), [(8, False), (9, True)])
def test_more_than_eight_kpis_have_a_table_of_contents(count: int, *, is_listed: bool) -> None:
    headings = [Note(f"KPI {number}", is_heading=True, id=f"k{number}") for number in range(count)]
    answer = page(Note("How all stands"), Note("The board", is_heading=True), *headings)
    links = re.findall(r'<li><a href="#([^"]+)">', answer)
    assert links == (["the-board", *(note.id for note in headings)] if is_listed else [])


def test_what_is_too_wide_for_a_phone_is_stacked_with_a_name_for_each_cell() -> None:
    wide = Table("kpis", (Column("", "KPI"), Column("", "Why")), (Row(("Churn", "x" * 50)),))
    assert '<td data-label="Why">' in page(wide)
    narrow = wide._replace(rows=(Row(("Churn", "late")),))
    assert "data-label" not in content(page(narrow))


def test_nothing_is_told_by_colour_alone() -> None:
    answer = content(drawn("html"))
    assert '<td class="at_risk" data-label="Status">🟡 at risk</td>' in answer
    assert '-20,000 kr<span class="unseen"> unfavourable</span></td>' in answer
    assert "up ↗" in answer


@pytest.mark.parametrize(
    ("values", "drawing"),
    [
        pytest.param((0.0, 1.0, 2.0), "M5 360L15 180L25 0", id="a line"),
        pytest.param((0.0, None, 2.0), "M5 360h0M25 0h0", id="a gap stays a gap"),
        pytest.param((0.0, float("nan"), 2.0), "M5 360h0M25 0h0", id="no number is a gap"),
        pytest.param((-5.0, 1.0, float("inf")), "M5 360L15 180L25 0", id="kept on the scale"),
        pytest.param((1.0, 1.0, 1.0), "M5 180H25", id="a level has two ends"),
    ],
)
def test_a_line_goes_through_its_values(values: tuple[float | None, ...], drawing: str) -> None:
    plot = Plot("x", ("a", "b", "c"), 3, 0.0, 2.0, (), (Line(Role.ACTUAL, values),))
    assert paths(plot)[0] == drawing
    known = [value for value in values if value is not None and not isnan(value)]
    assert paths(plot)[1].count("h0") == len(known)


def test_a_target_is_drawn_in_steps_and_a_fan_from_edge_to_edge() -> None:
    target = Line(Role.TARGET, (0.0, 0.0, 2.0), is_stepped=True)
    fan = Band(Role.LIKELY, (None, 1.0, 0.5), (None, 1.0, 1.5))
    plot = Plot("x", ("a", "b", "c"), 2, 0.0, 2.0, (), (target,), (fan,))
    assert paths(plot) == ["M15 180L25 90V270L15 180Z", "M0 360H20V0H30", "M20 0V360"]


@pytest.mark.parametrize("count", [1, 2, 5, 36, 400])
def test_as_many_places_are_named_as_there_is_room_for(count: int) -> None:
    labels = tuple(f"20{place:02}-01" for place in range(count))
    tree = parsed(page(Plot("x", labels, count, 0.0, 1.0, ())))
    names = [one.text for one in found(tree, "text")]
    assert names[0] == labels[0]
    assert names[-1] == labels[-1]
    assert len(names) == len(set(names)) <= 9


def test_a_plot_without_places_is_nothing() -> None:
    assert "<figure>" not in page(Plot("x", (), 0, 0.0, 1.0, ()))


def test_all_equal_values_lie_in_the_middle() -> None:
    assert paths(Plot("x", ("a",), 1, 3.0, 3.0, (), (Line(Role.ACTUAL, (3.0,)),)))[0] == "M5 180h0"


def test_the_legend_names_each_role_that_is_seen() -> None:
    legend = found(parsed(drawn("html")), "ul")[0]
    said = ["".join(one.itertext()).strip() for one in found(legend, "li")]
    assert said == [
        *(role.word for role in Role),
        "measured until here",
        "These numbers as a table",
    ]


def test_what_is_not_seen_is_not_in_the_legend() -> None:
    lines = (Line(Role.ACTUAL, (1.0, None)), Line(Role.TARGET, (None, None)))
    tree = parsed(page(Plot("x", ("a", "b"), 2, 0.0, 2.0, (), lines)))
    assert ["".join(one.itertext()) for one in found(tree, "li")] == ["actual"]


@pytest.mark.parametrize(
    ("spark", "said"),
    [
        pytest.param(Spark((1.0, 3.0), "up"), " up ↗", id="up"),
        pytest.param(Spark((1.0, 3.0)), "", id="nothing is said"),
        pytest.param(Spark((), "flat"), " flat →", id="no value"),
    ],
)
def test_a_line_of_values_has_the_word_of_its_move(spark: Spark, said: str) -> None:
    tree = parsed(page(Table("x", (Column("", "A"), Column("", "B")), (Row(("a", spark)),))))
    cell = found(tree, "td")[0]
    assert "".join(cell.itertext()) == said
    assert len(found(cell, "svg")) == bool(spark.values)


def test_a_bar_goes_to_its_side() -> None:
    rows = (Row(("a", Bar(Fraction(-1, 2)))), Row(("b", Bar(Fraction(1)))))
    tree = parsed(page(Table("x", (Column("", "A"), Column("", "B")), rows)))
    drawn_at = [(one.get("x"), one.get("width")) for one in found(tree, "rect")]
    assert drawn_at == [("25.0", "25.0"), ("50.0", "50.0")]
