"""Calendars: an event for each number to be recorded, by the letter of RFC 5545."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.analysis.awaited import awaited_actuals
from kpicli.render.canvas import Canvas
from kpicli.render.formats import ics
from kpicli.text import safe
from kpicli.views.due import due_view
from tests.evaluation.board import board
from tests.installed import Kpi
from tests.render.formats.calendars import Component, read_calendar

TOML = """\
title = "Nordlys; a shop, \\"of\\" \\\\ its own"
[defaults]
grace = 5
[kpis.revenue]
name = "Omsetning uten mva. og returer: 収益と売上の月次合計額です"
owner = "Ann; Bob"
source = "accounting system,\\nreport 12"
[kpis.churn]
"""


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    return tmp_path


def calendar(kpi: Kpi, *args: str, as_of: str = "2026-11-03") -> Component:
    run = kpi("due", "--as-of", as_of, "--format", "ics", *args)
    assert (run.code, run.err) == (0, "")
    return read_calendar(run.out.encode())


def test_each_number_to_be_recorded_is_an_event(kpi: Kpi) -> None:
    answer = calendar(kpi)
    assert answer.values["X-WR-CALNAME"] == 'Nordlys; a shop, "of" \\ its own'
    revenue, churn = answer.events
    assert churn.pop("UID").startswith("churn-2026-10-")
    assert churn == {
        "DTSTAMP": "20261103T000000Z",
        "DTSTART;VALUE=DATE": "20261105",
        "DTEND;VALUE=DATE": "20261106",
        "SUMMARY": "Record churn 2026-10",
        "DESCRIPTION": "kpi record churn VALUE --period 2026-10",
        "TRANSP": "TRANSPARENT",
    }
    assert revenue["SUMMARY"] == (
        "Record Omsetning uten mva. og returer: 収益と売上の月次合計額です 2026-10 (Ann; Bob)"
    )
    assert revenue["DESCRIPTION"] == (
        "kpi record revenue VALUE --period 2026-10\naccounting system,\\x0areport 12"
    )


def test_an_event_keeps_its_identifier_whatever_the_day(kpi: Kpi) -> None:
    days = ("2026-10-20", "2026-11-03", "2026-11-09")
    events = [calendar(kpi, "churn", "--within", "5w", as_of=day).events for day in days]
    first, second, third = (
        next(event for event in each if event["UID"].startswith("churn-2026-10-"))
        for each in events
    )
    assert first["UID"] == second["UID"] == third["UID"]
    assert first["DTSTART;VALUE=DATE"] == second["DTSTART;VALUE=DATE"] == "20261105"
    assert third["DTSTART;VALUE=DATE"] == "20261109", "what is late is on today"


def test_identifiers_differ_by_kpi_period_and_board(kpi: Kpi, shop: Path) -> None:
    ids = [event["UID"] for event in calendar(kpi, "--within", "10w").events]
    assert len(ids) == len(set(ids)) == 6
    (shop / "kpis.toml").write_text(TOML.replace("Nordlys", "Sørlys"))
    assert {event["UID"] for event in calendar(kpi, "--within", "10w").events}.isdisjoint(ids)


def test_a_calendar_of_nothing_is_a_calendar(kpi: Kpi, shop: Path) -> None:
    (shop / "kpis.toml").write_text("[kpis.two]\nformula = '2 * one'\n[kpis.one]\nuntil = '2020'\n")
    assert calendar(kpi).events == []


def test_a_file_that_ends_in_ics_is_a_calendar(kpi: Kpi, shop: Path) -> None:
    assert kpi("due", "--as-of", "2026-11-03", "-o", "kpi.ics").code == 0
    assert len(read_calendar((shop / "kpi.ics").read_bytes()).events) == 2


@pytest.mark.parametrize("args", ["status", "check", "due --fields id,period"])
def test_no_other_answer_is_a_calendar(kpi: Kpi, args: str) -> None:
    run = kpi(*args.split(), "--format", "ics")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: --format ics cannot show this answer\n")


@given(st.text(min_size=1, max_size=120))
def test_any_name_comes_back_as_it_is_shown(name: str) -> None:
    scorecard = board("[kpis.it]\n")
    (actual,) = awaited_actuals(scorecard, scorecard.definitions.kpis.values(), (), None)
    with_name = actual._replace(kpi=replace(actual.kpi, name=name))
    view = due_view(scorecard.definitions, [with_name], date(2026, 11, 5), days=None)
    text = "".join(ics.render(view, Canvas()))
    (event,) = read_calendar(text.encode()).events
    assert event["SUMMARY"] == f"Record {safe(name)} 2026-10"
