"""The catalogue of KPIs that come with kpi: one TOML file an area, read when it is asked for."""

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kpicli import catalogue
from kpicli.catalogue.term import StarterBoard, Template, Typical
from kpicli.model.notation.formula import read_formula
from kpicli.plugins import choice

if TYPE_CHECKING:
    from kpicli.store.definitions.write import Tables

_FOLDER = os.path.dirname(catalogue.__file__)
_BOARDS = os.path.join(_FOLDER, "boards")
_DESCRIPTION_KEYS = frozenset(
    ("term", "aliases", "explains", "pitfalls", "goals", "typical", "related", "reference", "input")
)
"""What is said of a KPI, beside the keys of its definition."""


@cache
def templates() -> Mapping[str, Template]:
    """Every template by its id, the terms and their inputs, area by area."""
    import tomllib

    found: dict[str, Template] = {}
    for name in sorted(name for name in os.listdir(_FOLDER) if name.endswith(".toml")):
        with open(os.path.join(_FOLDER, name), "rb") as file:
            table = tomllib.load(file)
        found |= {id: read_template(id, table["area"], keys) for id, keys in table["kpis"].items()}
    return found


def terms() -> list[Template]:
    """The templates that are terms, and not only there for the formulas of others."""
    return [template for template in templates().values() if template.term]


def read_template(id: str, area: str, table: Mapping[str, Any]) -> Template:
    """The template of a table of the area's file."""
    keys = {key: value for key, value in table.items() if key not in _DESCRIPTION_KEYS}
    typical = table.get("typical")
    return Template(
        id,
        area,
        table["name"],
        keys,
        read_formula(keys["formula"]).input_ids if "formula" in keys else (),
        table.get("term", ""),
        tuple(table.get("aliases", ())),
        table.get("explains", ""),
        table.get("pitfalls", ""),
        tuple(table.get("goals", ())),
        Typical(**typical) if typical else None,
        tuple(table.get("related", ())),
        table.get("reference", ""),
    )


def template_with_inputs(id: str) -> list[Template]:
    """A template and all that its formula takes in the end, each once, before its own inputs."""
    inputs: dict[str, Template] = {}
    waiting = [id]
    while waiting:
        input_id = waiting.pop(0)
        if input_id not in inputs:
            inputs[input_id] = templates()[input_id]
            waiting += inputs[input_id].inputs
    return list(inputs.values())


@cache
def starter_boards() -> tuple[StarterBoard, ...]:
    """All of them, by name."""
    import tomllib

    boards: list[StarterBoard] = []
    for name in sorted(name for name in os.listdir(_BOARDS) if name.endswith(".toml")):
        with open(os.path.join(_BOARDS, name), "rb") as file:
            boards.append(StarterBoard(name.removesuffix(".toml"), **tomllib.load(file)))
    return tuple(boards)


def starter_board(flag: str, name: str) -> StarterBoard:
    """The one of that name; raises `KpiError` that names what is close, or all."""
    boards = {board.name: board for board in starter_boards()}
    return boards[choice(flag, name.strip().lower(), boards)]


def starter_text(  # noqa: PLR0917 - what stands in it, from the top
    board: StarterBoard,
    defaults: Mapping[str, Any],
    tables: "Tables",
    mark: str = ".",
    title: str = "",
    owner: str = "",
) -> str:
    """The definitions file that starts from a board, with a word to who opens it."""
    import tomli_w

    from kpicli.store.definitions.write import text_of

    head = f"# {board.explains}\n{_NEXT_STEPS}\n"
    title = tomli_w.dumps({"title": title or board.title, "decimal": mark})
    shared = tomli_w.dumps({"defaults": {**defaults, **({"owner": owner} if owner else {})}})
    rest = text_of(tables)
    return f"{head}{title}\n{shared}{'' if owner else _OWNER}" + (f"\n{rest}" if rest else "")


_NEXT_STEPS = """\
#   kpi check      shows what a definition still lacks
#   kpi record     asks for what was measured
#   kpi status     shows where you stand
#   kpi catalog    explains each KPI, and kpi add puts in another one
"""
_OWNER = """\
# owner = "…"    # remove the # in front, and say who answers for all that name no owner
"""
