"""What somebody wants to keep an eye on, as a draft: a term of the catalogue, or one's own."""

from collections.abc import Iterable

from kpicli.analysis.ids import id_of
from kpicli.analysis.money import CURRENCY, is_money, money_of
from kpicli.analysis.proposal import Draft, Present, Table, new_inputs
from kpicli.errors import KpiError
from kpicli.model.entry import Entry
from kpicli.text import safe

_USUAL = "monthly"


def draft_of(
    entry: Entry, inputs: Iterable[Entry], given: Table, present: Present, id: str | None = None
) -> Draft:
    """The draft of a term of the catalogue, with the entries of all that it is made of."""
    tables = {one.id: _keys(one) for one in inputs}
    return with_money(Draft(id or entry.id, _keys(entry), given, tables), present)


def own_draft(name: str, given: Table, present: Present, id: str | None = None) -> Draft:
    """The draft of a KPI that no catalogue has; raises `KpiError` for a name without an id."""
    known = id or id_of(name)
    if not known:
        raise KpiError(f"'{safe(name[:80])}' makes no id", hint="give one: --id quality")
    return Draft(
        known, {"name": name, "frequency": present.defaults.get("frequency", _USUAL)}, given
    )


def _keys(entry: Entry) -> Table:
    return {**entry.keys, "area": entry.area}


def with_money(draft: Draft, present: Present) -> Draft:
    """The draft with the money that it says itself, else with that of the board."""
    target = present.target(draft.table["target"]) if draft.table.get("target") else None
    said = [target.unit] if target and not target.is_relative else []
    said += [draft.given["unit"]] if draft.given.get("unit") else []
    if draft.keys.get("unit") != CURRENCY:
        said = [unit for unit in said if is_money(unit)]
    own = next(filter(None, said), "")
    return draft._replace(money=own or money_of(present.definitions.kpis.values()))


def missing(draft: Draft, present: Present) -> tuple[str, ...]:
    """The keys without which it is no KPI yet; what stands under another needs less."""
    known = {**present.defaults, **draft.table}
    wanted = ("owner",) if known.get("supports") else ("target", "owner", "goal")
    lacking = tuple(key for key in wanted if not known.get(key))
    if draft.money or ("target" in lacking and draft.keys.get("unit") == CURRENCY):
        return lacking
    return (*lacking, "unit") if _needs_money(draft, present) else lacking


def _needs_money(draft: Draft, present: Present) -> bool:
    """Whether something that is to be added is counted in money."""
    tables = [draft.keys, *(draft.inputs.get(id, {}) for id in new_inputs(draft, present))]
    return any(table.get("unit") == CURRENCY for table in tables)
