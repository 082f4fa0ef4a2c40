"""The catalogue of KPIs that come with kpi: one TOML file an area, read when it is asked for."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kpicli import catalogue
from kpicli.catalogue.starter import Board
from kpicli.catalogue.term import Entry, Typical
from kpicli.model.formula import read_formula
from kpicli.plugins import choice

_ABOUT = frozenset(
    ("term", "aliases", "explains", "pitfalls", "goals", "typical", "related", "reference", "input")
)
"""What is said of a KPI, beside the keys of its definition."""


@cache
def entries() -> Mapping[str, Entry]:
    """Every entry by its id, the terms and their inputs, area by area."""
    folder = os.path.dirname(catalogue.__file__)
    files = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    return {entry.id: entry for name in files for entry in _area(os.path.join(folder, name))}


def _area(path: str) -> list[Entry]:
    with open(path, "rb") as file:
        table = tomllib.load(file)
    return [entry_of(id, table["area"], keys) for id, keys in table["kpis"].items()]


def entry_of(id: str, area: str, table: Mapping[str, Any]) -> Entry:
    """The entry of a table of the area's file."""
    keys = {key: value for key, value in table.items() if key not in _ABOUT}
    typical = table.get("typical")
    return Entry(
        id,
        area,
        table["name"],
        keys,
        _inputs(keys.get("formula")),
        table.get("term", ""),
        tuple(table.get("aliases", ())),
        table.get("explains", ""),
        table.get("pitfalls", ""),
        tuple(table.get("goals", ())),
        Typical(**typical) if typical else None,
        tuple(table.get("related", ())),
        table.get("reference", ""),
    )


def _inputs(formula: str | None) -> tuple[str, ...]:
    if formula is None:
        return ()
    return tuple(dict.fromkeys(step.id for step in read_formula(formula).inputs))


def made_of(id: str) -> list[Entry]:
    """An entry and all that its formula takes in the end, each once, before what it is made of."""
    found: dict[str, Entry] = {}
    waiting = [id]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found[one] = entries()[one]
            waiting += found[one].inputs
    return list(found.values())


if TYPE_CHECKING:
    from kpicli.store.definitions.write import Tables

_FOLDER = os.path.join(os.path.dirname(catalogue.__file__), "boards")


@cache
def boards() -> tuple[Board, ...]:
    """All of them, by name."""
    names = sorted(name for name in os.listdir(_FOLDER) if name.endswith(".toml"))
    return tuple(_read(name.removesuffix(".toml")) for name in names)


def board(flag: str, name: str) -> Board:
    """The one that is called so; raises `KpiError` that names what is close, or all."""
    known = {one.name: one for one in boards()}
    return known[choice(flag, name.strip().lower(), known)]


def _read(name: str) -> Board:
    with open(os.path.join(_FOLDER, f"{name}.toml"), "rb") as file:
        return Board(name, **tomllib.load(file))


def board_text(board: Board, shared: Mapping[str, Any], tables: "Tables") -> str:
    """The definitions file that starts from a board, with a word to who opens it."""
    head = f"# {board.explains}\n{_NEXT}\n"
    import tomli_w

    from kpicli.store.definitions.write import text_of

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
