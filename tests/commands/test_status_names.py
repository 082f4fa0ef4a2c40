"""Names of every script and spelling: where they stand in a table, and in which order."""

import json
from pathlib import Path

import pytest

from kpicli.screen import ISOLATES
from tests.installed import Kpi, Terminal

RECORDS = """\
{"kpi":"conversion","period":"2026-10","value":3.2,"at":"2026-11-02T08:00:00Z"}
"""


@pytest.fixture
def right_to_left(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text('[kpis.conversion]\nname = "نسبة التحويل"\ntarget = "3%"\n')
    (tmp_path / "kpis.jsonl").write_text(RECORDS)


NAME = f"{ISOLATES[0]}نسبة التحويل{ISOLATES[1]}"


@pytest.mark.usefixtures("right_to_left")
def test_a_name_that_reads_from_right_to_left_leaves_the_columns_in_place(kpi: Kpi) -> None:
    run = kpi("status", "--as-of", "2026-11-05")
    assert run.out == f"{NAME}  3%  3.2%  🟢 on target  +0.2 pp  2026-10\n"


@pytest.mark.usefixtures("right_to_left")
def test_so_it_does_on_a_terminal_and_in_a_heading(terminal: Terminal) -> None:
    args = ("--as-of", "2026-11-05", "--color", "never")
    assert f"{NAME}  " in terminal("status", *args).sent.decode()
    assert f"{NAME} · 2026-10" in terminal("show", "conversion", *args).sent.decode()


@pytest.mark.usefixtures("right_to_left")
def test_nothing_is_put_into_what_machines_read_nor_where_it_cannot_be_carried(kpi: Kpi) -> None:
    machine = kpi("status", "--as-of", "2026-11-05", "--json").out
    assert json.loads(machine)["kpis"][0]["name"] == "نسبة التحويل"
    assert not any(mark in machine for mark in ISOLATES)
    assert "\\u2068" not in kpi("status", "--as-of", "2026-11-05", "--ascii").out
    assert "2068" not in kpi("report", "--as-of", "2026-11-05", "--format", "html").out


def test_marks_in_a_name_are_shown_and_do_nothing(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text('[kpis.it]\nname = "\\u2068a\\u2069"\n')
    assert kpi("status").out.startswith("\\u2068a\\u2069  ")


NAMES = ["Zebra", "Étage 10", "eva", "étage 2", "Etagen"]
IN_ORDER = ["étage 2", "Étage 10", "Etagen", "eva", "Zebra"]


def test_names_are_sorted_as_people_sort_them(kpi: Kpi, tmp_path: Path) -> None:
    tables = (f'[kpis.k{at}]\nname = "{name}"\n' for at, name in enumerate(NAMES))
    (tmp_path / "kpis.toml").write_text("".join(tables))
    answer = json.loads(kpi("status", "--sort", "name", "--json").out)
    assert [row["name"] for row in answer["kpis"]] == IN_ORDER


@pytest.mark.parametrize("area", ["Café", "CAFE", "Cafe\u0301", "cafe"])
def test_an_area_is_found_in_any_spelling(kpi: Kpi, tmp_path: Path, area: str) -> None:
    (tmp_path / "kpis.toml").write_text('[kpis.it]\narea = "Café"\n[kpis.other]\narea = "Bar"\n')
    answer = json.loads(kpi("status", "--area", area, "--json").out)
    assert [row["id"] for row in answer["kpis"]] == ["it"]


def test_spellings_of_one_area_are_one_group(kpi: Kpi, tmp_path: Path) -> None:
    areas = ("Café", "cafe\u0301", "CAFE")
    tables = (f'[kpis.k{at}]\narea = "{area}"\n' for at, area in enumerate(areas))
    (tmp_path / "kpis.toml").write_text("".join(tables))
    groups = json.loads(kpi("status", "--group", "area", "--json").out)["groups"]
    assert [(group["name"], group["kpis"]) for group in groups] == [("Café", 3)]
