"""The rules of the house that a reader relies on, held by the tests."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.house import FILES, HOUSE, ROOT, nodes_of, tree_of

ROOMS = {"model", "stats", "language", "evaluation", "analysis", "recording", "lint", "views"}
"""Pure ones, beside what draws a chart."""

DRAWERS = {"base", "common", "core", "helper", "helpers", "manager", "util", "utils"}
"""Names for a module that anything fits in."""

IMPURE = re.compile(r"print|open|input|(.*\.)?(date|datetime)\.(now|today|utcnow)")


def test_every_room_imports_only_what_it_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_public_has_a_docstring() -> None:
    offenders = [
        f"{_shown(file)}: {name}"
        for file in FILES
        for name, node in _public(file)
        if not ast.get_docstring(node)
    ]
    assert offenders == []


def test_a_module_is_named_for_what_it_is() -> None:
    offenders = [
        _shown(file)
        for file in FILES
        if not DRAWERS.isdisjoint(file.relative_to(ROOT).with_suffix("").parts)
    ]
    assert offenders == []


def test_a_pure_room_calls_nothing_of_the_world() -> None:
    offenders = [
        f"{_shown(file)}:{node.lineno}: {call}"
        for file in FILES
        if _is_pure(file)
        for node in nodes_of(file)
        if isinstance(node, ast.Call) and IMPURE.fullmatch(call := ast.unparse(node.func))
    ]
    assert offenders == []


def test_the_newest_change_is_of_this_version() -> None:
    headings = re.findall(
        r"^## (\S+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings[0] == version("kpicli")


def _shown(file: Path) -> str:
    return str(file.relative_to(ROOT))


def _is_pure(file: Path) -> bool:
    parts = file.relative_to(HOUSE).parts
    return parts[0] in ROOMS or parts[:2] == ("render", "chart")


def _public(file: Path) -> Iterator[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef]]:
    """The module, and the classes and functions at its top that are named without underscore."""
    tree = tree_of(file)
    yield file.stem, tree
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
