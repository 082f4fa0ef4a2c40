"""A board to start from as definitions, with what is left to be filled in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpicli.catalogue.draft import Draft, Existing, Tables, catalogue_draft, draft_tables
from kpicli.catalogue.starter import StarterBoard
from kpicli.catalogue.term import Entry
from kpicli.language.currency import is_money
from kpicli.model.kpi import Definitions, Goal, Kpi

EntryLookup = Callable[[str], Sequence[Entry]]
"""An entry of the catalogue and all that it is made of."""

STARTER_DEFAULTS: Mapping[str, Any] = {"frequency": "monthly", "tolerance": "10%"}
"""What every board says in `[defaults]`."""


def starter_kpi_draft(
    board: StarterBoard, id: str, made_of: EntryLookup, target: str | None, money: str
) -> Draft:
    """One of its KPIs; what stands under another needs no target, any other has one to come."""
    entry, *inputs = made_of(id)
    said = {key: value for key, value in board.kpis[id].items() if key != "recorded"}
    given = {**said, "formula": ""} if board.kpis[id].get("recorded") else said
    if id in board.top_level:
        given = {**given, "target": target}
    return catalogue_draft(entry, inputs, given, _present(board, {}), None)._replace(money=money)


def starter_tables(
    board: StarterBoard, made_of: EntryLookup, targets: Mapping[str, str | None], money: str
) -> Tables:
    """All of it; a KPI without a target among these has a place for one."""
    kpis: dict[str, Mapping[str, Any]] = {}
    for id in board.kpis:
        draft = starter_kpi_draft(board, id, made_of, targets.get(id), money)
        kpis |= draft_tables(draft, _present(board, kpis))["kpis"]
    return {"goals": board.goals, "kpis": kpis}


def _present(board: StarterBoard, kpis: Mapping[str, Any]) -> Existing:
    goals = {id: Goal(id, goal["name"]) for id, goal in board.goals.items()}
    return Existing(
        Definitions(goals=goals, kpis={id: Kpi(id=id) for id in kpis}), STARTER_DEFAULTS
    )


def money_of_targets(targets: Mapping[str, str | None], board: StarterBoard, usual: str) -> str:
    """The money that the first target which is in one is in."""
    present = _present(board, {})
    units = (present.target(text).unit for text in targets.values() if text)
    return next(filter(is_money, units), usual)
