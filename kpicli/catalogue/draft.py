"""A KPI that is to be added to the definitions, as tables: of the catalogue, or of one's own."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kpicli.catalogue.ids import find_goal, id_of
from kpicli.catalogue.term import Template
from kpicli.errors import KpiError, NotationError
from kpicli.language.currency import CURRENCY, is_money, money_of
from kpicli.model.kpi import Definitions
from kpicli.model.notation.formula import read_formula
from kpicli.model.notation.target import read_target
from kpicli.model.target import Direction, Target
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple
from kpicli.text import safe

Table = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Table]]  # goals and KPIs by kind and id
_EMPTY: Table = MappingProxyType({})
_SHARED_KEYS = ("owner", "frequency", "source")  # they hold for what it is computed from too
_USUAL_FREQUENCY = "monthly"


class Existing(NamedTuple):
    """The definitions as they are, with the keys of their `[defaults]` as written."""

    definitions: Definitions = Definitions()
    defaults: Table = _EMPTY

    def has(self, id: str) -> bool:
        """Whether an id is taken, be it a former one."""
        return id in self.definitions.ids

    def target(self, text: str) -> Target:
        """A target as these definitions read it, without regard to a direction."""
        return read_target(text, self.definitions.reading_mark)


class Draft(NamedTuple):
    """A KPI that is to be added: its keys, what somebody says of them, and those of its inputs.

    `overrides` go before `keys`, and their `goal` may be a name; `money` is what stands for the
    unit `currency`. A key that is `None` is left for a person to fill in.
    """

    id: str
    keys: Table
    overrides: Table = _EMPTY
    inputs: Mapping[str, Table] = MappingProxyType({})
    money: str = ""

    @property
    def table(self) -> dict[str, Any]:
        """Its keys, with what goes before them."""
        return {**self.keys, **self.overrides}

    @property
    def name(self) -> str:
        """What people read."""
        return str(self.overrides.get("name") or self.keys.get("name") or self.id)


def draft_tables(draft: Draft, existing: Existing) -> Tables:
    """The tables to be added: the KPI, beneath it each input that is not there yet, a new goal.

    Raises `KpiError` for a goal that is most likely a slip, and `NotationError` for a target that
    is none, or that asks for the opposite.
    """
    table = draft.table
    target = existing.target(table["target"]) if table.get("target") else None
    table["unit"] = _unit(draft, target)
    _require_same_direction(draft, target)
    goals = _new_goal(table, existing)
    has_own = "direction" in draft.keys and "direction" not in draft.overrides
    # A target says which way is better; without a sign that at least so much is.
    if has_own and target and (not target.is_bare or table["direction"] == Direction.HIGHER):
        _drop(table, "direction", existing)
    kpis = {draft.id: _without_defaults(table, target, existing)}
    kpis |= {id: _input_table(id, draft, existing) for id in new_inputs(draft, existing)}
    return {"goals": goals, "kpis": kpis} if goals else {"kpis": kpis}


def new_inputs(draft: Draft, existing: Existing) -> list[str]:
    """The ids of the inputs that have to be added with it, in the order of the formula."""
    return [id for id in input_ids(draft) if id in draft.inputs and not existing.has(id)]


def input_ids(draft: Draft) -> list[str]:
    """Every id that the formula is over, and those that the inputs are computed from."""
    ids: list[str] = []
    formulas = [draft.table.get("formula")]
    while formulas:
        for id in _formula_ids(formulas.pop(0)):
            if id not in {draft.id, *ids}:
                ids.append(id)
                formulas.append(draft.inputs.get(id, _EMPTY).get("formula"))
    return ids


def _formula_ids(formula: str | None) -> tuple[str, ...]:
    return read_formula(formula).input_ids if formula else ()


def _input_table(id: str, draft: Draft, existing: Existing) -> Table:
    shared = {key: value for key, value in draft.table.items() if key in _SHARED_KEYS}
    table = {**draft.inputs.get(id, _EMPTY), **shared, "supports": _parent(id, draft)}
    if table.get("unit") == CURRENCY:
        table["unit"] = draft.money
    return _without_defaults(table, None, existing)


def _parent(id: str, draft: Draft) -> str:
    formulas = {draft.id: draft.table.get("formula")}
    formulas |= {parent: keys.get("formula") for parent, keys in draft.inputs.items()}
    return next(parent for parent, formula in formulas.items() if id in _formula_ids(formula))


def _new_goal(table: dict[str, Any], existing: Existing) -> dict[str, Table]:
    """The goal's own table, where it is new; the KPI is given its id."""
    if not table.get("goal"):
        return {}
    goals = existing.definitions.goals
    goal = find_goal(table["goal"], goals)
    table["goal"] = goal.id
    return {} if goal.id in goals else {goal.id: {"name": goal.name}}


def _unit(draft: Draft, target: Target | None) -> str:
    """The one that is said, else that of the target, else the one of the catalogue."""
    own, override = draft.keys.get("unit", ""), draft.overrides.get("unit") or ""
    if own not in {"", CURRENCY} and is_money(override):
        override = ""  # of a ratio, what its amounts are in
    unit = override or (target.unit if target and not target.is_relative else "")
    if own and unit and _kind(own) != _kind(unit):
        kind = "money" if own == CURRENCY else own
        message = f"{safe(draft.name)} is counted in {kind}, and this is in {safe(unit)}"
        raise NotationError(message, hint=f"give it in {kind}")
    return str(unit or (draft.money if own == CURRENCY else own))


def _kind(unit: str) -> str:
    """Money, a percentage, or a thing that is counted, whatever people call it."""
    if unit == CURRENCY or is_money(unit):
        return CURRENCY
    return unit if unit == PERCENT else ""


def _require_same_direction(draft: Draft, target: Target | None) -> None:
    """A target that asks for more of what is better the lower it is is mostly a slip."""
    own = draft.keys.get("direction")
    if "direction" in draft.overrides or own is None or target is None or target.is_bare:
        return
    if target.direction and target.direction is not Direction(own):
        way, sign = ("lower", "<") if own == Direction.LOWER else ("higher", ">=")
        text = safe(draft.table["target"].strip())
        message = f"'{text}' asks for the opposite: {safe(draft.name)} is better the {way} it is"
        hint = f"write '{sign}{text.lstrip('<>=≤≥ ')}'; a direction of your own overrules that"
        raise NotationError(message, hint=hint)


def _without_defaults(table: dict[str, Any], target: Target | None, existing: Existing) -> Table:
    """Without what is empty, is said by the target, or stands in the defaults."""
    if table.get("formula"):
        table.pop("source", None)
    if target and not target.is_relative and table["unit"] == target.unit:
        _drop(table, "unit", existing)
    return {
        key: value
        for key, value in table.items()
        if value not in ("", [])
        if key not in existing.defaults or value not in (None, existing.defaults[key])
    }


def _drop(table: dict[str, Any], key: str, existing: Existing) -> None:
    """Leave out what is said elsewhere, unless the defaults say something else."""
    if key not in existing.defaults:
        del table[key]


def catalogue_draft(
    template: Template,
    inputs: Iterable[Template],
    overrides: Table,
    existing: Existing,
    id: str | None = None,
) -> Draft:
    """The draft of a term of the catalogue, with the templates of all that it is made of."""
    tables = {part.id: _keys(part) for part in inputs}
    return with_money(Draft(id or template.id, _keys(template), overrides, tables), existing)


def own_draft(name: str, overrides: Table, existing: Existing, id: str | None = None) -> Draft:
    """The draft of a KPI that no catalogue has; raises `KpiError` for a name without an id."""
    id = id or id_of(name)
    if not id:
        raise KpiError(f"'{safe(name[:80])}' makes no valid id", hint="give one: --id quality")
    frequency = existing.defaults.get("frequency", _USUAL_FREQUENCY)
    return Draft(id, {"name": name, "frequency": frequency}, overrides)


def _keys(template: Template) -> Table:
    return {**template.keys, "area": template.area}


def with_money(draft: Draft, existing: Existing) -> Draft:
    """The draft with the money that it says itself, else with that of the board."""
    target = existing.target(draft.table["target"]) if draft.table.get("target") else None
    units = [target.unit] if target and not target.is_relative else []
    units += [draft.overrides["unit"]] if draft.overrides.get("unit") else []
    if draft.keys.get("unit") != CURRENCY:
        units = [unit for unit in units if is_money(unit)]
    unit = next(filter(None, units), "")
    return draft._replace(money=unit or money_of(existing.definitions.kpis.values()))


def missing_keys(draft: Draft, existing: Existing) -> tuple[str, ...]:
    """The keys without which it is no KPI yet; what stands under another needs less."""
    table = {**existing.defaults, **draft.table}
    required = ("owner",) if table.get("supports") else ("target", "owner", "goal")
    missing = tuple(key for key in required if not table.get(key))
    if draft.money or ("target" in missing and draft.keys.get("unit") == CURRENCY):
        return missing
    tables = [draft.keys, *(draft.inputs.get(id, {}) for id in new_inputs(draft, existing))]
    needs_money = any(table.get("unit") == CURRENCY for table in tables)
    return (*missing, "unit") if needs_money else missing
