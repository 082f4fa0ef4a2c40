"""The order of a table: top-level KPIs, each with those that support it beneath."""

from collections.abc import Callable, Sequence
from typing import Any

from kpicli.analysis.evaluate import Evaluation

ORDERS: dict[str, Callable[[Evaluation], Any]] = {
    "file": lambda _: 0,
    "worst": lambda one: (one.status.urgency, not one.is_overdue),
    "name": lambda one: one.kpi.name.casefold(),
}
"""How rows beside each other can be sorted; equal ones stay in file order."""


def in_tree(evaluations: Sequence[Evaluation], order: str) -> list[tuple[Evaluation, int]]:
    """Every evaluation with its depth; one whose parent is not among them stands at the top."""
    chosen = {one.kpi.id for one in evaluations}
    beneath: dict[str | None, list[Evaluation]] = {}
    for one in evaluations:
        parent = one.kpi.supports if one.kpi.supports in chosen else None
        beneath.setdefault(parent, []).append(one)
    found: list[tuple[Evaluation, int]] = []
    waiting = [(one, 0) for one in sorted(beneath.get(None, []), key=ORDERS[order])]
    waiting.reverse()
    while waiting:
        one, depth = waiting.pop()
        found.append((one, depth))
        inner = sorted(beneath.get(one.kpi.id, []), key=ORDERS[order])
        waiting += [(child, depth + 1) for child in reversed(inner)]
    return found
