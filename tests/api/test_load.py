"""Which board a program gets, and what it is told where there is none."""

import os
from pathlib import Path

import pytest

from kpicli import Board, KpiError, load
from tests.commands.shop import TOML


@pytest.fixture
def folder(tmp_path: Path, board: Board) -> Path:
    """One with a board, and one without it inside."""
    assert os.path.samefile(board.path, tmp_path / "kpis.toml")
    (tmp_path / "inside").mkdir()
    return tmp_path


def is_of(board: Board, path: Path) -> bool:
    return os.path.samefile(board.path, path)


@pytest.mark.parametrize("given", ["kpis.toml", "."], ids=["the file", "its folder"])
def test_a_path_names_the_file_or_its_folder(folder: Path, given: str) -> None:
    assert is_of(load(given), folder / "kpis.toml")
    assert is_of(load(folder / given), folder / "kpis.toml")
    assert is_of(load(os.fsencode(folder / given)), folder / "kpis.toml")


def test_without_a_path_it_is_the_nearest_upwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "inside")
    assert is_of(load(), folder / "kpis.toml")


def test_without_a_path_the_environment_comes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "inside" / "other.toml").write_text(TOML)
    monkeypatch.setenv("KPI_FILE", "inside/other.toml")
    assert is_of(load(), folder / "inside" / "other.toml")
    assert is_of(load("kpis.toml"), folder / "kpis.toml")


def test_a_folder_without_a_board_is_not_looked_for_above(folder: Path) -> None:
    with pytest.raises(KpiError, match="no such file") as found:
        load(folder / "inside")
    assert found.value.where.endswith("inside/kpis.toml")


def test_every_fault_of_the_definitions_is_told_with_its_place(folder: Path) -> None:
    (folder / "kpis.toml").write_text("[kpis.a]\ntraget = 1\n[kpis.b]\nfrequency = 'hourly'\n")
    with pytest.raises(KpiError) as found:
        load("kpis.toml")
    first, second, hint = str(found.value).splitlines()
    assert first.startswith("kpis.toml:2: kpis.a.traget: ")
    assert second.startswith("kpis.toml:4: kpis.b.frequency: ")
    assert hint == "hint: correct kpis.toml, then run kpi check"


@pytest.mark.usefixtures("folder")
def test_a_board_stays_what_it_is_when_the_program_goes_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = load("kpis.toml")
    monkeypatch.chdir("/")
    assert len(board.status(as_of="2026-11-05")) == len(board.ids) == 5


def test_it_says_what_it_is(folder: Path) -> None:
    assert repr(load()) == f"<Board {folder / 'kpis.toml'}: 5 KPIs>"
    assert load().ids == ("revenue", "orders", "conversion", "complaints", "margin")
