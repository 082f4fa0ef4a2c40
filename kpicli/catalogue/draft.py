"""A KPI as it is to stand in the definitions: what is known of it, what is given, what is there."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kpicli.catalogue.ids import find_goal, id_of
from kpicli.catalogue.term import Entry
from kpicli.errors import KpiError, NotationError
from kpicli.language.currency import CURRENCY, is_money, money_of
from kpicli.model.formula import read_formula
from kpicli.model.kpi import Definitions
from kpicli.model.quantity import PERCENT
from kpicli.model.target import Direction, Target, read_target
from kpicli.text import safe

Table = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, Table]]
"""Goals and KPIs by kind and id."""

_NONE: Table = MappingProxyType({})
_OF_ALL = ("owner", "frequency", "source")
"""What is said of a KPI, and holds for what it is computed from as well."""


class Existing(NamedTuple):
    """What stands there already: the definitions, and the keys of `[defaults]` as written."""

    definitions: Definitions = Definitions()
    defaults: Table = _NONE

    def has(self, id: str) -> bool:
        """Whether an id is taken, be it a former one."""
        return id in self.definitions.ids

    def target(self, text: str) -> Target:
        """A target as these definitions read it, without regard to a direction."""
        return read_target(text, self.definitions.decimal.value)


class Draft(NamedTuple):
    """A KPI that is wanted: its keys as they are known, those that are given, and its inputs'.

    `given` goes before `keys`, and its `goal` may be a name; `money` is what stands for the unit
    `currency`. A key given as `None` is left for a person to fill in.
    """

    id: str
    keys: Table
    given: Table = _NONE
    inputs: Mapping[str, Table] = MappingProxyType({})
    money: str = ""

    @property
    def table(self) -> dict[str, Any]:
        """Its keys and those that are given."""
        return {**self.keys, **self.given}

    @property
    def name(self) -> str:
        """What people read."""
        return str(self.given.get("name") or self.keys.get("name") or self.id)


def draft_tables(draft: Draft, present: Existing) -> Tables:
    """The tables to be added: the KPI, beneath it each input that is not there yet, a new goal.

    Raises `KpiError` for a goal that is most likely a slip, and `NotationError` for a target that
    is none, or that asks for the opposite.
    """
    table = draft.table
    target = present.target(table["target"]) if table.get("target") else None
    table["unit"] = _unit(draft, target)
    _require_agreed(draft, target)
    goals = _goals(table, present)
    if "direction" in draft.keys.keys() - draft.given.keys() and _is_told(table, target):
        _drop(table, "direction", present)
    kpis = {draft.id: _bare(table, target, present)}
    kpis |= {id: _input(id, draft, present) for id in new_inputs(draft, present)}
    return {"goals": goals, "kpis": kpis} if goals else {"kpis": kpis}


def new_inputs(draft: Draft, present: Existing) -> list[str]:
    """The ids of the inputs that have to be added with it, in the order of the formula."""
    return [id for id in input_ids(draft) if not present.has(id)]


def input_ids(draft: Draft) -> list[str]:
    """Every id that the formula is over, and those that the inputs are computed from."""
    found: list[str] = []
    waiting = [draft.table.get("formula")]
    while waiting:
        for id in _ids(waiting.pop(0)):
            if id not in {draft.id, *found}:
                found.append(id)
                waiting.append(draft.inputs.get(id, _NONE).get("formula"))
    return found


def _ids(formula: str | None) -> Iterator[str]:
    if formula:
        yield from dict.fromkeys(one.id for one in read_formula(formula).inputs)


def _input(id: str, draft: Draft, present: Existing) -> Table:
    shared = {key: value for key, value in draft.table.items() if key in _OF_ALL}
    table = {**draft.inputs.get(id, _NONE), **shared, "supports": _parent(id, draft)}
    if table.get("unit") == CURRENCY:
        table["unit"] = draft.money
    return _bare(table, None, present)


def _parent(id: str, draft: Draft) -> str:
    """The KPI that is computed from it."""
    if id in _ids(draft.table.get("formula")):
        return draft.id
    return next(one for one, keys in draft.inputs.items() if id in _ids(keys.get("formula")))


def _goals(table: dict[str, Any], present: Existing) -> dict[str, Table]:
    """The goal's own table, where it is new; the KPI is given its id."""
    if not table.get("goal"):
        return {}
    known = present.definitions.goals
    goal = find_goal(table["goal"], known)
    table["goal"] = goal.id
    return {} if goal.id in known else {goal.id: {"name": goal.name}}


def _is_told(table: Table, target: Target | None) -> bool:
    """Whether a target says which way is better: without a sign it means at least."""
    if target is None:
        return False
    return not target.is_bare or table["direction"] == Direction.HIGHER


def _unit(draft: Draft, target: Target | None) -> str:
    """That of the target, else the one that is given, else the one that is known."""
    own, given = draft.keys.get("unit", ""), draft.given.get("unit") or ""
    if own not in {"", CURRENCY} and is_money(given):
        given = ""  # of a ratio, what its amounts are in
    asked = (target.unit if target and not target.is_relative else "") or given
    if own and asked and _kind(own) != _kind(asked):
        unit = "money" if own == CURRENCY else own
        message = f"{safe(draft.name)} is counted in {unit}, and this is in {safe(asked)}"
        raise NotationError(message, hint=f"give it in {unit}")
    return str(asked or (draft.money if own == CURRENCY else own))


def _kind(unit: str) -> str:
    """Money, a percentage, or a thing that is counted, whatever people call it."""
    if unit == CURRENCY or is_money(unit):
        return CURRENCY
    return unit if unit == PERCENT else ""


def _require_agreed(draft: Draft, target: Target | None) -> None:
    """A target that asks for more of what is better the lower it is is mostly a slip."""
    known, asked = draft.keys.get("direction"), target.direction if target else None
    if "direction" in draft.given or target is None or target.is_bare or not (known and asked):
        return
    if asked is not Direction(known):
        way, sign = ("lower", "<") if known == Direction.LOWER else ("higher", ">=")
        shown = safe(draft.table["target"].strip())
        raise NotationError(
            f"'{shown}' asks for the opposite: {safe(draft.name)} is better the {way} it is",
            hint=f"write '{sign}{shown.lstrip('<>=≤≥ ')}'; a direction of your own overrules that",
        )


def _bare(table: dict[str, Any], target: Target | None, present: Existing) -> Table:
    """Without what is empty, is said by the target, or stands in the defaults."""
    if table.get("formula"):
        table.pop("source", None)
    if target and not target.is_relative and table["unit"] == target.unit:
        _drop(table, "unit", present)
    return {
        key: value
        for key, value in table.items()
        if value not in ("", [])
        if key not in present.defaults or value not in (None, present.defaults[key])
    }


def _drop(table: dict[str, Any], key: str, present: Existing) -> None:
    """Leave out what is said elsewhere, unless the defaults say something else."""
    if key not in present.defaults:
        del table[key]


_USUAL = "monthly"


def catalogue_draft(
    entry: Entry, inputs: Iterable[Entry], given: Table, present: Existing, id: str | None = None
) -> Draft:
    """The draft of a term of the catalogue, with the entries of all that it is made of."""
    tables = {one.id: _keys(one) for one in inputs}
    return with_money(Draft(id or entry.id, _keys(entry), given, tables), present)


def own_draft(name: str, given: Table, present: Existing, id: str | None = None) -> Draft:
    """The draft of a KPI that no catalogue has; raises `KpiError` for a name without an id."""
    known = id or id_of(name)
    if not known:
        raise KpiError(f"'{safe(name[:80])}' makes no id", hint="give one: --id quality")
    return Draft(
        known, {"name": name, "frequency": present.defaults.get("frequency", _USUAL)}, given
    )


def _keys(entry: Entry) -> Table:
    return {**entry.keys, "area": entry.area}


def with_money(draft: Draft, present: Existing) -> Draft:
    """The draft with the money that it says itself, else with that of the board."""
    target = present.target(draft.table["target"]) if draft.table.get("target") else None
    said = [target.unit] if target and not target.is_relative else []
    said += [draft.given["unit"]] if draft.given.get("unit") else []
    if draft.keys.get("unit") != CURRENCY:
        said = [unit for unit in said if is_money(unit)]
    own = next(filter(None, said), "")
    return draft._replace(money=own or money_of(present.definitions.kpis.values()))


def missing_keys(draft: Draft, present: Existing) -> tuple[str, ...]:
    """The keys without which it is no KPI yet; what stands under another needs less."""
    known = {**present.defaults, **draft.table}
    wanted = ("owner",) if known.get("supports") else ("target", "owner", "goal")
    lacking = tuple(key for key in wanted if not known.get(key))
    if draft.money or ("target" in lacking and draft.keys.get("unit") == CURRENCY):
        return lacking
    return (*lacking, "unit") if _needs_money(draft, present) else lacking


def _needs_money(draft: Draft, present: Existing) -> bool:
    """Whether something that is to be added is counted in money."""
    tables = [draft.keys, *(draft.inputs.get(id, {}) for id in new_inputs(draft, present))]
    return any(table.get("unit") == CURRENCY for table in tables)
