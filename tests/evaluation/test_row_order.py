import pytest

from kpicli.evaluation.selection import grouped_rows, tree_rows
from tests.evaluation.board import board, judged

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
    found = tree_rows([judged(scorecard, id, "2026-10") for id in chosen], order)
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
    assert tree_rows([], "worst") == []


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
    found = tree_rows([early, *evaluations, late], "worst")
    assert [one.kpi.id for one, _ in found] == [
        *("bad", "fair", "late", "none", "bare", "early", "good")
    ]


GROUPED = """
    [goals.growth]
    name = "Growth"
    [goals.empty]
    [goals.service]
    [kpis.calls]
    goal = "service"
    area = "Support"
    [kpis.leads]
    goal = "growth"
    area = "no area"
    owner = "Bob"
    supports = "revenue"
    target = "<1"
    [kpis.revenue]
    goal = "growth"
    area = "sales"
    owner = "ann"
    target = "10"
    [kpis.visits]
    supports = "leads"
    area = "Sales"
    owner = "ANN"
    target = "10"
    [kpis.orders]
    supports = "revenue"
    area = "SALES"
"""


def groups(key: str | None, order: str = "file", *ids: str) -> list[str]:
    """`Growth: revenue, . leads`, and None for those that have nothing of the key."""
    scorecard = board(GROUPED, "revenue 2026-10 10", "leads 2026-10 9", "visits 2026-10 9")
    chosen = ids or tuple(scorecard.definitions.kpis)
    found = grouped_rows(
        scorecard.definitions, [judged(scorecard, id, "2026-10") for id in chosen], order, key
    )
    told = []
    for group in found:
        rows = ", ".join("." * depth + " " * (depth > 0) + one.kpi.id for one, depth in group.rows)
        told.append(f"{group.name}: {rows}")
    return told


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param(
            None, ["None: calls, revenue, . leads, .. visits, . orders"], id="none: one tree"
        ),
        pytest.param(
            "goal",
            ["Growth: revenue, . leads", "service: calls", "None: visits, orders"],
            id="goals in their own order, the empty one left out, those without one last",
        ),
        pytest.param(
            "area",
            ["Support: calls", "no area: leads", "sales: revenue, . orders, visits"],
            id="areas in the order of the file, a name in any case being one",
        ),
        pytest.param(
            "owner",
            ["Bob: leads", "ann: revenue, visits", "None: calls, orders"],
            id="owners, spelled as first written",
        ),
    ],
)
def test_a_group_has_the_trees_of_what_it_holds(key: str | None, expected: list[str]) -> None:
    assert groups(key) == expected


def test_an_order_is_kept_within_each_group() -> None:
    assert groups("owner", "worst") == ["Bob: leads", "ann: visits, revenue", "None: calls, orders"]


def test_a_group_of_which_nothing_is_shown_is_none() -> None:
    assert groups("goal", "file", "visits") == ["None: visits"]
    assert groups("goal", "file", "calls", "leads") == ["Growth: leads", "service: calls"]


def test_nothing_is_no_group_where_one_is_asked_for() -> None:
    assert grouped_rows(board(GROUPED).definitions, [], "file", "goal") == ()
