"""Which KPIs a view is of: named, of an area, owner or goal; and which period it shows of each."""

from collections.abc import Iterable, Mapping
from datetime import date

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period, period_of
from kpicli.text import did_you_mean, folded, name_order, safe


def named_kpis(definitions: Definitions, names: Iterable[str]) -> list[Kpi]:
    """The KPIs of some ids or names, each once; raises what is wrong with every other name."""
    kpis, errors = dict[str, Kpi](), list[KpiError]()
    for name in dict.fromkeys(names):
        try:
            kpi = definitions.kpi(name)
        except KpiError as error:
            errors.append(error)
        else:
            kpis[kpi.id] = kpi
    if errors:
        raise errors[0] if len(errors) == 1 else ManyErrors(errors)
    return [*kpis.values()]


def select_kpis(definitions: Definitions, ids: Iterable[str], **filters: str | None) -> list[Kpi]:
    """The KPIs that were named, in file order, of the area, owner and goal that were asked for.

    Raises `KpiError` where a name or a filter fits none.
    """
    selected = {kpi.id for kpi in named_kpis(definitions, ids)} or definitions.kpis.keys()
    chosen_filters = {key: name for key, name in filters.items() if name is not None}
    kpis = [
        kpi
        for kpi in definitions.kpis.values()
        if kpi.id in selected
        and all(_is_in(definitions, kpi, key, name) for key, name in chosen_filters.items())
    ]
    if chosen_filters and not kpis:
        raise _nothing(definitions, chosen_filters)
    return kpis


def _nothing(definitions: Definitions, chosen_filters: Mapping[str, str]) -> KpiError:
    """What to say where no KPI is left: the filter that none fits, or that none fits them all."""
    kpis = definitions.kpis.values()
    for key, name in chosen_filters.items():
        if not any(_is_in(definitions, kpi, key, name) for kpi in kpis):
            values = sorted({value for kpi in kpis if (value := getattr(kpi, key))}, key=name_order)
            advice = f"known: {', '.join(values)}" if values else f"no KPI says its {key}"
            hint = did_you_mean(name, values) or advice
            return KpiError(f"no KPI has {key} '{safe(name)}'", hint=hint)
    criteria = " and ".join(f"{key} '{safe(name)}'" for key, name in chosen_filters.items())
    return KpiError(f"none of the selected KPIs has {criteria}", hint="leave one of them out")


def _is_in(definitions: Definitions, kpi: Kpi, key: str, name: str) -> bool:
    value = getattr(kpi, key)
    names = {value, definitions.goals[value].name} if key == "goal" and value else {value}
    return folded(name) in {folded(name) for name in names if name}


def view_frequency(kpi: Kpi, frequency: Frequency | None) -> Frequency:
    """How long the periods are that a view shows of a KPI: as asked, but no shorter than its own.

    Where its own do not fill such, the row says so.
    """
    if frequency is None or frequency.rank < kpi.frequency.rank:
        return kpi.frequency
    return frequency


def period_in_view(kpi: Kpi, period: Period, today: date) -> Period:
    """The period that a view of another length shows of a KPI.

    A shorter frequency is rolled up to it, a longer one shows the period that contains its start.
    Of weeks it is the last that ends in it, and of one under way the last that has by today.
    """
    if kpi.fills(period):
        return period
    if kpi.frequency is Frequency.WEEKLY and period.frequency.rank > kpi.frequency.rank:
        end = min(period.end, today) if period.has_begun(today) else period.end
        weeks = (
            period_of(period.start, Frequency.WEEKLY),
            period_of(end, Frequency.WEEKLY).shift(-1),
        )
        return max(weeks, key=lambda week: week.start)
    return kpi.period_with(period)
