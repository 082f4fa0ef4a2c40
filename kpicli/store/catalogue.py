"""The catalogue of KPIs that come with kpi: one TOML file an area, read when it is asked for."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from kpicli import catalogue
from kpicli.model.entry import Entry, Typical
from kpicli.model.formula import read_formula

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
