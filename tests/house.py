"""The modules of the house, each parsed once for all tests that look at them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "kpicli"
FILES = sorted(HOUSE.rglob("*.py"))


@cache
def text_of(file: Path) -> str:
    """What stands in a file."""
    return file.read_text("utf-8")


@cache
def tree_of(file: Path) -> ast.Module:
    """What a module is made of; not to be changed."""
    return ast.parse(text_of(file))


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    """All that a module is made of."""
    return list(ast.walk(tree_of(file)))
