"""Which KPIs a view is of: the ones that were named, of an area, an owner or a goal."""

from collections.abc import Iterable, Mapping

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.text import did_you_mean, folded, name_order, safe


def select_kpis(definitions: Definitions, ids: Iterable[str], **filters: str | None) -> list[Kpi]:
    """The KPIs that were named, in file order, of the area, owner and goal that were asked for.

    Raises `KpiError` where a name or a filter fits none.
    """
    named = {definitions.kpi(id).id for id in ids} or definitions.kpis.keys()
    asked = {key: wanted for key, wanted in filters.items() if wanted is not None}
    kpis = [
        kpi
        for kpi in definitions.kpis.values()
        if kpi.id in named
        and all(_is_in(definitions, kpi, key, wanted) for key, wanted in asked.items())
    ]
    if asked and not kpis:
        raise _nothing(definitions, asked)
    return kpis


def _nothing(definitions: Definitions, asked: Mapping[str, str]) -> KpiError:
    """What to say where no KPI is left: the filter that none fits, or that none fits them all."""
    kpis = definitions.kpis.values()
    for key, wanted in asked.items():
        if not any(_is_in(definitions, kpi, key, wanted) for kpi in kpis):
            known = sorted({value for kpi in kpis if (value := getattr(kpi, key))}, key=name_order)
            listed = f"known are {', '.join(known)}" if known else f"no KPI says its {key}"
            hint = did_you_mean(wanted, known) or listed
            return KpiError(f"no KPI has {key} '{safe(wanted)}'", hint=hint)
    said = " and ".join(f"{key} '{safe(wanted)}'" for key, wanted in asked.items())
    return KpiError(f"none of the KPIs asked for has {said}", hint="leave one of them out")


def _is_in(definitions: Definitions, kpi: Kpi, key: str, wanted: str) -> bool:
    value = getattr(kpi, key)
    names = {value, definitions.goals[value].name} if key == "goal" and value else {value}
    return folded(wanted) in {folded(name) for name in names if name}
