"""The plan of the house: how large rooms, files and functions are, and the tree in its README."""

import ast
import re
import tomllib
from pathlib import Path

from tests.house import FILES, ROOT, nodes_of, text_of
from tests.house_tree import PAGE, written

BOARDS = {"commands", "rules", "formats", "sources"}
"""Folders that grow by files of one shape, and may hold as many as there are."""


def test_the_house_is_of_a_size_that_a_person_can_know() -> None:
    lines = sum(len(text_of(file).splitlines()) for file in FILES)
    assert len(FILES) <= 415
    assert lines <= 48_070


def test_a_room_has_at_most_21_files() -> None:
    rooms = {file.parent for file in FILES if file.parent.name not in BOARDS}
    sizes = {str(room.relative_to(ROOT)): len(list(room.glob("*.py"))) for room in rooms}
    assert {room: size for room, size in sizes.items() if size > 21} == {}


def test_a_file_is_at_most_250_lines() -> None:
    sizes = {str(file.relative_to(ROOT)): len(text_of(file).splitlines()) for file in FILES}
    assert {path: size for path, size in sizes.items() if size > 250} == {}


def test_a_function_is_at_most_55_lines() -> None:
    sizes = {
        f"{file.relative_to(ROOT)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file in FILES
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size > 55} == {}


def test_the_floors_are_at_most_11() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert len(floors) <= 11


def test_the_tree_in_the_readme_is_the_real_one() -> None:
    page = PAGE.read_text("utf-8")
    assert _names(page) == _names(written(page)), "write it anew: python -m tests.house_tree"


def test_what_the_readme_walks_through_is_there() -> None:
    walk = PAGE.read_text("utf-8").partition("## Two commands")[2].partition("\n## ")[0]
    places = re.findall(r"`([a-z_]+(?:/[a-z_]+)+)`", walk)
    assert len(places) > 20
    home = ROOT / "kpicli"
    missing = [each for each in places if not any((home / each).parent.glob(f"{Path(each).name}*"))]
    assert missing == []


def _names(page: str) -> list[str]:
    """The modules and rooms of the tree, without what is said of them."""
    lines = page.partition("```text")[2].partition("```")[0].splitlines()
    return [line.split()[0] for line in lines if line.strip()]
