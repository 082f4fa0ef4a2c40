import pytest

from kpicli.analysis.tree import in_tree
from tests.analysis.board import board, judged

TOML = """
    [kpis.leads]
    name = "leads"
    supports = "revenue"
    [kpis.visits]
    name = "Ads seen"
    supports = "leads"
    target = "10"
    [kpis.revenue]
    name = "Revenue"
    target = "10"
    [kpis.orders]
    name = "Orders"
    supports = "revenue"
    target = "10"
    [kpis.churn]
    name = "churn"
    target = "<10"
"""
RECORDS = (
    "leads 2026-10 1",  # no target
    "visits 2026-10 10",  # on target
    "revenue 2026-10 9.5",  # at risk
    "orders 2026-10 1",  # off target
    "churn 2026-10 20",  # off target
)


def tree(order: str, *ids: str) -> list[str]:
    """The ids, indented by their depth."""
    scorecard = board(TOML, *RECORDS)
    chosen = ids or tuple(scorecard.definitions.kpis)
    found = in_tree([judged(scorecard, id, "2026-10") for id in chosen], order)
    return [f"{'. ' * depth}{one.kpi.id}" for one, depth in found]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("file", ["revenue", ". leads", ". . visits", ". orders", "churn"]),
        ("worst", ["churn", "revenue", ". orders", ". leads", ". . visits"]),
        ("name", ["churn", "revenue", ". leads", ". . visits", ". orders"]),
    ],
)
def test_what_supports_a_kpi_stands_beneath_it_sorted_among_its_own(
    order: str, expected: list[str]
) -> None:
    assert tree(order) == expected


def test_where_the_parent_is_not_shown_it_stands_at_the_top() -> None:
    assert tree("file", "visits", "orders", "churn") == ["visits", "orders", "churn"]
    assert tree("file", "leads", "visits") == ["leads", ". visits"]


def test_nothing_is_an_empty_tree() -> None:
    assert in_tree([], "worst") == []


def test_worst_comes_first_and_overdue_before_its_equals() -> None:
    toml = "".join(
        f'[kpis.{id}]\ntarget = "10"\nrollup = "sum"\n'
        for id in ("good", "early", "none", "bare", "fair", "bad", "late")
    ).replace('[kpis.bare]\ntarget = "10"\n', "[kpis.bare]\n")
    records = (
        *("good 2026-10 10", "bare 2026-10 1", "fair 2026-10 9", "bad 2026-10 1"),
        *("late 2026-09 10", "none 2026-11 10"),
    )
    scorecard = board(toml, *records, "early 2026-11-01 1", today="2026-11-02")
    evaluations = [
        judged(scorecard, id, "2026-10") for id in ("good", "none", "bare", "fair", "bad")
    ]
    early, late = judged(scorecard, "early", "2026-11"), judged(scorecard, "late", "2026-10")
    found = in_tree([early, *evaluations, late], "worst")
    assert [one.kpi.id for one, _ in found] == [
        *("bad", "fair", "late", "none", "bare", "early", "good")
    ]
