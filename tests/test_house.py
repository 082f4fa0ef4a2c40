"""The rules of the house that a reader relies on, held by the tests."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "kpicli").rglob("*.py"))
_ROOMS = {"model", "analysis", "rules", "views", "chart"}
PURE = [file for file in FILES if file.parent.name in _ROOMS]
DRAWERS = {"base", "common", "core", "helper", "helpers", "manager", "util", "utils"}
"""Names for a module that anything fits in."""

IMPURE = re.compile(r"print|open|input|(.*\.)?(date|datetime)\.(now|today|utcnow)")

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
pure_file = pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(ROOT)))


def test_every_room_imports_only_what_it_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@every_file
def test_a_file_is_at_most_400_lines(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 400


@every_file
def test_a_function_is_at_most_60_lines(file: Path) -> None:
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}


@every_file
def test_what_is_public_has_a_docstring(file: Path) -> None:
    assert [name for name, node in _public(file) if not ast.get_docstring(node)] == []


@every_file
def test_a_module_is_named_for_what_it_is(file: Path) -> None:
    assert not DRAWERS & set(file.relative_to(ROOT).with_suffix("").parts)


@pure_file
def test_a_pure_room_calls_nothing_of_the_world(file: Path) -> None:
    calls = [ast.unparse(node.func) for node in ast.walk(_tree(file)) if isinstance(node, ast.Call)]
    assert [call for call in calls if IMPURE.fullmatch(call)] == []


def test_the_newest_change_is_of_this_version() -> None:
    headings = re.findall(
        r"^## (\S+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings[0] == version("kpicli")


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _public(file: Path) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    """The module, and the classes and functions at its top that are named without underscore."""
    tree = _tree(file)
    yield file.stem, tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
