"""Definitions as bytes, and back: the same nouns, and none of a kind that is not the model's."""

import marshal
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kpicli.model.schema_types import TomlTable
from kpicli.store.definitions.packed_nouns import pack, unpack
from kpicli.store.definitions.read import load_definitions

ROOT = Path(__file__).parents[3]
EVERYTHING = """
title = "All"
year_starts = "04"
decimal = ","
[check]
ignore = ["S01"]
severity = { A01 = "advice" }
[events]
2026-03-01 = "new prices"
[goals.growth]
[sources.shop]
url = "sqlite:shop.db"
decimal = ","
[kpis.revenue]
goal = "growth"
targets = { "FY2026-Q1" = "450.000,50 kr", "FY2027-Q1" = "500 kr" }
rollup = "sum"
frequency = "quarterly"
tolerance = "10%"
formerly = ["sales"]
[kpis.churn]
target = "1..2%"
tolerance = "0,5 pp"
baseline = 3
until = "2026-12"
source = "shop"
query = "select 1"
[kpis.ratio]
formula = "100 * mean(churn, 3) / prev(churn, 2) - 1.50"
direction = "lower"
"""
BOARDS = [*ROOT.glob("examples/**/kpis.toml"), *ROOT.glob("*.example.toml")]


def plain(noun: Any) -> Any:
    """All that it is made of, each part with its kind, so that a 1 is no `True`."""
    if isinstance(noun, TomlTable):
        return type(noun), {each.name: plain(getattr(noun, each.name)) for each in fields(noun)}
    if isinstance(noun, tuple):
        return type(noun), [*map(plain, noun)]
    if isinstance(noun, dict):
        return {key: plain(value) for key, value in noun.items()}
    return type(noun), noun


@pytest.mark.parametrize("board", [*BOARDS, EVERYTHING], ids=range(len(BOARDS) + 1))
def test_definitions_come_back_as_they_were(board: Path | str, tmp_path: Path) -> None:
    path = tmp_path / "kpis.toml"
    path.write_text(board if isinstance(board, str) else board.read_text())
    definitions = load_definitions(str(path)).definitions
    assert plain(unpack(pack(definitions))) == plain(definitions)


def test_a_noun_of_another_package_is_neither_packed_nor_made() -> None:
    with pytest.raises(TypeError, match="PosixPath"):
        pack((1, Path("x")))
    for module, name in (("os", "system"), ("builtins", "eval"), ("kpicli.text", "safe")):
        with pytest.raises(ValueError, match=module):
            unpack(marshal.dumps(([(module, name)], [(0, ("1",), {})])))


def test_a_table_of_another_version_is_not_made() -> None:
    kind = ("kpicli.model.kpi", "Goal")
    assert unpack(marshal.dumps(([kind], [(0, ("a", "b"), {})]))).name == "b"
    for parts in (("a",), ("a", "b", "c")):
        with pytest.raises(ValueError, match="argument"):
            unpack(marshal.dumps(([kind], [(0, parts, {})])))
