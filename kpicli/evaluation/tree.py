"""The order of a table: top-level KPIs, each with those that support it beneath."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Definitions, Kpi
from kpicli.noun import NamedTuple
from kpicli.text import clipped, folded, name_order

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
