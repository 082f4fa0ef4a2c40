"""A KPI as it is to stand in the definitions: what is known of it, what is given, what is there."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from kpicli.analysis.money import CURRENCY, is_money
from kpicli.errors import NotationError
from kpicli.model.formula import read_formula
from kpicli.model.number import Mark
from kpicli.model.quantity import PERCENT
from kpicli.model.target import Direction, Target, read_target
from kpicli.text import safe

Table = Mapping[str, Any]

_OF_ALL = ("owner", "frequency", "source")
"""What is said of a KPI, and holds for what it is computed from as well."""


_NONE: Table = MappingProxyType({})


class Present(NamedTuple):
    """What the definitions say already: ids, the keys of `[defaults]`, and how numbers are read."""

    ids: frozenset[str] = frozenset()
    defaults: Table = _NONE
    mark: Mark = "."


class Draft(NamedTuple):
    """A KPI that is wanted: its keys as they are known, those that are given, and its inputs'.

    `given` goes before `keys`; `money` is what stands for the unit `currency`. A key given as
    `None` is left for a person to fill in.
    """

    id: str
    keys: Table
    given: Table
    inputs: Mapping[str, Table] = MappingProxyType({})
    money: str = ""

    @property
    def formula(self) -> str | None:
        """What it is computed by, if it is not recorded itself."""
        text = {**self.keys, **self.given}.get("formula")
        return text or None


def proposed(draft: Draft, present: Present) -> dict[str, Table]:
    """The tables to be added: the KPI, and beneath it each input that is not there yet.

    Raises `NotationError` for a target that is none, or that asks for the opposite.
    """
    tables = {draft.id: _table(draft, present)}
    for id in new_inputs(draft, present):
        tables[id] = _input(id, draft, present)
    return tables


def new_inputs(draft: Draft, present: Present) -> list[str]:
    """The ids of the inputs that have to be added with it, in the order of the formula."""
    return [id for id in _inputs(draft) if id not in present.ids]


def used_inputs(draft: Draft, present: Present) -> list[str]:
    """The ids of those that are there already."""
    return [id for id in _inputs(draft) if id in present.ids]


def _inputs(draft: Draft) -> list[str]:
    """Every id that the formula is over, and those that the inputs are computed from."""
    found: list[str] = []
    waiting = [draft.formula]
    while waiting:
        text = waiting.pop(0)
        for id in _ids(text):
            if id not in {draft.id, *found}:
                found.append(id)
                waiting.append(draft.inputs.get(id, {}).get("formula"))
    return found


def _ids(formula: str | None) -> Iterator[str]:
    if formula:
        yield from dict.fromkeys(one.id for one in read_formula(formula).inputs)


def _table(draft: Draft, present: Present) -> Table:
    table = {**draft.keys, **draft.given}
    target = _target(table, present)
    table["unit"] = _unit(draft, target)
    _require_agreed(draft, target)
    if "direction" in draft.keys.keys() - draft.given.keys() and _is_told(table, target):
        _drop(table, "direction", present)
    return _bare(table, target, present)


def _input(id: str, draft: Draft, present: Present) -> Table:
    known = {**draft.keys, **draft.given}
    shared = {key: known[key] for key in _OF_ALL if key in known}
    table = {**draft.inputs.get(id, {}), **shared, "supports": _parent(id, draft)}
    if table.get("unit") == CURRENCY:
        table["unit"] = draft.money
    return _bare(table, None, present)


def _parent(id: str, draft: Draft) -> str:
    """The KPI that is computed from it."""
    if id in _ids(draft.formula):
        return draft.id
    return next(one for one, keys in draft.inputs.items() if id in _ids(keys.get("formula")))


def _is_told(table: Table, target: Target | None) -> bool:
    """Whether a target says which way is better: without a sign it means at least."""
    if target is None:
        return False
    return not target.is_bare or table["direction"] == Direction.HIGHER


def _target(table: Table, present: Present) -> Target | None:
    """The target, read without regard to a direction: only its own sign counts."""
    text = table.get("target")
    return read_target(text, present.mark) if text else None


def _unit(draft: Draft, target: Target | None) -> str:
    """That of the target, else the one that is given, else the one that is known."""
    own, given = draft.keys.get("unit", ""), draft.given.get("unit") or ""
    if own not in {"", CURRENCY} and is_money(given):
        given = ""  # of a ratio, what its amounts are in
    asked = (target.unit if target and not target.is_relative else "") or given
    if own and asked and (own == PERCENT) != (asked == PERCENT):
        unit = "money" if own == CURRENCY else own
        message = f"{safe(_name(draft))} is counted in {unit}, and this is in {safe(asked)}"
        raise NotationError(message, hint=f"give it in {unit}")
    return str(asked or (draft.money if own == CURRENCY else own))


def _require_agreed(draft: Draft, target: Target | None) -> None:
    """A target that asks for more of what is better the lower it is is mostly a slip."""
    known, asked = draft.keys.get("direction"), target.direction if target else None
    if "direction" in draft.given or target is None or target.is_bare or not (known and asked):
        return
    if asked is not Direction(known):
        way, sign = ("lower", "<") if known == Direction.LOWER else ("higher", ">=")
        shown = safe(draft.given["target"].strip())
        raise NotationError(
            f"'{shown}' asks for the opposite: {safe(_name(draft))} is better the {way} it is",
            hint=f"write '{sign}{shown.lstrip('<>=≤≥ ')}'; a direction of your own overrules that",
        )


def _name(draft: Draft) -> str:
    return str(draft.given.get("name") or draft.keys.get("name") or draft.id)


def _bare(table: dict[str, Any], target: Target | None, present: Present) -> Table:
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


def _drop(table: dict[str, Any], key: str, present: Present) -> None:
    """Leave out what is said elsewhere, unless the defaults say something else."""
    if key not in present.defaults:
        del table[key]
