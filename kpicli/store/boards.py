"""The boards that a new definitions file may start from, one TOML file each."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import tomli_w

from kpicli import catalogue
from kpicli.model.board import Board
from kpicli.plugs import chosen
from kpicli.store.written import Tables, text_of

_FOLDER = os.path.join(os.path.dirname(catalogue.__file__), "boards")


@cache
def boards() -> tuple[Board, ...]:
    """All of them, by name."""
    names = sorted(name for name in os.listdir(_FOLDER) if name.endswith(".toml"))
    return tuple(_read(name.removesuffix(".toml")) for name in names)


def board(flag: str, name: str) -> Board:
    """The one that is called so; raises `KpiError` that names what is close, or all."""
    known = {one.name: one for one in boards()}
    return known[chosen(flag, name.strip().lower(), known)]


def _read(name: str) -> Board:
    with open(os.path.join(_FOLDER, f"{name}.toml"), "rb") as file:
        return Board(name, **tomllib.load(file))


def board_text(board: Board, shared: Mapping[str, Any], tables: Tables) -> str:
    """The definitions file that starts from a board, with a word to who opens it."""
    head = f"# {board.explains}\n{_NEXT}\n"
    title = tomli_w.dumps({"title": board.title})
    defaults = tomli_w.dumps({"defaults": shared})
    rest = text_of(tables)
    return f"{head}{title}\n{defaults}{_OWNER}" + (f"\n{rest}" if rest else "")


_NEXT = """\
#   kpi check      says what a definition still lacks
#   kpi record     asks for what was measured
#   kpi status     shows where you stand
#   kpi catalog    explains each KPI, and kpi add puts in another one
"""
_OWNER = '# owner = "…"    # who answers for every KPI that names nobody else\n'
