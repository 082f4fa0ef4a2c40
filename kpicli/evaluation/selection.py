"""Which KPIs a view is of, named or of an owner; its period of each; and the order of the rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kpicli.errors import KpiError, ManyErrors
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period, period_of
from kpicli.noun import NamedTuple
from kpicli.text import clipped, did_you_mean, folded, name_order, safe


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


ORDERS: dict[str, Callable[[Evaluation], Any]] = {
    "file": lambda _: 0,
    "worst": lambda evaluation: (evaluation.status.urgency, not evaluation.is_overdue),
    "name": lambda evaluation: name_order(evaluation.kpi.name),
}
"""How rows beside each other can be sorted; equal ones stay in file order."""


class Group(NamedTuple):
    """Rows that have the same of a key, each with its depth; without a key they are all rows.

    `name` is `None` for those that have nothing of it.
    """

    key: str
    name: str | None
    rows: tuple[tuple[Evaluation, int], ...]

    @property
    def heading(self) -> str:
        """What stands above them: the name, or that they have none."""
        return f"no {self.key}" if self.name is None else clipped(self.name)


GROUPS: Mapping[str, Callable[[Definitions, Kpi], str | None]] = {
    "goal": lambda definitions, kpi: definitions.goals[kpi.goal].name if kpi.goal else None,
    "area": lambda _, kpi: kpi.area,
    "owner": lambda _, kpi: kpi.owner,
}
"""What rows can be grouped by, and what a KPI has of it."""


def grouped_rows(
    definitions: Definitions, evaluations: Sequence[Evaluation], order: str, key: str | None
) -> tuple[Group, ...]:
    """The trees of each group, in the order of the definitions; those without one come last.

    As for a filter, a name is the same in any spelling.
    """
    if key is None:
        return (Group("", None, tuple(tree_rows(evaluations, order))),)
    goals = [goal.name for goal in definitions.goals.values()] if key == "goal" else []
    names_of_rows = [
        (GROUPS[key](definitions, evaluation.kpi), evaluation) for evaluation in evaluations
    ]
    names = [*goals, *(name for name, _ in names_of_rows if name)]
    spelled = {folded(name): name for name in reversed(names)}
    groups: list[Group] = []
    for key_name in (*dict.fromkeys(map(folded, names)), None):
        own = [
            evaluation
            for name, evaluation in names_of_rows
            if (folded(name) if name else None) == key_name
        ]
        if own:
            name = spelled[key_name] if key_name is not None else None
            groups.append(Group(key, name, tuple(tree_rows(own, order))))
    return tuple(groups)


def tree_rows(evaluations: Sequence[Evaluation], order: str) -> list[tuple[Evaluation, int]]:
    """Every evaluation with its depth; one whose parent is not among them stands at the top."""
    ids = {evaluation.kpi.id for evaluation in evaluations}
    beneath: dict[str | None, list[Evaluation]] = {}
    for evaluation in evaluations:
        parent = evaluation.kpi.supports if evaluation.kpi.supports in ids else None
        beneath.setdefault(parent, []).append(evaluation)
    rows: list[tuple[Evaluation, int]] = []
    waiting = [(evaluation, 0) for evaluation in sorted(beneath.get(None, []), key=ORDERS[order])]
    waiting.reverse()
    while waiting:
        evaluation, depth = waiting.pop()
        rows.append((evaluation, depth))
        inner = sorted(beneath.get(evaluation.kpi.id, []), key=ORDERS[order])
        waiting += [(child, depth + 1) for child in reversed(inner)]
    return rows
