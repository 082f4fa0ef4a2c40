"""A board to start from as definitions, with what is left to be filled in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpicli.catalogue.draft import Draft, Existing, Tables, catalogue_draft, draft_tables
from kpicli.catalogue.term import StarterBoard, Template
from kpicli.language.currency import is_money
from kpicli.model.kpi import Definitions, Goal, Kpi
from kpicli.model.number import Mark
from kpicli.model.schema_types import DecimalMark

TemplateLookup = Callable[[str], Sequence[Template]]  # by its id, with what it is made of
STARTER_DEFAULTS: Mapping[str, Any] = {"frequency": "monthly", "tolerance": "10%"}
"""What every board says in `[defaults]`."""


def starter_kpi_draft(  # noqa: PLR0917 - the board, one of its KPIs, and how it is written
    board: StarterBoard,
    id: str,
    lookup: TemplateLookup,
    target: str | None,
    money: str,
    mark: Mark = ".",
) -> Draft:
    """One of its KPIs; what stands under another needs no target, any other has one to come."""
    template, *inputs = lookup(id)
    overrides = {key: value for key, value in board.kpis[id].items() if key != "recorded"}
    if board.kpis[id].get("recorded"):
        overrides["formula"] = ""
    if id in board.top_level:
        overrides["target"] = target
    draft = catalogue_draft(template, inputs, overrides, _existing(board, {}, mark))
    return draft._replace(money=money)


def starter_tables(
    board: StarterBoard,
    lookup: TemplateLookup,
    targets: Mapping[str, str | None],
    money: str,
    mark: Mark = ".",
) -> Tables:
    """All of it; a KPI without a target among these has a place for one."""
    kpis: dict[str, Mapping[str, Any]] = {}
    for id in board.kpis:
        draft = starter_kpi_draft(board, id, lookup, targets.get(id), money, mark)
        kpis |= draft_tables(draft, _existing(board, kpis, mark))["kpis"]
    return {"goals": board.goals, "kpis": kpis}


def _existing(board: StarterBoard, kpis: Mapping[str, Any], mark: Mark) -> Existing:
    goals = {id: Goal(id=id, name=goal["name"]) for id, goal in board.goals.items()}
    definitions = Definitions(
        decimal=DecimalMark(mark),
        is_decimal_stated=True,
        goals=goals,
        kpis={id: Kpi(id=id) for id in kpis},
    )
    return Existing(definitions, STARTER_DEFAULTS)


def money_of_targets(
    targets: Mapping[str, str | None], board: StarterBoard, usual: str, mark: Mark = "."
) -> str:
    """The money that the first target which is in one is in."""
    existing = _existing(board, {}, mark)
    units = (existing.target(text).unit for text in targets.values() if text)
    return next(filter(is_money, units), usual)
